// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/task.h"

#include "core/runtime/future.h"
#include "core/runtime/notifier.h"
#include "core/runtime/signal.h"
#include "core/runtime/sleep.h"
#include "core/runtime/threadexecutor.h"
#include "core/runtime/wait.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

#include <QRegularExpression>
#include <QTimer>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<int> returns(int value)
{
    const Guest guest;
    co_await yield();
    co_return value;
}
Task<int> sleepsFor(int milliseconds)
{
    const Guest guest;
    co_await sleep(std::chrono::milliseconds(milliseconds));
    co_return milliseconds;
}
Task<int> fails()
{
    const Guest guest;
    co_await yield();
    throw std::runtime_error("failed on purpose");
}
Task<int> failsAtOnce()
{
    throw std::runtime_error("failed at once");
    co_return 0;
}
Task<void> notes(int *where, int value)
{
    *where = value;
    co_return;
}
Task<int> takes(std::unique_ptr<int> value)
{
    co_await yield();
    co_return *value;
}
Task<int> deep(int levels)
{
    const Guest guest;
    if (levels == 0) {
        co_await yield();
        co_return 0;
    }
    const int value = co_await deep(levels - 1);
    co_return value + 1;
}
Task<int> failsDeep(int levels)
{
    const Guest guest;
    if (levels == 0) {
        co_await yield();
        throw std::runtime_error("deep");
    }
    const int value = co_await failsDeep(levels - 1);
    co_return value;
}
Task<int> join(SpawnedTask<int> task)
{
    const Guest guest;
    const int value = co_await task;
    co_return value;
}
Task<void> swallows(int *swallowed)
{
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        ++*swallowed;
    }
    co_await sleep(1ms);
}
Task<void> cleansUp(int *cleaned)
{
    bool cancelled = false;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        cancelled = true;
    }
    if (cancelled) {
        co_await sleep(2ms);
        co_await yield();
        ++*cleaned;
        throw CancelledError();
    }
}

/// A task of every kind of await; with the other one sleeping 3 ms and the future set after 2 ms it
/// returns 24.
Task<int> body(Future<int> future, SpawnedTask<int> other)
{
    const Guest guest;
    co_await yield();
    const int a = co_await deep(3);
    co_await sleep(1ms);
    const int b = co_await future;
    int c = 0;
    try {
        c = co_await failsDeep(2);
    } catch (const std::runtime_error &) {
        c = 3;
    }
    const int d = co_await other;
    const WaitResult waited = co_await wait({other}, 1ms);
    bool cancelled = false;
    try {
        co_await sleep(1ms);
    } catch (const CancelledError &) {
        cancelled = true;
    }
    if (cancelled) {
        co_await yield();
        throw CancelledError();
    }
    co_return a + b + c + d + int(waited.done.size()) + 12;
}
Task<void> setsLater(Future<int> future)
{
    co_await sleep(2ms);
    future.set(2);
}

} // namespace

class TaskTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void spawningNeedsALoop();
    void nothingRunsBeforeSpawnReturns();
    void tasksStartInTheOrderOfTheirSpawning();
    void argumentsAreMovedIntoTheCall();
    void aLambdasCapturesLiveAsLongAsItsTask();
    void aResultIsThereOnceTheTaskHasEnded();
    void anExceptionIsRethrownFromTheResult();
    void aFunctionThatThrowsItselfFails();
    void aTaskThatEndsAtOnceIsDone();
    void namesAreGivenOrCounted();
    void anErrorThatNobodySawIsReportedWhenTheLastHandleGoes();
    void anErrorThatSomebodySawIsNot();
    void withoutAHandlerAnUnseenErrorIsLogged();
    void droppingTheHandleStopsNothing();
    void severalMayAwaitOneTask();
    void awaitingAnEndedTaskGoesOnAtOnce();
    void awaitersMeetTheTasksException();
    void cancelBeforeTheStartNeverStarts();
    void cancelWhileWaitingReachesTheLeaf_data();
    void cancelWhileWaitingReachesTheLeaf();
    void aTaskMayCancelItselfInItsFirstSlice();
    void aTaskMayCancelItselfLater();
    void cancelBeatsAResultThatIsNotDeliveredYet();
    void cancelOfAnEndedTaskDoesNothing();
    void cancelTwiceThrowsOnce();
    void aTaskMaySwallowItsCancellation();
    void cleanUpMayAwait();
    void aTaskMayBeCancelledAgainAfterSwallowing();
    void cancelReachesEagerChildrenThatNobodyAwaitsYet();
    void cancelReachesEveryEagerChildAndItsChildren();
    void cancelLeavesTheJoinedTaskAlone();
    void cancelAtEveryPointOfABody();
    void aForeignWaitIsCancelledAtTheNextAwaitOfOurs();
    void cancelAllCancelsEverything();
    void onDoneIsCalledAtALaterTurn();
    void onDoneIsCalledForATaskThatEndedBefore();
    void aFunctionMayPassOnSomebodyElsesTask();
    void aFunctionMayPassOnATaskThatHasEnded();
    void aSpawnedTaskIsOneLaneInTheTrace();
    void whoCancelledIsInTheTrace();

private:
    std::unique_ptr<Loop> m_loop;
};

void TaskTest::init() { m_loop = std::make_unique<Loop>(virtualTime()); }

void TaskTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(Guest::alive, 0);
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void TaskTest::spawningNeedsALoop()
{
    m_loop.reset();
    COROSCOPE_VERIFY_THROWS(spawn("nowhere", &returns, 1), std::logic_error);
}

void TaskTest::nothingRunsBeforeSpawnReturns()
{
    int value = 0;
    const auto task = spawn("t", &notes, &value, 5);
    QCOMPARE(value, 0);
    QVERIFY(!task.isDone());
    QVERIFY(m_loop->turnOnce());
    QCOMPARE(value, 5);
    QVERIFY(task.isDone());
}

void TaskTest::tasksStartInTheOrderOfTheirSpawning()
{
    std::vector<int> order;
    const auto say = [&order](int number) -> Task<void> {
        order.push_back(number);
        co_return;
    };
    for (int i = 0; i < 5; ++i)
        spawn("t", say, i);
    m_loop->runUntilIdle();
    QCOMPARE(order, (std::vector<int> {0, 1, 2, 3, 4}));
}

void TaskTest::argumentsAreMovedIntoTheCall()
{
    const auto task = spawn("t", &takes, std::make_unique<int>(9));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 9);
}

void TaskTest::aLambdasCapturesLiveAsLongAsItsTask()
{
    auto shared = std::make_shared<int>(4);
    const std::weak_ptr<int> weak = shared;
    {
        const auto task = spawn("t", [shared = std::move(shared)]() -> Task<int> {
            co_await sleep(1ms);
            co_return *shared;
        });
        m_loop->runUntilIdle();
        QCOMPARE(task.result(), 4);
    }
    QVERIFY(weak.expired());
}

void TaskTest::aResultIsThereOnceTheTaskHasEnded()
{
    const auto task = spawn("t", &returns, 8);
    m_loop->turnOnce();
    COROSCOPE_VERIFY_THROWS(task.result(), InvalidStateError);
    QVERIFY(!task.error());
    m_loop->runUntilIdle();
    QVERIFY(task.isDone());
    QVERIFY(!task.isCancelled());
    QVERIFY(!task.error());
    QCOMPARE(task.result(), 8);
    QCOMPARE(task.result(), 8);
    QCOMPARE(m_loop->taskCount(), std::size_t(0));
}

void TaskTest::anExceptionIsRethrownFromTheResult()
{
    const auto task = spawn("t", &failsDeep, 3);
    m_loop->runUntilIdle();
    QVERIFY(bool(task.error()));
    QVERIFY(!task.isCancelled());
    COROSCOPE_VERIFY_THROWS(task.result(), std::runtime_error);
}

