// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/notifier.h"

#include "core/runtime/task.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<void> waits(Notifier *notifier, std::vector<int> *order, int number)
{
    co_await notifier->wait();
    order->push_back(number);
}
Task<bool> waitsFor(Notifier *notifier, std::chrono::milliseconds limit)
{
    const bool notified = co_await notifier->waitFor(limit);
    co_return notified;
}

} // namespace

class NotifierTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void notifyingWakesAllAtTheirTurn();
    void oneNotificationIsRemembered();
    void aRememberedNotificationMayBeForgotten();
    void aNotificationThatWokeSomebodyIsNotRemembered();
    void waitingMayBeLimitedInTime();
    void cancellingAWaiterLeavesTheOthers();
    void theCauseIsInTheTrace();

private:
    std::unique_ptr<Loop> m_loop;
};

void NotifierTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void NotifierTest::notifyingWakesAllAtTheirTurn()
{
    Notifier notifier;
    std::vector<int> order;
    for (int i = 0; i < 3; ++i)
        spawn("w", &waits, &notifier, &order, i);
    m_loop->runUntilIdle();
    notifier.notify();
    QVERIFY(order.empty());
    m_loop->runUntilIdle();
    QCOMPARE(order, (std::vector<int> {0, 1, 2}));
}

void NotifierTest::oneNotificationIsRemembered()
{
    Notifier notifier;
    std::vector<int> order;
    notifier.notify();
    notifier.notify();
    spawn("w", &waits, &notifier, &order, 1);
    m_loop->turnOnce();
    QCOMPARE(order.size(), std::size_t(1));
    const auto second = spawn("w", &waits, &notifier, &order, 2);
    m_loop->runUntilIdle();
    QVERIFY(!second.isDone());
}

void NotifierTest::aRememberedNotificationMayBeForgotten()
{
    Notifier notifier;
    std::vector<int> order;
    notifier.notify();
    notifier.reset();
    const auto task = spawn("w", &waits, &notifier, &order, 1);
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    task.cancel();
    m_loop->runUntilIdle();
}

void NotifierTest::aNotificationThatWokeSomebodyIsNotRemembered()
{
    Notifier notifier;
    std::vector<int> order;
    spawn("w", &waits, &notifier, &order, 1);
    m_loop->turnOnce();
    notifier.notify();
    m_loop->runUntilIdle();
    const auto second = spawn("w", &waits, &notifier, &order, 2);
    m_loop->runUntilIdle();
    QVERIFY(!second.isDone());
    second.cancel();
    m_loop->runUntilIdle();
}

void NotifierTest::waitingMayBeLimitedInTime()
{
    Notifier notifier;
    const auto late = spawn("w", &waitsFor, &notifier, 5ms);
    m_loop->runUntilIdle();
    QVERIFY(!late.result());
    QCOMPARE(timeOf(*m_loop), 5);
    const auto inTime = spawn("w", &waitsFor, &notifier, 5ms);
    m_loop->turnOnce();
    notifier.notify();
    m_loop->runUntilIdle();
    QVERIFY(inTime.result());
    QCOMPARE(timeOf(*m_loop), 5);
}

void NotifierTest::cancellingAWaiterLeavesTheOthers()
{
    Notifier notifier;
    std::vector<int> order;
    const auto first = spawn("w", &waits, &notifier, &order, 1);
    spawn("w", &waits, &notifier, &order, 2);
    m_loop->turnOnce();
    first.cancel();
    notifier.notify();
    m_loop->runUntilIdle();
    QVERIFY(first.isCancelled());
    QCOMPARE(order, (std::vector<int> {2}));
}

void NotifierTest::theCauseIsInTheTrace()
{
    TraceProbe probe;
    Notifier notifier;
    const auto task = spawn("w", &waitsFor, &notifier, 5ms);
    m_loop->turnOnce();
    notifier.notify(trace::Cause::Reply);
    m_loop->runUntilIdle();
    const auto late = spawn("w", &waitsFor, &notifier, 5ms);
    m_loop->runUntilIdle();
    probe.stop();
    std::vector<trace::Cause> causes;
    for (const trace::Event &e : probe.eventsOf(trace::EventType::Resumed))
        causes.push_back(e.cause);
    QCOMPARE(causes, (std::vector {trace::Cause::Start, trace::Cause::Reply, trace::Cause::Start,
                                   trace::Cause::Timeout}));
}

QTEST_GUILESS_MAIN(NotifierTest)
#include "tst_notifier.moc"
