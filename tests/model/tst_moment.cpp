// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/eventtimes.h"
#include "core/model/moment.h"
#include "tests/model/randomevents.h"
#include "tests/model/script.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::Cause;
using trace::EntityKind;
using trace::EventType;
using trace::TextKind;
using trace::WaitKind;

namespace {

QString told(const Wait &wait)
{
    return QStringLiteral("%1/%2 since %3").arg(int(wait.kind)).arg(wait.detail).arg(wait.since.count());
}

/// All that a moment must know of a task, as a text.
QString told(const Moment &moment, TaskId id)
{
    const auto task = moment.task(id);
    if (!task)
        return QStringLiteral("none");
    QStringList parts {QStringLiteral("state %1").arg(int(task->state)),
                       QStringLiteral("since %1").arg(task->stateSince.count()),
                       QStringLiteral("parent %1").arg(task->parent.value),
                       QStringLiteral("created %1").arg(task->created.count()),
                       QStringLiteral("started %1").arg(task->started.value_or(Time {-1}).count()),
                       QStringLiteral("ended %1").arg(task->ended.value_or(Time {-1}).count()),
                       QStringLiteral("polls %1").arg(task->polls),
                       QStringLiteral("ready %1").arg(task->ready.count()),
                       QStringLiteral("longest %1").arg(task->longestSlice.count()),
                       QStringLiteral("cause %1 %2").arg(int(task->lastCause)).arg(task->lastCauser),
                       QStringLiteral("thread %1").arg(task->thread.value),
                       QStringLiteral("nobody %1").arg(task->waitsForNobody)};
    if (task->state == TaskState::Suspended || task->state == TaskState::Ready)
        parts << told(task->wait);
    if (hasEnded(task->state))
        parts << task->result << task->error << task->cancelledBy;
    for (const std::uint32_t wakes : task->wakes)
        parts << QString::number(wakes);
    return parts.join(QStringLiteral(", "));
}

QString told(const Moment &moment, FutureId id)
{
    const auto future = moment.future(id);
    if (!future)
        return QStringLiteral("none");
    QStringList parts {QStringLiteral("state %1").arg(int(future->state)),
                       QStringLiteral("created %1").arg(future->created.count()),
                       QStringLiteral("resolved %1 by %2")
                           .arg(future->resolved.value_or(Time {-1}).count())
                           .arg(future->resolvedBy.value)};
    for (const TaskId task : future->awaiting)
        parts << QString::number(task.value);
    if (future->state != Future::State::Pending)
        parts << future->result << future->error;
    return parts.join(QStringLiteral(", "));
}

#define COMPARE_AT(actual, expected, what) \
    QVERIFY2((actual) == (expected), qPrintable(QStringLiteral("%1 at %2").arg(what).arg(time.count())))

} // namespace

/// What was, read from a store that knows what came later.
class MomentTest : public QObject
{
    Q_OBJECT
private slots:
    void everyMomentOfARandomSessionIsWhatAStoreKnewThen_data()
    {
        QTest::addColumn<std::uint32_t>("seed");
        for (std::uint32_t seed = 1; seed <= 60; ++seed)
            QTest::newRow(qPrintable(QStringLiteral("seed %1").arg(seed))) << seed;
    }

    void everyMomentOfARandomSessionIsWhatAStoreKnewThen()
    {
        QFETCH(std::uint32_t, seed);
        RandomEvents session(seed);
        TraceStore all;
        replay(session.events, session.end(), all);
        for (int i = 0; i < 40; ++i) {
            // At an event, just before one, or anywhere.
            const auto &event = session.events[std::size_t(session.pick(int(session.events.size())))];
            const Time time = i % 3 == 0   ? event.time
                              : i % 3 == 1 ? event.time - Time {1}
                                           : Time {session.pick(int(session.end().count()))};
            TraceStore then;
            replay(session.events, time, then);
            const Moment known(then);
            const Moment moment(all, time);
            QCOMPARE(moment.now(), time);
            COMPARE_AT(std::ranges::equal(moment.tasks(), known.tasks()), true, "tasks");
            COMPARE_AT(std::ranges::equal(moment.futures(), known.futures()), true, "futures");
            COMPARE_AT(std::ranges::equal(moment.waits(), known.waits()), true, "waits");
            for (TaskId id {1}; id.value <= session.tasks(); ++id.value) {
                QCOMPARE(told(moment, id), told(known, id));
                QCOMPARE(moment.exists(id), known.exists(id));
                QCOMPARE(moment.hasEnded(id), known.hasEnded(id));
                QCOMPARE(moment.awaitChain(id), known.awaitChain(id));
                QCOMPARE(moment.awaiters(id), known.awaiters(id));
                QCOMPARE(moment.awaitsItself(id), known.awaitsItself(id));
            }
            for (FutureId id {1}; id.value <= session.futures(); ++id.value)
                QCOMPARE(told(moment, id), told(known, id));
            QCOMPARE(moment.tasksByState(), known.tasksByState());
            const Membership sets = moment.membership();
            QCOMPARE(sets.done, known.membership().done);
            QCOMPARE(sets.pending, known.membership().pending);
            for (WaitId id {1}; id.value <= session.waits(); ++id.value) {
                QCOMPARE(moment.membership(id).done, known.membership(id).done);
                QCOMPARE(moment.membership(id).pending, known.membership(id).pending);
                QCOMPARE(moment.wait(id) != nullptr, known.wait(id) != nullptr);
                if (moment.wait(id))
                    QCOMPARE(moment.wait(id)->ended, known.wait(id)->ended);
            }
        }
    }

