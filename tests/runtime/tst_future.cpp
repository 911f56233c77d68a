// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/future.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <thread>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

template<class T>
Task<T> awaitIt(Future<T> future)
{
    T value = co_await future;
    co_return value;
}
Task<void> awaitVoid(Future<void> future, std::vector<int> *order, int number)
{
    co_await future;
    order->push_back(number);
}

} // namespace

class FutureTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(virtualTime()); }
    void cleanup();
    void aSetFutureGivesItsResultToWhoWaits();
    void awaitingADoneFutureGoesOnAtOnce();
    void waitersGoOnInTheOrderInWhichTheyCame();
    void settingOnlySchedules();
    void anErrorIsThrownToEveryWaiter();
    void aCancelledFutureCancelsWhoWaits();
    void itIsSetOnce();
    void theResultIsNotThereBefore();
    void copiesShareOneResult();
    void aCancelledWaiterLeavesTheOthers();
    void itMayDieWhileSomebodyWaits();
    void itMayBeSetFromText_data();
    void itMayBeSetFromText();
    void aPersonFindsItByItsNumber();
    void itsLifeIsInTheTrace();
    void aFutureThatNobodyCanSetAnyMoreIsDropped();
    void anEndedTaskLetsGoOfItsArguments();
    void anotherThreadMaySetIt();
    void anotherThreadMayFailOrCancelIt();
    void whatAnotherThreadSetsTooLateIsIgnored();
    void manyThreadsRaceToSetIt();
    void aSetterKeepsNeitherFutureNorLoop();
    void withASetterItWaitsForSomebody();

private:
    std::unique_ptr<Loop> m_loop;
};

void FutureTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void FutureTest::aSetFutureGivesItsResultToWhoWaits()
{
    const Future<QString> future;
    const auto task = spawn("t", &awaitIt<QString>, future);
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    QVERIFY(!future.isDone());
    future.set(QStringLiteral("ready"));
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), QStringLiteral("ready"));
    QCOMPARE(future.result(), QStringLiteral("ready"));
}

void FutureTest::awaitingADoneFutureGoesOnAtOnce()
{
    const Future<int> future;
    future.set(3);
    const auto task = spawn("t", &awaitIt<int>, future);
    m_loop->turnOnce();
    QCOMPARE(task.result(), 3);
}

void FutureTest::waitersGoOnInTheOrderInWhichTheyCame()
{
    const Future<void> future;
    std::vector<int> order;
    for (int i = 0; i < 5; ++i)
        spawn("t", &awaitVoid, future, &order, i);
    m_loop->turnOnce();
    future.set();
    m_loop->turnOnce();
    QCOMPARE(order, (std::vector<int> {0, 1, 2, 3, 4}));
}

void FutureTest::settingOnlySchedules()
{
    const Future<void> future;
    std::vector<int> order;
    spawn("waits", &awaitVoid, future, &order, 1);
    spawn(
        "sets",
        [](Future<void> f, std::vector<int> *o) -> Task<void> {
            f.set();
            o->push_back(2);
            co_return;
        },
        future, &order);
    m_loop->runUntilIdle();
    QCOMPARE(order, (std::vector<int> {2, 1}));
}

void FutureTest::anErrorIsThrownToEveryWaiter()
{
    const Future<int> future;
    const auto first = spawn("t", &awaitIt<int>, future);
    const auto second = spawn("t", &awaitIt<int>, future);
    m_loop->turnOnce();
    future.setException(std::runtime_error("no answer"));
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(first.result(), std::runtime_error);
    COROSCOPE_VERIFY_THROWS(second.result(), std::runtime_error);
    COROSCOPE_VERIFY_THROWS(future.result(), std::runtime_error);
    QVERIFY(!first.isCancelled());
    QVERIFY(!future.isCancelled());
}

