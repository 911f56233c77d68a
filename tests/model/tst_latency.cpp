// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/latency.h"
#include "tests/model/script.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::WaitKind;
using Kind = Latency::Kind;

namespace {

void readAll(Latency &latency, const TraceStore &store, std::uint32_t budget = 1000)
{
    while (!latency.read(store, budget)) { }
}

/// Runs for `slice`, sleeps for `wait`, is ready for `delay`, runs for `slice` again and ends.
void runSleep(Script &s, std::uint32_t id, Time slice, Time wait, Time delay,
              const QString &category = QStringLiteral("sleep"))
{
    s.created(id).text(id, trace::TextKind::Category, category);
    s.resumed(id).after(slice).suspended(id, WaitKind::Sleep, std::uint64_t(wait.count()));
    s.after(wait).ready(id).after(delay).resumed(id, trace::Cause::Timer).after(slice).finished(id);
}

} // namespace

class TestLatency : public QObject
{
    Q_OBJECT
private slots:
    void slicesWaitsAndDelaysAreToldApart();
    void theTaskAtThe99thPercentileIsFound();
    void categoriesAreCountedApart();
    void waitsForOnesOwnStepsCountOnce();
    void waitsOfLoopsAndWorkersDontCount();
    void aWaitCountsOnceItIsOver();
    void readingBitByBitGivesTheSame();
};

void TestLatency::slicesWaitsAndDelaysAreToldApart()
{
    Script s;
    runSleep(s, 1, 20us, 3ms, 400us);
    s.commit();
    Latency latency;
    readAll(latency, s.store);
    QCOMPARE(latency.histogram(Kind::Slice).count(), 2u);
    QCOMPARE(latency.histogram(Kind::Slice).longest(), Time(20us));
    QCOMPARE(latency.histogram(Kind::Waiting).count(), 1u);
    QCOMPARE(latency.histogram(Kind::Waiting).longest(), Time(3ms));
    QCOMPARE(latency.histogram(Kind::Scheduling).count(), 1u);
    QCOMPARE(latency.histogram(Kind::Scheduling).longest(), Time(400us));
}

void TestLatency::theTaskAtThe99thPercentileIsFound()
{
    Script s;
    for (std::uint32_t id = 1; id <= 200; ++id)
        runSleep(s, id, 1us, id * 1ms, id * 10us);
    s.commit();
    Latency latency;
    readAll(latency, s.store);
    for (const Kind kind : {Kind::Waiting, Kind::Scheduling}) {
        const auto example = latency.example(kind, 0.99);
        QVERIFY(example);
        // 198 of 200 are at most that long; the histogram knows it to 1/64.
        QVERIFY2(example->task.value >= 195 && example->task.value <= 200,
                 qPrintable(QString::number(example->task.value)));
        QCOMPARE(example->slice, 0u);
        QCOMPARE(example->length,
                 kind == Kind::Waiting ? Time(example->task.value * 1ms) : Time(example->task.value * 10us));
    }
    QCOMPARE(latency.example(Kind::Waiting, 1)->task, TaskId {200});
    QVERIFY(!Latency().example(Kind::Slice, 0.99));
}

void TestLatency::categoriesAreCountedApart()
{
    Script s;
    runSleep(s, 1, 1us, 3ms, 0us, "redis");
    runSleep(s, 2, 1us, 5ms, 0us, "download");
    runSleep(s, 3, 1us, 7ms, 0us, "redis");
    runSleep(s, 4, 1us, 9ms, 0us, "");
    s.commit();
    Latency latency;
    readAll(latency, s.store);
    QCOMPARE(latency.categories(), (QStringList {"download", "redis"}));
    QCOMPARE(latency.histogram(Kind::Waiting).count(), 4u);
    QCOMPARE(latency.histogram(Kind::Waiting, "redis").count(), 2u);
    QCOMPARE(latency.example(Kind::Waiting, 0.99, "redis")->task, TaskId {3});
    QCOMPARE(latency.histogram(Kind::Waiting, "crawl").count(), 0u);
}

void TestLatency::waitsForOnesOwnStepsCountOnce()
{
    Script s;
    s.created(1).resumed(1).created(2, 1, trace::EntityKind::Coroutine).resumed(2).after(1us);
    s.suspended(2, WaitKind::Sleep, 2'000'000).suspended(1, WaitKind::Task, 2).after(2ms);
    s.resumed(2, trace::Cause::Timer).finished(2).resumed(1, trace::Cause::Task, 2).finished(1).commit();
    Latency latency;
    readAll(latency, s.store);
    QCOMPARE(latency.histogram(Kind::Waiting).count(), 1u);
    QCOMPARE(latency.example(Kind::Waiting, 1)->task, TaskId {2});
    QCOMPARE(latency.histogram(Kind::Scheduling).count(), 0u); // not known
}

void TestLatency::waitsOfLoopsAndWorkersDontCount()
{
    Script s;
    s.created(1, 0, trace::EntityKind::Worker).resumed(1).after(1us).suspended(1, WaitKind::Idle);
    s.after(1ms).resumed(1).after(1us).suspended(1, WaitKind::Idle).commit();
    Latency latency;
    readAll(latency, s.store);
    for (const Kind kind : {Kind::Slice, Kind::Waiting, Kind::Scheduling})
        QCOMPARE(latency.histogram(kind).count(), 0u);
}

void TestLatency::aWaitCountsOnceItIsOver()
{
    Script s;
    s.created(1).resumed(1).after(1us).suspended(1, WaitKind::Sleep, 2'000'000).after(1ms).commit();
    Latency latency;
    readAll(latency, s.store);
    QCOMPARE(latency.histogram(Kind::Slice).count(), 1u);
    QCOMPARE(latency.histogram(Kind::Waiting).count(), 0u);
    s.after(1ms).ready(1).after(5us).resumed(1, trace::Cause::Timer).commit();
    readAll(latency, s.store);
    QCOMPARE(latency.histogram(Kind::Slice).count(), 1u);
    QCOMPARE(latency.histogram(Kind::Waiting).longest(), Time(2ms));
    QCOMPARE(latency.histogram(Kind::Scheduling).longest(), Time(5us));
}

void TestLatency::readingBitByBitGivesTheSame()
{
    Script s;
    Latency slow;
    for (std::uint32_t id = 1; id <= 50; ++id) {
        runSleep(s, id, id * 1us, id * 1ms, 3us);
        s.commit();
        slow.read(s.store, 1);
    }
    readAll(slow, s.store, 1);
    readAll(slow, s.store, 1);
    Latency quick;
    readAll(quick, s.store);
    for (const Kind kind : {Kind::Slice, Kind::Waiting, Kind::Scheduling}) {
        QCOMPARE(slow.histogram(kind).count(), quick.histogram(kind).count());
        QCOMPARE(slow.histogram(kind).total(), quick.histogram(kind).total());
    }
    QCOMPARE(quick.histogram(Kind::Slice).count(), 100u);
}

QTEST_APPLESS_MAIN(TestLatency)
#include "tst_latency.moc"
