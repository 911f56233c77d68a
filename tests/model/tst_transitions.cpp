// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/transitions.h"
#include "tests/model/script.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::Cause;
using trace::EntityKind;
using trace::EventType;
using trace::Outcome;
using trace::WaitKind;

namespace {
constexpr std::array states {"created", "running", "suspended", "ready",
                             "done",    "failed",  "cancelled", "lost"};
constexpr std::array moves {"resume", "suspend", "wake", "complete", "fail", "cancel", "destroy"};

/// Brings task 1 lawfully into a state.
void bring(Script &script, TaskState state)
{
    script.created(1);
    if (state == TaskState::Created)
        return;
    script.after(1ms).resumed(1);
    switch (state) {
    case TaskState::Done:
        script.finished(1);
        break;
    case TaskState::Failed:
        script.finished(1, Outcome::Failed);
        break;
    case TaskState::Cancelled:
        script.finished(1, Outcome::Cancelled);
        break;
    case TaskState::Running:
        break;
    default:
        script.suspended(1, WaitKind::Sleep, 5);
        if (state == TaskState::Ready)
            script.ready(1);
        if (state == TaskState::Lost)
            script.destroyed(1);
    }
    script.after(1ms);
}

void make(Script &script, Move move)
{
    const auto end = [&](Outcome outcome) {
        script.put(1, EventType::Finished, {}, std::uint16_t(outcome), 0, 0);
    };
    switch (move) {
    case Move::Resume:
        script.put(1, EventType::Resumed, Cause::Timer, 0, 0,
                   script.task(1).state == TaskState::Running ? 1 : 0);
        break;
    case Move::Suspend:
        script.put(1, EventType::Suspended, {}, std::uint16_t(WaitKind::Sleep), 7, 0);
        break;
    case Move::Wake:
        script.ready(1);
        break;
    case Move::Complete:
        end(Outcome::Done);
        break;
    case Move::Fail:
        end(Outcome::Failed);
        break;
    case Move::Cancel:
        end(Outcome::Cancelled);
        break;
    case Move::Destroy:
        script.destroyed(1);
        break;
    }
}
} // namespace

class TransitionsTest : public QObject
{
    Q_OBJECT
private slots:
    void theTableIsWhatTheStatesMean_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("move");
        QTest::addColumn<bool>("legal");
        // One row a state, one letter a move (r s w c f x d), capital where it is legal.
        const QMap<int, QByteArray> table {{0, "RsWCFXD"}, {1, "rSwCFXd"}, {2, "RsWcfxD"}, {3, "RsWcfxD"},
                                           {4, "rswcfxd"}, {5, "rswcfxd"}, {6, "rswcfxd"}, {7, "rswcfxd"}};
        for (int state = 0; state < stateCount; ++state) {
            for (int move = 0; move < moveCount; ++move) {
                QTest::addRow("%s, %s", states[size_t(state)], moves[size_t(move)])
                    << state << move << bool(std::isupper(table[state][move]));
            }
        }
    }
    void theTableIsWhatTheStatesMean()
    {
        QFETCH(int, from);
        QFETCH(int, move);
        QFETCH(bool, legal);
        QCOMPARE(isLegal(EntityKind::Spawned, TaskState(from), true, Move(move)), legal);

        Script script;
        bring(script, TaskState(from));
        QCOMPARE(int(script.task(1).state), from);
        QCOMPARE(script.breaches(), 0u);
        make(script, Move(move));
        QCOMPARE(script.breaches() > 0, !legal);
        if (legal)
            QCOMPARE(int(script.task(1).state), int(targetOf(Move(move))));
        else if (hasEnded(TaskState(from)))
            QCOMPARE(int(script.task(1).state), from); // an end is final
    }

    void afterALossOfEventsNoMoveOfALivingTaskIsABreach_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("move");
        for (int state = 0; state < int(TaskState::Done); ++state) {
            for (int move = 0; move < moveCount; ++move)
                QTest::addRow("%s, %s", states[size_t(state)], moves[size_t(move)]) << state << move;
        }
    }
    void afterALossOfEventsNoMoveOfALivingTaskIsABreach()
    {
        QFETCH(int, from);
        QFETCH(int, move);
        Script script;
        bring(script, TaskState(from));
        script.store.appendLost(ThreadId {1}, script.time(), 3);
        make(script, Move(move));
        QCOMPARE(script.breaches(), 0u);
        const bool stays = Move(move) == Move::Wake && from == int(TaskState::Running);
        QCOMPARE(int(script.task(1).state), stays ? from : int(targetOf(Move(move))));
    }

    void aTaskThatWasWokenButNeverRanMayBeCancelledUnrun()
    {
        Script script;
        script.created(1).ready(1, Cause::Cancel, 0).put(1, EventType::Finished, {}, 2, 0, 0);
        QCOMPARE(script.task(1).state, TaskState::Cancelled);
        QCOMPARE(script.task(1).cancelledBy, QString("you"));
        QCOMPARE(script.breaches(), 0u);
    }

    void loopsAndWorkersMayEndWhateverTheyDo()
    {
        for (const EntityKind kind : {EntityKind::Loop, EntityKind::Worker}) {
            for (const TaskState state : {TaskState::Created, TaskState::Running, TaskState::Suspended})
                QVERIFY(isLegal(kind, state, true, Move::Complete));
            QVERIFY(!isLegal(kind, TaskState::Done, true, Move::Resume));
            QVERIFY(!isLegal(kind, TaskState::Suspended, true, Move::Wake));
        }
    }
};

QTEST_GUILESS_MAIN(TransitionsTest)
#include "tst_transitions.moc"
