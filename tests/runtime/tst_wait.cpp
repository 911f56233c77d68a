// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/wait.h"

#include "core/runtime/sleep.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<int> sleepsFor(int milliseconds)
{
    co_await sleep(std::chrono::milliseconds(milliseconds));
    co_return milliseconds;
}
Task<int> failsAfter(int milliseconds)
{
    co_await sleep(std::chrono::milliseconds(milliseconds));
    throw std::runtime_error("failed");
}

/// What a wait gave, and when.
struct Given
{
    std::vector<TaskId> done;
    std::vector<TaskId> pending;
    int time = -1;
};

Task<void> waits(Given *given, std::vector<AnyTask> tasks, std::optional<std::chrono::nanoseconds> limit,
                 WaitUntil until)
{
    const WaitResult result = co_await wait(tasks, limit, until);
    for (const AnyTask &task : result.done)
        given->done.push_back(task.id());
    for (const AnyTask &task : result.pending)
        given->pending.push_back(task.id());
    given->time = timeOf(*Loop::current());
}

std::vector<TaskId> idsOf(std::initializer_list<AnyTask> tasks)
{
    std::vector<TaskId> ids;
    for (const AnyTask &task : tasks)
        ids.push_back(task.id());
    return ids;
}

} // namespace

class WaitTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void allCompletedWaitsForTheLast();
    void firstCompletedWaitsForTheFirst();
    void firstExceptionGoesOnAtAFailure();
    void firstExceptionWithoutOneWaitsForAll();
    void aCancelledTaskIsNoFailure();
    void theTimeoutEndsTheWaitAndCancelsNothing();
    void aTimeoutOfNothingStillTakesATurn();
    void resultsComeInTheOrderInWhichTheyWereGiven();
    void whatIsDoneAlreadyGoesOnAtOnce();
    void anEmptyListGoesOnAtOnce();
    void aTaskMayStandInTheListTwice();
    void cancellingTheWaitLeavesTheTasksAlone();
    void twoWaitsMayShareTasks();
    void aWaitIsInTheTraceWithItsMembers();

private:
    std::unique_ptr<Loop> m_loop;
};

void WaitTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void WaitTest::allCompletedWaitsForTheLast()
{
    const AnyTask a = spawn("a", &sleepsFor, 3);
    const AnyTask b = spawn("b", &failsAfter, 1);
    Given given;
    spawn("w", &waits, &given, std::vector {a, b}, std::nullopt, WaitUntil::AllCompleted);
    m_loop->runUntilIdle();
    QCOMPARE(given.time, 3);
    QCOMPARE(given.done, idsOf({a, b}));
    QVERIFY(given.pending.empty());
}

void WaitTest::firstCompletedWaitsForTheFirst()
{
    const AnyTask a = spawn("a", &sleepsFor, 3);
    const AnyTask b = spawn("b", &sleepsFor, 1);
    Given given;
    spawn("w", &waits, &given, std::vector {a, b}, std::nullopt, WaitUntil::FirstCompleted);
    m_loop->runUntilIdle();
    QCOMPARE(given.time, 1);
    QCOMPARE(given.done, idsOf({b}));
    QCOMPARE(given.pending, idsOf({a}));
    QVERIFY(a.isDone());
}

void WaitTest::firstExceptionGoesOnAtAFailure()
{
    const AnyTask a = spawn("a", &sleepsFor, 1);
    const AnyTask b = spawn("b", &failsAfter, 2);
    const AnyTask c = spawn("c", &sleepsFor, 3);
    Given given;
    spawn("w", &waits, &given, std::vector {a, b, c}, std::nullopt, WaitUntil::FirstException);
    m_loop->runUntilIdle();
    QCOMPARE(given.time, 2);
    QCOMPARE(given.done, idsOf({a, b}));
    QCOMPARE(given.pending, idsOf({c}));
}

void WaitTest::firstExceptionWithoutOneWaitsForAll()
{
    const AnyTask a = spawn("a", &sleepsFor, 1);
    const AnyTask b = spawn("b", &sleepsFor, 2);
    Given given;
    spawn("w", &waits, &given, std::vector {a, b}, std::nullopt, WaitUntil::FirstException);
    m_loop->runUntilIdle();
    QCOMPARE(given.time, 2);
    QCOMPARE(given.done.size(), std::size_t(2));
}

void WaitTest::aCancelledTaskIsNoFailure()
{
    const AnyTask a = spawn("a", &sleepsFor, 5);
    const AnyTask b = spawn("b", &sleepsFor, 2);
    Given given;
    spawn("w", &waits, &given, std::vector {a, b}, std::nullopt, WaitUntil::FirstException);
    m_loop->turnOnce();
    a.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(given.time, 2);
    QCOMPARE(given.done, idsOf({a, b}));
}

void WaitTest::theTimeoutEndsTheWaitAndCancelsNothing()
{
    const AnyTask a = spawn("a", &sleepsFor, 1);
    const AnyTask b = spawn("b", &sleepsFor, 9);
    Given given;
    spawn("w", &waits, &given, std::vector {a, b}, 4ms, WaitUntil::AllCompleted);
    m_loop->runUntilIdle();
    QCOMPARE(given.time, 4);
    QCOMPARE(given.done, idsOf({a}));
    QCOMPARE(given.pending, idsOf({b}));
    QVERIFY(b.isDone());
    QVERIFY(!b.isCancelled());
}

