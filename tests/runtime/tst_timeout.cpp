// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/timeout.h"

#include "core/runtime/sleep.h"
#include "tests/runtime/virtualloop.h"

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
/// Needs 2 ms to clean up after a cancellation.
Task<int> cleansUp(bool *cleaned)
{
    bool cancelled = false;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        cancelled = true;
    }
    co_await sleep(2ms);
    *cleaned = true;
    if (cancelled)
        throw CancelledError();
    co_return 1;
}
Task<int> refuses()
{
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) { }
    co_return 77;
}
Task<int> limited(std::chrono::milliseconds limit, SpawnedTask<int> task)
{
    const int value = co_await timeout(limit, task);
    co_return value;
}

} // namespace

class TimeoutTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void aTaskInTimeGivesItsResult();
    void aTaskThatFailsInTimeFails();
    void aTaskThatIsLateIsCancelledAndTimesOut();
    void theCleanUpOfALateTaskIsAwaited();
    void aLateTaskThatRefusesToEndStillGivesItsResult();
    void cancellingWhoWaitsCancelsTheTask();
    void aTaskCancelledBySomebodyElseIsNoTimeout();
    void aTaskWithoutAResultMayBeLimited();

private:
    std::unique_ptr<Loop> m_loop;
};

void TimeoutTest::cleanup()
{
    m_loop.reset();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void TimeoutTest::aTaskInTimeGivesItsResult()
{
    const auto task = spawn("t", &limited, 5ms, spawn("a", &sleepsFor, 3));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 3);
    QCOMPARE(timeOf(*m_loop), 3);
}

void TimeoutTest::aTaskThatFailsInTimeFails()
{
    const auto task = spawn("t", &limited, 5ms, spawn("a", &failsAfter, 3));
    m_loop->runUntilIdle();
    bool failed = false;
    try {
        task.result();
    } catch (const TimeoutError &) {
    } catch (const std::runtime_error &) {
        failed = true;
    }
    QVERIFY(failed);
}

void TimeoutTest::aTaskThatIsLateIsCancelledAndTimesOut()
{
    const auto late = spawn("a", &sleepsFor, 30);
    const auto task = spawn("t", &limited, 5ms, late);
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), TimeoutError);
    QVERIFY(late.isCancelled());
    QVERIFY(!task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 5);
}

void TimeoutTest::theCleanUpOfALateTaskIsAwaited()
{
    bool cleaned = false;
    const auto task = spawn("t", &limited, 5ms, spawn("a", &cleansUp, &cleaned));
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), TimeoutError);
    QVERIFY(cleaned);
    QCOMPARE(timeOf(*m_loop), 7);
}

void TimeoutTest::aLateTaskThatRefusesToEndStillGivesItsResult()
{
    const auto task = spawn("t", &limited, 5ms, spawn("a", &refuses));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 77);
}

void TimeoutTest::cancellingWhoWaitsCancelsTheTask()
{
    bool cleaned = false;
    const auto inner = spawn("a", &cleansUp, &cleaned);
    const auto task = spawn("t", &limited, 50ms, inner);
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QVERIFY(inner.isCancelled());
    QVERIFY(cleaned);
    QCOMPARE(timeOf(*m_loop), 2);
}

void TimeoutTest::aTaskCancelledBySomebodyElseIsNoTimeout()
{
    const auto inner = spawn("a", &sleepsFor, 30);
    const auto task = spawn("t", &limited, 50ms, inner);
    m_loop->turnOnce();
    inner.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void TimeoutTest::aTaskWithoutAResultMayBeLimited()
{
    const auto inner = spawn("a", []() -> Task<void> { co_await sleep(1ms); });
    const auto task = spawn("t", [](SpawnedTask<void> t) -> Task<void> { co_await timeout(5ms, t); }, inner);
    m_loop->runUntilIdle();
    task.result();
    QVERIFY(task.isDone());
}

QTEST_GUILESS_MAIN(TimeoutTest)
#include "tst_timeout.moc"
