// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/script.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::Cause;
using trace::EntityKind;
using trace::EventType;
using trace::Outcome;
using trace::TextKind;
using trace::WaitKind;
using trace::WaitUntil;

namespace {
void beginWait(Script &s, std::uint32_t task, std::uint32_t id, std::initializer_list<std::uint32_t> members)
{
    s.put(task, EventType::WaitBegun, {}, std::uint16_t(WaitUntil::FirstCompleted), id, ~std::uint64_t(0));
    for (const std::uint32_t member : members)
        s.put(member, EventType::WaitMember, {}, 0, id, 0);
    s.suspended(task, WaitKind::Wait, id);
}
void endWait(Script &s, std::uint32_t task, std::uint32_t id, std::uint64_t done)
{
    s.put(task, EventType::WaitEnded, {}, 0, id, done);
}
} // namespace

/// The await graph, futures, sets of waits, and what is forgotten of them.
class AwaitsTest : public QObject
{
    Q_OBJECT
private slots:
    void theChainLeadsDownToTheLeaf()
    {
        Script s;
        s.created(1).created(2).created(3).created(4);
        s.resumed(1).suspended(1, WaitKind::Join, 2).resumed(2).suspended(2, WaitKind::Task, 3);
        s.resumed(3).suspended(3, WaitKind::Sleep, 5).resumed(4).suspended(4, WaitKind::Join, 2);
        QCOMPARE(s.store.awaitChain(TaskId {1}), ids({1, 2, 3}));
        QCOMPARE(s.store.awaitChain(TaskId {3}), ids({3}));
        QCOMPARE(s.store.awaiters(TaskId {2}), ids({1, 4}));
        QCOMPARE(s.store.awaiters(TaskId {1}), ids({}));
        QCOMPARE(s.store.awaitChain(TaskId {99}), ids({}));
        s.resumed(3).finished(3).resumed(2, Cause::Task, 3);
        QCOMPARE(s.store.awaitChain(TaskId {1}), ids({1, 2}));
        s.finished(2).ready(1, Cause::Task, 2);
        QCOMPARE(s.store.awaiters(TaskId {2}), ids({4})); // 1 was woken
        QCOMPARE(s.store.awaitChain(TaskId {1}), ids({1}));
    }

    void aCycleIsFoundAndTheChainEnds()
    {
        Script s;
        s.created(1).created(2).created(3).created(4);
        s.resumed(1).suspended(1, WaitKind::Join, 2).resumed(2).suspended(2, WaitKind::Join, 3);
        QVERIFY(!s.store.awaitsItself(TaskId {1}));
        s.resumed(3).suspended(3, WaitKind::Join, 1).resumed(4).suspended(4, WaitKind::Join, 1);
        for (const std::uint32_t id : {1u, 2u, 3u})
            QVERIFY(s.store.awaitsItself(TaskId {id}));
        QVERIFY(!s.store.awaitsItself(TaskId {4}));
        QCOMPARE(s.store.awaitChain(TaskId {4}), ids({4, 1, 2, 3}));
    }

    void aCycleThroughASetIsFound()
    {
        Script s;
        s.created(1).created(2).created(3).resumed(1);
        beginWait(s, 1, 50, {2, 3});
        s.resumed(2).suspended(2, WaitKind::Sleep, 1);
        QVERIFY(!s.store.awaitsItself(TaskId {1}));
        s.resumed(3).suspended(3, WaitKind::Join, 1);
        QVERIFY(s.store.awaitsItself(TaskId {1}));
        QVERIFY(s.store.awaitsItself(TaskId {3}));
        QVERIFY(!s.store.awaitsItself(TaskId {2}));
    }

    void theMembersOfAWaitKeepTheirPlaceWhenItIsOver()
    {
        Script s;
        s.created(1).created(2).created(3).created(4).resumed(1);
        beginWait(s, 1, 50, {2, 3, 4});
        QCOMPARE(s.store.awaiters(TaskId {3}), ids({1}));
        s.after(1ms).resumed(3).finished(3);
        QCOMPARE(s.store.membership(WaitId {50}).done, ids({3}));
        QCOMPARE(s.store.membership(WaitId {50}).pending, ids({2, 4}));
        s.after(1ms).resumed(1, Cause::Wait, 3);
        endWait(s, 1, 50, 1);
        s.after(1ms).put(2, EventType::Finished, {}, std::uint16_t(Outcome::Cancelled), 0, 0).commit();
        QCOMPARE(s.store.membership(WaitId {50}).done, ids({3}));
        QCOMPARE(s.store.wait(WaitId {50})->ended, std::optional<Time>(2ms));
        QCOMPARE(s.store.wait(WaitId {50})->until, WaitUntil::FirstCompleted);
        QVERIFY(!s.store.wait(WaitId {50})->timeout);
        QCOMPARE(s.store.awaiters(TaskId {4}), ids({}));
        QCOMPARE(s.breaches(), 0u);
    }