void WaitTest::aTimeoutOfNothingStillTakesATurn()
{
    const AnyTask a = spawn("a", &sleepsFor, 1);
    Given given;
    spawn("w", &waits, &given, std::vector {a}, 0ms, WaitUntil::AllCompleted);
    m_loop->turnOnce();
    QCOMPARE(given.time, -1);
    m_loop->turnOnce();
    QCOMPARE(given.time, 0);
    QCOMPARE(given.pending, idsOf({a}));
}

void WaitTest::resultsComeInTheOrderInWhichTheyWereGiven()
{
    const AnyTask a = spawn("a", &sleepsFor, 3);
    const AnyTask b = spawn("b", &sleepsFor, 2);
    const AnyTask c = spawn("c", &sleepsFor, 1);
    Given given;
    spawn("w", &waits, &given, std::vector {a, b, c}, std::nullopt, WaitUntil::AllCompleted);
    m_loop->runUntilIdle();
    QCOMPARE(given.done, idsOf({a, b, c}));
}

void WaitTest::whatIsDoneAlreadyGoesOnAtOnce()
{
    const AnyTask a = spawn("a", &sleepsFor, 1);
    const AnyTask failed = spawn("b", &failsAfter, 1);
    m_loop->runUntilIdle();
    const AnyTask c = spawn("c", &sleepsFor, 5);
    for (const WaitUntil until :
         {WaitUntil::AllCompleted, WaitUntil::FirstCompleted, WaitUntil::FirstException}) {
        Given given;
        std::vector tasks {a, failed};
        if (until != WaitUntil::AllCompleted)
            tasks.push_back(c);
        spawn("w", &waits, &given, tasks, 1ms, until);
        m_loop->turnOnce();
        QCOMPARE(given.time, 1);
        QCOMPARE(given.done, idsOf({a, failed}));
    }
}

void WaitTest::anEmptyListGoesOnAtOnce()
{
    for (const WaitUntil until :
         {WaitUntil::AllCompleted, WaitUntil::FirstCompleted, WaitUntil::FirstException}) {
        Given given;
        spawn("w", &waits, &given, std::vector<AnyTask>(), std::nullopt, until);
        m_loop->turnOnce();
        QCOMPARE(given.time, 0);
        QVERIFY(given.done.empty() && given.pending.empty());
    }
}

void WaitTest::aTaskMayStandInTheListTwice()
{
    for (const WaitUntil until :
         {WaitUntil::AllCompleted, WaitUntil::FirstCompleted, WaitUntil::FirstException}) {
        const AnyTask a = spawn("a", &sleepsFor, 1);
        Given given;
        spawn("w", &waits, &given, std::vector {a, a, a}, std::nullopt, until);
        m_loop->runUntilIdle();
        QCOMPARE(given.done, idsOf({a, a, a}));
    }
}

void WaitTest::cancellingTheWaitLeavesTheTasksAlone()
{
    const AnyTask a = spawn("a", &sleepsFor, 3);
    const AnyTask b = spawn("b", &sleepsFor, 4);
    Given given;
    const auto waiter = spawn("w", &waits, &given, std::vector {a, b}, 2ms, WaitUntil::AllCompleted);
    m_loop->turnOnce();
    waiter.cancel();
    m_loop->runUntilIdle();
    QVERIFY(waiter.isCancelled());
    QCOMPARE(given.time, -1);
    QVERIFY(a.isDone() && !a.isCancelled());
    QVERIFY(b.isDone() && !b.isCancelled());
    QCOMPARE(timeOf(*m_loop), 4);
}

void WaitTest::twoWaitsMayShareTasks()
{
    const AnyTask a = spawn("a", &sleepsFor, 1);
    const AnyTask b = spawn("b", &sleepsFor, 2);
    Given first;
    Given second;
    spawn("w", &waits, &first, std::vector {a, b}, std::nullopt, WaitUntil::FirstCompleted);
    spawn("w", &waits, &second, std::vector {b, a}, std::nullopt, WaitUntil::AllCompleted);
    m_loop->runUntilIdle();
    QCOMPARE(first.time, 1);
    QCOMPARE(second.time, 2);
}

void WaitTest::aWaitIsInTheTraceWithItsMembers()
{
    TraceProbe probe;
    const AnyTask a = spawn("a", &sleepsFor, 1);
    const AnyTask b = spawn("b", &sleepsFor, 2);
    Given given;
    const auto waiter = spawn("w", &waits, &given, std::vector {a, b}, 5ms, WaitUntil::FirstCompleted);
    m_loop->runUntilIdle();
    probe.stop();
    const auto begun = probe.eventsOf(trace::EventType::WaitBegun);
    QCOMPARE(begun.size(), std::size_t(1));
    QCOMPARE(begun[0].task, waiter.id().value);
    QCOMPARE(WaitUntil(begun[0].kind), WaitUntil::FirstCompleted);
    QCOMPARE(begun[0].b, std::uint64_t(5'000'000));
    const auto members = probe.eventsOf(trace::EventType::WaitMember);
    QCOMPARE(members.size(), std::size_t(2));
    QCOMPARE(members[0].task, a.id().value);
    QCOMPARE(members[1].task, b.id().value);
    QCOMPARE(members[0].a, begun[0].a);
    const auto ended = probe.eventsOf(trace::EventType::WaitEnded);
    QCOMPARE(ended.size(), std::size_t(1));
    QCOMPARE(ended[0].a, begun[0].a);
    QCOMPARE(ended[0].b, std::uint64_t(1));
    QCOMPARE(probe.breaches(), QStringList());
}

QTEST_GUILESS_MAIN(WaitTest)
#include "tst_wait.moc"
