// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/queue.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <memory>
#include <random>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<void> putsSome(Queue<int> queue, int first, int count)
{
    for (int i = 0; i < count; ++i)
        co_await queue.put(first + i);
}
Task<int> getsOne(Queue<int> queue)
{
    const int value = co_await queue.get();
    co_return value;
}
Task<void> collects(Queue<int> queue, std::vector<int> *values, int count)
{
    for (int i = 0; i < count; ++i) {
        const int value = co_await queue.get();
        values->push_back(value);
    }
}
Task<void> worksOff(Queue<int> queue)
{
    for (;;) {
        const int value = co_await queue.get();
        co_await sleep(std::chrono::milliseconds(value));
        queue.taskDone();
    }
}
Task<int> joins(Queue<int> queue)
{
    co_await queue.join();
    co_return timeOf(*Loop::current());
}
Task<int> passes(Queue<std::unique_ptr<int>> queue)
{
    co_await queue.put(std::make_unique<int>(4));
    const auto value = co_await queue.get();
    co_return *value;
}

/// Puts its numbers one by one, and notes each that was put.
Task<void> producer(Queue<int> queue, std::vector<int> *put, int first, unsigned seed)
{
    std::mt19937 random(seed);
    for (int i = 0; i < 20; ++i) {
        co_await queue.put(first + i);
        put->push_back(first + i);
        if (random() % 3 == 0)
            co_await sleep(std::chrono::milliseconds(random() % 3));
    }
}
Task<void> consumer(Queue<int> queue, std::vector<int> *got, unsigned seed)
{
    std::mt19937 random(seed);
    for (;;) {
        const int value = co_await queue.get();
        got->push_back(value);
        if (random() % 3 == 0)
            co_await sleep(std::chrono::milliseconds(random() % 3));
    }
}

} // namespace

class QueueTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void valuesComeOutInTheOrderInWhichTheyWerePut();
    void aFullOneMakesWaitWhoPuts();
    void anEmptyOneMakesWaitWhoGets();
    void whoWaitsLongestIsServedFirst();
    void valuesKeepTheirOrderAlthoughAPutterWasMadeToWait();
    void aCancelledGetTakesNothing();
    void aGetCancelledWhenItsTurnWasNearTakesNothing();
    void aCancelledPutPutsNothing();
    void aPutCancelledWhenItsTurnWasNearPutsNothing();
    void triedItGivesOrTakesAtOnceOrNot();
    void joiningWaitsUntilAllIsWorkedOff();
    void moreDoneThanPutIsAnError();
    void valuesMayBeMovable();
    void nothingIsLostWhenTasksAreCancelledAtRandom();
    void shutdownLeavesNothing();
    void itIsSeen();

private:
    std::unique_ptr<Loop> m_loop;
};

void QueueTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void QueueTest::valuesComeOutInTheOrderInWhichTheyWerePut()
{
    const Queue<int> queue(2);
    std::vector<int> values;
    spawn("p", &putsSome, queue, 1, 5);
    spawn("c", &collects, queue, &values, 5);
    m_loop->runUntilIdle();
    QCOMPARE(values, (std::vector {1, 2, 3, 4, 5}));
    QVERIFY(queue.isEmpty());
}

void QueueTest::aFullOneMakesWaitWhoPuts()
{
    const Queue<int> queue(2);
    const auto task = spawn("p", &putsSome, queue, 1, 3);
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    QVERIFY(queue.isFull());
    QCOMPARE(queue.tryGet(), std::optional(1));
    m_loop->runUntilIdle();
    QVERIFY(task.isDone());
    QCOMPARE(queue.size(), std::size_t(2));
}

void QueueTest::anEmptyOneMakesWaitWhoGets()
{
    const Queue<int> queue;
    const auto task = spawn("g", &getsOne, queue);
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    QVERIFY(queue.tryPut(7));
    QVERIFY(!queue.tryGet()); // it is for who waits
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 7);
}

void QueueTest::whoWaitsLongestIsServedFirst()
{
    const Queue<int> queue;
    const auto a = spawn("a", &getsOne, queue);
    const auto b = spawn("b", &getsOne, queue);
    m_loop->runUntilIdle();
    queue.tryPut(1);
    queue.tryPut(2);
    queue.tryPut(3);
    const auto late = spawn("late", &getsOne, queue);
    m_loop->runUntilIdle();
    QCOMPARE(a.result(), 1);
    QCOMPARE(b.result(), 2);
    QCOMPARE(late.result(), 3);
}

void QueueTest::valuesKeepTheirOrderAlthoughAPutterWasMadeToWait()
{
    const Queue<int> queue(1);
    queue.tryPut(1);
    spawn("waits", &putsSome, queue, 2, 1);
    m_loop->turnOnce();
    spawn("comes later", &putsSome, queue, 3, 1);
    QCOMPARE(queue.tryGet(), std::optional(1)); // room for the first, behind the second in the ready queue
    std::vector<int> values;
    spawn("c", &collects, queue, &values, 2);
    m_loop->runUntilIdle();
    QCOMPARE(values, (std::vector {2, 3}));
}

void QueueTest::aCancelledGetTakesNothing()
{
    const Queue<int> queue;
    const auto a = spawn("a", &getsOne, queue);
    const auto b = spawn("b", &getsOne, queue);
    m_loop->turnOnce();
    a.cancel();
    queue.tryPut(1);
    m_loop->runUntilIdle();
    QVERIFY(a.isCancelled());
    QCOMPARE(b.result(), 1);
}