    void theOwnWorkOfATaskIsExactWhereNoOtherRanInside()
    {
        Script s;
        s.at(10ms).runs(1, 5ms, WaitKind::Sleep).after(10ms).resumed(1).after(20ms);
        s.suspended(1, WaitKind::Sleep).after(5ms).resumed(1).after(5ms).finished(1).after(1ms).commit();
        const auto busyAt = [&](Time time) { return Moment(s.store, time).task(TaskId {1})->busy; };
        QCOMPARE(busyAt(10ms), Time {0}); // what runs is not counted yet
        QCOMPARE(busyAt(15ms), Time {5ms});
        QCOMPARE(busyAt(30ms), Time {5ms});
        QCOMPARE(busyAt(45ms), Time {25ms});
        QCOMPARE(busyAt(s.time()), Time {30ms});
    }

    void workOfCalledCoroutinesIsTakenOff()
    {
        Script s; // 1 runs for 10 ms, 4 of them are 2's
        s.at(1ms).created(1).resumed(1).after(3ms).created(2, 1, EntityKind::Coroutine).resumed(2).after(4ms);
        s.finished(2).after(3ms).suspended(1, WaitKind::Sleep).after(5ms).resumed(1).after(10ms).finished(1);
        s.commit();
        QCOMPARE(s.task(1).busy, Time {16ms});
        const Moment between(s.store, 12ms);
        QCOMPARE(between.task(TaskId {1})->busy, Time {6ms});
        QCOMPARE(between.task(TaskId {1})->stepsBusy, Time {4ms});
        QCOMPARE(Moment(s.store, s.time()).task(TaskId {1})->busy, Time {16ms});
    }

    void otherWorkInsideAnothersIsTakenOffInProportion()
    {
        Script s; // 1 runs for 10 ms, in 4 of which 2 is resumed
        s.at(1ms).runs(2, 1ms, WaitKind::Sleep).created(1).resumed(1).after(3ms).resumed(2, Cause::Foreign);
        s.after(4ms).finished(2).after(3ms).suspended(1, WaitKind::Sleep).after(5ms).resumed(1).after(10ms);
        s.finished(1).commit();
        QCOMPARE(s.task(1).busy, Time {16ms});
        QCOMPARE(Moment(s.store, 13ms).task(TaskId {1})->busy, Time {8ms}); // 16 in 20 are its own
        QCOMPARE(Moment(s.store, 1500us).task(TaskId {1}), nullptr);
        QCOMPARE(Moment(s.store, 4ms).task(TaskId {1})->busy, Time {});
    }

