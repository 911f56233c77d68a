// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What tracing and scheduling cost, each beside its reference in the same run. One JSON object a line:
// {"case","system","n","ns_per_op"} and, where memory is meant, "rss_mb"; at the end the ratios of medians.
// The goals stand in docs/performance.md.

#include "core/runtime/future.h"
#include "core/runtime/loop.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/threadexecutor.h"
#include "core/runtime/yield.h"
#include "core/trace/recorder.h"
#include "tests/bench/listening.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace coroscope;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

using Clock = std::chrono::steady_clock;

double nanosecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

double residentMegabytes()
{
    long total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return double(resident) * double(sysconf(_SC_PAGESIZE)) / 1048576.0;
}

std::map<std::string, double> medians;

/// Runs `once` (which gives nanoseconds an operation) seven times, and prints each result.
template<class F>
void measure(const char *name, const char *system, long n, F once)
{
    std::vector<double> results;
    for (int i = 0; i < 7; ++i) {
        results.push_back(once());
        std::printf("{\"case\":\"%s\",\"system\":\"%s\",\"n\":%ld,\"ns_per_op\":%.2f}\n", name, system, n,
                    results.back());
    }
    std::sort(results.begin(), results.end());
    medians[std::string(name) + '/' + system] = results[results.size() / 2];
}

void ratio(const char *what, const char *a, const char *b)
{
    std::printf("{\"ratio\":\"%s\",\"of\":\"%s\",\"to\":\"%s\",\"value\":%.2f,\"medians_ns\":[%.2f,%.2f]}\n",
                what, a, b, medians[a] / medians[b], medians[a], medians[b]);
}

/// Drains the recorder on a thread of its own, as a window does.
class Consumer final : public trace::Sink
{
public:
    Consumer()
        : m_thread([this] {
            while (!m_stop) {
                trace::drain(*this);
                std::this_thread::sleep_for(500us);
            }
            trace::drain(*this);
        })
    { }
    ~Consumer()
    {
        m_stop = true;
        m_thread.join();
    }
    void event(std::uint32_t, const trace::Event &event, QByteArrayView) override
    {
        ++events;
        m_sum += event.ticks;
    }
    void lost(std::uint32_t, std::uint64_t, std::uint64_t count) override { dropped += count; }
    void lostTexts(std::uint32_t, std::uint64_t) override { }
    std::atomic<std::uint64_t> events {0};
    std::atomic<std::uint64_t> dropped {0};

private:
    std::atomic<bool> m_stop {false};
    std::atomic<std::uint64_t> m_sum {0};
    std::thread m_thread;
};

/// Runs the loop until the task has ended.
double run(AnyTask task, Clock::time_point start, long n)
{
    QEventLoop qt;
    double result = 0;
    task.onDone([&] {
        result = nanosecondsSince(start) / double(n);
        qt.quit();
    });
    qt.exec();
    return result;
}

Task<void> yieldOften(long n)
{
    for (long i = 0; i < n; ++i)
        co_await yield();
}

double yields(long n)
{
    const auto start = Clock::now();
    auto other = spawn("other", yieldOften, n / 2);
    return run(spawn("one", yieldOften, n / 2), start, n);
}

Task<int> trivial(int x) { co_return x; }

Task<void> callOften(long n)
{
    int sum = 0;
    for (long i = 0; i < n; ++i) {
        const int value = co_await trivial(int(i));
        sum += value;
    }
    trace::thisThread.who = std::uint64_t(sum);
}

Task<void> spawnOften(long n)
{
    for (long i = 0; i < n; ++i) {
        const SpawnedTask<int> task = spawn("t", trivial, int(i));
        co_await task;
    }
}

/// An entry of the ready queue that sets a future.
struct Setter final : ReadyNode
{
    explicit Setter(Future<int> f)
        : future(std::move(f))
    {
        run = [](ReadyNode &node, Turn turn) {
            if (turn == Turn::Comes)
                static_cast<Setter &>(node).future.set(1);
        };
    }
    Future<int> future;
};

Task<void> awaitFutures(long n)
{
    for (long i = 0; i < n; ++i) {
        Future<int> future;
        Setter setter(future);
        Loop::current()->schedule(setter);
        const int value = co_await future;
        (void)value;
    }
}

double futures(long n)
{
    const auto start = Clock::now();
    return run(spawn("awaiter", awaitFutures, n), start, n);
}

Task<void> sleepOnce() { co_await coroscope::sleep(500ms); }

Task<void> awaitAll(std::vector<SpawnedTask<void>> tasks)
{
    for (const auto &task : tasks)
        co_await task;
}

void sleepers(long n)
{
    const double before = residentMegabytes();
    const auto start = Clock::now();
    std::vector<SpawnedTask<void>> tasks;
    tasks.reserve(std::size_t(n));
    for (long i = 0; i < n; ++i)
        tasks.push_back(spawn("s", sleepOnce));
    double peak = 0;
    auto probe = spawn(
        "probe",
        [](double *mb) -> Task<void> {
            co_await coroscope::sleep(400ms);
            *mb = residentMegabytes();
        },
        &peak);
    run(spawn("all", awaitAll, std::move(tasks)), start, 1);
    const double us = (nanosecondsSince(start) - 5e8) / double(n) / 1e3;
    std::printf("{\"case\":\"sleepers\",\"system\":\"coroscope\",\"n\":%ld,\"us_each_over_the_sleep\":%.3f,"
                "\"kb_a_task\":%.3f}\n",
                n, us, (peak - before) * 1024 / double(n));
}

