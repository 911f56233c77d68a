// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/script.h"
#include "ui/inspector/slicestatistics.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestSliceStatistics : public QObject
{
    Q_OBJECT
private slots:
    void percentilesAreAsExactAsTheBuckets();
    void slicesAreReadBitByBitAndOnce();
    void anotherTaskStartsAnew();
    void barsCoverAllSlicesAndAreNotTooMany();
};

namespace {

void addSlices(model::Script &script, std::uint32_t task, int count, model::Time first, model::Time step)
{
    script.created(task);
    for (int i = 0; i < count; ++i)
        script.resumed(task).after(first + step * i).suspended(task, trace::WaitKind::Yield).after(1us);
    script.commit();
}

bool isNear(model::Time value, model::Time expected)
{
    return std::abs(double(value.count()) / double(expected.count()) - 1) < 0.1;
}

} // namespace

void TestSliceStatistics::percentilesAreAsExactAsTheBuckets()
{
    model::Script script;
    addSlices(script, 1, 1000, 10us, 1us); // 10 … 1009 µs
    SliceStatistics statistics;
    QVERIFY(!statistics.read(script.store, TaskId {1}));
    QCOMPARE(statistics.count(), 1000u);
    QVERIFY(isNear(statistics.percentile(0.5), 509us));
    QVERIFY(isNear(statistics.percentile(0.99), 999us));
    QCOMPARE(SliceStatistics().percentile(0.5), model::Time {});
}

void TestSliceStatistics::slicesAreReadBitByBitAndOnce()
{
    model::Script script;
    addSlices(script, 1, 100, 10us, 0us);
    SliceStatistics statistics;
    QVERIFY(statistics.read(script.store, TaskId {1}, 30));
    QCOMPARE(statistics.count(), 30u);
    while (statistics.read(script.store, TaskId {1}, 30)) { }
    QCOMPARE(statistics.count(), 100u);
    QVERIFY(!statistics.read(script.store, TaskId {1}));
    QCOMPARE(statistics.count(), 100u);
    script.resumed(1).after(5us).commit(); // runs still
    QVERIFY(!statistics.read(script.store, TaskId {1}));
    QCOMPARE(statistics.count(), 100u);
    script.suspended(1, trace::WaitKind::Yield).commit();
    statistics.read(script.store, TaskId {1});
    QCOMPARE(statistics.count(), 101u);
}

void TestSliceStatistics::anotherTaskStartsAnew()
{
    model::Script script;
    addSlices(script, 1, 10, 10us, 0us);
    addSlices(script, 2, 3, 1ms, 0us);
    SliceStatistics statistics;
    statistics.read(script.store, TaskId {1});
    statistics.read(script.store, TaskId {2});
    QCOMPARE(statistics.count(), 3u);
    QVERIFY(isNear(statistics.percentile(0.5), 1ms));
}

void TestSliceStatistics::barsCoverAllSlicesAndAreNotTooMany()
{
    model::Script script;
    addSlices(script, 1, 10, 1us, 0us);
    script.resumed(1).after(3s).suspended(1, trace::WaitKind::Yield).commit();
    SliceStatistics statistics;
    QVERIFY(statistics.bars(16).empty());
    statistics.read(script.store, TaskId {1});
    const auto bars = statistics.bars(16);
    QVERIFY(bars.size() <= 16);
    std::uint64_t sum = 0;
    for (const SliceStatistics::Bar &bar : bars)
        sum += bar.count;
    QCOMPARE(sum, 11u);
    QVERIFY(bars.front().from <= 1us);
    QVERIFY(bars.back().to >= 3s);
}

QTEST_GUILESS_MAIN(TestSliceStatistics)
#include "tst_slicestatistics.moc"
