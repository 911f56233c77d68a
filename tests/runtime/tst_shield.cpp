// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/shield.h"

#include "core/runtime/sleep.h"
#include "core/runtime/timeoutscope.h"
#include "tests/runtime/virtualloop.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<int> sleepsFor(int milliseconds, bool *ended)
{
    co_await sleep(std::chrono::milliseconds(milliseconds));
    *ended = true;
    co_return milliseconds;
}
Task<int> failsAfter(int milliseconds)
{
    co_await sleep(std::chrono::milliseconds(milliseconds));
    throw std::runtime_error("failed");
}
Task<int> shieldsATask(SpawnedTask<int> task)
{
    const int value = co_await shield(task);
    co_return value;
}
Task<int> shieldsACall(bool *ended)
{
    const int value = co_await shield("shielded", &sleepsFor, 5, ended);
    co_return value;
}
Task<int> shieldsAFailure()
{
    const int value = co_await shield("shielded", &failsAfter, 5);
    co_return value;
}

} // namespace

class ShieldTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void itGivesTheResult();
    void cancellingWhoWaitsLeavesTheTaskAlone();
    void aCancelledTaskCancelsWhoWaits();
    void aTimeLimitLeavesTheTaskAlone();
    void aCallBecomesATaskThatRunsOn();
    void aFailureThatNobodySeesIsReported();

private:
    std::unique_ptr<Loop> m_loop;
};

void ShieldTest::cleanup()
{
    m_loop.reset();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void ShieldTest::itGivesTheResult()
{
    bool ended = false;
    const auto task = spawn("t", &shieldsATask, spawn("inner", &sleepsFor, 5, &ended));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 5);
}

void ShieldTest::cancellingWhoWaitsLeavesTheTaskAlone()
{
    bool ended = false;
    const auto inner = spawn("inner", &sleepsFor, 5, &ended);
    const auto task = spawn("t", &shieldsATask, inner);
    m_loop->turnOnce();
    task.cancel();
    m_loop->turnOnce();
    QVERIFY(task.isCancelled());
    m_loop->runUntilIdle();
    QCOMPARE(inner.result(), 5);
}

void ShieldTest::aCancelledTaskCancelsWhoWaits()
{
    bool ended = false;
    const auto inner = spawn("inner", &sleepsFor, 5, &ended);
    const auto task = spawn("t", &shieldsATask, inner);
    m_loop->turnOnce();
    inner.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void ShieldTest::aTimeLimitLeavesTheTaskAlone()
{
    bool ended = false;
    const auto task = spawn("t", [&ended] { return withTimeout(2ms, &shieldsACall, &ended); });
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), TimeoutError);
    QVERIFY(ended);
    QCOMPARE(timeOf(*m_loop), 5);
}

void ShieldTest::aCallBecomesATaskThatRunsOn()
{
    bool ended = false;
    const auto task = spawn("t", &shieldsACall, &ended);
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QVERIFY(ended);
}

void ShieldTest::aFailureThatNobodySeesIsReported()
{
    QStringList unseen;
    m_loop->onUnseenError([&unseen](const UnseenError &error) { unseen.append(error.name); });
    const auto seen = spawn("t", &shieldsAFailure);
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(seen.result(), std::runtime_error);
    QVERIFY(unseen.isEmpty());
    const auto task = spawn("t", &shieldsAFailure);
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(unseen, QStringList {"shielded"});
}

QTEST_GUILESS_MAIN(ShieldTest)
#include "tst_shield.moc"