void QueueTest::aGetCancelledWhenItsTurnWasNearTakesNothing()
{
    const Queue<int> queue;
    const auto a = spawn("a", &getsOne, queue);
    const auto b = spawn("b", &getsOne, queue);
    m_loop->turnOnce();
    queue.tryPut(1);
    a.cancel();
    m_loop->runUntilIdle();
    QVERIFY(a.isCancelled());
    QCOMPARE(b.result(), 1);
    const auto c = spawn("c", &getsOne, queue);
    m_loop->turnOnce();
    queue.tryPut(2);
    c.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(queue.tryGet(), std::optional(2));
}

void QueueTest::aCancelledPutPutsNothing()
{
    const Queue<int> queue(1);
    queue.tryPut(1);
    const auto a = spawn("a", &putsSome, queue, 2, 1);
    const auto b = spawn("b", &putsSome, queue, 3, 1);
    m_loop->turnOnce();
    a.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(queue.tryGet(), std::optional(1));
    m_loop->runUntilIdle();
    QCOMPARE(queue.tryGet(), std::optional(3));
    QVERIFY(b.isDone());
}

void QueueTest::aPutCancelledWhenItsTurnWasNearPutsNothing()
{
    const Queue<int> queue(1);
    queue.tryPut(1);
    const auto a = spawn("a", &putsSome, queue, 2, 1);
    const auto b = spawn("b", &putsSome, queue, 3, 1);
    m_loop->turnOnce();
    QCOMPARE(queue.tryGet(), std::optional(1));
    a.cancel();
    m_loop->runUntilIdle();
    QVERIFY(a.isCancelled());
    QVERIFY(b.isDone());
    QCOMPARE(queue.tryGet(), std::optional(3));
    QVERIFY(queue.tryPut(4));
}

void QueueTest::triedItGivesOrTakesAtOnceOrNot()
{
    const Queue<int> queue(1);
    QVERIFY(!queue.tryGet());
    QVERIFY(queue.tryPut(1));
    QVERIFY(!queue.tryPut(2));
    QCOMPARE(queue.tryGet(), std::optional(1));
}

void QueueTest::joiningWaitsUntilAllIsWorkedOff()
{
    const Queue<int> queue;
    const auto atOnce = spawn("j", &joins, queue);
    m_loop->turnOnce();
    QCOMPARE(atOnce.result(), 0);
    for (int i = 1; i <= 3; ++i)
        queue.tryPut(i);
    const auto worker = spawn("w", &worksOff, queue);
    const auto task = spawn("j", &joins, queue);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 6);
    worker.cancel();
    m_loop->runUntilIdle();
}

void QueueTest::moreDoneThanPutIsAnError()
{
    const Queue<int> queue;
    queue.tryPut(1);
    queue.taskDone();
    COROSCOPE_VERIFY_THROWS(queue.taskDone(), InvalidStateError);
}

void QueueTest::valuesMayBeMovable()
{
    const auto task = spawn("t", &passes, Queue<std::unique_ptr<int>>(1));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 4);
}

void QueueTest::nothingIsLostWhenTasksAreCancelledAtRandom()
{
    for (unsigned seed = 1; seed <= 30; ++seed) {
        std::mt19937 random(seed);
        const Queue<int> queue(3);
        std::vector<int> put;
        std::vector<int> got;
        std::vector<AnyTask> tasks;
        for (int i = 0; i < 20; ++i) {
            tasks.push_back(spawn("p", &producer, queue, &put, 1000 * i, seed + unsigned(i)));
            tasks.push_back(spawn("c", &consumer, queue, &got, seed + unsigned(i)));
        }
        while (m_loop->turnOnce())
            if (random() % 4 == 0)
                tasks[random() % tasks.size()].cancel();
        for (const AnyTask &task : tasks)
            task.cancel();
        m_loop->runUntilIdle();
        while (const auto value = queue.tryGet())
            got.push_back(*value);
        // What was put came out, once each; what one producer put, in its order.
        for (int i = 0; i < 20; ++i) {
            std::vector<int> ofOne;
            std::ranges::copy_if(got, std::back_inserter(ofOne), [i](int v) { return v / 1000 == i; });
            if (!std::ranges::is_sorted(ofOne))
                QFAIL(qPrintable(
                    QStringLiteral("seed %1: producer %2's values got out of order").arg(seed).arg(i)));
        }
        std::ranges::sort(put);
        std::ranges::sort(got);
        QCOMPARE(got, put);
        QVERIFY(!put.empty());
    }
}

void QueueTest::shutdownLeavesNothing()
{
    const Queue<int> queue(1);
    spawn("p", &putsSome, queue, 1, 5);
    spawn("p", &putsSome, queue, 1, 5);
    const Queue<int> empty;
    spawn("g", &getsOne, empty);
    m_loop->runUntilIdle();
    queue.tryGet();
    empty.tryPut(1);
    m_loop.reset();
    QVERIFY(queue.tryPut(2));
    QCOMPARE(empty.tryGet(), std::optional(1));
}

void QueueTest::itIsSeen()
{
    TraceProbe probe;
    const Queue<int> queue(1, QStringLiteral("jobs"));
    std::vector<int> values;
    spawn("p", &putsSome, queue, 1, 3);
    spawn("c", &collects, queue, &values, 3);
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QStringList labels;
    for (const trace::Event &e : probe.eventsOf(trace::EventType::Suspended))
        if (trace::WaitKind(e.kind) == trace::WaitKind::Notifier)
            labels.append(trace::stringOf(StringId {std::uint32_t(e.a)}));
    QVERIFY(labels.contains(QStringLiteral("room in queue jobs")));
    QVERIFY(labels.contains(QStringLiteral("an entry of queue jobs")));
}

QTEST_GUILESS_MAIN(QueueTest)
#include "tst_queue.moc"
