// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/taskgroup.h"

#include "core/runtime/sleep.h"
#include "core/runtime/timeoutscope.h"
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
Task<void> failsAfter(milliseconds duration, QString what)
{
    co_await sleep(duration);
    throw std::runtime_error(what.toStdString());
}
/// Needs 2 ms to clean up after a cancellation.
Task<void> cleansUp(QStringList *log)
{
    bool cancelled = false;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        cancelled = true;
    }
    co_await sleep(2ms);
    log->append(QStringLiteral("cleaned up at %1").arg(timeOf(*Loop::current())));
    if (cancelled)
        throw CancelledError();
}
Task<void> failsToCleanUp()
{
    bool cancelled = false;
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        cancelled = true;
    }
    if (cancelled)
        throw std::runtime_error("clean-up");
}

Task<int> sumsUp(TaskGroup group, int n)
{
    std::vector<SpawnedTask<int>> tasks;
    for (int i = 1; i <= n; ++i)
        tasks.push_back(group.spawn("child", &sleepsFor, milliseconds(i)));
    int sum = 0;
    for (const auto &task : tasks) {
        const int value = co_await task;
        sum += value;
    }
    co_return sum;
}
Task<void> startsAndLeaves(TaskGroup group)
{
    group.spawn("a", &sleepsFor, 3ms);
    group.spawn("b", &sleepsFor, 7ms);
    co_return;
}
Task<void> grandchild(TaskGroup group) { co_await group.spawn("grandchild", &sleepsFor, 5ms); }
Task<void> startsOneThatStartsMore(TaskGroup group)
{
    group.spawn("child", &grandchild, group);
    co_return;
}
Task<void> withAFailingChild(TaskGroup group, QStringList *log)
{
    group.spawn("cleans up", &cleansUp, log);
    group.spawn("fails", &failsAfter, 3ms, QStringLiteral("first"));
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) {
        log->append(QStringLiteral("body cancelled at %1").arg(timeOf(*Loop::current())));
        throw;
    }
}
Task<void> withManyFailingChildren(TaskGroup group)
{
    group.spawn("a", &failsAfter, 3ms, QStringLiteral("a"));
    group.spawn("b", &failsToCleanUp);
    group.spawn("c", &failsAfter, 3ms, QStringLiteral("c"));
    co_return;
}
Task<void> failsItself(TaskGroup group, QStringList *log)
{
    group.spawn("cleans up", &cleansUp, log);
    co_await sleep(1ms);
    throw std::runtime_error("body");
}
Task<void> withALongChild(TaskGroup group, QStringList *log)
{
    group.spawn("cleans up", &cleansUp, log);
    co_return;
}
Task<void> waitsLong(TaskGroup group, QStringList *log)
{
    group.spawn("cleans up", &cleansUp, log);
    co_await sleep(1h);
}
Task<void> cancelsOneChild(TaskGroup group)
{
    const auto child = group.spawn("a", &sleepsFor, 1h);
    group.spawn("b", &sleepsFor, 5ms);
    co_await yield();
    child.cancel();
}
Task<void> swallowsAndSpawns(TaskGroup group, QStringList *log)
{
    group.spawn("fails", &failsAfter, 1ms, QStringLiteral("first"));
    try {
        co_await sleep(1h);
    } catch (const CancelledError &) { }
    try {
        group.spawn("too late", &sleepsFor, 1ms);
    } catch (const InvalidStateError &) {
        log->append(QStringLiteral("refused"));
    }
}

template<class F, class... Args>
auto group(F body, Args... arguments)
{
    return spawn("group", [body, arguments...] { return withTaskGroup(body, arguments...); });
}
Task<QString> outerScope(QStringList *log, milliseconds limit)
{
    QString result;
    try {
        co_await withTimeout(limit, [log] { return withTaskGroup(&waitsLong, log); });
    } catch (const TimeoutError &) {
        result = QStringLiteral("timed out at %1").arg(timeOf(*Loop::current()));
    }
    co_return result;
}
Task<void> innerGroup(TaskGroup, QStringList *log) { co_await withTaskGroup(&waitsLong, log); }
Task<void> outerGroup(TaskGroup outer, QStringList *log)
{
    outer.spawn("fails", &failsAfter, 3ms, QStringLiteral("outer's"));
    co_await withTaskGroup(&innerGroup, log);
}

QStringList errorsOf(const AnyTask &task)
{
    QStringList texts;
    try {
        std::rethrow_exception(task.error());
    } catch (const TaskGroupError &group) {
        for (const std::exception_ptr &error : group.errors()) {
            try {
                std::rethrow_exception(error);
            } catch (const std::exception &e) {
                texts.append(QString::fromUtf8(e.what()));
            }
        }
    } catch (...) {
        texts.append(QStringLiteral("no group's error"));
    }
    return texts;
}

} // namespace

class TaskGroupTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_loop = std::make_unique<Loop>(virtualTime());
        m_log.clear();
    }
    void cleanup();
    void itGivesWhatItsBodyGives();
    void itLeavesWhenAllChildrenHaveEnded();
    void childrenMayStartMore();
    void anErrorCancelsSiblingsAndBody();
    void severalErrorsAreKept();
    void anErrorOfTheBodyCancelsTheChildren();
    void cancellingTheTaskCancelsTheChildren();
    void cancellingItWhileItWaitsForChildrenCancelsThem();
    void aCancelledChildDisturbsNobody();
    void anErrorMeanwhileBeatsTheCancellation();
    void onceItIsCancelledItTakesNoMoreTasks();
    void aTimeLimitAroundItWaitsForTheChildren();
    void anOuterGroupsErrorCancelsAnInnerGroup();
    void cancelledBeforeItBeganItRunsNothing();
    void theErrorSaysWhatFailed();
    void shutdownDestroysItAll();
    void destroyedItCancelsItsChildren();
    void itIsSeen();

