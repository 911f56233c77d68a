// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/lock.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/yield.h"
#include "core/trace/strings.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<void> holds(Lock lock, QStringList *log, QString name, std::chrono::milliseconds duration)
{
    const Permit held = co_await lock.acquire();
    log->append(name + QStringLiteral(" has it"));
    co_await sleep(duration);
    log->append(name + QStringLiteral(" gives it up"));
}
Task<void> failsWithIt(Lock lock)
{
    const Permit held = co_await lock.acquire();
    co_await yield();
    throw std::runtime_error("failed");
}
/// Gives it up and asks for it again at once.
Task<void> isGreedy(Lock lock, QStringList *log)
{
    for (int i = 0; i < 2; ++i) {
        Permit held = co_await lock.acquire();
        log->append(QStringLiteral("greedy has it"));
        co_await yield();
        held.release();
    }
}

} // namespace

class LockTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_loop = std::make_unique<Loop>(virtualTime());
        m_log.clear();
    }
    void cleanup();
    void oneHasItAtATime();
    void aFreeOneIsTakenAtOnce();
    void whoAsksAgainGoesBehind();
    void itIsGivenUpWhenTheHolderFails();
    void aCancelledWaiterLeavesTheQueue();
    void aCancelledHolderGivesItUp();
    void aWaiterCancelledWhenItWasGrantedHandsItOn();
    void aWaiterDestroyedWhenItWasGrantedHandsItOn();
    void triedItIsTakenOrNot();
    void aPermitMayBeMovedAndReleased();
    void shutdownLeavesNothing();
    void itIsSeen();

private:
    std::unique_ptr<Loop> m_loop;
    QStringList m_log;
};

void LockTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void LockTest::oneHasItAtATime()
{
    const Lock lock;
    for (const char *name : {"a", "b", "c"})
        spawn("t", &holds, lock, &m_log, QString::fromLatin1(name), 5ms);
    m_loop->runUntilIdle();
    QCOMPARE(m_log, (QStringList {"a has it", "a gives it up", "b has it", "b gives it up", "c has it",
                                  "c gives it up"}));
    QCOMPARE(timeOf(*m_loop), 15);
    QVERIFY(!lock.isLocked());
}

void LockTest::aFreeOneIsTakenAtOnce()
{
    const Lock lock;
    spawn("t", &holds, lock, &m_log, QStringLiteral("a"), 5ms);
    m_loop->turnOnce();
    QCOMPARE(m_log, QStringList {"a has it"});
    QVERIFY(lock.isLocked());
}

void LockTest::whoAsksAgainGoesBehind()
{
    const Lock lock;
    spawn("greedy", &isGreedy, lock, &m_log);
    spawn("b", &holds, lock, &m_log, QStringLiteral("b"), 0ms);
    m_loop->runUntilIdle();
    QCOMPARE(m_log, (QStringList {"greedy has it", "b has it", "b gives it up", "greedy has it"}));
}

void LockTest::itIsGivenUpWhenTheHolderFails()
{
    const Lock lock;
    const auto failing = spawn("a", &failsWithIt, lock);
    spawn("b", &holds, lock, &m_log, QStringLiteral("b"), 0ms);
    m_loop->runUntilIdle();
    QVERIFY(failing.error());
    QCOMPARE(m_log, (QStringList {"b has it", "b gives it up"}));
}

void LockTest::aCancelledWaiterLeavesTheQueue()
{
    const Lock lock;
    spawn("a", &holds, lock, &m_log, QStringLiteral("a"), 5ms);
    const auto b = spawn("b", &holds, lock, &m_log, QStringLiteral("b"), 5ms);
    spawn("c", &holds, lock, &m_log, QStringLiteral("c"), 5ms);
    m_loop->turnOnce();
    b.cancel();
    m_loop->runUntilIdle();
    QVERIFY(b.isCancelled());
    QCOMPARE(m_log, (QStringList {"a has it", "a gives it up", "c has it", "c gives it up"}));
}