void FutureTest::aCancelledFutureCancelsWhoWaits()
{
    const Future<int> future;
    const auto task = spawn("t", &awaitIt<int>, future);
    m_loop->turnOnce();
    QVERIFY(future.cancel());
    QVERIFY(!future.cancel());
    QVERIFY(future.isCancelled());
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void FutureTest::itIsSetOnce()
{
    const Future<int> future;
    future.set(1);
    COROSCOPE_VERIFY_THROWS(future.set(2), InvalidStateError);
    COROSCOPE_VERIFY_THROWS(future.setException(std::runtime_error("late")), InvalidStateError);
    QVERIFY(!future.cancel());
    QCOMPARE(future.result(), 1);
}

void FutureTest::theResultIsNotThereBefore()
{
    const Future<int> future;
    COROSCOPE_VERIFY_THROWS(future.result(), InvalidStateError);
}

void FutureTest::copiesShareOneResult()
{
    Future<int> first;
    const Future<int> second = first;
    Future<int> third;
    third = first;
    third.set(9);
    QVERIFY(first.isDone());
    QCOMPARE(second.result(), 9);
    QCOMPARE(first.id().value, third.id().value);
    const Future<int> &itself = first;
    first = itself;
    QCOMPARE(first.result(), 9);
}

void FutureTest::aCancelledWaiterLeavesTheOthers()
{
    const Future<int> future;
    const auto first = spawn("t", &awaitIt<int>, future);
    const auto second = spawn("t", &awaitIt<int>, future);
    m_loop->turnOnce();
    first.cancel();
    future.set(4);
    m_loop->runUntilIdle();
    QVERIFY(first.isCancelled());
    QCOMPARE(second.result(), 4);
}

void FutureTest::itMayDieWhileSomebodyWaits()
{
    const auto task = spawn("t", &awaitIt<int>, Future<int>());
    m_loop->runUntilIdle();
    QVERIFY(!task.isDone());
    task.cancel();
    m_loop->runUntilIdle();
    QVERIFY(task.isCancelled());
}

void FutureTest::itMayBeSetFromText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("readable");
    QTest::newRow("a number") << QStringLiteral(" 42 ") << true;
    QTest::newRow("not a number") << QStringLiteral("many") << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("too large") << QStringLiteral("3000000000") << false;
    QTest::newRow("negative") << QStringLiteral("-7") << true;
}

void FutureTest::itMayBeSetFromText()
{
    QFETCH(QString, text);
    QFETCH(bool, readable);
    const Future<int> future({QStringLiteral("answer"), ByHand::Yes});
    FutureStateBase *const state = m_loop->findFuture(future.id());
    QVERIFY(state);
    QCOMPARE(state->setFromText(text) == FutureStateBase::SetText::Set, readable);
    QCOMPARE(future.isDone(), readable);
    if (readable) {
        QCOMPARE(future.result(), text.toInt());
        QVERIFY(state->setFromText(text) == FutureStateBase::SetText::WasDone);
    }
}

void FutureTest::aPersonFindsItByItsNumber()
{
    FutureId id;
    {
        const Future<int> future({QStringLiteral("answer"), ByHand::Yes});
        const Future<int> hidden({QStringLiteral("hidden"), ByHand::No});
        id = future.id();
        QVERIFY(m_loop->findFuture(id));
        QVERIFY(!m_loop->findFuture(hidden.id()));
    }
    QVERIFY(!m_loop->findFuture(id));
}

void FutureTest::itsLifeIsInTheTrace()
{
    TraceProbe probe;
    const Future<int> future({QStringLiteral("answer"), ByHand::Yes});
    const auto task = spawn("t", &awaitIt<int>, future);
    m_loop->turnOnce();
    const auto setter = spawn(
        "s",
        [](Future<int> f) -> Task<void> {
            f.set(42);
            co_return;
        },
        future);
    m_loop->runUntilIdle();
    const Future<int> failed;
    failed.setException(std::runtime_error("no answer"));
    probe.stop();
    const auto created = probe.eventsOf(trace::EventType::FutureCreated);
    QCOMPARE(created.size(), std::size_t(2));
    QCOMPARE(created[0].task, future.id().value);
    QCOMPARE(created[0].kind, 1);
    const auto resolved = probe.eventsOf(trace::EventType::FutureResolved);
    QCOMPARE(resolved.size(), std::size_t(2));
    QCOMPARE(resolved[0].a, std::uint64_t(setter.id().value));
    QCOMPARE(trace::Outcome(resolved[0].kind), trace::Outcome::Done);
    QCOMPARE(trace::Outcome(resolved[1].kind), trace::Outcome::Failed);
    QCOMPARE(resolved[1].a, 0u);
    QCOMPARE(probe.texts(trace::TextKind::FutureName), QStringList {QStringLiteral("answer")});
    QCOMPARE(probe.texts(trace::TextKind::FutureResult), QStringList {QStringLiteral("42")});
    QCOMPARE(probe.texts(trace::TextKind::FutureError), QStringList {QStringLiteral("no answer")});
    for (const trace::Event &e : probe.eventsOf(trace::EventType::Resumed))
        if (e.cause == trace::Cause::Future)
            QCOMPARE(e.a, std::uint64_t(future.id().value));
    QCOMPARE(probe.breaches(), QStringList());
}

