// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/event.h"

#include "core/runtime/task.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

using namespace coroscope;
using namespace coroscope::test;
using QCoro::Task;

namespace {

Task<void> waits(coroscope::Event event, std::vector<int> *order, int number)
{
    co_await event.wait();
    order->push_back(number);
}

} // namespace

class EventTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void itWakesAllWhoWaitInTheirOrder();
    void whileItIsSetNobodyWaits();
    void whoWasWokenGoesOnAlthoughItIsClearedBefore();
    void aCancelledWaiterLeavesTheOthers();
    void itMayDieWhileSomebodyWaits();
    void itIsSeen();

private:
    std::unique_ptr<Loop> m_loop;
};

void EventTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void EventTest::itWakesAllWhoWaitInTheirOrder()
{
    const coroscope::Event event;
    std::vector<int> order;
    for (int i = 0; i < 4; ++i)
        spawn("t", &waits, event, &order, i);
    m_loop->runUntilIdle();
    QVERIFY(order.empty());
    event.set();
    QVERIFY(order.empty()); // it only schedules
    m_loop->turnOnce();
    QCOMPARE(order, (std::vector {0, 1, 2, 3}));
}

void EventTest::whileItIsSetNobodyWaits()
{
    const coroscope::Event event;
    std::vector<int> order;
    event.set();
    QVERIFY(event.isSet());
    const auto first = spawn("t", &waits, event, &order, 1);
    m_loop->turnOnce();
    QVERIFY(first.isDone());
    event.clear();
    const auto second = spawn("t", &waits, event, &order, 2);
    m_loop->runUntilIdle();
    QVERIFY(!second.isDone());
}

void EventTest::whoWasWokenGoesOnAlthoughItIsClearedBefore()
{
    const coroscope::Event event;
    std::vector<int> order;
    const auto task = spawn("t", &waits, event, &order, 1);
    m_loop->turnOnce();
    event.set();
    event.clear();
    m_loop->runUntilIdle();
    QVERIFY(task.isDone());
}

void EventTest::aCancelledWaiterLeavesTheOthers()
{
    const coroscope::Event event;
    std::vector<int> order;
    const auto a = spawn("a", &waits, event, &order, 1);
    const auto b = spawn("b", &waits, event, &order, 2);
    m_loop->turnOnce();
    a.cancel();
    event.set();
    b.cancel(); // beats what it was woken for
    m_loop->runUntilIdle();
    QVERIFY(a.isCancelled());
    QVERIFY(b.isCancelled());
    QVERIFY(order.empty());
}

void EventTest::itMayDieWhileSomebodyWaits()
{
    std::vector<int> order;
    {
        const coroscope::Event event;
        spawn("t", &waits, event, &order, 1);
        m_loop->turnOnce();
    }
    m_loop.reset();
    QVERIFY(order.empty());
}

void EventTest::itIsSeen()
{
    TraceProbe probe;
    const coroscope::Event event(QStringLiteral("started"));
    std::vector<int> order;
    spawn("t", &waits, event, &order, 1);
    m_loop->turnOnce();
    event.set();
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    const auto suspended = probe.eventsOf(trace::EventType::Suspended);
    QCOMPARE(suspended.size(), std::size_t(1));
    QCOMPARE(trace::stringOf(StringId {std::uint32_t(suspended.front().a)}), QStringLiteral("event started"));
}

QTEST_GUILESS_MAIN(EventTest)
#include "tst_event.moc"
