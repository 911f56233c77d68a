// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// What a recording costs: an event written, its bytes in the file, an event read into a store; and that this
// grows as the events do. bench_trace [EVENTS…]
#include "core/io/readtrace.h"
#include "core/io/recording.h"
#include "core/io/traceloader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>

using namespace coroscope;
using namespace coroscope::io;
using trace::Cause;
using trace::EventType;

namespace {

constexpr std::uint32_t lanes = 1000;
constexpr int rounds = 3;

void print(const char *name, std::size_t n, const char *unit, double value)
{
    std::printf(R"({"case":"%s","system":"coroscope","n":%zu,"%s":%.6g})"
                "\n",
                name, n, unit, value);
    std::fflush(stdout);
}

double cpuSeconds(clockid_t clock)
{
    timespec time {};
    clock_gettime(clock, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

class NoPools final : public Pools
{
public:
    const QString &string(StringId) const override { return m_text; }
    const model::Location &location(model::LocationId) const override { return m_location; }

private:
    QString m_text = QStringLiteral("GET /file.bin");
    model::Location m_location {QStringLiteral("work(int)"), QStringLiteral("work.cpp"), 12};
};

/// Tasks that wait for timers and replies and are resumed in random order, as a busy program records them.
class Program
{
public:
    template<class Take>
    void run(std::size_t events, Take take)
    {
        for (std::uint32_t id = 1; id <= lanes; ++id)
            put(take, id, EventType::Created, {}, std::uint16_t(trace::EntityKind::Spawned), 0, 1);
        for (std::size_t i = lanes; i + 3 <= events; i += 3) {
            const std::uint32_t id = 1 + std::uint32_t(m_random() % lanes);
            const bool isReply = m_random() % 4 == 0;
            const Cause cause = isReply ? Cause::Reply : Cause::Timer;
            m_time += model::Time {200 + m_random() % 2000};
            put(take, id, EventType::Ready, cause, 0, 0, 0);
            m_time += model::Time {100 + m_random() % 500};
            put(take, id, EventType::Resumed, cause, 0, 0, 0);
            m_time += model::Time {300 + m_random() % 5000};
            put(take, id, EventType::Suspended, {},
                std::uint16_t(isReply ? trace::WaitKind::Reply : trace::WaitKind::Sleep),
                isReply ? 1 : 1'000'000 * (1 + m_random() % 10), 1 + m_random() % 20);
        }
    }
    model::Time time() const { return m_time; }

private:
    template<class Take>
    void put(Take &take, std::uint32_t task, EventType type, Cause cause, std::uint16_t kind, std::uint64_t a,
             std::uint64_t b)
    {
        take(model::TraceEvent {m_time, model::ThreadId {1}, task, type, cause, kind, a, b, {}});
    }

    std::mt19937 m_random {1};
    model::Time m_time {};
};

void measure(std::size_t count, const QString &folder)
{
    const QString name = folder + QStringLiteral("/%1.coro").arg(count);
    const NoPools pools;
    std::vector<double> writing;
    for (int round = 0; round < rounds; ++round) {
        Program generated;
        const double before = cpuSeconds(CLOCK_THREAD_CPUTIME_ID);
        std::uint64_t sum = 0;
        generated.run(count, [&](const model::TraceEvent &event) { sum += event.task; });
        const double generating = cpuSeconds(CLOCK_THREAD_CPUTIME_ID) - before;
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || sum == 0)
            return;
        Program program;
        TraceWriter writer(file, pools, {});
        const double begin = cpuSeconds(CLOCK_THREAD_CPUTIME_ID);
        program.run(count, [&](const model::TraceEvent &event) { writer.append(event); });
        writer.commit(program.time());
        writer.close();
        writing.push_back(cpuSeconds(CLOCK_THREAD_CPUTIME_ID) - begin - generating);
    }
    std::ranges::sort(writing);
    print("trace_write", count, "ns_per_op", writing[rounds / 2] / double(count) * 1e9);
    print("trace_file", count, "bytes_per_op", double(QFileInfo(name).size()) / double(count));

    std::vector<double> reading, wall;
    for (int round = 0; round < rounds; ++round) {
        model::TraceStore store;
        TraceLoader loader(store);
        QEventLoop loop;
        QObject::connect(&loader, &TraceLoader::finished, &loop, &QEventLoop::quit);
        QElapsedTimer clock;
        clock.start();
        const double begin = cpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
        if (loader.start(name))
            return;
        loop.exec();
        reading.push_back(cpuSeconds(CLOCK_PROCESS_CPUTIME_ID) - begin);
        wall.push_back(double(clock.nsecsElapsed()) / 1e9);
        if (round == 0)
            print("trace_memory", count, "bytes_per_op",
                  double(store.figures().memoryBytes) / double(store.figures().events));
    }
    std::ranges::sort(reading);
    std::ranges::sort(wall);
    print("trace_read_cpu", count, "ns_per_op", reading[rounds / 2] / double(count) * 1e9);
    print("trace_read", count, "seconds", wall[rounds / 2]);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    std::vector<std::size_t> counts;
    for (int i = 1; i < argc; ++i)
        counts.push_back(std::size_t(std::atoll(argv[i])));
    if (counts.empty())
        counts = {100'000, 1'000'000, 10'000'000};
    for (const std::size_t count : counts)
        measure(count, folder.path());
}
