// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/asyncgenerator.h"

#include "core/runtime/future.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

#include <QCoroTimer>
#include <QTimer>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

constexpr int million = 1'000'000;

AsyncGenerator<int> countsTo(int n)
{
    for (int i = 1; i <= n; ++i)
        co_yield i;
}
AsyncGenerator<int> countsSlowlyTo(int n)
{
    const Guest guest;
    for (int i = 1; i <= n; ++i) {
        co_await sleep(1ms);
        co_yield i;
    }
}
Task<int> doubled(int value)
{
    co_await sleep(1ms);
    co_return 2 * value;
}
AsyncGenerator<int> doubles(AsyncGenerator<int> source)
{
    for (auto value = co_await source.next(); value; value = co_await source.next()) {
        const int twice = co_await doubled(*value);
        co_yield twice;
    }
}
AsyncGenerator<int> failsAfter(int n)
{
    for (int i = 1; i <= n; ++i) {
        co_await yield();
        co_yield i;
    }
    throw std::runtime_error("no more");
}
AsyncGenerator<int> noticesACancel(bool *noticed)
{
    co_yield 1;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        *noticed = true;
        throw;
    }
}
AsyncGenerator<int> refusesToEnd()
{
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) { }
    co_yield 5;
    co_await sleep(1ms);
    co_yield 6;
}
AsyncGenerator<int> waitsForAQTimer(QTimer *timer)
{
    co_await *timer;
    co_yield 3;
}
AsyncGenerator<int> waitsManually(std::coroutine_handle<> *slot)
{
    const Guest guest;
    co_await Manual {slot};
    co_yield 1;
    co_yield 2;
}

Task<std::vector<int>> all(AsyncGenerator<int> generator)
{
    std::vector<int> values;
    for (auto value = co_await generator.next(); value; value = co_await generator.next())
        values.push_back(*value);
    co_return values;
}
Task<std::int64_t> sum(AsyncGenerator<int> generator)
{
    std::int64_t sum = 0;
    for (auto value = co_await generator.next(); value; value = co_await generator.next())
        sum += *value;
    co_return sum;
}
Task<std::optional<int>> next(AsyncGenerator<int> *generator)
{
    const auto value = co_await generator->next();
    co_return value;
}
Task<int> takesOneThenSleeps()
{
    AsyncGenerator<int> generator = countsSlowlyTo(3);
    const auto value = co_await generator.next();
    co_await sleep(1h);
    co_return value.value_or(0);
}

} // namespace

class AsyncGeneratorTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void itGivesItsValuesAndThenNothing();
    void itMayWaitBetweenItsValues();
    void itMayAwaitTasksAndOtherGenerators();
    void itMayAwaitWhatQCoroCan();
    void nothingRunsBeforeItIsAsked();
    void whatItThrowsReachesWhoAsked();
    void aMillionValuesDontGrowTheStack();
    void cancellingTheConsumerReachesWhereItWaits();
    void itMayRefuseToBeCancelled();
    void aCancelledConsumerOfAnIdleOneLeavesItAlone();
    void twoMayNotWaitAtOnce();
    void anAbandonedValueGoesToTheNextWhoAsks();
    void anEmptyOneGivesNothing();
    void destroyedWithItsConsumerItLeavesNothing();
    void waitingForAForeignAwaiterItRunsOnDetached();
    void itIsSeen();
    void shutdownDestroysItWithItsConsumer();

private:
    std::unique_ptr<Loop> m_loop;
};

void AsyncGeneratorTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QCOMPARE(Guest::alive, 0);
}

void AsyncGeneratorTest::itGivesItsValuesAndThenNothing()
{
    const auto task = spawn("t", &all, countsTo(3));
    m_loop->turnOnce();
    QCOMPARE(task.result(), (std::vector {1, 2, 3}));
}

void AsyncGeneratorTest::itMayWaitBetweenItsValues()
{
    const auto task = spawn("t", &all, countsSlowlyTo(3));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), (std::vector {1, 2, 3}));
    QCOMPARE(timeOf(*m_loop), 3);
}

void AsyncGeneratorTest::itMayAwaitTasksAndOtherGenerators()
{
    const auto task = spawn("t", &all, doubles(countsSlowlyTo(3)));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), (std::vector {2, 4, 6}));
    QCOMPARE(timeOf(*m_loop), 6);
}

void AsyncGeneratorTest::itMayAwaitWhatQCoroCan()
{
    QTimer timer;
    timer.setSingleShot(true);
    const auto task = spawn("t", &all, waitsForAQTimer(&timer));
    timer.start(0ms);
    m_loop->turnOnce();
    QTRY_VERIFY(task.isDone());
    QCOMPARE(task.result(), std::vector {3});
}

void AsyncGeneratorTest::nothingRunsBeforeItIsAsked()
{
    const AsyncGenerator<int> generator = countsSlowlyTo(1);
    QCOMPARE(Guest::alive, 0);
}

