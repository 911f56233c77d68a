// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/condition.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/timeoutscope.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<void> waits(Condition condition, QStringList *log, QString name)
{
    Permit held = co_await condition.lock().acquire();
    try {
        co_await condition.wait(held);
        log->append(name + QStringLiteral(" was notified"));
    } catch (const CancelledError &) {
        log->append(name
                    + (held && condition.lock().isLocked() ? QStringLiteral(" was cancelled with the lock")
                                                           : QStringLiteral(" has no lock")));
        throw;
    }
}
Task<void> notifies(Condition condition, std::size_t count, std::chrono::milliseconds holds)
{
    const Permit held = co_await condition.lock().acquire();
    condition.notify(count);
    co_await sleep(holds);
}
Task<void> waitsWithTheWrongLock(Condition condition)
{
    const Lock other;
    Permit held = co_await other.acquire();
    co_await condition.wait(held);
}
Task<void> cancelsItselfAndWaits(Condition condition, SpawnedTask<void> *itself, QStringList *log)
{
    Permit held = co_await condition.lock().acquire();
    itself->cancel();
    try {
        co_await condition.wait(held);
    } catch (const CancelledError &) {
        log->append(held ? QStringLiteral("with the lock") : QStringLiteral("without it"));
        throw;
    }
}
Task<bool> waitsForAWhile(Condition condition, QStringList *log)
{
    bool timedOut = false;
    try {
        co_await withTimeout(5ms, &waits, condition, log, QStringLiteral("a"));
    } catch (const TimeoutError &) {
        timedOut = true;
    }
    co_return timedOut;
}

} // namespace

class ConditionTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_loop = std::make_unique<Loop>(virtualTime());
        m_log.clear();
    }
    void cleanup();
    void waitingGivesUpTheLock();
    void soManyAreNotifiedInTheirOrder();
    void theyGoOnOneByOneWithTheLock();
    void notifyingNeedsTheLock();
    void waitingNeedsItsLock();
    void cancelledItTakesTheLockAgain();
    void aNotificationOfACancelledGoesToTheNext();
    void cancelledBeforeItWaitsItKeepsTheLock();
    void aTimeLimitReachesIt();
    void shutdownLeavesNothing();

private:
    std::unique_ptr<Loop> m_loop;
    QStringList m_log;
};

void ConditionTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void ConditionTest::waitingGivesUpTheLock()
{
    const Condition condition;
    spawn("a", &waits, condition, &m_log, QStringLiteral("a"));
    m_loop->turnOnce();
    QVERIFY(!condition.lock().isLocked());
}

void ConditionTest::soManyAreNotifiedInTheirOrder()
{
    TraceProbe probe;
    const Condition condition;
    for (const char *name : {"a", "b", "c"})
        spawn("t", &waits, condition, &m_log, QString::fromLatin1(name));
    spawn("n", &notifies, condition, std::size_t(2), 0ms);
    m_loop->runUntilIdle();
    QCOMPARE(m_log, (QStringList {"a was notified", "b was notified"}));
    {
        const Permit held = condition.lock().tryAcquire();
        condition.notifyAll();
    }
    m_loop->runUntilIdle();
    QCOMPARE(m_log.last(), QStringLiteral("c was notified"));
    QVERIFY(!condition.lock().isLocked());
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
}

void ConditionTest::theyGoOnOneByOneWithTheLock()
{
    const Condition condition;
    const auto a = spawn("a", &waits, condition, &m_log, QStringLiteral("a"));
    spawn("n", &notifies, condition, std::size_t(1), 7ms);
    m_loop->turnOnce();
    m_loop->turnOnce();
    QVERIFY(!a.isDone()); // who notified holds the lock
    m_loop->runUntilIdle();
    QVERIFY(a.isDone());
    QCOMPARE(timeOf(*m_loop), 7);
}

void ConditionTest::notifyingNeedsTheLock()
{
    const Condition condition;
    COROSCOPE_VERIFY_THROWS(condition.notify(), InvalidStateError);
}

void ConditionTest::waitingNeedsItsLock()
{
    const auto task = spawn("t", &waitsWithTheWrongLock, Condition());
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), InvalidStateError);
}

void ConditionTest::cancelledItTakesTheLockAgain()
{
    const Condition condition;
    const auto a = spawn("a", &waits, condition, &m_log, QStringLiteral("a"));
    m_loop->turnOnce();
    spawn("holds", &notifies, condition, std::size_t(0), 7ms);
    m_loop->turnOnce();
    a.cancel();
    m_loop->turnOnce();
    QVERIFY(!a.isDone());
    a.cancel();
    m_loop->runUntilIdle();
    QVERIFY(a.isCancelled());
    QCOMPARE(m_log, QStringList {"a was cancelled with the lock"});
    QCOMPARE(timeOf(*m_loop), 7);
    QVERIFY(!condition.lock().isLocked());
}

void ConditionTest::aNotificationOfACancelledGoesToTheNext()
{
    const Condition condition;
    const auto a = spawn("a", &waits, condition, &m_log, QStringLiteral("a"));
    const auto b = spawn("b", &waits, condition, &m_log, QStringLiteral("b"));
    m_loop->turnOnce();
    {
        const Permit held = condition.lock().tryAcquire();
        condition.notify();
        a.cancel();
    }
    m_loop->runUntilIdle();
    QVERIFY(a.isCancelled());
    QVERIFY(b.isDone());
    QCOMPARE(m_log, (QStringList {"a was cancelled with the lock", "b was notified"}));
}

void ConditionTest::cancelledBeforeItWaitsItKeepsTheLock()
{
    const Condition condition;
    SpawnedTask<void> task;
    task = spawn("t", &cancelsItselfAndWaits, condition, &task, &m_log);
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(m_log, QStringList {"with the lock"});
    QVERIFY(!condition.lock().isLocked());
}

void ConditionTest::aTimeLimitReachesIt()
{
    const Condition condition;
    const auto task = spawn("t", &waitsForAWhile, condition, &m_log);
    m_loop->runUntilIdle();
    QVERIFY(task.result());
    QCOMPARE(m_log, QStringList {"a was cancelled with the lock"});
}

void ConditionTest::shutdownLeavesNothing()
{
    const Condition condition;
    for (int i = 0; i < 3; ++i)
        spawn("t", &waits, condition, &m_log, QStringLiteral("a"));
    m_loop->turnOnce();
    Permit held = condition.lock().tryAcquire();
    condition.notify(2);
    held.release();
    m_loop.reset();
    QVERIFY(m_log.isEmpty());
    QVERIFY(!condition.lock().isLocked());
}

QTEST_GUILESS_MAIN(ConditionTest)
#include "tst_condition.moc"