    void aFutureIsAwaitedAndResolved()
    {
        Script s;
        s.created(1).resumed(1).put(7, EventType::FutureCreated, {}, 0, 1, 0);
        s.text(7, TextKind::FutureName, "answer")
            .text(7, TextKind::FutureType, "int")
            .suspended(1, WaitKind::Future, 7);
        const Future *future = s.store.future(FutureId {7});
        QCOMPARE(future->name, QString("answer"));
        QCOMPARE(future->type, QString("int"));
        QCOMPARE(future->creator, TaskId {1});
        QCOMPARE(future->awaiting, ids({1}));
        QVERIFY(!s.task(1).waitsForNobody); // somebody holds the other end
        s.after(1ms).created(2).resumed(2).text(7, TextKind::FutureResult, "42");
        s.put(7, EventType::FutureResolved, {}, std::uint16_t(Outcome::Done), 2, 0)
            .ready(1, Cause::Future, 7);
        future = s.store.future(FutureId {7});
        QCOMPARE(future->state, Future::State::Done);
        QCOMPARE(future->result, QString("42"));
        QCOMPARE(future->resolvedBy, TaskId {2});
        QVERIFY(future->awaiting.empty());
        s.put(7, EventType::FutureDropped, {}, 0, 0, 0);
        QCOMPARE(s.store.future(FutureId {7})->state, Future::State::Done);
        QCOMPARE(s.breaches(), 0u);
        s.put(7, EventType::FutureResolved, {}, 0, 2, 0);
        QCOMPARE(s.breaches(), 1u);
    }

    void aTaskWaitsForNobodyWhenOnlyAHandCanSetItsFuture()
    {
        Script s;
        s.put(7, EventType::FutureCreated, {}, 1, 0, 0).put(8, EventType::FutureCreated, {}, 0, 0, 0);
        s.created(1)
            .resumed(1)
            .suspended(1, WaitKind::Future, 7)
            .created(2)
            .resumed(2)
            .suspended(2, WaitKind::Future, 8);
        QVERIFY(s.task(1).waitsForNobody);
        QVERIFY(!s.task(2).waitsForNobody);
        QCOMPARE(s.store.future(FutureId {8})->name, QString("future 8"));
        s.put(8, EventType::FutureDropped, {}, 0, 0, 0);
        QVERIFY(s.task(2).waitsForNobody);
        s.put(7, EventType::FutureResolved, {}, 0, 0, 0);
        QVERIFY(!s.task(1).waitsForNobody);
        s.ready(1, Cause::Future, 7).resumed(1, Cause::Future, 7).finished(1);
        QCOMPARE(s.breaches(), 0u);
    }

