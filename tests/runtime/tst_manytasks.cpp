// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// Many tasks at once: nothing of them may be lost, whenever they are cancelled or their loop ends.
#include "core/runtime/asyncgenerator.h"
#include "core/runtime/condition.h"
#include "core/runtime/gather.h"
#include "core/runtime/lock.h"
#include "core/runtime/queue.h"
#include "core/runtime/semaphore.h"
#include "core/runtime/shield.h"
#include "core/runtime/sleep.h"
#include "core/runtime/taskgroup.h"
#include "core/runtime/timeoutscope.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

#include <random>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;
using std::chrono::milliseconds;

namespace {

constexpr int hundredThousand = 100'000;

Task<int> sleepsFor(milliseconds duration)
{
    const Guest guest;
    co_await sleep(duration);
    co_return int(duration.count());
}

/// What all share, and what they did to it.
struct World
{
    Lock lock;
    Semaphore semaphore {3};
    Condition condition;
    Queue<int> queue {4};
    int holders = 0;
    int permits = 0;
    int breaches = 0; ///< more holders than there may be
    int put = 0;
    int got = 0;
};

/// One more of something, until it dies.
class More
{
public:
    More(int *count, int most, int *breaches)
        : m_count(count)
    {
        *breaches += ++*m_count > most;
    }
    ~More() { --*m_count; }
    More(const More &) = delete;
    More &operator=(const More &) = delete;

private:
    int *m_count;
};

AsyncGenerator<int> counts(int n, milliseconds pause)
{
    const Guest guest;
    for (int i = 0; i < n; ++i) {
        co_await sleep(pause);
        co_yield i;
    }
}
Task<void> holdsTheLock(World *world, milliseconds duration)
{
    const Permit held = co_await world->lock.acquire();
    const More holder(&world->holders, 1, &world->breaches);
    co_await sleep(duration);
}
Task<void> holdsAPermit(World *world, milliseconds duration)
{
    const Permit held = co_await world->semaphore.acquire();
    const More holder(&world->permits, 3, &world->breaches);
    co_await sleep(duration);
}
Task<void> putsOne(World *world)
{
    co_await world->queue.put(1);
    ++world->put;
}
Task<void> getsOne(World *world)
{
    const int value = co_await world->queue.get();
    world->got += value;
}
Task<void> waitsForTheCondition(World *world)
{
    Permit held = co_await world->condition.lock().acquire();
    co_await world->condition.wait(held);
}
Task<void> notifiesTheCondition(World *world)
{
    const Permit held = co_await world->condition.lock().acquire();
    world->condition.notify(2);
}
Task<void> inAGroup(TaskGroup group, World *world, milliseconds duration)
{
    group.spawn("lock", &holdsTheLock, world, duration);
    group.spawn("permit", &holdsAPermit, world, duration);
    co_await sleep(duration);
}
Task<void> consumes(milliseconds pause)
{
    AsyncGenerator<int> generator = counts(3, pause);
    for (auto value = co_await generator.next(); value; value = co_await generator.next())
        co_await yield();
}

Task<void> lives(World *world, unsigned seed)
{
    const Guest guest;
    std::mt19937 random(seed);
    for (int i = 0; i < 6; ++i) {
        const milliseconds duration(random() % 4);
        bool timedOut = false;
        try {
            switch (random() % 10) {
            case 0:
                co_await holdsTheLock(world, duration);
                break;
            case 1:
                co_await withTimeout(duration, &holdsTheLock, world, 1ms);
                break;
            case 2:
                co_await holdsAPermit(world, duration);
                break;
            case 3:
                co_await withTimeout(3ms, &putsOne, world);
                break;
            case 4:
                co_await withTimeout(3ms, &getsOne, world);
                break;
            case 5:
                co_await withTimeout(duration, &waitsForTheCondition, world);
                break;
            case 6:
                co_await notifiesTheCondition(world);
                break;
            case 7:
                co_await withTimeout(4ms,
                                     [world, duration] { return withTaskGroup(&inAGroup, world, duration); });
                break;
            case 8: {
                std::vector<SpawnedTask<int>> tasks {spawn("a", &sleepsFor, duration),
                                                     spawn("b", &sleepsFor, 2ms)};
                const std::vector<int> results = co_await gather(std::move(tasks));
                break;
            }
            default:
                co_await consumes(duration);
            }
        } catch (const TimeoutError &) {
            timedOut = true;
        }
        if (timedOut)
            co_await yield();
    }
}

} // namespace

class ManyTasksTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void hundredThousandSleepAtOnce();
    void hundredThousandSleepersAreCancelledAtOnce();
    void hundredThousandTimeLimitsExpireAtOnce();
    void aThousandCancelledAtRandomMomentsLoseNothing();
    void aLoopThatEndsAtARandomMomentLosesNothing();