Task<void> roundTrips(ThreadExecutor *executor, long n)
{
    for (long i = 0; i < n; ++i) {
        const auto job = executor->run("job", [] { return 1; });
        co_await job;
    }
}

Task<void> lateness(std::vector<double> *microseconds, int n)
{
    for (int i = 0; i < n; ++i) {
        const auto wait = std::chrono::microseconds(1137 + 1000 * (i % 7));
        const auto start = Clock::now();
        co_await coroscope::sleep(wait);
        microseconds->push_back((nanosecondsSince(start) - double(wait.count()) * 1e3) / 1e3);
    }
}

void clocks()
{
    constexpr long n = 5'000'000;
    std::uint64_t sum = 0;
    measure("clock", "ticks", n, [&] {
        const auto start = Clock::now();
        for (long i = 0; i < n; ++i) {
            sum += trace::Clock::ticks();
            asm volatile("" : "+r"(sum));
        }
        return nanosecondsSince(start) / n;
    });
    measure("clock", "steady_clock", n / 5, [&] {
        const auto start = Clock::now();
        for (long i = 0; i < n / 5; ++i) {
            sum += std::uint64_t(Clock::now().time_since_epoch().count());
            asm volatile("" : "+r"(sum));
        }
        return nanosecondsSince(start) / (n / 5);
    });
}

/// The cost of writing one event down, alone: bursts that the ring holds, drained in between.
void events()
{
    constexpr long burst = 20'000, bursts = 50;
    measure("event", "recorded", burst * bursts, [] {
        double total = 0;
        for (int b = 0; b < bursts; ++b) {
            const auto start = Clock::now();
            for (long i = 0; i < burst; ++i) {
                if (trace::isRecording())
                    trace::record(7, trace::EventType::Resumed, trace::Cause::Yield, 0, 1, 0);
                asm volatile("" ::: "memory");
            }
            total += nanosecondsSince(start);
            std::this_thread::sleep_for(2ms); // the consumer catches up
        }
        return total / (burst * bursts);
    });
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    Loop loop;

    clocks();
    yields(200'000);
    sleepers(50'000); // first: the memory of later runs is reused
    measure("yield", "not recorded", 2'000'000, [] { return yields(2'000'000); });
    measure("eager call", "not recorded", 1'000'000, [] {
        const auto s = Clock::now();
        return run(spawn("c", callOften, 1'000'000L), s, 1'000'000);
    });
    measure("spawn and await", "not recorded", 300'000, [] {
        const auto s = Clock::now();
        return run(spawn("c", spawnOften, 300'000L), s, 300'000);
    });
    measure("future", "not recorded", 500'000, [] { return futures(500'000); });
    {
        ThreadExecutor executor(1);
        measure("executor round trip", "coroscope", 20'000, [&] {
            const auto s = Clock::now();
            return run(spawn("c", roundTrips, &executor, 20'000L), s, 20'000);
        });
    }
    constexpr long million = 1'000'000;
    measure("eager call", "plain QCoro", million, [] { return bench::plain::eagerCalls(million); });
    measure("eager call", "nobody listening", million, [] { return bench::traced::eagerCalls(million); });
    measure("await", "plain QCoro", million, [] { return bench::plain::awaits(million); });
    measure("await", "nobody listening", million, [] { return bench::traced::awaits(million); });
    std::vector<double> late;
    run(spawn("late", lateness, &late, 200), Clock::now(), 1);
    std::sort(late.begin(), late.end());
    std::printf("{\"case\":\"timer "
                "lateness\",\"system\":\"coroscope\",\"n\":200,\"us_median\":%.1f,\"us_p99\":%.1f}\n",
                late[100], late[197]);

    trace::startRecording({.ringEvents = std::size_t(1) << 20, .textBytes = std::size_t(1) << 22});
    {
        Consumer consumer;
        events();
        measure("yield", "recorded", 2'000'000, [] { return yields(2'000'000); });
        measure("eager call", "recorded", 500'000, [] {
            const auto s = Clock::now();
            return run(spawn("c", callOften, 500'000L), s, 500'000);
        });
        measure("spawn and await", "recorded", 200'000, [] {
            const auto s = Clock::now();
            return run(spawn("c", spawnOften, 200'000L), s, 200'000);
        });
        measure("future", "recorded", 300'000, [] { return futures(300'000); });
        std::printf("{\"case\":\"events\",\"system\":\"coroscope\",\"n\":%llu,\"dropped\":%llu}\n",
                    static_cast<unsigned long long>(consumer.events),
                    static_cast<unsigned long long>(consumer.dropped));
    }
    trace::stopRecording();

    ratio("an event to a reading of its clock (goal: at most 2)", "event/recorded", "clock/ticks");
    ratio("tracing linked, nobody listening: an eager call", "eager call/nobody listening",
          "eager call/plain QCoro");
    ratio("tracing linked, nobody listening: an await", "await/nobody listening", "await/plain QCoro");
    ratio("a recorded yield to one that isn't", "yield/recorded", "yield/not recorded");
    ratio("a yield to a reading of steady_clock", "yield/not recorded", "clock/steady_clock");
    return 0;
}
