// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/tracestatistics.h"
#include "tests/model/referencetrace.h"
#include "tests/support/storefixture.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::io;
using model::Time;
using trace::Cause;

namespace {
const StatisticsRow &rowOf(const TraceStatistics &statistics, TaskId task)
{
    return *std::ranges::find(statistics.tasks, task, &StatisticsRow::task);
}
} // namespace

class TraceStatisticsTest : public QObject
{
    Q_OBJECT
private slots:
    void percentilesAreExactByNearestRank_data()
    {
        QTest::addColumn<int>("slices");
        QTest::addColumn<int>("p50");
        QTest::addColumn<int>("p90");
        QTest::addColumn<int>("p99");
        QTest::newRow("one") << 1 << 1 << 1 << 1;
        QTest::newRow("two") << 2 << 1 << 2 << 2;
        QTest::newRow("ten") << 10 << 5 << 9 << 10;
        QTest::newRow("a hundred") << 100 << 50 << 90 << 99;
        QTest::newRow("a hundred and one") << 101 << 51 << 91 << 100;
    }
    void percentilesAreExactByNearestRank()
    {
        QFETCH(int, slices);
        QFETCH(int, p50);
        QFETCH(int, p90);
        QFETCH(int, p99);
        // Slices of 1, 2, 3 … microseconds, the longest first.
        model::Script script;
        script.created(1);
        for (int length = slices; length > 0; --length) {
            script.after(1ms).resumed(1, Cause::Timer);
            script.after(std::chrono::microseconds(length)).suspended(1, trace::WaitKind::Sleep, 1);
        }
        script.commit();
        const StatisticsRow row = statisticsOf(script.store).tasks.front();
        QCOMPARE(row.count, std::uint64_t(slices));
        QCOMPARE(row.p50, Time(std::chrono::microseconds(p50)));
        QCOMPARE(row.p90, Time(std::chrono::microseconds(p90)));
        QCOMPARE(row.p99, Time(std::chrono::microseconds(p99)));
        QCOMPARE(row.longest, Time(std::chrono::microseconds(slices)));
        QCOMPARE(row.busy, Time(std::chrono::microseconds(slices * (slices + 1) / 2)));
        QCOMPARE(row.wakes[std::size_t(Cause::Timer)], std::uint64_t(slices));
    }

    void waitingAndReadyTimesAreToldApart()
    {
        StoreFixture fixture;
        const TaskId task = fixture.spawn("task", "sleep", 1ms);
        fixture.slice(task, 3ms, 4ms, fixture.sleeps(4ms));
        fixture.ready(task, 8ms, Cause::Timer);
        fixture.end(task, 11ms, 13ms, trace::Outcome::Done, {}, Cause::Timer);
        fixture.play(20ms);
        const TraceStatistics statistics = statisticsOf(fixture.store());
        const StatisticsRow &row = rowOf(statistics, task);
        QCOMPARE(row.busy, Time(3ms));
        QCOMPARE(row.wait, Time(4ms));
        QCOMPARE(row.ready, Time(5ms)); // 2 before its first slice
        QCOMPARE(row.kind, "sleep");
        QCOMPARE(row.state, "done");
        QCOMPARE(row.wakes[std::size_t(Cause::Start)], 1u);
        QCOMPARE(row.wakes[std::size_t(Cause::Timer)], 1u);
    }

    void whatGoesOnCountsUpToNow()
    {
        StoreFixture fixture;
        const TaskId running = fixture.spawn("running", {}, 0ms);
        const TaskId waiting = fixture.spawn("waiting", {}, 0ms);
        const TaskId ready = fixture.spawn("ready", {}, 0ms);
        fixture.slice(waiting, 0ms, 1ms, fixture.sleeps(1h));
        fixture.slice(ready, 1ms, 2ms, fixture.sleeps(1h));
        fixture.ready(ready, 4ms, Cause::Timer);
        fixture.runs(running, 5ms);
        fixture.play(10ms);
        const TraceStatistics statistics = statisticsOf(fixture.store());
        QCOMPARE(rowOf(statistics, running).busy, Time(5ms));
        QCOMPARE(rowOf(statistics, running).longest, Time(5ms));
        QCOMPARE(rowOf(statistics, running).count, 1u);
        QCOMPARE(rowOf(statistics, waiting).wait, Time(9ms));
        QCOMPARE(rowOf(statistics, ready).wait, Time(2ms));
        QCOMPARE(rowOf(statistics, ready).ready, Time(7ms)); // and 1 before its first slice
    }

