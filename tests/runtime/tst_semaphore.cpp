// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/semaphore.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <random>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

struct Count
{
    int now = 0;
    int most = 0;
    std::vector<int> order;
};

/// One more, until it dies.
class Counted
{
public:
    explicit Counted(Count *count)
        : m_count(count)
    {
        m_count->most = std::max(m_count->most, ++m_count->now);
    }
    ~Counted() { --m_count->now; }
    Counted(const Counted &) = delete;
    Counted &operator=(const Counted &) = delete;

private:
    Count *m_count;
};

Task<void> works(Semaphore semaphore, Count *count, int number, std::chrono::milliseconds duration)
{
    const Permit held = co_await semaphore.acquire();
    const Counted counted(count);
    count->order.push_back(number);
    co_await sleep(duration);
}

} // namespace

class SemaphoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void soManyHaveAPermitAtATime();
    void whoComesLaterWaitsBehindWhoseTurnIsYetToCome();
    void withoutPermitsEverybodyWaits();
    void nothingIsLostWhenTasksAreCancelledAtRandom();
    void itIsSeen();

private:
    std::unique_ptr<Loop> m_loop;
};

void SemaphoreTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void SemaphoreTest::soManyHaveAPermitAtATime()
{
    const Semaphore semaphore(3);
    Count count;
    for (int i = 0; i < 10; ++i)
        spawn("t", &works, semaphore, &count, i, 5ms);
    m_loop->runUntilIdle();
    QCOMPARE(count.most, 3);
    QCOMPARE(count.order, (std::vector {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    QCOMPARE(timeOf(*m_loop), 20);
    QCOMPARE(semaphore.free(), std::size_t(3));
}

void SemaphoreTest::whoComesLaterWaitsBehindWhoseTurnIsYetToCome()
{
    const Semaphore semaphore(2);
    Count count;
    Permit a = semaphore.tryAcquire();
    Permit b = semaphore.tryAcquire();
    spawn("waits", &works, semaphore, &count, 1, 5ms);
    m_loop->turnOnce();
    spawn("comes later", &works, semaphore, &count, 2, 5ms);
    a.release(); // to the first, behind the second in the ready queue
    b.release(); // free, but not for who comes later
    QVERIFY(!semaphore.tryAcquire());
    m_loop->runUntilIdle();
    QCOMPARE(count.order, (std::vector {1, 2}));
}

void SemaphoreTest::withoutPermitsEverybodyWaits()
{
    const Semaphore semaphore(0);
    Count count;
    const auto task = spawn("t", &works, semaphore, &count, 1, 5ms);
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    QVERIFY(!semaphore.tryAcquire());
}

void SemaphoreTest::nothingIsLostWhenTasksAreCancelledAtRandom()
{
    std::mt19937 random(7);
    const Semaphore semaphore(5);
    Count count;
    std::vector<SpawnedTask<void>> tasks;
    for (int i = 0; i < 1000; ++i)
        tasks.push_back(spawn("t", &works, semaphore, &count, i, std::chrono::milliseconds(random() % 4)));
    while (m_loop->turnOnce())
        tasks[random() % tasks.size()].cancel();
    QVERIFY(std::ranges::all_of(tasks, [](const auto &task) { return task.isDone(); }));
    QVERIFY(std::ranges::any_of(tasks, [](const auto &task) { return task.isCancelled(); }));
    QCOMPARE(count.most, 5);
    QCOMPARE(count.now, 0);
    QCOMPARE(semaphore.free(), std::size_t(5));
    QVERIFY(std::ranges::is_sorted(count.order));
}

void SemaphoreTest::itIsSeen()
{
    TraceProbe probe;
    const Semaphore semaphore(1, QStringLiteral("downloads"));
    Count count;
    spawn("a", &works, semaphore, &count, 1, 5ms);
    spawn("b", &works, semaphore, &count, 2, 5ms);
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QVERIFY(probe.story().contains(QStringLiteral("suspended spawned#2: lock")));
}

QTEST_GUILESS_MAIN(SemaphoreTest)
#include "tst_semaphore.moc"
