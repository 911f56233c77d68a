// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/loopcontrol.h"

#include "core/runtime/loop.h"
#include "core/runtime/loopthread.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/threadexecutor.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <QEventLoop>
#include <QSemaphore>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <optional>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;
using std::chrono::steady_clock;
using Mode = Scheduling::Mode;

namespace {

Task<void> logs(std::vector<int> *log, int number, int times)
{
    for (int i = 0; i < times; ++i) {
        log->push_back(number);
        co_await yield();
    }
}
Task<void> logsAfter(std::vector<int> *log, int number, std::chrono::nanoseconds wait)
{
    co_await sleep(wait);
    log->push_back(number);
}
Task<void> holdsAndLogs(std::vector<int> *log, int number)
{
    Loop::current()->control().hold();
    log->push_back(number);
    co_return;
}
Task<void> callsLogs(std::vector<int> *log, int number, int times) { co_await logs(log, number, times); }
Task<int> squares(ThreadExecutor *executor, QSemaphore *done)
{
    const int result = co_await executor->run(QStringLiteral("square"), [done] {
        done->release();
        return 49;
    });
    co_return result;
}
Task<void> cancels(std::optional<AnyTask> *task)
{
    (*task)->cancel();
    co_return;
}

/// Qt's events take their turns until `condition`; false if it doesn't come true within ten seconds.
bool turnUntil(const std::function<bool()> &condition)
{
    QEventLoop events;
    QTimer looks;
    QObject::connect(&looks, &QTimer::timeout, &events, [&] {
        if (condition())
            events.quit();
    });
    looks.start(1ms);
    QTimer::singleShot(10s, &events, [&events] { events.exit(1); });
    return condition() || events.exec() == 0;
}

/// Whatever the loop had to do, it has done.
void letQtGoOn()
{
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
}

} // namespace

class SteppingTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void aStepRunsOneEntryInTheOrderOfTheQueue();
    void anEntryMayBeSeveralSlices();
    void aHeldLoopRunsNothing();
    void holdingInATurnTakesEffectAfterTheEntry_data();
    void holdingInATurnTakesEffectAfterTheEntry();
    void aStepMovesAStoppedClockToTheNextTimer();
    void virtualTimeStandsStillWhileHeld();
    void aSleepLastsAsMuchLongerAsTheLoopWasHeld();
    void timersStepWithoutWaitingOnARealClock();
    void aTaskIsCancelledWhileHeld();
    void aTaskRunsToItsNextResumption();
    void aCoroutineRunsToTheResumptionOfWhatItWaitsFor();
    void seekingATaskThatEndsHoldsTheLoop();
    void slowMotionLimitsEntriesASecond();
    void slowMotionOnARealClockIsNoFaster();
    void whatAnExecutorReturnsQueuesUpWhileHeld();
    void requestsFromAnotherThreadArePosted();
    void changesAreTold();
    void aHeldLoopSleeps();
    void holdingIsRecorded();
    void shutdownWhileHeldLeavesNoFrame_data();
    void shutdownWhileHeldLeavesNoFrame();
};

void SteppingTest::cleanup()
{
    trace::stopRecording();
    QVERIFY(!Loop::current());
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void SteppingTest::aStepRunsOneEntryInTheOrderOfTheQueue()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    for (int i = 0; i < 3; ++i)
        spawn("t", &logs, &log, i, 2);
    LoopControl &control = loop.control();
    control.hold();
    QVERIFY(!loop.turnOnce());
    QVERIFY(log.empty());
    for (const std::size_t steps : {1u, 2u, 3u, 4u}) {
        control.step();
        QVERIFY(loop.turnOnce());
        QVERIFY(!loop.turnOnce());
        QCOMPARE(log.size(), steps);
        QCOMPARE(loop.steps(), std::uint64_t(steps));
    }
    QCOMPARE(log, (std::vector<int> {0, 1, 2, 0}));
    control.step();
    control.step();
    loop.runUntilIdle();
    QCOMPARE(log, (std::vector<int> {0, 1, 2, 0, 1, 2}));
    control.release();
    loop.runUntilIdle();
    QCOMPARE(loop.taskCount(), std::size_t(0));
}

void SteppingTest::anEntryMayBeSeveralSlices()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    const auto task = spawn("calls", &callsLogs, &log, 7, 1);
    loop.control().hold();
    loop.control().step(); // the call, down to the inner one's yield
    loop.runUntilIdle();
    QVERIFY(!task.isDone());
    loop.control().step(); // the inner one ends, and the outer one in the same entry
    loop.runUntilIdle();
    QVERIFY(task.isDone());
}