    void waitsAndCausesAreDescribedInWords()
    {
        Script s;
        const auto text = [&](const char *t) { return std::uint64_t(s.store.addString(t).value); };
        s.created(1).text(1, TextKind::Name, "GET a.bin").put(7, EventType::FutureCreated, {}, 1, 0, 0);
        s.put(8, EventType::FutureCreated, {}, 1, 0, 0).text(8, TextKind::FutureName, "answer");
        s.created(2).created(3).resumed(2);
        beginWait(s, 2, 50, {1, 3});
        const auto wait = [&](WaitKind kind, std::uint64_t detail) {
            return s.store.describe(Wait {kind, detail, {}, {}});
        };
        QCOMPARE(wait(WaitKind::Sleep, 2'000'000'000), QString("timer 2 s"));
        QCOMPARE(wait(WaitKind::Sleep, 500'000'000), QString("timer 500 ms"));
        QCOMPARE(wait(WaitKind::Reply, text("http://host/a")), QString("reply http://host/a"));
        QCOMPARE(wait(WaitKind::Command, text("HGETALL")), QString("HGETALL"));
        QCOMPARE(wait(WaitKind::Socket, text("connect 127.0.0.1:6379")), QString("connect 127.0.0.1:6379"));
        QCOMPARE(wait(WaitKind::Future, 8), QString("future answer"));
        QCOMPARE(wait(WaitKind::Future, 7), QString("future 7"));
        QCOMPARE(wait(WaitKind::Join, 1), QString("task GET a.bin"));
        QCOMPARE(wait(WaitKind::Wait, 50), QString("2 tasks"));
        QCOMPARE(wait(WaitKind::None, 0), QString());
        const auto cause = [&](Cause cause, std::uint64_t causer) { return s.store.describe(cause, causer); };
        QCOMPARE(cause(Cause::Timer, 0), QString("timer"));
        QCOMPARE(cause(Cause::Task, 1), QString("task GET a.bin"));
        QCOMPARE(cause(Cause::Cancel, 0), QString("cancelled by you"));
        QCOMPARE(cause(Cause::Cancel, 1), QString("cancelled by GET a.bin"));
        QCOMPARE(cause(Cause::Future, 8), QString("future answer"));
        for (int kind = 1; kind <= int(WaitKind::Foreign); ++kind)
            QVERIFY(!wait(WaitKind(kind), 0).isEmpty());
        for (int c = 1; c <= int(Cause::Foreign); ++c)
            QVERIFY(!cause(Cause(c), 0).isEmpty());
    }

    // --- clear finished -------------------------------------------------------------------------------

    void whatIsFinishedIsForgottenWithAllThatBelongsToIt()
    {
        Script s;
        s.created(1)
            .resumed(1)
            .created(2, 1, EntityKind::Coroutine)
            .resumed(2)
            .text(2, TextKind::Print, "gone");
        s.put(7, EventType::FutureCreated, {}, 0, 1, 0).put(7, EventType::FutureResolved, {}, 0, 1, 0);
        s.after(80ms).finished(2);
        beginWait(s, 1, 50, {2});
        s.resumed(1, Cause::Wait, 2);
        endWait(s, 1, 50, 1);
        s.finished(1);
        s.created(3).resumed(3).suspended(3, WaitKind::Sleep, 5).text(3, TextKind::Print, "stays").commit();
        s.store.removeEnded();
        QVERIFY(std::ranges::equal(s.store.tasks(), ids({3})));
        QVERIFY(std::ranges::equal(s.store.roots(), ids({3})));
        QVERIFY(!s.store.task(TaskId {1}));
        QVERIFY(s.store.futures().empty());
        QVERIFY(s.store.waits().empty());
        QCOMPARE(s.store.printed().size(), 1u);
        QCOMPARE(s.store.printed()[0].text, QString("stays"));
        QCOMPARE(s.store.marks().size(), 1u); // the loop was blocked all the same
        QVERIFY(!s.store.marks()[0].task);
        const auto counts = s.store.figures().tasksByState;
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), 0u), 1u);
        s.text(1, TextKind::Result, "late").resumed(3, Cause::Timer).finished(3).commit();
        QVERIFY(!s.store.task(TaskId {1})); // and it doesn't come back
        QCOMPARE(s.breaches(), 0u);
    }

    void aLivingTaskBelowAnEndedOneBecomesARoot()
    {
        Script s;
        s.created(1).resumed(1).created(2, 1).created(3, 2).created(4, 1).finished(1);
        s.resumed(3).finished(3).resumed(4).finished(4).commit();
        s.store.removeEnded();
        QVERIFY(std::ranges::equal(s.store.tasks(), ids({2, 3}))); // 3 stays: its root lives
        QVERIFY(std::ranges::equal(s.store.roots(), ids({2})));
        QCOMPARE(s.task(2).parent, TaskId {});
        QCOMPARE(s.task(2).children, ids({3}));
    }

    void membersOfAWaitThatIsNotOverStay()
    {
        Script s;
        s.created(1).created(2).created(3).resumed(1);
        beginWait(s, 1, 50, {2, 3});
        s.resumed(2).finished(2).commit();
        s.store.removeEnded();
        QCOMPARE(s.store.membership(WaitId {50}).done, ids({2}));
        QVERIFY(s.store.task(TaskId {2}));
    }

    void pendingFuturesAndThoseStillAwaitedStay()
    {
        Script s;
        s.created(1)
            .resumed(1)
            .put(7, EventType::FutureCreated, {}, 1, 1, 0)
            .put(8, EventType::FutureCreated, {}, 1, 1, 0);
        s.finished(1).created(2).resumed(2).suspended(2, WaitKind::Future, 7);
        s.put(8, EventType::FutureResolved, {}, 0, 0, 0).commit();
        s.store.removeEnded();
        QCOMPARE(s.store.futures().size(), 1u);
        QCOMPARE(s.store.future(FutureId {7})->awaiting, ids({2}));
    }

    void afterClearWhatGoesOnIsMetAnew()
    {
        Script s;
        s.runs(1, 1ms, WaitKind::Sleep, 5).created(2).resumed(2).commit();
        s.store.clear();
        s.forgetStack();
        QVERIFY(s.store.tasks().empty());
        s.after(1ms).put(2, EventType::Finished, {}, 0, 0, 0).resumed(1, Cause::Timer).finished(1).commit();
        QCOMPARE(s.breaches(), 0u);
        QCOMPARE(s.task(1).state, TaskState::Done);
    }
};

QTEST_GUILESS_MAIN(AwaitsTest)
#include "tst_awaits.moc"
