// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/future.h"
#include "core/runtime/gather.h"
#include "core/runtime/loop.h"
#include "core/runtime/notifier.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/timeout.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<int> sleepsFor(std::chrono::milliseconds time)
{
    const Guest guest;
    co_await sleep(time);
    co_return 1;
}
Task<void> yieldsForever()
{
    const Guest guest;
    for (;;)
        co_await yield();
}
Task<int> awaits(Future<int> future)
{
    const Guest guest;
    const int value = co_await future;
    co_return value;
}
Task<int> deep(int levels)
{
    const Guest guest;
    if (levels == 0) {
        co_await sleep(1h);
        co_return 0;
    }
    const int value = co_await deep(levels - 1);
    co_return value + 1;
}
Task<void> joins(AnyTask task)
{
    const Guest guest;
    const WaitResult result = co_await wait({task});
    (void)result;
}
Task<void> hasEagerChildren()
{
    const Guest guest;
    const Task<int> a = sleepsFor(1h);
    const Task<int> b = deep(3);
    co_await sleep(1h);
}
Task<void> hasDetachedChildren()
{
    const Guest guest;
    sleepsFor(1h);
    deep(3);
    co_await sleep(1h);
}
Task<void> detachesAndEnds()
{
    const Guest guest;
    sleepsFor(1h);
    deep(3);
    co_return;
}
Task<void> waitsForeign(std::coroutine_handle<> *slot, int *passed)
{
    const Guest guest;
    co_await Manual {slot};
    ++*passed;
}
Task<void> awaitsForeign(std::coroutine_handle<> *slot, int *passed)
{
    const Guest guest;
    co_await waitsForeign(slot, passed);
    ++*passed;
}
Task<void> refusesToDie()
{
    const Guest guest;
    for (;;) {
        try {
            co_await sleep(1h);
        } catch (const CancelledError &) { }
    }
}

/// Does something with the runtime when its frame is destroyed.
class Meddler
{
public:
    explicit Meddler(std::function<void()> last)
        : m_last(std::move(last))
    { }
    ~Meddler() { m_last(); }

private:
    std::function<void()> m_last;
};
Task<void> meddles(std::function<void()> last)
{
    const Meddler meddler(std::move(last));
    co_await sleep(1h);
}

} // namespace

class ShutdownTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void anIdleLoopEnds();
    void suspendedTasksAreDestroyed();
    void theyCountAsCancelled();
    void unstartedTasksNeverStart();
    void yieldingTasksAreDestroyed();
    void wokenTasksAreDestroyed();
    void eagerAndDetachedChildrenAreDestroyed();
    void whatWasCalledWithoutBeingSpawnedIsDestroyed();
    void aTaskThatIsHeldOutsideIsDestroyedWithIt();
    void waitingForEachOtherIsNoObstacle();
    void deepChainsAreDestroyed();
    void tasksInCleanUpAreDestroyed();
    void tasksThatRefuseToEndAreDestroyed();
    void aForeignLeafMayStillResumeItsFrame();
    void aForeignLeafThatIsNeverResumedIsItsOwnersAffair();
    void aFrameThatIsDestroyedMayStillUseTheRuntime();
    void futuresAndHandlesOutliveTheLoop();
    void callbacksOfEndedTasksAreNotCalledAnyMore();
    void aLoopMayFollowALoop();
    void everyEndIsInTheTrace();
};

void ShutdownTest::cleanup()
{
    trace::stopRecording();
    QCOMPARE(Guest::alive, 0);
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QVERIFY(!trace::thisThread.current);
}

void ShutdownTest::anIdleLoopEnds()
{
    const Loop loop;
    const QPointer<const QObject> alive(&loop);
    QVERIFY(alive);
}

void ShutdownTest::suspendedTasksAreDestroyed()
{
    const Future<int> outer;
    {
        Loop loop(virtualTime());
        const Future<int> future;
        Notifier notifier;
        const auto sleeper = spawn("a", &sleepsFor, 1h);
        spawn("b", &awaits, future);
        spawn("c", &awaits, outer);
        spawn("d", &joins, AnyTask(sleeper));
        spawn(
            "e",
            [](Notifier *n) -> Task<void> {
                const Guest guest;
                co_await n->waitFor(1h);
            },
            &notifier);
        spawn(
            "f",
            [](SpawnedTask<int> t) -> Task<void> {
                const Guest guest;
                (void)co_await gather(std::vector {t, t});
            },
            sleeper);
        spawn(
            "g",
            [](SpawnedTask<int> t) -> Task<void> {
                const Guest guest;
                (void)co_await timeout(1h, t);
            },
            sleeper);
        loop.turnOnce();
        QCOMPARE(Guest::alive, 7);
    }
    QCOMPARE(Guest::alive, 0);
}