void SteppingTest::aHeldLoopRunsNothing()
{
    Loop loop;
    std::vector<int> log;
    loop.control().hold();
    spawn("t", &logs, &log, 1, 3);
    spawn("s", &logsAfter, &log, 2, 1ms);
    letQtGoOn();
    QCOMPARE(loop.steps(), std::uint64_t(0));
    loop.control().step();
    letQtGoOn();
    QCOMPARE(loop.steps(), std::uint64_t(1));
    QCOMPARE(log, (std::vector<int> {1}));
    loop.control().release();
    QVERIFY(turnUntil([&] { return loop.taskCount() == 0; }));
    QCOMPARE(log.size(), std::size_t(4));
}

void SteppingTest::holdingInATurnTakesEffectAfterTheEntry_data()
{
    QTest::addColumn<bool>("isReal");
    QTest::newRow("virtual clock") << false;
    QTest::newRow("real clock") << true;
}

void SteppingTest::holdingInATurnTakesEffectAfterTheEntry()
{
    QFETCH(bool, isReal);
    Loop loop(isReal ? LoopOptions {} : virtualTime());
    const auto goOn = [&] { isReal ? letQtGoOn() : loop.runUntilIdle(); };
    std::vector<int> log;
    spawn("first", &holdsAndLogs, &log, 1);
    spawn("second", &logs, &log, 2, 1);
    goOn();
    QCOMPARE(log, (std::vector<int> {1}));
    QCOMPARE(int(loop.control().scheduling().mode), int(Mode::Held));
    QCOMPARE(loop.control().scheduling().ready, std::size_t(1));
    loop.control().step();
    goOn();
    QCOMPARE(log, (std::vector<int> {1, 2}));
}

void SteppingTest::aStepMovesAStoppedClockToTheNextTimer()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    spawn("late", &logsAfter, &log, 2, 5s);
    spawn("early", &logsAfter, &log, 1, 3s);
    spawn("early too", &logsAfter, &log, 3, 3s);
    loop.control().hold();
    const auto step = [&] {
        loop.control().step();
        loop.runUntilIdle();
    };
    for (int i = 0; i < 3; ++i)
        step(); // their first slices
    QCOMPARE(timeOf(loop), 0);
    step();
    QCOMPARE(log, (std::vector<int> {1}));
    QCOMPARE(timeOf(loop), 3000);
    step();
    QCOMPARE(log, (std::vector<int> {1, 3}));
    QCOMPARE(timeOf(loop), 3000);
    step();
    QCOMPARE(log, (std::vector<int> {1, 3, 2}));
    QCOMPARE(timeOf(loop), 5000);
    step(); // nothing is left
    QCOMPARE(loop.steps(), std::uint64_t(6));
    spawn("after", &logs, &log, 9, 1);
    loop.runUntilIdle(); // nor does that step wait for what comes later
    QCOMPARE(log.size(), std::size_t(3));
}

void SteppingTest::virtualTimeStandsStillWhileHeld()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    spawn("sleeps", &logsAfter, &log, 1, 1s);
    QVERIFY(loop.turnOnce());
    loop.control().hold();
    loop.runUntilIdle();
    QCOMPARE(timeOf(loop), 0);
    loop.control().release();
    loop.runUntilIdle();
    QCOMPARE(timeOf(loop), 1000);
    QCOMPARE(log, (std::vector<int> {1}));
}

void SteppingTest::aSleepLastsAsMuchLongerAsTheLoopWasHeld()
{
    constexpr auto length = 400ms;
    constexpr auto pause = 300ms;
    Loop loop;
    std::vector<int> log;
    const auto begin = steady_clock::now();
    const auto task = spawn("sleeps", &logsAfter, &log, 1, length);
    letQtGoOn();
    QCOMPARE(loop.steps(), std::uint64_t(1));
    loop.control().hold();
    const auto stopped = loop.now();
    // Real time has to pass here: it is what must not count.
    QEventLoop events;
    QTimer::singleShot(pause, Qt::PreciseTimer, &events, &QEventLoop::quit);
    events.exec();
    QCOMPARE(loop.now(), stopped);
    QVERIFY(log.empty());
    loop.control().release();
    QVERIFY(turnUntil([&] { return task.isDone(); }));
    QVERIFY(steady_clock::now() - begin >= length + pause);
    QVERIFY(loop.now() >= length);
    QVERIFY(loop.now() <= steady_clock::now() - begin - pause + 5ms);
}

void SteppingTest::timersStepWithoutWaitingOnARealClock()
{
    Loop loop;
    std::vector<int> log;
    const auto task = spawn("sleeps", &logsAfter, &log, 1, 1h);
    loop.control().step();
    letQtGoOn();
    loop.control().step();
    letQtGoOn();
    QVERIFY(task.isDone());
    QVERIFY(loop.now() >= 1h);
    loop.control().release();
    QVERIFY(loop.now() >= 1h); // and goes on from there
    QVERIFY(loop.now() < 2h);
}