void TaskTest::aFunctionThatThrowsItselfFails()
{
    const auto task = spawn("t", []() -> Task<int> (*)() { return &failsAtOnce; }());
    const auto plain = spawn("p", +[]() -> Task<int> { throw std::runtime_error("not a coroutine"); });
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), std::runtime_error);
    COROSCOPE_VERIFY_THROWS(plain.result(), std::runtime_error);
    QCOMPARE(m_loop->taskCount(), std::size_t(0));
}

void TaskTest::aTaskThatEndsAtOnceIsDone()
{
    int value = 0;
    const auto task = spawn("t", &notes, &value, 1);
    m_loop->turnOnce();
    QVERIFY(task.isDone());
    task.result();
}

void TaskTest::namesAreGivenOrCounted()
{
    QCOMPARE(spawn("fetch", &returns, 1).name(), QStringLiteral("fetch"));
    const QString first = spawn({}, &returns, 1).name();
    const QString second = spawn({}, &returns, 1).name();
    QVERIFY(first.startsWith(QStringLiteral("Task-")));
    QVERIFY(first != second);
    QVERIFY(bool(spawn({}, &returns, 1).id()));
    m_loop->runUntilIdle();
}

void TaskTest::droppingTheHandleStopsNothing()
{
    int value = 0;
    spawn(
        "t",
        [](int *where) -> Task<void> {
            co_await sleep(5ms);
            *where = 3;
        },
        &value);
    m_loop->runUntilIdle();
    QCOMPARE(value, 3);
}

void TaskTest::severalMayAwaitOneTask()
{
    const auto task = spawn("t", &sleepsFor, 4);
    std::vector<SpawnedTask<int>> joins;
    for (int i = 0; i < 3; ++i)
        joins.push_back(spawn("join", &join, task));
    m_loop->runUntilIdle();
    for (const auto &j : joins)
        QCOMPARE(j.result(), 4);
}

void TaskTest::awaitingAnEndedTaskGoesOnAtOnce()
{
    const auto task = spawn("t", &returns, 6);
    m_loop->runUntilIdle();
    const auto after = spawn("join", &join, task);
    m_loop->turnOnce();
    QCOMPARE(after.result(), 6);
}

void TaskTest::awaitersMeetTheTasksException()
{
    const auto task = spawn("t", &fails);
    const auto awaiter = spawn("join", &join, task);
    const auto cancelled = spawn("c", &sleepsFor, 5);
    const auto its = spawn("join", &join, cancelled);
    m_loop->turnOnce();
    cancelled.cancel();
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(awaiter.result(), std::runtime_error);
    COROSCOPE_VERIFY_THROWS(its.result(), CancelledError);
}

void TaskTest::cancelBeforeTheStartNeverStarts()
{
    int value = 0;
    const auto task = spawn("t", &notes, &value, 5);
    const auto awaiter = spawn(
        "a",
        [](AnyTask t, int *v) -> Task<void> {
            const WaitResult result = co_await wait({t});
            *v += int(result.done.size()) * 100;
        },
        AnyTask(task), &value);
    QVERIFY(task.cancel());
    QVERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    QVERIFY(!task.cancel());
    m_loop->runUntilIdle();
    QCOMPARE(value, 100);
    COROSCOPE_VERIFY_THROWS(task.result(), CancelledError);
    QVERIFY(awaiter.isDone());
}

void TaskTest::cancelWhileWaitingReachesTheLeaf_data()
{
    QTest::addColumn<int>("leaf");
    int leaf = 0;
    for (const char *name : {"sleep", "yield", "future", "task", "wait", "notifier", "signal", "job", "deep"})
        QTest::newRow(name) << leaf++;
}

