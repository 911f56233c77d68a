// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/collector.h"
#include "core/model/tracestore.h"
#include "core/trace/note.h"
#include "core/trace/strings.h"
#include "core/trace/threadstate.h"

#include <QCoroTask>
#include <QTest>

#include <thread>

using namespace coroscope;
using namespace coroscope::model;
using namespace std::chrono_literals;

namespace {

/// Suspends until resume() is called.
struct Gate
{
    std::coroutine_handle<> waiting;

    struct Awaiter
    {
        Gate &gate;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) noexcept { gate.waiting = handle; }
        void await_resume() const noexcept { }
    };
    Awaiter operator co_await() noexcept { return {*this}; }
    void resume() { std::exchange(waiting, {}).resume(); }
};

QCoro::Task<int> inner(Gate *gate)
{
    co_await *gate;
    co_return 6;
}

QCoro::Task<int> outer(Gate *gate)
{
    trace::setTaskName("the outer one");
    trace::setCategory("sleep");
    trace::print("hello");
    const int six = co_await inner(gate);
    co_return six * 7;
}

} // namespace

class CollectorTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { trace::startRecording(); }
    void cleanupTestCase() { trace::stopRecording(); }

    void aTracedCoroutineIsSeenWithNamesAndPlaces()
    {
        TraceStore store;
        Collector collector(store);
        collector.collectAll();
        store.clear();
        const auto breaches = store.figures().breaches;
        {
            Gate gate;
            const auto task = outer(&gate);
            collector.collectAll();
            QCOMPARE(store.tasks().size(), 2u);
            const Task *first = store.task(store.tasks()[0]);
            const Task *second = store.task(store.tasks()[1]);
            QCOMPARE(first->name, QString("the outer one"));
            QCOMPARE(first->category, QString("sleep"));
            QCOMPARE(second->name, QString("inner"));
            QCOMPARE(second->category, QString("sleep"));
            QCOMPARE(second->parent, first->id);
            QCOMPARE(first->state, TaskState::Suspended);
            QCOMPARE(store.describe(first->wait), QString("task inner"));
            QVERIFY(store.location(first->wait.site).file.endsWith("tst_collector.cpp"));
            QVERIFY(store.location(first->wait.site).line > 0);
            QCOMPARE(second->wait.kind, trace::WaitKind::Foreign);
            QVERIFY2(store.describe(second->wait).contains("Gate"), qPrintable(store.describe(second->wait)));
            QCOMPARE(store.printed().size(), 1u);
            QCOMPARE(store.awaitChain(first->id).size(), 2u);
            gate.resume();
        }
        collector.collectAll();
        const Task *first = store.task(store.tasks()[0]);
        QCOMPARE(first->state, TaskState::Done);
        QCOMPARE(first->result, QString("42"));
        QCOMPARE(store.figures().breaches, breaches);
        QVERIFY(store.now() >= *first->ended);
    }

    void aTimeIsAReadingOfTheClockAndBack()
    {
        TraceStore store;
        const Collector collector(store);
        const std::uint64_t ticks = trace::Clock::ticks();
        const Time time = collector.timeOf(ticks);
        QVERIFY(std::chrono::abs(collector.timeOf(collector.ticksAt(time)) - time) <= Time {1});
        QVERIFY(collector.ticksAt(time + std::chrono::milliseconds(1)) > ticks);
        QVERIFY(collector.ticksAt(time - std::chrono::milliseconds(1)) < ticks);
    }

    void textsOfTheProgramBecomeTheStores()
    {
        TraceStore store;
        Collector collector(store);
        const std::uint32_t id = trace::newId();
        trace::record(id, trace::EventType::Created, {}, 0, 0, 0);
        trace::record(id, trace::EventType::Resumed, trace::Cause::Start, 0, 0, 0);
        trace::record(id, trace::EventType::Suspended, {}, std::uint16_t(trace::WaitKind::Reply),
                      trace::intern(u"http://host/file").value, 0);
        collector.collectAll();
        QCOMPARE(store.describe(store.task(TaskId {id})->wait), QString("reply http://host/file"));
        QVERIFY(store.task(TaskId {id})->created >= Time {0});
        QVERIFY(*store.task(TaskId {id})->started <= store.now());
        trace::record(id, trace::EventType::Destroyed, {}, 0, 0, 0);
        collector.collectAll();
    }

    void anOverloadedRecordingIsTakenInParts()
    {
        TraceStore store;
        Collector collector(store);
        collector.collectAll();
        const auto before = store.figures().events;
        const std::uint32_t id = trace::newId();
        trace::record(id, trace::EventType::Created, {}, 0, 0, 0);
        constexpr int count = 50'000;
        for (int i = 0; i < count; ++i)
            trace::record(id, trace::EventType::Progress, {}, 0, std::uint64_t(i), count);
        QVERIFY(!collector.collect(0ns)); // no time at all: one batch, and back to the window
        const auto part = store.figures().events - before;
        QVERIFY(part > 0 && part < count);
        const Time known = store.now();
        collector.collectAll();
        QCOMPARE(store.figures().events - before, std::uint64_t(count) + 1);
        QVERIFY(store.now() > known);
        trace::record(id, trace::EventType::Destroyed, {}, 0, 0, 0);
    }

    void whatARingDropsIsCountedAndMarked()
    {
        TraceStore store;
        Collector collector(store);
        collector.collectAll();
        const auto before = store.figures();
        constexpr std::uint64_t count = 200'000; // a ring holds 65,536
        std::thread([] {
            const std::uint32_t id = trace::newId();
            trace::record(id, trace::EventType::Created, {}, 0, 0, 0);
            for (std::uint64_t i = 0; i < count; ++i)
                trace::record(id, trace::EventType::Progress, {}, 0, i, count);
            trace::record(id, trace::EventType::Destroyed, {}, 0, 0, 0);
        }).join();
        collector.collectAll();
        const auto after = store.figures();
        QVERIFY(after.lost > before.lost);
        QCOMPARE(after.lost - before.lost + after.events - before.events, count + 2);
        QCOMPARE(after.breaches, before.breaches);
        QCOMPARE(store.marks().back().kind, Mark::Kind::Lost);
        QCOMPARE(store.marks().back().count, after.lost - before.lost);
    }
};

QTEST_GUILESS_MAIN(CollectorTest)
#include "tst_collector.moc"