void FutureTest::aFutureThatNobodyCanSetAnyMoreIsDropped()
{
    TraceProbe probe;
    const auto waitsForNobody = [](FutureId *id) -> Task<int> {
        std::optional<Future<int>> future(std::in_place);
        *id = future->id();
        auto awaiter = future->operator co_await();
        future.reset();
        const int value = co_await awaiter;
        co_return value;
    };
    FutureId id;
    const AnyTask task = spawn("t", waitsForNobody, &id);
    m_loop->turnOnce();
    probe.take();
    QVERIFY(!task.isDone());
    QCOMPARE(probe.eventsOf(trace::EventType::FutureDropped).size(), std::size_t(1));
    QCOMPARE(probe.eventsOf(trace::EventType::FutureDropped)[0].task, id.value);
    task.cancel();
    m_loop->runUntilIdle();
    {
        const Future<int> unused;
        const Future<int> used;
        used.set(1);
    }
    probe.stop();
    QCOMPARE(probe.eventsOf(trace::EventType::FutureDropped).size(), std::size_t(2));
}

void FutureTest::anEndedTaskLetsGoOfItsArguments()
{
    TraceProbe probe;
    AnyTask task;
    {
        const Future<int> future;
        task = spawn("t", &awaitIt<int>, future);
    }
    m_loop->runUntilIdle();
    task.cancel();
    m_loop->runUntilIdle();
    probe.stop();
    QVERIFY(task.isDone());
    QCOMPARE(probe.eventsOf(trace::EventType::FutureDropped).size(), std::size_t(1));
}

void FutureTest::anotherThreadMaySetIt()
{
    const Future<QString> future;
    const auto task = spawn("t", &awaitIt<QString>, future);
    m_loop->runUntilIdle();
    std::thread([setter = future.setter()] { setter.set(QStringLiteral("from afar")); }).join();
    QVERIFY(!future.isDone()); // at the loop's turn
    m_loop->runUntilIdle();
    QCOMPARE(task.result(), QStringLiteral("from afar"));
    const Future<void> empty;
    std::thread([setter = empty.setter()] { setter.set(); }).join();
    m_loop->runUntilIdle();
    QVERIFY(empty.isDone());
}

void FutureTest::anotherThreadMayFailOrCancelIt()
{
    const Future<int> failed;
    const Future<int> cancelled;
    std::thread([a = failed.setter(), b = cancelled.setter()] {
        a.setException(std::make_exception_ptr(std::runtime_error("from afar")));
        b.cancel();
    }).join();
    m_loop->runUntilIdle();
    COROSCOPE_VERIFY_THROWS(failed.result(), std::runtime_error);
    QVERIFY(cancelled.isCancelled());
}

void FutureTest::whatAnotherThreadSetsTooLateIsIgnored()
{
    const Future<int> future;
    std::thread([setter = future.setter()] {
        setter.set(1);
        setter.set(2);
        setter.cancel();
    }).join();
    m_loop->runUntilIdle();
    QCOMPARE(future.result(), 1);
}

void FutureTest::manyThreadsRaceToSetIt()
{
    m_loop.reset();
    m_loop = std::make_unique<Loop>();
    std::vector<Future<int>> futures(500);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        std::vector<FutureSetter<int>> setters;
        for (const Future<int> &future : futures)
            setters.push_back(future.setter());
        threads.emplace_back([setters = std::move(setters), t] {
            for (const FutureSetter<int> &setter : setters)
                setter.set(t);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QTRY_VERIFY(std::ranges::all_of(futures, [](const Future<int> &f) { return f.isDone(); }));
}

void FutureTest::aSetterKeepsNeitherFutureNorLoop()
{
    std::optional<FutureSetter<int>> setter;
    {
        const Future<int> future;
        setter = future.setter();
    }
    QVERIFY(setter->set(1)); // nobody is there to get it
    m_loop->runUntilIdle();
    const Future<int> outlives;
    setter = outlives.setter();
    m_loop.reset();
    QVERIFY(!setter->set(1));
    setter.reset();
    QVERIFY(!outlives.isDone());
}

void FutureTest::withASetterItWaitsForSomebody()
{
    TraceProbe probe;
    std::optional<FutureSetter<int>> setter;
    const auto waits = [](std::optional<FutureSetter<int>> *out) -> Task<int> {
        std::optional<Future<int>> future(std::in_place);
        *out = future->setter();
        auto awaiter = future->operator co_await();
        future.reset();
        const int value = co_await awaiter;
        co_return value;
    };
    const AnyTask task = spawn("t", waits, &setter);
    m_loop->runUntilIdle();
    probe.take();
    QVERIFY(probe.eventsOf(trace::EventType::FutureDropped).empty());
    setter.reset();
    m_loop->runUntilIdle();
    probe.stop();
    QCOMPARE(probe.eventsOf(trace::EventType::FutureDropped).size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(FutureTest)
#include "tst_future.moc"