void TaskTest::cancelWhileWaitingReachesTheLeaf()
{
    QFETCH(int, leaf);
    const Future<int> future;
    Notifier notifier;
    QTimer sender;
    ThreadExecutor executor(1);
    const auto other = spawn("other", &sleepsFor, 100'000);
    struct Means
    {
        Future<int> future;
        Notifier *notifier;
        QTimer *sender;
        ThreadExecutor *executor;
        SpawnedTask<int> other;
        int *caught;
    };
    int caught = 0;
    const auto task = spawn(
        "t",
        [](int kind, Means m) -> Task<void> {
            const Guest guest;
            try {
                switch (kind) {
                case 0:
                    co_await sleep(1h);
                    break;
                case 1:
                    co_await yield();
                    break;
                case 2:
                    (void)co_await m.future;
                    break;
                case 3:
                    (void)co_await m.other;
                    break;
                case 4:
                    (void)co_await wait({m.other}, 1h);
                    break;
                case 5:
                    (void)co_await m.notifier->waitFor(1h);
                    break;
                case 6:
                    (void)co_await signalOf(m.sender, &QObject::objectNameChanged);
                    break;
                case 7:
                    co_await m.executor->run(QStringLiteral("job"), [] { });
                    break;
                default:
                    (void)co_await deep(20);
                    break;
                }
            } catch (const CancelledError &) {
                ++*m.caught;
                throw;
            }
        },
        leaf, Means {future, &notifier, &sender, &executor, other, &caught});
    m_loop->turnOnce();
    QVERIFY(!task.isDone());
    QVERIFY(task.cancel());
    QVERIFY(!task.isDone()); // at its turn, not inside of cancel()
    m_loop->turnOnce();
    QVERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    QCOMPARE(caught, 1);
    // What it waited for is untouched, and still works.
    future.set(1);
    notifier.notify();
    sender.setObjectName(QStringLiteral("changed"));
    QVERIFY(!other.isDone());
    other.cancel();
    m_loop->runUntilIdle();
}

void TaskTest::aTaskMayCancelItselfInItsFirstSlice()
{
    SpawnedTask<void> self;
    int after = 0;
    self = spawn(
        "t",
        [](SpawnedTask<void> *me, int *a) -> Task<void> {
            me->cancel();
            ++*a; // it goes on until it waits
            co_await sleep(1h);
            ++*a;
        },
        &self, &after);
    m_loop->runUntilIdle();
    QVERIFY(self.isCancelled());
    QCOMPARE(after, 1);
    QCOMPARE(timeOf(*m_loop), 0);
}

void TaskTest::aTaskMayCancelItselfLater()
{
    SpawnedTask<void> self;
    int after = 0;
    self = spawn(
        "t",
        [](SpawnedTask<void> *me, int *a) -> Task<void> {
            co_await yield();
            me->cancel();
            ++*a;
            (void)co_await returns(1);
            ++*a;
        },
        &self, &after);
    m_loop->runUntilIdle();
    QVERIFY(self.isCancelled());
    QCOMPARE(after, 1);

    // Without another wait it ends as it likes.
    SpawnedTask<int> other;
    other = spawn(
        "t",
        [](SpawnedTask<int> *me) -> Task<int> {
            co_await yield();
            me->cancel();
            co_return 5;
        },
        &other);
    m_loop->runUntilIdle();
    QCOMPARE(other.result(), 5);
    QVERIFY(!m_loop->hasPendingCancellations());
}

void TaskTest::cancelBeatsAResultThatIsNotDeliveredYet()
{
    const Future<int> future;
    const auto task = spawn(
        "t",
        [](Future<int> f) -> Task<int> {
            const int value = co_await f;
            co_return value;
        },
        future);
    m_loop->turnOnce();
    future.set(1);
    QVERIFY(task.cancel());
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void TaskTest::cancelOfAnEndedTaskDoesNothing()
{
    const auto task = spawn("t", &returns, 1);
    m_loop->runUntilIdle();
    QVERIFY(!task.cancel());
    QVERIFY(!task.isCancelled());
    QCOMPARE(task.result(), 1);
}

void TaskTest::cancelTwiceThrowsOnce()
{
    int swallowed = 0;
    const auto task = spawn("t", &swallows, &swallowed);
    m_loop->turnOnce();
    QVERIFY(task.cancel());
    QVERIFY(task.cancel());
    m_loop->runUntilIdle();
    QCOMPARE(swallowed, 1);
    QVERIFY(task.isDone());
    QVERIFY(!task.isCancelled());
}

void TaskTest::aTaskMaySwallowItsCancellation()
{
    int swallowed = 0;
    const auto task = spawn("t", &swallows, &swallowed);
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(swallowed, 1);
    QVERIFY(!task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 1);
    task.result();
}

void TaskTest::cleanUpMayAwait()
{
    int cleaned = 0;
    const auto task = spawn("t", &cleansUp, &cleaned);
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(cleaned, 1);
    QVERIFY(task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 2);
}

void TaskTest::aTaskMayBeCancelledAgainAfterSwallowing()
{
    int swallowed = 0;
    const auto task = spawn("t", &swallows, &swallowed);
    m_loop->turnOnce();
    task.cancel();
    m_loop->turnOnce();
    QCOMPARE(swallowed, 1);
    QVERIFY(task.cancel());
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

namespace {

Task<void> notesItsCancellation(std::vector<QString> *ended, QString name)
{
    const Guest guest;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        ended->push_back(name);
        throw;
    }
}
Task<void> startsTwoAwaitsOne(std::vector<QString> *ended)
{
    const Task<void> a = notesItsCancellation(ended, QStringLiteral("a"));
    const Task<void> b = notesItsCancellation(ended, QStringLiteral("b"));
    co_await a;
    co_await b;
}

} // namespace

void TaskTest::cancelReachesEagerChildrenThatNobodyAwaitsYet()
{
    std::vector<QString> ended;
    const auto task = spawn("t", &startsTwoAwaitsOne, &ended);
    m_loop->turnOnce();
    QCOMPARE(Guest::alive, 2);
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(Guest::alive, 0);
    std::sort(ended.begin(), ended.end());
    QCOMPARE(ended, (std::vector<QString> {QStringLiteral("a"), QStringLiteral("b")}));
}

void TaskTest::cancelReachesEveryEagerChildAndItsChildren()
{
    const auto task = spawn("t", []() -> Task<void> {
        std::vector<Task<int>> children;
        for (int i = 0; i < 10; ++i)
            children.push_back(deep(i));
        co_await sleep(1h);
    });
    m_loop->turnOnce();
    QCOMPARE(Guest::alive, 55);
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void TaskTest::cancelLeavesTheJoinedTaskAlone()
{
    const auto task = spawn("t", &sleepsFor, 5);
    const auto awaiter = spawn("join", &join, task);
    m_loop->turnOnce();
    awaiter.cancel();
    m_loop->runUntilIdle();
    QVERIFY(awaiter.isCancelled());
    QCOMPARE(task.result(), 5);
}

void TaskTest::cancelAtEveryPointOfABody()
{
    m_loop.reset();
    int cancelled = 0;
    bool endedFirst = false;
    TraceProbe probe({}, TraceProbe::Keep::Nothing);
    for (int turns = 0; !endedFirst; ++turns) {
        for (int times = 1; times <= 2; ++times) {
            Loop loop(virtualTime());
            const Future<int> future;
            const auto other = spawn("other", &sleepsFor, 3);
            const auto task = spawn("body", &body, future, other);
            spawn("setter", &setsLater, future);
            for (int i = 0; i < turns; ++i)
                loop.turnOnce();
            const bool accepted = task.cancel();
            if (times == 2)
                task.cancel();
            loop.runUntilIdle();
            QVERIFY(task.isDone());
            if (accepted) {
                QVERIFY2(task.isCancelled(), qPrintable(QStringLiteral("after %1 turns").arg(turns)));
                ++cancelled;
            } else {
                QCOMPARE(task.result(), 24);
                endedFirst = true;
            }
            QCOMPARE(other.result(), 3);
            QVERIFY(!loop.hasPendingCancellations());
        }
        QCOMPARE(Guest::alive, 0);
        probe.take();
    }
    QVERIFY(cancelled >= 16);
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void TaskTest::aForeignWaitIsCancelledAtTheNextAwaitOfOurs()
{
    std::coroutine_handle<> slot;
    int passed = 0;
    const auto task = spawn(
        "t",
        [](std::coroutine_handle<> *s, int *p) -> Task<void> {
            const Guest guest;
            co_await Manual {s};
            ++*p;
            co_await sleep(1h);
            ++*p;
        },
        &slot, &passed);
    m_loop->turnOnce();
    QVERIFY(task.cancel());
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    QVERIFY(m_loop->hasPendingCancellations());
    slot.resume();
    QCOMPARE(passed, 1);
    m_loop->runUntilIdle();
    QCOMPARE(passed, 1);
    QVERIFY(task.isCancelled());
    QVERIFY(!m_loop->hasPendingCancellations());
    QCOMPARE(timeOf(*m_loop), 0);
}

void TaskTest::cancelAllCancelsEverything()
{
    std::vector<SpawnedTask<int>> tasks;
    for (int i = 0; i < 10; ++i)
        tasks.push_back(spawn("t", &sleepsFor, 1000));
    m_loop->turnOnce();
    tasks.push_back(spawn("unstarted", &sleepsFor, 1000));
    m_loop->cancelAll();
    m_loop->runUntilIdle();
    for (const auto &task : tasks)
        QVERIFY(task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 0);
}

void TaskTest::onDoneIsCalledAtALaterTurn()
{
    std::vector<int> calls;
    const auto task = spawn("t", &returns, 1);
    task.onDone([&] { calls.push_back(1); });
    task.onDone([&] { calls.push_back(2); });
    m_loop->turnOnce();
    QVERIFY(calls.empty());
    m_loop->turnOnce();
    QVERIFY(task.isDone());
    QVERIFY(calls.empty());
    m_loop->turnOnce();
    QCOMPARE(calls, (std::vector<int> {1, 2}));

    const auto cancelled = spawn("t", &returns, 1);
    cancelled.onDone([&] { calls.push_back(3); });
    cancelled.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(calls.back(), 3);
}

void TaskTest::onDoneIsCalledForATaskThatEndedBefore()
{
    const auto task = spawn("t", &returns, 1);
    m_loop->runUntilIdle();
    int calls = 0;
    task.onDone([&] { ++calls; });
    QCOMPARE(calls, 0);
    m_loop->runUntilIdle();
    QCOMPARE(calls, 1);
}

void TaskTest::aFunctionMayPassOnSomebodyElsesTask()
{
    TraceProbe probe;
    auto made = std::make_shared<Task<int>>(sleepsFor(3));
    const auto task = spawn("t", [made] { return std::move(*made); });
    const auto cancelled = spawn("c", [] { return sleepsFor(1000); });
    m_loop->turnOnce();
    QVERIFY(!task.isDone());
    cancelled.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 3);
    QVERIFY(cancelled.isCancelled());
    QCOMPARE(timeOf(*m_loop), 3);
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void TaskTest::aFunctionMayPassOnATaskThatHasEnded()
{
    TraceProbe probe;
    auto made = std::make_shared<Task<int>>([]() -> Task<int> { co_return 11; }());
    const auto task = spawn("t", [made] { return std::move(*made); });
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 11);
    probe.stop();
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void TaskTest::aSpawnedTaskIsOneLaneInTheTrace()
{
    TraceProbe probe;
    const auto task = spawn({QStringLiteral("fetch"), "download"}, &sleepsFor, 2);
    m_loop->runUntilIdle();
    probe.stop();
    const std::uint32_t id = task.id().value;
    QStringList story;
    for (const Seen &seen : probe.seen()) {
        if (seen.event.task != id)
            continue;
        switch (seen.event.type) {
        case trace::EventType::Created:
            QCOMPARE(trace::EntityKind(seen.event.kind), trace::EntityKind::Spawned);
            story.append(QStringLiteral("created"));
            break;
        case trace::EventType::Text:
            story.append(QString::fromUtf8(seen.text));
            break;
        case trace::EventType::Located:
            story.append(functionAt(seen.event.b));
            break;
        case trace::EventType::Resumed:
            story.append(QStringLiteral("resumed ") + causeInWords(seen.event.cause));
            break;
        case trace::EventType::Suspended:
            QCOMPARE(seen.event.a, std::uint64_t(2'000'000));
            story.append(QStringLiteral("suspended ") + waitKindInWords(trace::WaitKind(seen.event.kind)));
            break;
        case trace::EventType::Ready:
            story.append(QStringLiteral("ready ") + causeInWords(seen.event.cause));
            break;
        case trace::EventType::Finished:
            story.append(QStringLiteral("finished"));
            break;
        default:
            story.append(QStringLiteral("?"));
        }
    }
    const QStringList expected {
        QStringLiteral("created"),     QStringLiteral("fetch"),         QStringLiteral("download"),
        QStringLiteral("sleepsFor"),   QStringLiteral("resumed start"), QStringLiteral("suspended sleep"),
        QStringLiteral("ready timer"), QStringLiteral("resumed timer"), QStringLiteral("2"),
        QStringLiteral("finished"),
    };
    QCOMPARE(story, expected);
    QCOMPARE(probe.breaches(), QStringList());
}

void TaskTest::whoCancelledIsInTheTrace()
{
    TraceProbe probe;
    const auto victim = spawn("victim", &sleepsFor, 1000);
    const auto other = spawn("other", &sleepsFor, 1000);
    const auto killer = spawn(
        "killer",
        [](AnyTask t) -> Task<void> {
            co_await yield();
            t.cancel();
        },
        AnyTask(victim));
    m_loop->turnOnce();
    m_loop->turnOnce();
    other.cancel(); // by no task: the user
    m_loop->runUntilIdle();
    probe.stop();
    int found = 0;
    for (const Seen &seen : probe.seen()) {
        if (seen.event.type != trace::EventType::Resumed || seen.event.cause != trace::Cause::Cancel)
            continue;
        ++found;
        QCOMPARE(seen.event.a, std::uint64_t(seen.event.task == victim.id().value ? killer.id().value : 0));
    }
    QCOMPARE(found, 2);
}

void TaskTest::anErrorThatNobodySawIsReportedWhenTheLastHandleGoes()
{
    QStringList unseen;
    m_loop->onUnseenError([&unseen](const UnseenError &error) {
        QVERIFY(error.task);
        COROSCOPE_VERIFY_THROWS(std::rethrow_exception(error.error), std::exception);
        unseen.append(error.name);
    });
    auto kept = std::make_unique<AnyTask>(spawn("kept", &fails));
    spawn("dropped", &fails);
    const auto cancelled = spawn("cancelled", &sleepsFor, 5);
    m_loop->turnOnce();
    cancelled.cancel();
    m_loop->runUntilIdle();
    QVERIFY(kept->isDone());
    QCOMPARE(unseen, QStringList {"dropped"});
    kept.reset();
    QCOMPARE(unseen, (QStringList {"dropped", "kept"}));
}

void TaskTest::anErrorThatSomebodySawIsNot()
{
    int unseen = 0;
    m_loop->onUnseenError([&unseen](const UnseenError &) { ++unseen; });
    {
        const auto asked = spawn("asked", &fails);
        const auto taken = spawn("taken", &fails);
        const auto awaits = spawn("awaits", &join, spawn("awaited", &fails));
        m_loop->runUntilIdle();
        QVERIFY(asked.error());
        COROSCOPE_VERIFY_THROWS(taken.result(), std::exception);
        QVERIFY(awaits.error()); // its own; that of the awaited was thrown to it
    }
    QCOMPARE(unseen, 0);
}

void TaskTest::withoutAHandlerAnUnseenErrorIsLogged()
{
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("Task careless failed, and nobody asked")));
    spawn("careless", &fails);
    m_loop->runUntilIdle();
}

QTEST_GUILESS_MAIN(TaskTest)
#include "tst_task.moc"
