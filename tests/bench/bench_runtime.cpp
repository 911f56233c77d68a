// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What tracing and scheduling cost, each beside its reference in the same run. One JSON object a line:
// {"case","system","n","ns_per_op"} and, where memory is meant, "rss_mb"; at the end the ratios of medians.
//
// bench_runtime --case NAME [--recorded] measures one case once, for tests/bench/compare, and prints one
// object:
// {"case","system","n","value"}, in nanoseconds, microseconds (sleepers) or KB (memory).

#include "core/runtime/asyncgenerator.h"
#include "core/runtime/future.h"
#include "core/runtime/generator.h"
#include "core/runtime/handover.h"
#include "core/runtime/lock.h"
#include "core/runtime/loop.h"
#include "core/runtime/processexecutor.h"
#include "core/runtime/queue.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/threadexecutor.h"
#include "core/runtime/workermain.h"
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
#include <sys/resource.h>
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

Generator<long> generate(long n)
{
    for (long i = 0; i < n; ++i)
        co_yield i;
}

AsyncGenerator<long> generateAsync(long n)
{
    for (long i = 0; i < n; ++i)
        co_yield i;
}

Task<void> askOften(long n)
{
    long sum = 0;
    AsyncGenerator<long> generator = generateAsync(n);
    for (auto value = co_await generator.next(); value; value = co_await generator.next())
        sum += *value;
    trace::thisThread.who = std::uint64_t(sum);
}

Handover switchOften(Handover *other, long n)
{
    for (long i = 0; i < n; ++i)
        co_await other->switchTo();
}

/// Each time the other has it.
Task<void> lockOften(Lock lock, long n)
{
    for (long i = 0; i < n; ++i) {
        const Permit held = co_await lock.acquire();
        co_await yield();
    }
}

Task<void> lockAlone(long n)
{
    const Lock lock;
    for (long i = 0; i < n; ++i)
        const Permit held = co_await lock.acquire();
}

Task<void> putOften(Queue<long> queue, long n)
{
    for (long i = 0; i < n; ++i)
        co_await queue.put(i);
}

Task<void> getOften(Queue<long> queue, long n)
{
    long sum = 0;
    for (long i = 0; i < n; ++i) {
        const long value = co_await queue.get();
        sum += value;
    }
    trace::thisThread.who = std::uint64_t(sum);
}

Task<void> awaitFuture(Future<int> future) { co_await future; }

double generators(long n)
{
    const auto start = Clock::now();
    long sum = 0;
    for (const long value : generate(n))
        sum += value;
    asm volatile("" : "+r"(sum));
    return nanosecondsSince(start) / double(n);
}

double asyncGenerators(long n)
{
    const auto start = Clock::now();
    return run(spawn("c", askOften, n), start, n);
}

double handovers(long n)
{
    const auto start = Clock::now();
    Handover a, b;
    a = switchOften(&b, n / 2);
    b = switchOften(&a, n / 2);
    a.run();
    return nanosecondsSince(start) / double(n);
}

double takenLocks(long n)
{
    const auto start = Clock::now();
    const Lock lock;
    const auto other = spawn("a", lockOften, lock, n / 2);
    return run(spawn("b", lockOften, lock, n / 2), start, n);
}

double queues(long n)
{
    const auto start = Clock::now();
    const Queue<long> queue(16);
    const auto other = spawn("p", putOften, queue, n);
    return run(spawn("c", getOften, queue, n), start, n);
}

double spawns(long n)
{
    const auto start = Clock::now();
    return run(spawn("c", spawnOften, n), start, n);
}

/// What tasks give each other, with and without waiting.
void structures(const char *system)
{
    measure("generator", system, 1'000'000, [] { return generators(1'000'000); });
    measure("async generator", system, 1'000'000, [] { return asyncGenerators(1'000'000); });
    measure("hand-over", system, 1'000'000, [] { return handovers(1'000'000); });
    measure("lock, free", system, 1'000'000, [] {
        const auto start = Clock::now();
        return run(spawn("c", lockAlone, 1'000'000L), start, 1'000'000);
    });
    measure("lock, taken", system, 500'000, [] { return takenLocks(500'000); });
    measure("queue of 16", system, 500'000, [] { return queues(500'000); });
    measure("future set from another thread", system, 20'000, [] {
        constexpr long n = 20'000;
        std::vector<Future<int>> futures(n);
        std::vector<FutureSetter<int>> setters;
        for (const Future<int> &future : futures)
            setters.push_back(future.setter());
        const auto start = Clock::now();
        std::thread thread([&setters] {
            for (const FutureSetter<int> &setter : setters)
                setter.set(1);
        });
        const double each = run(spawn("last", awaitFuture, futures.back()), start, n);
        thread.join();
        return each;
    });
}

Task<void> sleepOnce() { co_await coroscope::sleep(500ms); }

Task<void> awaitAll(std::vector<SpawnedTask<void>> tasks)
{
    for (const auto &task : tasks)
        co_await task;
}

struct Sleepers
{
    double microseconds; ///< each, over the sleep
    double kilobytes; ///< each
};

Sleepers sleepers(long n)
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
    return {(nanosecondsSince(start) - 5e8) / double(n) / 1e3, (peak - before) * 1024 / double(n)};
}

int one() { return 1; }
const ProcessFunction oneElsewhere("bench.one", &one);

Task<void> roundTrips(ThreadExecutor *executor, long n)
{
    for (long i = 0; i < n; ++i) {
        const auto job = executor->run("job", one);
        co_await job;
    }
}

Task<void> processRoundTrips(ProcessExecutor *executor, long n)
{
    for (long i = 0; i < n; ++i) {
        const auto job = executor->run(oneElsewhere);
        co_await job;
    }
}

