// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/signal.h"

#include "core/runtime/task.h"
#include "core/trace/strings.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using QCoro::Task;

class Bell final : public QObject
{
    Q_OBJECT

signals:
    void rang();
    void rangTimes(int times);
    void rangFor(const QString &whom, int times);
};

namespace {

Task<void> hears(Bell *bell, int *count)
{
    co_await signalOf(bell, &Bell::rang);
    ++*count;
}
Task<int> hearsTimes(Bell *bell)
{
    const int times = co_await signalOf(bell, &Bell::rangTimes);
    co_return times;
}
Task<QString> hearsFor(Bell *bell)
{
    const std::tuple<QString, int> heard = co_await signalOf(bell, &Bell::rangFor);
    co_return std::get<0>(heard) + QString::number(std::get<1>(heard));
}

} // namespace

class SignalTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void anEmissionWakesAtALaterTurn();
    void argumentsAreGiven();
    void onlyTheFirstEmissionCounts();
    void aDestroyedSenderThrows();
    void aSenderDestroyedBeforeTheAwaitThrows();
    void aSenderMayDieAfterItsEmission();
    void cancellingDisconnects();
    void theLoopMayEndWhileATaskListens();
    void theSignalIsNamedInTheTrace();

private:
    std::unique_ptr<Loop> m_loop;
};

void SignalTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void SignalTest::anEmissionWakesAtALaterTurn()
{
    Bell bell;
    int count = 0;
    spawn("t", &hears, &bell, &count);
    m_loop->turnOnce();
    emit bell.rang();
    QCOMPARE(count, 0);
    m_loop->runUntilIdle();
    QCOMPARE(count, 1);
}

void SignalTest::argumentsAreGiven()
{
    Bell bell;
    const auto one = spawn("t", &hearsTimes, &bell);
    const auto two = spawn("t", &hearsFor, &bell);
    m_loop->turnOnce();
    emit bell.rangTimes(3);
    emit bell.rangFor(QStringLiteral("thee"), 4);
    m_loop->runUntilIdle();
    QCOMPARE(one.result(), 3);
    QCOMPARE(two.result(), QStringLiteral("thee4"));
}

void SignalTest::onlyTheFirstEmissionCounts()
{
    Bell bell;
    const auto task = spawn("t", &hearsTimes, &bell);
    m_loop->turnOnce();
    emit bell.rangTimes(1);
    emit bell.rangTimes(2);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 1);
}

void SignalTest::aDestroyedSenderThrows()
{
    auto bell = std::make_unique<Bell>();
    const auto task = spawn("t", &hearsTimes, bell.get());
    m_loop->turnOnce();
    bell.reset();
    QVERIFY(!task.isDone());
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), SenderDestroyed);
}

void SignalTest::aSenderDestroyedBeforeTheAwaitThrows()
{
    auto bell = std::make_unique<Bell>();
    auto awaiter = signalOf(bell.get(), &Bell::rang);
    bell.reset();
    COROSCOPE_VERIFY_THROWS(awaiter.await_ready(), SenderDestroyed);
}

void SignalTest::aSenderMayDieAfterItsEmission()
{
    auto bell = std::make_unique<Bell>();
    const auto task = spawn("t", &hearsTimes, bell.get());
    m_loop->turnOnce();
    emit bell->rangTimes(6);
    bell.reset();
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 6);
}

void SignalTest::cancellingDisconnects()
{
    Bell bell;
    const auto task = spawn("t", &hearsTimes, &bell);
    m_loop->turnOnce();
    task.cancel();
    emit bell.rangTimes(6);
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    emit bell.rangTimes(7);
}

void SignalTest::theLoopMayEndWhileATaskListens()
{
    Bell bell;
    spawn("t", &hearsTimes, &bell);
    m_loop->turnOnce();
    m_loop.reset();
    emit bell.rangTimes(7);
}

void SignalTest::theSignalIsNamedInTheTrace()
{
    TraceProbe probe;
    Bell bell;
    spawn("t", &hearsTimes, &bell);
    m_loop->turnOnce();
    emit bell.rangTimes(7);
    m_loop->runUntilIdle();
    probe.stop();
    const trace::Event suspended = probe.eventsOf(trace::EventType::Suspended).at(0);
    QCOMPARE(trace::WaitKind(suspended.kind), trace::WaitKind::Signal);
    QCOMPARE(trace::stringOf({std::uint32_t(suspended.a)}), QStringLiteral("Bell rangTimes"));
    QCOMPARE(probe.eventsOf(trace::EventType::Resumed).back().cause, trace::Cause::Signal);
}

QTEST_GUILESS_MAIN(SignalTest)
#include "tst_signal.moc"