void SteppingTest::aTaskIsCancelledWhileHeld()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    const auto sleeps = spawn("sleeps", &logsAfter, &log, 1, 1h);
    QVERIFY(loop.turnOnce());
    loop.control().hold();
    const auto fresh = spawn("fresh", &logs, &log, 2, 1);
    QVERIFY(sleeps.cancel());
    QVERIFY(fresh.cancel());
    loop.runUntilIdle();
    QVERIFY(fresh.isDone()); // it had not started
    QVERIFY(!sleeps.isDone());
    QCOMPARE(loop.control().scheduling().ready, std::size_t(1));
    loop.control().step();
    loop.runUntilIdle();
    QVERIFY(sleeps.isDone() && sleeps.isCancelled());
    QCOMPARE(timeOf(loop), 0);
}

void SteppingTest::aTaskRunsToItsNextResumption()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    spawn("a", &logs, &log, 1, 5);
    const auto b = spawn("b", &logsAfter, &log, 2, 1s);
    spawn("c", &logs, &log, 3, 5);
    loop.control().hold();
    loop.control().runToNextOf(b.id()); // its start
    loop.runUntilIdle();
    QCOMPARE(log, (std::vector<int> {1}));
    QCOMPARE(int(loop.control().scheduling().mode), int(Mode::Held));
    loop.control().runToNextOf(b.id()); // the end of its sleep
    loop.runUntilIdle();
    QCOMPARE(log.back(), 2);
    QCOMPARE(log.size(), std::size_t(11));
    QCOMPARE(timeOf(loop), 1000);
    QCOMPARE(int(loop.control().scheduling().mode), int(Mode::Held));
    QVERIFY(b.isDone());
}

void SteppingTest::aCoroutineRunsToTheResumptionOfWhatItWaitsFor()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    spawn("other", &logs, &log, 1, 9);
    const auto calls = spawn("calls", &callsLogs, &log, 2, 3);
    loop.control().hold();
    for (const std::ptrdiff_t times : {1, 2, 3}) {
        loop.control().runToNextOf(calls.id());
        loop.runUntilIdle();
        QCOMPARE(std::ranges::count(log, 2), times);
        QCOMPARE(std::ranges::count(log, 1), times);
    }
}

void SteppingTest::seekingATaskThatEndsHoldsTheLoop()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    std::optional<AnyTask> sought;
    spawn("cancels", &cancels, &sought); // before it has started
    sought = spawn("sought", &logs, &log, 1, 1);
    const auto late = spawn("late", &logs, &log, 2, 1);
    loop.control().hold();
    loop.control().runToNextOf(sought->id());
    loop.runUntilIdle();
    QVERIFY(sought->isDone());
    QCOMPARE(int(loop.control().scheduling().mode), int(Mode::Held));
    QCOMPARE(loop.steps(), std::uint64_t(1));
    QVERIFY(log.empty());
    loop.control().release();
    loop.runUntilIdle();
    QVERIFY(late.isDone());
}

void SteppingTest::slowMotionLimitsEntriesASecond()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    spawn("a", &logs, &log, 1, 3);
    spawn("b", &logs, &log, 2, 3);
    loop.control().setPace(5);
    for (int entry = 0; entry < 4; ++entry) {
        QVERIFY(loop.turnOnce());
        QCOMPARE(timeOf(loop), 200 * entry);
    }
    QCOMPARE(log, (std::vector<int> {1, 2, 1, 2}));
    loop.control().setPace(0);
    loop.runUntilIdle();
    QCOMPARE(timeOf(loop), 600);
}

void SteppingTest::slowMotionOnARealClockIsNoFaster()
{
    Loop loop;
    std::vector<int> log;
    const auto task = spawn("t", &logs, &log, 1, 4);
    loop.control().setPace(20);
    const auto begin = steady_clock::now();
    QVERIFY(turnUntil([&] { return task.isDone(); }));
    QVERIFY(steady_clock::now() - begin >= 4 * 50ms); // five entries
    QCOMPARE(loop.steps(), std::uint64_t(5));
}

void SteppingTest::whatAnExecutorReturnsQueuesUpWhileHeld()
{
    Loop loop;
    ThreadExecutor executor(1);
    QSemaphore done;
    const auto task = spawn("squares", &squares, &executor, &done);
    loop.control().step(); // begins the job
    QVERIFY(turnUntil([&] { return done.tryAcquire(); }));
    QVERIFY(turnUntil([&] { return loop.control().scheduling().ready == 1; }));
    QVERIFY(!task.isDone());
    loop.control().step();
    QVERIFY(turnUntil([&] { return task.isDone(); }));
    QCOMPARE(task.result(), 49);
    QCOMPARE(loop.steps(), std::uint64_t(2));
}