void AsyncGeneratorTest::whatItThrowsReachesWhoAsked()
{
    AsyncGenerator<int> generator = failsAfter(1);
    const auto first = spawn("t", &next, &generator);
    m_loop->runUntilIdle();
    QCOMPARE(first.result(), std::optional(1));
    const auto second = spawn("t", &next, &generator);
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(second.result(), std::runtime_error);
    const auto third = spawn("t", &next, &generator);
    m_loop->runUntilIdle();
    QCOMPARE(third.result(), std::nullopt);
}

void AsyncGeneratorTest::aMillionValuesDontGrowTheStack()
{
    const auto task = spawn("t", &sum, countsTo(million));
    m_loop->turnOnce();
    QCOMPARE(task.result(), std::int64_t(million) * (million + 1) / 2);
}

void AsyncGeneratorTest::cancellingTheConsumerReachesWhereItWaits()
{
    bool noticed = false;
    const auto task = spawn("t", &all, noticesACancel(&noticed));
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(noticed);
    QVERIFY(task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 0);
}

void AsyncGeneratorTest::itMayRefuseToBeCancelled()
{
    const auto task = spawn("t", &all, refusesToEnd());
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), (std::vector {5, 6}));
}

void AsyncGeneratorTest::aCancelledConsumerOfAnIdleOneLeavesItAlone()
{
    const auto task = spawn("t", &takesOneThenSleeps);
    m_loop->turnOnce();
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 1);
}

void AsyncGeneratorTest::twoMayNotWaitAtOnce()
{
    AsyncGenerator<int> generator = countsSlowlyTo(3);
    const auto first = spawn("a", &next, &generator);
    const auto second = spawn("b", &next, &generator);
    m_loop->runUntilIdle();
    QCOMPARE(first.result(), std::optional(1));
    COROSCOPE_VERIFY_THROWS(second.result(), InvalidStateError);
}

void AsyncGeneratorTest::anAbandonedValueGoesToTheNextWhoAsks()
{
    AsyncGenerator<int> generator = countsSlowlyTo(3);
    std::optional<Task<std::optional<int>>> abandoned(next(&generator));
    trace::letTaskDestroyFrame(*abandoned);
    abandoned.reset(); // who asked is destroyed; the generator waits on
    const auto whileItWaits = spawn("b", &next, &generator);
    m_loop->runUntilIdle();
    QCOMPARE(whileItWaits.result(), std::optional(1));

    std::optional<Task<std::optional<int>>> again(next(&generator));
    trace::letTaskDestroyFrame(*again);
    again.reset();
    m_loop->runUntilIdle();
    const auto later = spawn("c", &next, &generator);
    m_loop->turnOnce();
    QCOMPARE(later.result(), std::optional(2));
}

void AsyncGeneratorTest::anEmptyOneGivesNothing()
{
    const auto task = spawn("t", &all, AsyncGenerator<int>());
    m_loop->turnOnce();
    QVERIFY(task.result().empty());
}

void AsyncGeneratorTest::destroyedWithItsConsumerItLeavesNothing()
{
    std::optional<Task<std::vector<int>>> task(all(countsSlowlyTo(3)));
    QCOMPARE(Guest::alive, 1);
    trace::letTaskDestroyFrame(*task);
    task.reset();
    QCOMPARE(Guest::alive, 0);
}

void AsyncGeneratorTest::waitingForAForeignAwaiterItRunsOnDetached()
{
    std::coroutine_handle<> slot;
    {
        AsyncGenerator<int> generator = waitsManually(&slot);
        Task<std::optional<int>> task = next(&generator);
        trace::letTaskDestroyFrame(task);
    }
    QCOMPARE(Guest::alive, 1);
    slot.resume(); // to its next value
    QCOMPARE(Guest::alive, 0);
}

void AsyncGeneratorTest::itIsSeen()
{
    TraceProbe probe;
    spawn("t", &sum, countsSlowlyTo(1));
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
    QCOMPARE(probe.story(), (QStringList {
                                "created countsSlowlyTo by nobody",
                                "created spawned by nobody",
                                "resumed spawned (start) on nobody",
                                "suspended spawned: task countsSlowlyTo",
                                "resumed countsSlowlyTo (start) on nobody",
                                "suspended countsSlowlyTo: sleep",
                                "resumed countsSlowlyTo (timer) on nobody",
                                "suspended countsSlowlyTo: call",
                                "resumed spawned (task) on nobody",
                                "suspended spawned: task countsSlowlyTo",
                                "resumed countsSlowlyTo (call) on nobody",
                                "finished countsSlowlyTo: done",
                                "resumed spawned (task) on nobody",
                                "result spawned: 1",
                                "finished spawned: done",
                            }));
}

void AsyncGeneratorTest::shutdownDestroysItWithItsConsumer()
{
    TraceProbe probe;
    AsyncGenerator<int> kept = countsSlowlyTo(3);
    spawn("owns it", &all, doubles(countsSlowlyTo(3)));
    spawn("has borrowed it", &next, &kept);
    m_loop->turnOnce();
    m_loop.reset();
    kept = {};
    QCOMPARE(Guest::alive, 0);
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

QTEST_GUILESS_MAIN(AsyncGeneratorTest)
#include "tst_asyncgenerator.moc"