void ShutdownTest::theyCountAsCancelled()
{
    SpawnedTask<int> task;
    {
        Loop loop(virtualTime());
        task = spawn("t", &sleepsFor, 1h);
        loop.turnOnce();
    }
    QVERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    COROSCOPE_VERIFY_THROWS(task.result(), CancelledError);
    QVERIFY(!task.cancel());
}

void ShutdownTest::unstartedTasksNeverStart()
{
    int started = 0;
    SpawnedTask<void> task;
    {
        Loop loop(virtualTime());
        task = spawn(
            "t",
            [](int *s) -> Task<void> {
                ++*s;
                co_return;
            },
            &started);
    }
    QCOMPARE(started, 0);
    QVERIFY(task.isCancelled());
}

void ShutdownTest::yieldingTasksAreDestroyed()
{
    Loop loop(virtualTime());
    for (int i = 0; i < 10; ++i)
        spawn("y", &yieldsForever);
    for (int i = 0; i < 10; ++i)
        loop.turnOnce();
    QCOMPARE(Guest::alive, 10);
}

void ShutdownTest::wokenTasksAreDestroyed()
{
    Loop loop(virtualTime());
    const Future<int> future;
    for (int i = 0; i < 5; ++i)
        spawn("t", &awaits, future);
    loop.turnOnce();
    future.set(1); // all are in the ready queue
}

void ShutdownTest::eagerAndDetachedChildrenAreDestroyed()
{
    Loop loop(virtualTime());
    spawn("eager", &hasEagerChildren);
    spawn("detached", &hasDetachedChildren);
    spawn("left behind", &detachesAndEnds);
    loop.turnOnce();
    QCOMPARE(Guest::alive, 6 + 6 + 5);
}

void ShutdownTest::whatWasCalledWithoutBeingSpawnedIsDestroyed()
{
    Loop loop(virtualTime());
    sleepsFor(1h);
    deep(20);
    hasEagerChildren();
    hasDetachedChildren();
    QCOMPARE(Guest::alive, 1 + 21 + 6 + 6);
}

void ShutdownTest::aTaskThatIsHeldOutsideIsDestroyedWithIt()
{
    std::optional<Task<int>> first;
    std::optional<Task<int>> second;
    {
        Loop loop(virtualTime());
        first.emplace(sleepsFor(1h));
        second.emplace(deep(5));
    }
    QVERIFY(!first->isReady());
    first.reset();
    second.reset();
    QCOMPARE(Guest::alive, 0);
}

void ShutdownTest::waitingForEachOtherIsNoObstacle()
{
    Loop loop(virtualTime());
    SpawnedTask<void> a;
    SpawnedTask<void> b;
    const auto joinsLater = [](SpawnedTask<void> *other) -> Task<void> {
        const Guest guest;
        co_await yield();
        const SpawnedTask<void> task = *other;
        co_await task;
    };
    a = spawn("a", joinsLater, &b);
    b = spawn("b", joinsLater, &a);
    loop.runUntilIdle();
    QVERIFY(!a.isDone() && !b.isDone());
    QCOMPARE(Guest::alive, 2);
}