    void aFunctionSumsUpItsTasksAndRanksAllTheirSlices()
    {
        model::Script script;
        const auto site = script.store.addLocation({"work(int)", "src/work.cpp", 7});
        const auto other = script.store.addLocation({"work(int)", "src/other.cpp", 7});
        const auto run = [&](std::uint32_t id, model::LocationId at, Time length) {
            script.after(1ms).created(id, 0, trace::EntityKind::Coroutine, at).resumed(id);
            script.after(length).finished(id);
        };
        run(1, site, 1ms);
        run(2, site, 5ms);
        run(3, site, 3ms);
        run(4, other, 20ms);
        script.commit();
        const TraceStatistics statistics = statisticsOf(script.store);
        QCOMPARE(statistics.functions.size(), 2u);
        QCOMPARE(statistics.functions[0].site, "src/other.cpp:7"); // the busiest first
        const StatisticsRow &row = statistics.functions[1];
        QCOMPARE(row.name, "work(int)");
        QCOMPARE(row.site, "src/work.cpp:7");
        QVERIFY(!row.task);
        QCOMPARE(row.tasks, 3u);
        QCOMPARE(row.count, 3u);
        QCOMPARE(row.busy, Time(9ms));
        QCOMPARE(row.p50, Time(3ms));
        QCOMPARE(row.p90, Time(5ms));
        QCOMPARE(row.longest, Time(5ms));
        QCOMPARE(row.wakes[std::size_t(Cause::Start)], 3u);
    }

    void loopsAndWorkersAreTasksButNoFunctions()
    {
        StoreFixture fixture;
        const TaskId loop = fixture.loop();
        const TaskId worker = fixture.worker("worker", 2);
        fixture.awake(loop, 0ms, 4ms);
        fixture.job(worker, 2, 1ms, 2ms, "hash");
        fixture.play(9ms);
        const TraceStatistics statistics = statisticsOf(fixture.store());
        QVERIFY(statistics.functions.empty());
        QCOMPARE(rowOf(statistics, loop).busy, Time(4ms));
        QCOMPARE(rowOf(statistics, worker).busy, Time(1ms));
        QCOMPARE(rowOf(statistics, worker).wait, Time(0));
    }

    void randomSessionsAddUp()
    {
        for (std::uint32_t seed = 1; seed <= 100; ++seed) {
            const model::ReferenceTrace reference(seed);
            const TraceStatistics statistics = statisticsOf(reference.script.store);
            QCOMPARE(statistics.tasks.size(), reference.rows.size());
            for (const auto &[id, expected] : reference.rows) {
                const StatisticsRow &row = rowOf(statistics, TaskId {id});
                Time wait {};
                Time ready {};
                Time longest {};
                Time open {};
                for (const auto &piece : expected.pieces) {
                    const Time length = piece.end - piece.begin;
                    if (piece.what == model::LaneSpan::What::Waiting)
                        wait += length;
                    else if (piece.what == model::LaneSpan::What::Ready)
                        ready += length;
                    else
                        longest = std::max(longest, length);
                    if (piece.open && piece.what == model::LaneSpan::What::Running)
                        open = length;
                }
                QCOMPARE(row.count, expected.running.size());
                QCOMPARE(row.wait, wait);
                QCOMPARE(row.ready, ready);
                QCOMPARE(row.longest, longest);
                QCOMPARE(row.busy, expected.busy + open);
            }
        }
    }

    void anEmptySessionHasNoRows()
    {
        const model::TraceStore store;
        QVERIFY(statisticsOf(store).tasks.empty());
        QVERIFY(statisticsOf(store).functions.empty());
    }
};

QTEST_GUILESS_MAIN(TraceStatisticsTest)
#include "tst_tracestatistics.moc"
