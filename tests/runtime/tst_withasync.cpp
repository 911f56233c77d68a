// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/withasync.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "tests/runtime/virtualloop.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

QString nameOf(const std::exception_ptr &error)
{
    if (!error)
        return QStringLiteral("nothing");
    try {
        std::rethrow_exception(error);
    } catch (const std::exception &e) {
        return QString::fromUtf8(e.what());
    }
}

Task<int> enters(QStringList *log)
{
    co_await sleep(1s);
    log->append(QStringLiteral("entered"));
    co_return 666;
}
Task<void> exits(QStringList *log, std::exception_ptr error)
{
    co_await sleep(1s);
    log->append(QStringLiteral("left after %1").arg(nameOf(error)));
}
Task<void> fails(QString what)
{
    throw std::runtime_error(what.toStdString());
    co_return;
}

struct Connection
{
    QStringList *log;
    Task<int> enter() { return enters(log); }
    Task<void> exit(std::exception_ptr error) { return exits(log, std::move(error)); }
};
struct NeverEntered
{
    QStringList *log;
    Task<void> enter() { return fails(QStringLiteral("no way in")); }
    Task<void> exit(std::exception_ptr error) { return exits(log, std::move(error)); }
};
struct FailsToLeave
{
    Task<void> enter() { co_return; }
    Task<void> exit(std::exception_ptr) { return fails(QStringLiteral("no way out")); }
};

Task<int> body(int value)
{
    co_await sleep(1s);
    co_return value + 1;
}
Task<void> failingBody(int)
{
    co_await sleep(1s);
    throw std::runtime_error("body");
}
Task<void> longBody(int) { co_await sleep(1h); }
Task<void> nothing() { co_return; }

Task<int> uses(QStringList *log)
{
    const int result = co_await withAsync(Connection {log}, &body);
    co_return result;
}
template<class R, class F>
Task<void> usesWith(R resource, F function)
{
    co_await withAsync(std::move(resource), function);
}

} // namespace

class WithAsyncTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_loop = std::make_unique<Loop>(virtualTime());
        m_log.clear();
    }
    void cleanup();
    void enterBodyAndExitAreAwaitedInTurn();
    void exitIsAwaitedWhenTheBodyThrows();
    void exitMayAwaitAlthoughTheTaskIsCancelled();
    void cancelledWhileItEntersItLeavesNothing();
    void aSecondCancelReachesTheExit();
    void whatCouldNotBeEnteredIsNotLeft();
    void anErrorOfTheExitReplacesTheBodys();
    void whatALambdaCapturedLivesUntilTheEnd();

private:
    std::unique_ptr<Loop> m_loop;
    QStringList m_log;
};

void WithAsyncTest::cleanup()
{
    m_loop.reset();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void WithAsyncTest::enterBodyAndExitAreAwaitedInTurn()
{
    const auto task = spawn("t", &uses, &m_log);
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), 667);
    QCOMPARE(m_log, (QStringList {"entered", "left after nothing"}));
    QCOMPARE(timeOf(*m_loop), 3000);
}

void WithAsyncTest::exitIsAwaitedWhenTheBodyThrows()
{
    const auto task = spawn("t", &usesWith<Connection, Task<void> (*)(int)>, Connection {&m_log},
                            &failingBody);
    m_loop->runUntilIdle();
    QCOMPARE(nameOf(task.error()), QStringLiteral("body"));
    QCOMPARE(m_log, (QStringList {"entered", "left after body"}));
    QCOMPARE(timeOf(*m_loop), 3000);
}

void WithAsyncTest::exitMayAwaitAlthoughTheTaskIsCancelled()
{
    const auto task = spawn("t", &usesWith<Connection, Task<void> (*)(int)>, Connection {&m_log}, &longBody);
    m_loop->turnOnce();
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(m_log, (QStringList {"entered", "left after cancelled"}));
    QCOMPARE(timeOf(*m_loop), 2000);
}

void WithAsyncTest::cancelledWhileItEntersItLeavesNothing()
{
    const auto task = spawn("t", &usesWith<Connection, Task<void> (*)(int)>, Connection {&m_log}, &longBody);
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(m_log, QStringList());
}

void WithAsyncTest::aSecondCancelReachesTheExit()
{
    const auto task = spawn("t", &usesWith<Connection, Task<void> (*)(int)>, Connection {&m_log}, &longBody);
    m_loop->turnOnce();
    m_loop->turnOnce();
    task.cancel();
    m_loop->turnOnce();
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
    QCOMPARE(m_log, QStringList {"entered"});
    QCOMPARE(timeOf(*m_loop), 1000);
}

void WithAsyncTest::whatCouldNotBeEnteredIsNotLeft()
{
    const auto task = spawn("t", &usesWith<NeverEntered, Task<void> (*)()>, NeverEntered {&m_log}, &nothing);
    m_loop->runUntilIdle();
    QCOMPARE(nameOf(task.error()), QStringLiteral("no way in"));
    QCOMPARE(m_log, QStringList());
}

void WithAsyncTest::anErrorOfTheExitReplacesTheBodys()
{
    const auto task = spawn("t", &usesWith<FailsToLeave, Task<void> (*)()>, FailsToLeave {}, &nothing);
    m_loop->runUntilIdle();
    QCOMPARE(nameOf(task.error()), QStringLiteral("no way out"));
}

void WithAsyncTest::whatALambdaCapturedLivesUntilTheEnd()
{
    auto captured = std::make_shared<int>(5);
    const std::weak_ptr<int> seen = captured;
    // The lambda is no coroutine: it calls one, and keeps what it captured alive for it.
    auto function = [captured = std::move(captured)](int) -> Task<void> { return longBody(*captured); };
    const auto task = spawn("t", &usesWith<Connection, decltype(function)>, Connection {&m_log},
                            std::move(function));
    m_loop->turnOnce();
    m_loop->turnOnce();
    QVERIFY(!seen.expired());
    m_loop->runUntilIdle();
    QVERIFY(seen.expired());
    task.result();
}

QTEST_GUILESS_MAIN(WithAsyncTest)
#include "tst_withasync.moc"