void LockTest::aCancelledHolderGivesItUp()
{
    const Lock lock;
    const auto a = spawn("a", &holds, lock, &m_log, QStringLiteral("a"), 1000ms);
    spawn("b", &holds, lock, &m_log, QStringLiteral("b"), 5ms);
    m_loop->turnOnce();
    a.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(m_log, (QStringList {"a has it", "b has it", "b gives it up"}));
    QCOMPARE(timeOf(*m_loop), 5);
}

void LockTest::aWaiterCancelledWhenItWasGrantedHandsItOn()
{
    const Lock lock;
    Permit held = lock.tryAcquire();
    const auto b = spawn("b", &holds, lock, &m_log, QStringLiteral("b"), 5ms);
    spawn("c", &holds, lock, &m_log, QStringLiteral("c"), 5ms);
    m_loop->turnOnce();
    held.release(); // granted to b, whose turn is yet to come
    b.cancel();
    m_loop->runUntilIdle();
    QVERIFY(b.isCancelled());
    QCOMPARE(m_log, (QStringList {"c has it", "c gives it up"}));
    QVERIFY(!lock.isLocked());
}

void LockTest::aWaiterDestroyedWhenItWasGrantedHandsItOn()
{
    const Lock lock;
    Permit held = lock.tryAcquire();
    {
        Task<void> b = holds(lock, &m_log, QStringLiteral("b"), 5ms);
        spawn("c", &holds, lock, &m_log, QStringLiteral("c"), 5ms);
        m_loop->turnOnce();
        held.release();
        trace::letTaskDestroyFrame(b);
    }
    m_loop->runUntilIdle();
    QCOMPARE(m_log, (QStringList {"c has it", "c gives it up"}));
}

void LockTest::triedItIsTakenOrNot()
{
    const Lock lock;
    Permit first = lock.tryAcquire();
    QVERIFY(first);
    QVERIFY(!lock.tryAcquire());
    spawn("b", &holds, lock, &m_log, QStringLiteral("b"), 5ms);
    m_loop->turnOnce();
    first.release();
    QVERIFY(!lock.tryAcquire()); // it is on its way to who waits
    m_loop->runUntilIdle();
    QVERIFY(lock.tryAcquire());
}

void LockTest::aPermitMayBeMovedAndReleased()
{
    const Lock lock;
    Permit a = lock.tryAcquire();
    Permit b = std::move(a);
    QVERIFY(!a);
    QVERIFY(b);
    b.release();
    b.release();
    QVERIFY(!lock.isLocked());
    b = lock.tryAcquire();
    b = Permit();
    QVERIFY(!lock.isLocked());
}

void LockTest::shutdownLeavesNothing()
{
    const Lock lock;
    Permit held = lock.tryAcquire();
    for (int i = 0; i < 3; ++i)
        spawn("t", &holds, lock, &m_log, QStringLiteral("t"), 5ms);
    m_loop->turnOnce();
    held.release();
    m_loop.reset(); // the first has been granted it, the others wait
    QVERIFY(m_log.isEmpty());
    QVERIFY(!lock.isLocked());
}

void LockTest::itIsSeen()
{
    TraceProbe probe;
    const Lock lock(QStringLiteral("door"));
    for (const char *name : {"a", "b"})
        spawn("t", &holds, lock, &m_log, QString::fromLatin1(name), 5ms);
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    const auto suspended = probe.eventsOf(trace::EventType::Suspended);
    const auto waits = std::ranges::find_if(suspended, [](const trace::Event &e) {
        return trace::WaitKind(e.kind) == trace::WaitKind::Lock;
    });
    QVERIFY(waits != suspended.end());
    QCOMPARE(trace::stringOf(StringId {std::uint32_t(waits->a)}), QStringLiteral("door"));
}

QTEST_GUILESS_MAIN(LockTest)
#include "tst_lock.moc"
