// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/timeoutscope.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;
using std::chrono::milliseconds;

namespace {

Task<int> sleepsFor(milliseconds duration)
{
    const Guest guest;
    co_await sleep(duration);
    co_return int(duration.count());
}
Task<int> limits(milliseconds limit, milliseconds duration)
{
    const int value = co_await withTimeout(limit, &sleepsFor, duration);
    co_return value;
}
/// What became of it, and when: "timed out 5".
QString noted(const char *what, QStringList *log = nullptr)
{
    const QString line = QStringLiteral("%1 %2").arg(QLatin1String(what)).arg(timeOf(*Loop::current()));
    if (log)
        log->append(line);
    return line;
}
Task<int> notesItsTimeout(milliseconds limit, milliseconds duration, QStringList *log, const char *name)
{
    bool timedOut = false;
    int value = 0;
    try {
        value = co_await limits(limit, duration);
    } catch (const TimeoutError &) {
        timedOut = true;
    } catch (const CancelledError &) {
        noted(name, log);
        log->last().append(QStringLiteral(" cancelled"));
        throw;
    }
    if (timedOut) {
        noted(name, log);
        log->last().append(QStringLiteral(" timed out"));
    }
    co_return value;
}
Task<QString> nests(milliseconds outer, milliseconds inner, milliseconds duration, QStringList *log)
{
    QString result;
    TimeoutScope limit(outer);
    try {
        co_await notesItsTimeout(inner, duration, log, "inner");
        result = noted("through");
    } catch (const CancelledError &) {
        if (!limit.leave())
            throw;
        result = noted("outer timed out");
    }
    co_return result;
}
Task<QString> sequence()
{
    QString result;
    for (const milliseconds limit : {3ms, 5ms}) {
        TimeoutScope scope(limit);
        try {
            co_await sleep(4ms);
            result.append(QStringLiteral("in time;"));
        } catch (const CancelledError &) {
            if (!scope.leave())
                throw;
            result.append(QStringLiteral("late;"));
        }
    }
    co_await sleep(10ms); // no scope reaches beyond its end
    co_return result;
}
Task<int> swallows()
{
    TimeoutScope limit(2ms);
    int value = 1;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        value = 2;
    }
    co_await sleep(1ms);
    co_return limit.isExpired() ? value : -1;
}
Task<int> cancelsItself(QStringList *log)
{
    TimeoutScope limit(2ms);
    try {
        throw CancelledError(); // not the scope's
    } catch (const CancelledError &) {
        log->append(limit.leave() ? QStringLiteral("own") : QStringLiteral("not own"));
    }
    co_return 1;
}
Task<int> isRescheduled()
{
    TimeoutScope limit(2ms);
    co_await sleep(1ms);
    limit.reschedule(10ms);
    co_await sleep(9ms);
    limit.reschedule({});
    co_await sleep(100ms);
    co_return 1;
}
Task<int> waitsForAnother(SpawnedTask<int> other)
{
    TimeoutScope limit(2ms);
    int value = 0;
    try {
        value = co_await other;
    } catch (const CancelledError &) {
        limit.rethrow();
    }
    co_return value;
}
Task<int> waitsForeign(std::coroutine_handle<> *slot)
{
    TimeoutScope limit(2ms);
    try {
        co_await Manual {slot};
        co_await yield();
    } catch (const CancelledError &) {
        limit.rethrow();
    }
    co_return 1;
}
Task<int> leavesForeignInTime(std::coroutine_handle<> *slot)
{
    {
        TimeoutScope limit(2ms);
        co_await Manual {slot};
    }
    co_await yield(); // what reached nothing inside of the scope doesn't reach this
    co_return 1;
}
/// Two stretches of one task at once, each with a limit.
Task<QString> concurrently(QStringList *log)
{
    Task<int> a = notesItsTimeout(5ms, 1h, log, "a");
    Task<int> b = notesItsTimeout(5ms, 1h, log, "b");
    co_await a;
    co_await b;
    co_return noted("both");
}
Task<int> failsInTime(milliseconds duration)
{
    co_await sleep(duration);
    throw std::runtime_error("failed");
}

} // namespace

class TimeoutScopeTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_loop = std::make_unique<Loop>(virtualTime());
        m_log.clear();
    }
    void cleanup();
    void inTimeItGivesTheResult();
    void tooLateItThrowsTimeoutError();
    void anErrorInTimePasses();
    void itStaysInTheSameTask();
    void aCancelFromOutsideIsNoTimeout();
    void aCancelBeforeTheTurnOfTheTimeoutIsNoTimeout();
    void ofNestedOnesOnlyTheirOwnExpiryCounts_data();
    void ofNestedOnesOnlyTheirOwnExpiryCounts();
    void oneAfterTheOtherCountsForItself();
    void aSwallowedExpiryThrowsNothing();
    void aForeignCancelledErrorIsNotItsOwn();
    void itMayBeRescheduled();
    void itDoesNotCancelTheTaskThatIsAwaited();
    void onAForeignAwaiterItTakesEffectAtTheNextAwait();
    void whatItCouldNotReachInTimeIsForgotten();
    void twoStretchesOfATaskExpireEachForItself();
    void aLimitOfZeroExpiresAtTheFirstAwait();
    void aCoroutineThatWasOnlyCalledMayBeLimited();
    void outsideOfACoroutineItIsAnError();
    void theLoopMayEndMeanwhile();
    void itIsSeenAsACancellation();

private:
    std::unique_ptr<Loop> m_loop;
    QStringList m_log;
};

void TimeoutScopeTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QCOMPARE(Guest::alive, 0);
}

void TimeoutScopeTest::inTimeItGivesTheResult()
{
    const auto task = spawn("t", &limits, 5ms, 3ms);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 3);
    QCOMPARE(timeOf(*m_loop), 3); // the limit was taken back
}

void TimeoutScopeTest::tooLateItThrowsTimeoutError()
{
    const auto task = spawn("t", &limits, 5ms, 30ms);
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), TimeoutError);
    QVERIFY(!task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 5);
}

void TimeoutScopeTest::anErrorInTimePasses()
{
    const auto task = spawn("t", [] { return withTimeout(5ms, &failsInTime, 2ms); });
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

void TimeoutScopeTest::itStaysInTheSameTask()
{
    const auto task = spawn("t", &limits, 5ms, 3ms);
    m_loop->turnOnce();
    QCOMPARE(m_loop->taskCount(), std::size_t(1));
}

void TimeoutScopeTest::aCancelFromOutsideIsNoTimeout()
{
    const auto task = spawn("t", &limits, 5ms, 30ms);
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void TimeoutScopeTest::aCancelBeforeTheTurnOfTheTimeoutIsNoTimeout()
{
    SpawnedTask<int> task;
    // Timers of one moment fire in the order in which they were set, and tasks go on in that order.
    spawn(
        "cancels",
        [](SpawnedTask<int> *victim) -> Task<void> {
            co_await sleep(5ms);
            victim->cancel();
        },
        &task);
    task = spawn("t", &limits, 5ms, 30ms);
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 5);
}

void TimeoutScopeTest::ofNestedOnesOnlyTheirOwnExpiryCounts_data()
{
    QTest::addColumn<int>("outer");
    QTest::addColumn<int>("inner");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QStringList>("log");
    QTest::newRow("inner expires") << 10 << 5 << "through 5" << QStringList {"inner 5 timed out"};
    QTest::newRow("outer expires") << 5 << 10 << "outer timed out 5" << QStringList {"inner 5 cancelled"};
    QTest::newRow("both expire") << 5 << 5 << "outer timed out 5" << QStringList {"inner 5 cancelled"};
    QTest::newRow("none expires") << 200 << 300 << "through 100" << QStringList {};
}

void TimeoutScopeTest::ofNestedOnesOnlyTheirOwnExpiryCounts()
{
    QFETCH(int, outer);
    QFETCH(int, inner);
    const auto task = spawn("t", &nests, milliseconds(outer), milliseconds(inner), 100ms, &m_log);
    m_loop->runUntilIdle();
    QTEST(task.result(), "result");
    QTEST(m_log, "log");
}

void TimeoutScopeTest::oneAfterTheOtherCountsForItself()
{
    const auto task = spawn("t", &sequence);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), QStringLiteral("late;in time;"));
    QCOMPARE(timeOf(*m_loop), 17);
}