void SteppingTest::requestsFromAnotherThreadArePosted()
{
    Loop *loop = nullptr;
    std::vector<int> log;
    QSemaphore changed;
    Scheduling last; // read after `changed` alone
    QSemaphore ran;
    LoopThread thread;
    thread.startAndWait();
    thread.post([&] {
        loop = Loop::current();
        loop->control().onChange([&](const Scheduling &scheduling) {
            last = scheduling;
            changed.release();
        });
        ran.release();
    });
    QVERIFY(ran.tryAcquire(1, 10'000));
    loop->control().hold();
    QVERIFY(changed.tryAcquire(1, 10'000));
    QCOMPARE(int(last.mode), int(Mode::Held));
    thread.post([&] { spawn("t", &logs, &log, 1, 1).onDone([&ran] { ran.release(); }); });
    QVERIFY(changed.tryAcquire(1, 10'000));
    QCOMPARE(last.ready, std::size_t(1));
    QVERIFY(!ran.tryAcquire());
    loop->control().release();
    QVERIFY(ran.tryAcquire(1, 10'000));
    thread.stop();
    QCOMPARE(log, (std::vector<int> {1}));
}

void SteppingTest::changesAreTold()
{
    Loop loop(virtualTime());
    std::vector<int> log;
    std::vector<Scheduling> told;
    loop.control().onChange([&](const Scheduling &scheduling) { told.push_back(scheduling); });
    const auto task = spawn("t", &logs, &log, 1, 1);
    loop.control().hold();
    loop.control().hold();
    loop.control().runToNextOf(task.id());
    loop.runUntilIdle();
    loop.control().setPace(3);
    loop.control().release();
    const std::vector<Scheduling> expected {{Mode::Held, {}, 0, 1},
                                            {Mode::Seeking, task.id(), 0, 0},
                                            {Mode::Held, {}, 0, 1},
                                            {Mode::Held, {}, 3, 1},
                                            {Mode::Running, {}, 3, 0}};
    QVERIFY(told == expected);
}

/// It doesn't turn in vain: the lane shows it asleep although entries are ready.
void SteppingTest::aHeldLoopSleeps()
{
    TraceProbe probe;
    Loop loop;
    std::vector<int> log;
    loop.control().hold();
    spawn("t", &logs, &log, 1, 1);
    const auto asleep = [&] {
        probe.take();
        return !probe.eventsOf(trace::EventType::LoopAsleep).empty();
    };
    QVERIFY(turnUntil(asleep));
    QCOMPARE(loop.steps(), std::uint64_t(0));
}

void SteppingTest::holdingIsRecorded()
{
    TraceProbe probe;
    TaskId id;
    {
        Loop loop(virtualTime());
        id = loop.id();
        std::vector<int> log;
        spawn("t", &logs, &log, 1, 1);
        loop.control().hold();
        loop.control().step();
        loop.runUntilIdle();
        loop.control().release();
        loop.runUntilIdle();
        loop.control().hold();
    }
    probe.stop();
    QString story;
    for (const Seen &seen : probe.seen()) {
        if (seen.event.type == trace::EventType::Resumed)
            story += 'r';
        else if (seen.event.task == id.value && seen.event.type == trace::EventType::LoopHeld)
            story += '(';
        else if (seen.event.task == id.value && seen.event.type == trace::EventType::LoopReleased)
            story += ')';
    }
    QCOMPARE(story, QStringLiteral("(r)r()")); // the loop's end releases it
    QVERIFY2(probe.breaches().isEmpty(), qPrintable(probe.breaches().join('\n')));
}

void SteppingTest::shutdownWhileHeldLeavesNoFrame_data() { holdingInATurnTakesEffectAfterTheEntry_data(); }

void SteppingTest::shutdownWhileHeldLeavesNoFrame()
{
    QFETCH(bool, isReal);
    std::vector<int> log;
    {
        Loop loop(isReal ? LoopOptions {} : virtualTime());
        spawn("started", &callsLogs, &log, 1, 100);
        spawn("sleeps", &logsAfter, &log, 1, 1h);
        loop.control().step();
        loop.control().step();
        isReal ? letQtGoOn() : loop.runUntilIdle();
        QCOMPARE(loop.steps(), std::uint64_t(2));
        spawn("not started", &logs, &log, 1, 1);
        loop.control().step();
    }
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    if (isReal) {
        LoopThread thread;
        thread.startAndWait();
        thread.post([&log] {
            Loop::current()->control().hold();
            spawn("t", &logs, &log, 5, 1);
        });
        thread.stop();
        QVERIFY(std::ranges::count(log, 5) == 0);
    }
}

QTEST_GUILESS_MAIN(SteppingTest)
#include "tst_stepping.moc"
