// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/gather.h"

#include "core/runtime/sleep.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

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

Task<QString> says(QString text) { co_return text; }
Task<int> cleansUp(QStringList *log)
{
    bool cancelled = false;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        cancelled = true;
    }
    co_await sleep(2ms);
    log->append(QStringLiteral("cleaned up"));
    if (cancelled)
        throw CancelledError();
    co_return 0;
}
Task<int> refuses()
{
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) { }
    co_await sleep(2ms);
    co_return 5;
}
Task<QString> gathersATuple(SpawnedTask<int> number, SpawnedTask<QString> text, SpawnedTask<void> nothing)
{
    const auto [n, t, v] = co_await gather(number, text, nothing);
    static_assert(std::is_same_v<decltype(v), const std::monostate>);
    co_return QStringLiteral("%1 %2").arg(n).arg(t);
}
Task<std::vector<Settled<int>>> settles(std::vector<SpawnedTask<int>> tasks)
{
    auto results = co_await gatherSettled(tasks);
    co_return results;
}
Task<QString> settlesATuple(SpawnedTask<int> number, SpawnedTask<void> nothing)
{
    const auto [n, v] = co_await gatherSettled(number, nothing);
    co_return QStringLiteral("%1 %2").arg(n.isOk()).arg(v.isOk());
}
Task<void> cancelsItselfAndGathers(SpawnedTask<void> *itself, std::vector<SpawnedTask<int>> tasks)
{
    itself->cancel();
    co_await gather(tasks);
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
    void tasksOfDifferentTypesGatherToATuple();
    void theFailureThatCameFirstIsThrown();
    void errorsOfTheOthersCountAsSeen();
    void settledOnesAreAllAwaited();
    void settledOnesOfDifferentTypesAreATuple();
    void cancellingTheSettledCancelsAllAndWaits();
    void cancelledBeforeItWaitsItCancelsAll();
    void aChildThatRefusesToEndIsWaitedFor();
    void itsMembersAreInTheTrace();
    void manyTasksGatherInLinearTime();

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

void GatherTest::tasksOfDifferentTypesGatherToATuple()
{
    int count = 0;
    const auto task = spawn("g", &gathersATuple, spawn("a", &sleepsFor, 3),
                            spawn("b", &says, QStringLiteral("x")), spawn("c", &notesAfter, 1, &count));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), QStringLiteral("3 x"));
    QCOMPARE(count, 1);
}

void GatherTest::theFailureThatCameFirstIsThrown()
{
    const auto late = spawn("late", &failsAfter, 3);
    const auto early = spawn("early", []() -> Task<int> {
        co_await sleep(1ms);
        throw InvalidStateError("early");
    });
    const auto task = spawn("g", &gathers, std::vector {late, early});
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), InvalidStateError);
}

void GatherTest::errorsOfTheOthersCountAsSeen()
{
    int unseen = 0;
    m_loop->onUnseenError([&unseen](const UnseenError &) { ++unseen; });
    {
        const auto task = spawn("g", &gathers,
                                std::vector {spawn("a", &failsAfter, 1), spawn("b", &failsAfter, 5)});
        m_loop->runUntilIdle();
        COROSCOPE_VERIFY_THROWS(task.result(), std::runtime_error);
    }
    QCOMPARE(unseen, 0);
}

void GatherTest::settledOnesAreAllAwaited()
{
    const auto cancelled = spawn("c", &sleepsFor, 9);
    const auto task = spawn("g", &settles,
                            std::vector {spawn("a", &failsAfter, 1), spawn("b", &sleepsFor, 5), cancelled});
    m_loop->turnOnce();
    cancelled.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(timeOf(*m_loop), 5);
    const auto results = task.result();
    QCOMPARE(results.size(), std::size_t(3));
    COROSCOPE_VERIFY_THROWS(results[0].result(), std::runtime_error);
    QCOMPARE(results[1].result(), 5);
    COROSCOPE_VERIFY_THROWS(results[2].result(), CancelledError);
}

void GatherTest::settledOnesOfDifferentTypesAreATuple()
{
    int count = 0;
    const auto task = spawn("g", &settlesATuple, spawn("a", &failsAfter, 3),
                            spawn("c", &notesAfter, 1, &count));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), QStringLiteral("0 1"));
}

void GatherTest::cancellingTheSettledCancelsAllAndWaits()
{
    QStringList log;
    const auto task = spawn("g", &settles,
                            std::vector {spawn("a", &cleansUp, &log), spawn("b", &cleansUp, &log)});
    m_loop->turnOnce();
    task.cancel();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(log.size(), 2);
    QCOMPARE(timeOf(*m_loop), 2);
}

void GatherTest::cancelledBeforeItWaitsItCancelsAll()
{
    const auto child = spawn("a", &sleepsFor, 100);
    SpawnedTask<void> task;
    task = spawn("g", &cancelsItselfAndGathers, &task, std::vector {child});
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QVERIFY(child.isCancelled());
}

void GatherTest::aChildThatRefusesToEndIsWaitedFor()
{
    const auto child = spawn("a", &refuses);
    const auto task = spawn("g", &gathers, std::vector {child});
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(child.result(), 5);
    QCOMPARE(timeOf(*m_loop), 2);
}

void GatherTest::itsMembersAreInTheTrace()
{
    TraceProbe probe;
    spawn("g", &gathers, std::vector {spawn("a", &sleepsFor, 3), spawn("b", &sleepsFor, 1)});
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.eventsOf(trace::EventType::WaitBegun).size(), std::size_t(1));
    QCOMPARE(probe.eventsOf(trace::EventType::WaitMember).size(), std::size_t(2));
    QCOMPARE(probe.eventsOf(trace::EventType::WaitEnded).size(), std::size_t(1));
}

void GatherTest::manyTasksGatherInLinearTime()
{
    std::vector<SpawnedTask<int>> tasks;
    for (int i = 0; i < 20'000; ++i)
        tasks.push_back(spawn("a", &sleepsFor, i % 7 + 1));
    const auto task = spawn("g", &gathers, tasks);
    m_loop->runUntilIdle();
    QCOMPARE(task.result().size(), tasks.size());
}

QTEST_GUILESS_MAIN(GatherTest)
#include "tst_gather.moc"