    void sumsOverMoreSlicesThanTheEffortAreInProportion()
    {
        Script s;
        s.at(1ms).created(1).resumed(1).after(1us).suspended(1, WaitKind::Sleep);
        for (int i = 0; i < 999; ++i)
            s.after(1us)
                .ready(1)
                .after(1us)
                .resumed(1, Cause::Timer)
                .after(1us)
                .suspended(1, WaitKind::Sleep);
        s.commit();
        const Moment middle(s.store, 1ms + 1us + 3us * 500);
        QCOMPARE(middle.task(TaskId {1}, 100)->polls, 501u);
        QVERIFY(std::abs((middle.task(TaskId {1}, 100)->ready - Time {500us}).count()) < 5'000);
        QCOMPARE(middle.task(TaskId {1}, 1000)->ready, Time {500us}); // asked for exactly
        QCOMPARE(middle.task(TaskId {1}, 1000)->wakes[std::size_t(Cause::Timer)], 500u);
        QCOMPARE(Moment(s.store, s.time()).task(TaskId {1}, 100)->ready, Time {999us}); // little is left
    }

    void blocksAreCountedAsTheyHadEnded()
    {
        Script s;
        s.at(1ms).created(1).resumed(1).after(80ms).suspended(1, WaitKind::Sleep);
        s.after(10ms).resumed(1).after(300ms).suspended(1, WaitKind::Sleep).commit();
        QCOMPARE(Moment(s.store, 60ms).task(TaskId {1})->blocks, 0u);
        QCOMPARE(Moment(s.store, 81ms).task(TaskId {1})->blocks, 1u);
        QCOMPARE(Moment(s.store, 200ms).task(TaskId {1})->longestSlice, Time {80ms});
        QCOMPARE(Moment(s.store, s.time()).task(TaskId {1})->blocks, 2u);
        QCOMPARE(Moment(s.store, s.time()).task(TaskId {1})->longestSlice, Time {300ms});
    }

    void progressIsKnownOfTheEndAlone()
    {
        Script s;
        s.at(1ms).runs(1, 1ms, WaitKind::Reply);
        s.put(1, EventType::Progress, {}, std::uint16_t(trace::ProgressUnit::Bytes), 30, 100).commit();
        s.after(10ms).resumed(1).finished(1).after(1ms).commit();
        QVERIFY(!Moment(s.store, 5ms).task(TaskId {1})->progress);
        QCOMPARE(Moment(s.store, s.time()).task(TaskId {1})->progress->done, 30u);
    }

    void aTaskMetSuspendedWasSuspended()
    {
        Script s;
        s.at(0ms).firstSeen(1).firstSeen(2, 0, EntityKind::Spawned).created(3);
        s.at(5ms).resumed(1).resumed(2).resumed(3).after(1ms);
        s.suspended(3, WaitKind::Sleep).suspended(2, WaitKind::Sleep).suspended(1, WaitKind::Sleep).commit();
        QCOMPARE(Moment(s.store, 2ms).standing(TaskId {1})->state, TaskState::Suspended);
        QCOMPARE(Moment(s.store, 2ms).standing(TaskId {2})->state, TaskState::Suspended);
        QCOMPARE(Moment(s.store, 2ms).standing(TaskId {3})->state, TaskState::Created);
    }

    void linesAndHeldLoopsAreThoseOfTheMoment()
    {
        Script s;
        s.at(1ms).created(9, 0, EntityKind::Loop).runs(1, 1ms, WaitKind::Sleep);
        s.text(1, TextKind::Print, QStringLiteral("one"));
        s.at(10ms).text(1, TextKind::Print, QStringLiteral("two"));
        s.at(20ms).put(9, EventType::LoopHeld, {}, 0, 0, 0).at(30ms);
        s.put(9, EventType::LoopReleased, {}, 0, 0, 0).at(40ms).commit();
        QCOMPARE(Moment(s.store, 5ms).printed().size(), 1u);
        QCOMPARE(Moment(s.store, 10ms).printed().size(), 2u);
        QVERIFY(!Moment(s.store, 19ms).isHeld());
        QVERIFY(Moment(s.store, 25ms).isHeld());
        QVERIFY(!Moment(s.store, 30ms).isHeld());
        QVERIFY(!Moment(s.store).isHeld());
    }

    void thePresentIsTheStoreItself()
    {
        Script s;
        s.at(1ms).runs(1, 1ms, WaitKind::Sleep).commit();
        const Moment present(s.store);
        QVERIFY(!present.isPast());
        QCOMPARE(present.task(TaskId {1}).get(), s.store.task(TaskId {1}));
        s.at(5ms).created(2).commit();
        QCOMPARE(present.tasks().size(), 2u);
        QCOMPARE(present.now(), Time {5ms});
    }

    void theStepsThroughASessionAreItsEvents()
    {
        Script s;
        s.at(0ms).created(9, 0, EntityKind::Loop);
        s.at(1ms).created(1).at(2ms).resumed(1).at(3ms).suspended(1, WaitKind::Sleep).at(5ms).ready(1);
        s.at(5ms).put(7, EventType::FutureCreated, {}, 0, 0, 0).at(6ms).resumed(1, Cause::Timer);
        s.at(8ms).finished(1).at(9ms).created(2).at(12ms).commit();
        const std::vector<Time> wanted {1ms, 2ms, 3ms, 5ms, 6ms, 8ms, 9ms};
        std::vector<Time> forth;
        for (auto time = nextEvent(s.store, Time {}); time; time = nextEvent(s.store, *time))
            forth.push_back(*time);
        QCOMPARE(forth, wanted);
        std::vector<Time> back;
        for (auto time = previousEvent(s.store, 12ms); time; time = previousEvent(s.store, *time))
            back.insert(back.begin(), *time);
        QCOMPARE(back, wanted);
        QCOMPARE(nextEvent(s.store, 6ms, TaskId {1}), Time {8ms});
        QCOMPARE(nextEvent(s.store, 8ms, TaskId {1}), std::nullopt);
        QCOMPARE(previousEvent(s.store, 12ms, TaskId {1}), Time {8ms});
    }
};

QTEST_APPLESS_MAIN(MomentTest)
#include "tst_moment.moc"