private:
    std::unique_ptr<Loop> m_loop;
    QStringList m_log;
};

void TaskGroupTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
    QCOMPARE(Guest::alive, 0);
}

void TaskGroupTest::itGivesWhatItsBodyGives()
{
    const auto task = group(&sumsUp, 4);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 10);
    QCOMPARE(timeOf(*m_loop), 4);
}

void TaskGroupTest::itLeavesWhenAllChildrenHaveEnded()
{
    const auto task = group(&startsAndLeaves);
    while (!task.isDone())
        QVERIFY(m_loop->turnOnce());
    QCOMPARE(timeOf(*m_loop), 7);
    QCOMPARE(m_loop->taskCount(), std::size_t(0));
}

void TaskGroupTest::childrenMayStartMore()
{
    const auto task = group(&startsOneThatStartsMore);
    while (!task.isDone())
        QVERIFY(m_loop->turnOnce());
    QCOMPARE(timeOf(*m_loop), 5);
    task.result();
}

void TaskGroupTest::anErrorCancelsSiblingsAndBody()
{
    const auto task = group(&withAFailingChild, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(errorsOf(task), QStringList {"first"});
    QCOMPARE(m_log, (QStringList {"body cancelled at 3", "cleaned up at 5"}));
    QVERIFY(!task.isCancelled());
}

void TaskGroupTest::severalErrorsAreKept()
{
    const auto task = group(&withManyFailingChildren);
    m_loop->runUntilIdle();
    QCOMPARE(errorsOf(task), (QStringList {"a", "clean-up"})); // c was cancelled as it woke
}

void TaskGroupTest::anErrorOfTheBodyCancelsTheChildren()
{
    const auto task = group(&failsItself, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(errorsOf(task), QStringList {"body"});
    QCOMPARE(m_log, QStringList {"cleaned up at 3"});
}

void TaskGroupTest::cancellingTheTaskCancelsTheChildren()
{
    const auto task = group(&waitsLong, &m_log);
    m_loop->turnOnce();
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(m_log, QStringList {"cleaned up at 2"});
}

void TaskGroupTest::cancellingItWhileItWaitsForChildrenCancelsThem()
{
    const auto task = group(&withALongChild, &m_log);
    m_loop->turnOnce();
    m_loop->turnOnce();
    task.cancel();
    m_loop->turnOnce();
    task.cancel(); // changes nothing: it waits on
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(m_log, QStringList {"cleaned up at 2"});
}

void TaskGroupTest::aCancelledChildDisturbsNobody()
{
    const auto task = group(&cancelsOneChild);
    m_loop->runUntilIdle();
    task.result();
    QCOMPARE(timeOf(*m_loop), 5);
}

void TaskGroupTest::anErrorMeanwhileBeatsTheCancellation()
{
    const auto task = group(&withManyFailingChildren);
    m_loop->turnOnce();
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QCOMPARE(errorsOf(task), QStringList {"clean-up"});
}

void TaskGroupTest::onceItIsCancelledItTakesNoMoreTasks()
{
    const auto task = group(&swallowsAndSpawns, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(m_log, QStringList {"refused"});
    QCOMPARE(errorsOf(task), QStringList {"first"});
}

void TaskGroupTest::aTimeLimitAroundItWaitsForTheChildren()
{
    const auto task = spawn("t", &outerScope, &m_log, 5ms);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), QStringLiteral("timed out at 7"));
    QCOMPARE(m_log, QStringList {"cleaned up at 7"});
}

void TaskGroupTest::anOuterGroupsErrorCancelsAnInnerGroup()
{
    const auto task = group(&outerGroup, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(errorsOf(task), QStringList {"outer's"});
    QCOMPARE(m_log, QStringList {"cleaned up at 5"});
}

void TaskGroupTest::cancelledBeforeItBeganItRunsNothing()
{
    const auto task = group(&waitsLong, &m_log);
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QVERIFY(m_log.isEmpty());
}

void TaskGroupTest::theErrorSaysWhatFailed()
{
    const TaskGroupError error({std::make_exception_ptr(std::runtime_error("one")),
                                std::make_exception_ptr(std::runtime_error("two"))});
    QVERIFY(QByteArray(error.what()).contains("one; two"));
    QVERIFY(QByteArray(error.what()).contains('2'));
}

void TaskGroupTest::shutdownDestroysItAll()
{
    group(&waitsLong, &m_log);
    group(&sumsUp, 3);
    m_loop->turnOnce();
    m_loop->turnOnce();
    m_loop.reset();
    QVERIFY(m_log.isEmpty());
}

void TaskGroupTest::destroyedItCancelsItsChildren()
{
    {
        Task<void> called = withTaskGroup(&waitsLong, &m_log);
        m_loop->turnOnce();
        trace::letTaskDestroyFrame(called);
    }
    m_loop->runUntilIdle();
    QCOMPARE(m_log, QStringList {"cleaned up at 2"});
}

void TaskGroupTest::itIsSeen()
{
    TraceProbe probe;
    const auto task = group(&withAFailingChild, &m_log);
    m_loop->runUntilIdle();
    QVERIFY(task.error());
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TaskGroupTest)
#include "tst_taskgroup.moc"
