// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/ascompleted.h"

#include "core/runtime/sleep.h"
#include "core/runtime/timeoutscope.h"
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
Task<QStringList> goesThrough(std::vector<SpawnedTask<int>> tasks)
{
    QStringList log;
    const auto completed = asCompleted(std::move(tasks));
    for (auto task = co_await completed.next(); task; task = co_await completed.next())
        log.append(QStringLiteral("%1 at %2").arg(task->name()).arg(timeOf(*Loop::current())));
    co_return log;
}
Task<int> sumsInTime(std::vector<SpawnedTask<int>> tasks)
{
    int sum = 0;
    const auto completed = asCompleted(std::move(tasks));
    TimeoutScope limit(4ms);
    try {
        for (auto task = co_await completed.next(); task; task = co_await completed.next())
            sum += task->result();
    } catch (const CancelledError &) {
        if (!limit.leave())
            throw;
    }
    co_return sum;
}
Task<QString> takesOne(AsCompleted<int> completed)
{
    const auto task = co_await completed.next();
    co_return task ? task->name() : QStringLiteral("nothing");
}

} // namespace

class AsCompletedTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void tasksComeInTheOrderOfTheirEnd();
    void thoseThatEndedBeforeComeFirst();
    void ofNoTasksItGivesNothing();
    void failedAndCancelledOnesCome();
    void itMayEndInTime();
    void severalMayShareIt();
    void aCancelledOneLeavesTheTaskToTheNext();
    void itMayDieBeforeTheTasks();
    void itIsSeen();

private:
    std::unique_ptr<Loop> m_loop;
};

void AsCompletedTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void AsCompletedTest::tasksComeInTheOrderOfTheirEnd()
{
    const auto task = spawn("t", &goesThrough,
                            std::vector {spawn("a", &sleepsFor, 3), spawn("b", &sleepsFor, 1),
                                         spawn("c", &sleepsFor, 2)});
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), (QStringList {"b at 1", "c at 2", "a at 3"}));
}

void AsCompletedTest::thoseThatEndedBeforeComeFirst()
{
    const auto a = spawn("a", &sleepsFor, 2);
    const auto b = spawn("b", &sleepsFor, 1);
    m_loop->runUntilIdle();
    const auto task = spawn("t", &goesThrough, std::vector {spawn("c", &sleepsFor, 0), a, b});
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), (QStringList {"a at 2", "b at 2", "c at 2"}));
}

void AsCompletedTest::ofNoTasksItGivesNothing()
{
    const auto task = spawn("t", &goesThrough, std::vector<SpawnedTask<int>>());
    m_loop->turnOnce();
    QVERIFY(task.result().isEmpty());
}

void AsCompletedTest::failedAndCancelledOnesCome()
{
    const auto a = spawn("a", &failsAfter, 2);
    const auto b = spawn("b", &sleepsFor, 9);
    const auto task = spawn("t", &goesThrough, std::vector {a, b});
    m_loop->turnOnce();
    b.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), (QStringList {"b at 0", "a at 2"}));
    QVERIFY(a.error());
}

void AsCompletedTest::itMayEndInTime()
{
    const auto late = spawn("c", &sleepsFor, 9);
    const auto task = spawn("t", &sumsInTime,
                            std::vector {spawn("a", &sleepsFor, 3), spawn("b", &sleepsFor, 1), late});
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 4);
    QCOMPARE(late.result(), 9); // nothing was cancelled
}

void AsCompletedTest::severalMayShareIt()
{
    const auto completed = asCompleted(std::vector {spawn("a", &sleepsFor, 3), spawn("b", &sleepsFor, 1)});
    const auto first = spawn("1", &takesOne, completed);
    const auto second = spawn("2", &takesOne, completed);
    const auto third = spawn("3", &takesOne, completed);
    m_loop->runUntilIdle();
    QCOMPARE(first.result(), QStringLiteral("b"));
    QCOMPARE(second.result(), QStringLiteral("a"));
    QCOMPARE(third.result(), QStringLiteral("nothing"));
}

void AsCompletedTest::aCancelledOneLeavesTheTaskToTheNext()
{
    const auto a = spawn("a", &sleepsFor, 3);
    const auto completed = asCompleted(std::vector {a});
    const auto first = spawn("1", &takesOne, completed);
    m_loop->turnOnce();
    first.cancel();
    m_loop->runUntilIdle();
    QVERIFY(first.isCancelled());
    const auto second = spawn("2", &takesOne, completed);
    m_loop->runUntilIdle();
    QCOMPARE(second.result(), QStringLiteral("a"));
}

void AsCompletedTest::itMayDieBeforeTheTasks()
{
    const auto a = spawn("a", &sleepsFor, 3);
    const auto task = spawn("t", &goesThrough, std::vector {a});
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(a.result(), 3);
}

void AsCompletedTest::itIsSeen()
{
    TraceProbe probe;
    spawn("t", &goesThrough, std::vector {spawn("a", &sleepsFor, 3), spawn("b", &sleepsFor, 1)});
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

QTEST_GUILESS_MAIN(AsCompletedTest)
#include "tst_ascompleted.moc"