void ShutdownTest::deepChainsAreDestroyed()
{
    Loop loop(virtualTime());
    spawn("deep", &deep, 10'000);
    loop.turnOnce();
    deep(10'000);
    QCOMPARE(Guest::alive, 20'002);
}

void ShutdownTest::tasksInCleanUpAreDestroyed()
{
    Loop loop(virtualTime());
    const auto task = spawn("t", []() -> Task<void> {
        const Guest guest;
        bool cancelled = false;
        try {
            co_await sleep(1h);
        } catch (const CancelledError &) {
            cancelled = true;
        }
        if (cancelled)
            co_await sleep(2h);
    });
    loop.turnOnce();
    task.cancel();
    loop.turnOnce();
    QCOMPARE(Guest::alive, 1);
}

void ShutdownTest::tasksThatRefuseToEndAreDestroyed()
{
    Loop loop(virtualTime());
    const auto task = spawn("t", &refusesToDie);
    loop.turnOnce();
    for (int i = 0; i < 5; ++i) {
        task.cancel();
        loop.turnOnce();
    }
    QVERIFY(!task.isDone());
}

void ShutdownTest::aForeignLeafMayStillResumeItsFrame()
{
    std::coroutine_handle<> direct;
    std::coroutine_handle<> nested;
    int passed = 0;
    SpawnedTask<void> task;
    {
        Loop loop(virtualTime());
        task = spawn("a", &waitsForeign, &direct, &passed);
        spawn("b", &awaitsForeign, &nested, &passed);
        loop.turnOnce();
    }
    QVERIFY(task.isCancelled());
    QCOMPARE(Guest::alive, 3);
    direct.resume();
    nested.resume();
    QCOMPARE(passed, 3);
}

void ShutdownTest::aForeignLeafThatIsNeverResumedIsItsOwnersAffair()
{
    std::coroutine_handle<> slot;
    int passed = 0;
    {
        Loop loop(virtualTime());
        spawn("a", &waitsForeign, &slot, &passed);
        loop.turnOnce();
    }
    QCOMPARE(trace::liveFrames(), std::size_t(1));
    slot.destroy();
}

void ShutdownTest::aFrameThatIsDestroyedMayStillUseTheRuntime()
{
    int calls = 0;
    {
        Loop loop(virtualTime());
        const Future<int> future;
        const auto other = spawn("other", &awaits, future);
        spawn("cancels", &meddles, std::function<void()>([other, &calls] {
                  other.cancel();
                  ++calls;
              }));
        spawn("sets", &meddles, std::function<void()>([future, &calls] {
                  future.cancel();
                  ++calls;
              }));
        spawn("spawns", &meddles, std::function<void()>([&calls] {
                  spawn("late", &sleepsFor, 1h);
                  ++calls;
              }));
        spawn("calls", &meddles, std::function<void()>([&calls] {
                  sleepsFor(1h);
                  ++calls;
              }));
        loop.turnOnce();
    }
    QCOMPARE(calls, 4);
}

void ShutdownTest::futuresAndHandlesOutliveTheLoop()
{
    std::optional<Future<int>> future;
    SpawnedTask<int> done;
    {
        Loop loop(virtualTime());
        future.emplace(FutureOptions {QStringLiteral("by hand"), ByHand::Yes});
        done = spawn("t", &sleepsFor, 1ms);
        loop.runUntilIdle();
    }
    future->set(3);
    QCOMPARE(future->result(), 3);
    QCOMPARE(done.result(), 1);
}

void ShutdownTest::callbacksOfEndedTasksAreNotCalledAnyMore()
{
    int calls = 0;
    auto captured = std::make_shared<int>(1);
    const std::weak_ptr<int> weak = captured;
    {
        Loop loop(virtualTime());
        const auto task = spawn("t", &sleepsFor, 1h);
        task.onDone([&calls, captured = std::move(captured)] { ++calls; });
        loop.turnOnce();
    }
    QCOMPARE(calls, 0);
    QVERIFY(weak.expired());
}

void ShutdownTest::aLoopMayFollowALoop()
{
    for (int i = 0; i < 20; ++i) {
        Loop loop(virtualTime());
        const auto task = spawn("t", &sleepsFor, 5ms);
        spawn("left over", &sleepsFor, 1h);
        while (!task.isDone())
            loop.turnOnce();
        QCOMPARE(timeOf(loop), 5);
    }
}

void ShutdownTest::everyEndIsInTheTrace()
{
    TraceProbe probe;
    {
        Loop loop(virtualTime());
        spawn("eager", &hasEagerChildren);
        spawn("detached", &hasDetachedChildren);
        spawn("left behind", &detachesAndEnds);
        spawn("yields", &yieldsForever);
        deep(3);
        loop.turnOnce();
        spawn("unstarted", &sleepsFor, 1h);
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
    QVERIFY(!probe.rules().isAnythingRunning());
}

QTEST_GUILESS_MAIN(ShutdownTest)
#include "tst_shutdown.moc"