/// Round trips after pauses in which both sides fell asleep.
Task<void> coldRoundTrips(ThreadExecutor *executor, double *nanoseconds, long n)
{
    for (long i = 0; i < n; ++i) {
        co_await coroscope::sleep(1ms);
        const auto start = Clock::now();
        const auto job = executor->run("job", one);
        co_await job;
        *nanoseconds += nanosecondsSince(start) / double(n);
    }
}

double processorNanoseconds(int whose)
{
    rusage usage {};
    getrusage(whose, &usage);
    const auto of = [](const timeval &t) { return double(t.tv_sec) * 1e9 + double(t.tv_usec) * 1e3; };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

void executors()
{
    {
        ThreadExecutor executor(1);
        constexpr long n = 20'000;
        const double before = processorNanoseconds(RUSAGE_SELF);
        measure("executor round trip", "coroscope", n, [&] {
            const auto s = Clock::now();
            return run(spawn("c", roundTrips, &executor, n), s, n);
        });
        std::printf("{\"case\":\"executor round trip\",\"system\":\"coroscope, both threads' processor "
                    "time\",\"n\":%ld,\"ns_per_op\":%.2f}\n",
                    7 * n, (processorNanoseconds(RUSAGE_SELF) - before) / double(7 * n));
        measure("executor round trip", "coroscope, from sleep", 500, [&] {
            double each = 0;
            run(spawn("c", coldRoundTrips, &executor, &each, 500L), Clock::now(), 1);
            return each;
        });
    }
    const double childrenBefore = processorNanoseconds(RUSAGE_CHILDREN);
    const double before = processorNanoseconds(RUSAGE_SELF);
    constexpr long n = 5'000;
    {
        ProcessExecutor executor(1);
        run(spawn("warm", processRoundTrips, &executor, 1L), Clock::now(), 1);
        measure("process executor round trip", "coroscope", n, [&] {
            const auto s = Clock::now();
            return run(spawn("c", processRoundTrips, &executor, n), s, n);
        });
    }
    std::printf(
        "{\"case\":\"process executor round trip\",\"system\":\"coroscope, processor time here and in the "
        "process\",\"n\":%ld,\"ns_per_op\":%.2f}\n",
        7 * n,
        (processorNanoseconds(RUSAGE_SELF) - before + processorNanoseconds(RUSAGE_CHILDREN) - childrenBefore)
            / double(7 * n));
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

double executorRoundTrips(long n)
{
    ThreadExecutor executor(1);
    const auto start = Clock::now();
    return run(spawn("c", roundTrips, &executor, n), start, n);
}

/// What tests/bench/compare asks for.
struct Case
{
    const char *name;
    long n;
    double (*measure)(long n);
};

constexpr Case cases[] {
    {"yield", 2'000'000, yields},
    {"sleepers", 50'000, [](long n) { return sleepers(n).microseconds; }},
    {"memory", 50'000, [](long n) { return sleepers(n).kilobytes; }},
    {"spawn", 300'000, spawns},
    {"future", 500'000, futures},
    {"executor", 20'000, executorRoundTrips},
    {"switch", 1'000'000, handovers},
    {"generator", 1'000'000, generators},
    {"async-generator", 1'000'000, asyncGenerators},
    {"lock", 500'000, takenLocks},
    {"queue", 500'000, queues},
};

/// `arguments`: NAME [--recorded].
int measureOne(const QStringList &arguments)
{
    const bool isRecorded = arguments.value(1) == QLatin1String("--recorded");
    const auto *const chosen = std::ranges::find_if(cases, [&](const Case &one) {
        return arguments.value(0) == QLatin1String(one.name);
    });
    if (chosen == std::end(cases)) {
        std::fprintf(stderr, "bench_runtime: there is no case %s\n", qPrintable(arguments.value(0)));
        return 2;
    }
    double value = 0;
    if (isRecorded) {
        trace::startRecording({.ringEvents = std::size_t(1) << 20, .textBytes = std::size_t(1) << 22});
        {
            Consumer consumer;
            value = chosen->measure(chosen->n);
        }
        trace::stopRecording();
    } else {
        value = chosen->measure(chosen->n);
    }
    std::printf("{\"case\":\"%s\",\"system\":\"%s\",\"n\":%ld,\"value\":%.3f}\n", chosen->name,
                isRecorded ? "ours, recorded" : "ours", chosen->n, value);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (const auto code = runAsWorker(argc, argv))
        return *code;
    QCoreApplication app(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    Loop loop;
    if (app.arguments().value(1) == QLatin1String("--case"))
        return measureOne(app.arguments().mid(2));

    clocks();
    yields(200'000);
    const Sleepers slept = sleepers(50'000); // first: the memory of later runs is reused
    std::printf("{\"case\":\"sleepers\",\"system\":\"coroscope\",\"n\":50000,"
                "\"us_each_over_the_sleep\":%.3f,\"kb_a_task\":%.3f}\n",
                slept.microseconds, slept.kilobytes);
    measure("yield", "not recorded", 2'000'000, [] { return yields(2'000'000); });
    measure("eager call", "not recorded", 1'000'000, [] {
        const auto s = Clock::now();
        return run(spawn("c", callOften, 1'000'000L), s, 1'000'000);
    });
    measure("spawn and await", "not recorded", 300'000, [] { return spawns(300'000); });
    measure("future", "not recorded", 500'000, [] { return futures(500'000); });
    structures("not recorded");
    executors();
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
        measure("spawn and await", "recorded", 200'000, [] { return spawns(200'000); });
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
