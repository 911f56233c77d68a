// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/gather.h"

#include "core/runtime/sleep.h"
#include "tests/runtime/virtualloop.h"

using namespace coroscope;
using namespace coroscope::test;
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
Task<void> notesAfter(int milliseconds, int *count)
{
    co_await sleep(std::chrono::milliseconds(milliseconds));
    ++*count;
}
Task<std::vector<int>> gathers(std::vector<SpawnedTask<int>> tasks)
{
    std::vector<int> results = co_await gather(tasks);
    co_return results;
}

} // namespace

class GatherTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void resultsComeInTheOrderOfTheTasks();
    void nothingGathersToNothing();
    void tasksWithoutResultsAreAwaited();
    void theFirstFailureIsThrownAndTheOthersRunOn();
    void aCancelledTaskCancelsTheGather();
    void cancellingTheGatherCancelsAll();
    void tasksThatEndedBeforeAreTaken();

private:
    std::unique_ptr<Loop> m_loop;
};

void GatherTest::cleanup()
{
    m_loop.reset();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void GatherTest::resultsComeInTheOrderOfTheTasks()
{
    const auto task = spawn("g", &gathers,
                            std::vector {spawn("a", &sleepsFor, 3), spawn("b", &sleepsFor, 1),
                                         spawn("c", &sleepsFor, 2)});
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), (std::vector<int> {3, 1, 2}));
    QCOMPARE(timeOf(*m_loop), 3);
}

void GatherTest::nothingGathersToNothing()
{
    const auto task = spawn("g", &gathers, std::vector<SpawnedTask<int>>());
    m_loop->runUntilIdle();
    QVERIFY(task.result().empty());
}

void GatherTest::tasksWithoutResultsAreAwaited()
{
    int count = 0;
    std::vector<SpawnedTask<void>> tasks;
    for (int i = 0; i < 4; ++i)
        tasks.push_back(spawn("n", &notesAfter, i, &count));
    const auto task = spawn(
        "g",
        [](std::vector<SpawnedTask<void>> all, int *c) -> Task<int> {
            co_await gather(all);
            co_return *c;
        },
        tasks, &count);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 4);
}

void GatherTest::theFirstFailureIsThrownAndTheOthersRunOn()
{
    const auto slow = spawn("a", &sleepsFor, 5);
    const auto task = spawn("g", &gathers, std::vector {slow, spawn("b", &failsAfter, 2)});
    while (!task.isDone())
        m_loop->turnOnce();
    QCOMPARE(timeOf(*m_loop), 2);
    COROSCOPE_VERIFY_THROWS(task.result(), std::runtime_error);
    QVERIFY(!slow.isDone());
    m_loop->runUntilIdle();
    QCOMPARE(slow.result(), 5);
}

void GatherTest::aCancelledTaskCancelsTheGather()
{
    const auto member = spawn("a", &sleepsFor, 5);
    const auto task = spawn("g", &gathers, std::vector {member});
    m_loop->turnOnce();
    member.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void GatherTest::cancellingTheGatherCancelsAll()
{
    const auto a = spawn("a", &sleepsFor, 5);
    const auto b = spawn("b", &sleepsFor, 6);
    const auto task = spawn("g", &gathers, std::vector {a, b});
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QVERIFY(a.isCancelled());
    QVERIFY(b.isCancelled());
    QCOMPARE(timeOf(*m_loop), 0);
}

void GatherTest::tasksThatEndedBeforeAreTaken()
{
    const auto a = spawn("a", &sleepsFor, 1);
    m_loop->runUntilIdle();
    const auto task = spawn("g", &gathers, std::vector {a, a});
    m_loop->turnOnce();
    QCOMPARE(task.result(), (std::vector<int> {1, 1}));
}

QTEST_GUILESS_MAIN(GatherTest)
#include "tst_gather.moc"
