// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/deferred.h"

#include "core/runtime/sleep.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <QRegularExpression>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<int> works(QStringList *log, int milliseconds)
{
    log->append(QStringLiteral("runs"));
    if (milliseconds > 0)
        co_await sleep(std::chrono::milliseconds(milliseconds));
    co_return milliseconds;
}
Task<int> fails(QStringList *)
{
    throw std::runtime_error("failed");
    co_return 0;
}
Task<int> isNoCoroutine(QStringList *log, int milliseconds) { return works(log, milliseconds); }

Task<int> awaits(Deferred<int> call)
{
    const int value = co_await call;
    co_return value;
}
Task<int> awaitsTwice(Deferred<int> call)
{
    const int first = co_await call;
    const int second = co_await call;
    co_return first + second;
}
Task<int> makesAndAwaits(QStringList *log)
{
    auto call = deferred(&works, log, 2);
    log->append(QStringLiteral("made"));
    const int value = co_await call;
    log->append(QStringLiteral("done"));
    co_return value;
}

const QRegularExpression neverAwaited(QStringLiteral("was never awaited"));

} // namespace

class DeferredTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_loop = std::make_unique<Loop>(virtualTime());
        m_log.clear();
    }
    void cleanup();
    void makingItRunsNothing();
    void awaitingItRunsItInsideOfWhoAwaits();
    void spawningItMakesItATask();
    void itRunsOnce();
    void whatItThrowsReachesWhoAwaits();
    void droppedUnrunItIsReported();
    void aTaskCancelledBeforeItsStartDropsItSilently();
    void cancellingWhoAwaitsReachesIt();
    void awaitedItKeepsItsIdentity();
    void spawnedItKeepsItsIdentity();
    void aFunctionThatIsNoCoroutineMayBeDeferred();
    void shutdownDestroysWhatItRuns();

private:
    std::unique_ptr<Loop> m_loop;
    QStringList m_log;
};

void DeferredTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void DeferredTest::makingItRunsNothing()
{
    const auto call = deferred(&works, &m_log, 1);
    m_loop->runUntilIdle();
    QVERIFY(m_log.isEmpty());
    QVERIFY(!call.wasUsed());
    QTest::ignoreMessage(QtWarningMsg, neverAwaited);
}

void DeferredTest::awaitingItRunsItInsideOfWhoAwaits()
{
    const auto task = spawn("t", &makesAndAwaits, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 2);
    QCOMPARE(m_log, (QStringList {"made", "runs", "done"}));
    const auto atOnce = spawn("t", &awaits, deferred(&works, &m_log, 0));
    m_loop->turnOnce();
    QCOMPARE(atOnce.result(), 0);
}

void DeferredTest::spawningItMakesItATask()
{
    const auto task = spawn("t", deferred(&works, &m_log, 3));
    QVERIFY(m_log.isEmpty());
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 3);
    QCOMPARE(task.name(), QStringLiteral("t"));
}

void DeferredTest::itRunsOnce()
{
    const auto task = spawn("t", &awaitsTwice, deferred(&works, &m_log, 1));
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), InvalidStateError);
    QCOMPARE(m_log.size(), 1);
}

void DeferredTest::whatItThrowsReachesWhoAwaits()
{
    const auto task = spawn("t", &awaits, deferred(&fails, &m_log));
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(task.result(), std::runtime_error);
}

void DeferredTest::droppedUnrunItIsReported()
{
    TraceProbe probe;
    QTest::ignoreMessage(QtWarningMsg, neverAwaited);
    {
        const auto call = deferred(&works, &m_log, 1);
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.story(), (QStringList {"created spawned by nobody", "error spawned: was never awaited",
                                          "destroyed spawned"}));
}

void DeferredTest::aTaskCancelledBeforeItsStartDropsItSilently()
{
    TraceProbe probe;
    const auto task = spawn("t", deferred(&works, &m_log, 1));
    task.cancel();
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void DeferredTest::cancellingWhoAwaitsReachesIt()
{
    const auto task = spawn("t", &awaits, deferred(&works, &m_log, 1000));
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(timeOf(*m_loop), 0);
}

void DeferredTest::awaitedItKeepsItsIdentity()
{
    TraceProbe probe;
    auto call = deferred(&works, &m_log, 1);
    const TaskId id = call.id();
    spawn("t", &awaits, std::move(call));
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
    const auto finished = probe.eventsOf(trace::EventType::Finished);
    QVERIFY(std::ranges::any_of(finished, [id](const trace::Event &e) { return e.task == id.value; }));
    const auto located = probe.eventsOf(trace::EventType::Located);
    QVERIFY(std::ranges::any_of(located, [id](const trace::Event &e) { return e.task == id.value && e.b; }));
}

void DeferredTest::spawnedItKeepsItsIdentity()
{
    TraceProbe probe;
    auto call = deferred(&works, &m_log, 1);
    const TaskId id = call.id();
    const auto task = spawn("t", std::move(call));
    QCOMPARE(task.id(), id);
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void DeferredTest::aFunctionThatIsNoCoroutineMayBeDeferred()
{
    TraceProbe probe;
    const auto task = spawn("t", &awaits, deferred(&isNoCoroutine, &m_log, 1));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 1);
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void DeferredTest::shutdownDestroysWhatItRuns()
{
    spawn("t", &awaits, deferred(&works, &m_log, 1000));
    m_loop->turnOnce();
    m_loop.reset();
    QCOMPARE(m_log, QStringList {"runs"});
}

QTEST_GUILESS_MAIN(DeferredTest)
#include "tst_deferred.moc"