void TimeoutScopeTest::aSwallowedExpiryThrowsNothing()
{
    const auto task = spawn("t", &swallows);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 2);
}

void TimeoutScopeTest::aForeignCancelledErrorIsNotItsOwn()
{
    const auto task = spawn("t", &cancelsItself, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(m_log, QStringList {"not own"});
    QCOMPARE(task.result(), 1);
}

void TimeoutScopeTest::itMayBeRescheduled()
{
    const auto task = spawn("t", &isRescheduled);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 1);
    QCOMPARE(timeOf(*m_loop), 110);
}

void TimeoutScopeTest::itDoesNotCancelTheTaskThatIsAwaited()
{
    const auto other = spawn("other", &sleepsFor, 9ms);
    const auto task = spawn("t", &waitsForAnother, other);
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), TimeoutError);
    QCOMPARE(other.result(), 9);
}

void TimeoutScopeTest::onAForeignAwaiterItTakesEffectAtTheNextAwait()
{
    std::coroutine_handle<> slot;
    const auto task = spawn("t", &waitsForeign, &slot);
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    slot.resume();
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), TimeoutError);
}

void TimeoutScopeTest::whatItCouldNotReachInTimeIsForgotten()
{
    std::coroutine_handle<> slot;
    const auto task = spawn("t", &leavesForeignInTime, &slot);
    m_loop->runUntilIdle();
    slot.resume();
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 1);
    QVERIFY(!m_loop->hasPendingCancellations());
}

void TimeoutScopeTest::twoStretchesOfATaskExpireEachForItself()
{
    const auto task = spawn("t", &concurrently, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), QStringLiteral("both 5"));
    QCOMPARE(m_log, (QStringList {"a 5 timed out", "b 5 timed out"}));
}

void TimeoutScopeTest::aLimitOfZeroExpiresAtTheFirstAwait()
{
    const auto task = spawn("t", &limits, 0ms, 30ms);
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), TimeoutError);
    QCOMPARE(timeOf(*m_loop), 0);
}

void TimeoutScopeTest::aCoroutineThatWasOnlyCalledMayBeLimited()
{
    Task<int> task = notesItsTimeout(5ms, 30ms, &m_log, "called");
    m_loop->runUntilIdle();
    QVERIFY(task.isReady());
    QCOMPARE(m_log, QStringList {"called 5 timed out"});
}

void TimeoutScopeTest::outsideOfACoroutineItIsAnError()
{
    COROSCOPE_VERIFY_THROWS(TimeoutScope(5ms), std::logic_error);
}

void TimeoutScopeTest::theLoopMayEndMeanwhile()
{
    spawn("t", &limits, 5ms, 30ms);
    Task<int> called = limits(5ms, 30ms);
    m_loop->turnOnce();
    m_loop.reset();
    trace::letTaskDestroyFrame(called);
}

void TimeoutScopeTest::itIsSeenAsACancellation()
{
    TraceProbe probe;
    const auto task = spawn("t", &limits, 5ms, 30ms);
    m_loop->runUntilIdle();
    probe.stop();
    QVERIFY(task.error());
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
    QVERIFY(probe.story().contains(QStringLiteral("resumed sleepsFor (cancel) on nobody")));
    QVERIFY(probe.story().contains(QStringLiteral("error spawned: timed out")));
}

QTEST_GUILESS_MAIN(TimeoutScopeTest)
#include "tst_timeoutscope.moc"