private:
    void verifyNothingIsLost(const World &world);
    std::unique_ptr<Loop> m_loop;
};

void ManyTasksTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QCOMPARE(Guest::alive, 0);
}

void ManyTasksTest::hundredThousandSleepAtOnce()
{
    std::mt19937 random(1);
    std::vector<SpawnedTask<int>> tasks;
    int longest = 0;
    for (int i = 0; i < hundredThousand; ++i) {
        const int duration = int(random() % 1000);
        longest = std::max(longest, duration);
        tasks.push_back(spawn("t", &sleepsFor, milliseconds(duration)));
    }
    m_loop->turnOnce();
    QCOMPARE(Guest::alive, hundredThousand);
    m_loop->runUntilIdle();
    QVERIFY(std::ranges::all_of(tasks, [](const auto &task) { return task.isDone() && !task.error(); }));
    QCOMPARE(timeOf(*m_loop), longest);
}

void ManyTasksTest::hundredThousandSleepersAreCancelledAtOnce()
{
    std::vector<SpawnedTask<int>> tasks;
    for (int i = 0; i < hundredThousand; ++i)
        tasks.push_back(spawn("t", &sleepsFor, 1h));
    m_loop->turnOnce();
    m_loop->cancelAll();
    m_loop->runUntilIdle();
    QVERIFY(std::ranges::all_of(tasks, [](const auto &task) { return task.isCancelled(); }));
    QCOMPARE(timeOf(*m_loop), 0);
}

void ManyTasksTest::hundredThousandTimeLimitsExpireAtOnce()
{
    std::vector<SpawnedTask<int>> tasks;
    for (int i = 0; i < hundredThousand; ++i)
        tasks.push_back(spawn("t", [] { return withTimeout(5ms, &sleepsFor, 1h); }));
    m_loop->runUntilIdle();
    QVERIFY(std::ranges::all_of(tasks, [](const auto &task) { return task.error() && !task.isCancelled(); }));
    QCOMPARE(timeOf(*m_loop), 5);
}

void ManyTasksTest::verifyNothingIsLost(const World &world)
{
    QCOMPARE(world.breaches, 0);
    QCOMPARE(world.holders, 0);
    QCOMPARE(world.permits, 0);
    QVERIFY(!world.lock.isLocked());
    QVERIFY(!world.condition.lock().isLocked());
    QCOMPARE(world.semaphore.free(), std::size_t(3));
    QCOMPARE(world.got + int(world.queue.size()), world.put);
}

void ManyTasksTest::aThousandCancelledAtRandomMomentsLoseNothing()
{
    for (unsigned seed = 1; seed <= 2; ++seed) {
        TraceProbe probe({std::size_t(1) << 20, std::size_t(1) << 20}, TraceProbe::Keep::Nothing);
        World world;
        std::mt19937 random(seed);
        std::vector<AnyTask> tasks;
        for (unsigned i = 0; i < 1000; ++i)
            tasks.push_back(spawn("t", &lives, &world, 1000 * seed + i));
        for (std::size_t cancelled = 0; m_loop->turnOnce();) {
            probe.take();
            for (int n = int(random() % 20); n > 0 && cancelled < tasks.size(); --n)
                cancelled += tasks[random() % tasks.size()].cancel();
        }
        // Who waits for a value or a notification that never comes has a time limit.
        QVERIFY(std::ranges::all_of(tasks, &AnyTask::isDone));
        QCOMPARE(m_loop->taskCount(), std::size_t(0));
        verifyNothingIsLost(world);
        QCOMPARE(Guest::alive, 0);
        const auto count = std::ranges::count_if(tasks, &AnyTask::isCancelled);
        QVERIFY(count > 100);
        QVERIFY(count < 1000);
        for (const AnyTask &task : tasks)
            QVERIFY(!task.error() || task.isCancelled());
        probe.stop();
        QCOMPARE(probe.breaches(), QStringList());
        QCOMPARE(probe.lostEvents(), std::uint64_t(0));
        QCOMPARE(probe.rules().unended(), std::size_t(0));
    }
}

void ManyTasksTest::aLoopThatEndsAtARandomMomentLosesNothing()
{
    for (unsigned seed = 1; seed <= 30; ++seed) {
        World world;
        std::mt19937 random(seed);
        for (unsigned i = 0; i < 200; ++i)
            spawn("t", &lives, &world, 1000 * seed + i);
        for (int turns = int(random() % 60); turns > 0; --turns)
            m_loop->turnOnce();
        m_loop.reset();
        verifyNothingIsLost(world);
        QCOMPARE(Guest::alive, 0);
        QCOMPARE(trace::liveFrames(), std::size_t(0));
        m_loop = std::make_unique<Loop>(virtualTime());
    }
}

QTEST_GUILESS_MAIN(ManyTasksTest)
#include "tst_manytasks.moc"
