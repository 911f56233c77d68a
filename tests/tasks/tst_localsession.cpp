// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/localsession.h"

#include <QSignalSpy>
#include <QTest>

using namespace coroscope;
using namespace coroscope::tasks;
using namespace std::chrono_literals;
using State = model::TaskState;

namespace {

const model::Task *taskNamed(LocalSession &session, const QString &name)
{
    for (const TaskId id : session.store().tasks()) {
        const model::Task *task = session.store().task(id);
        if (task && task->name == name)
            return task;
    }
    return nullptr;
}

State stateOf(LocalSession &session, const QString &name)
{
    const model::Task *task = taskNamed(session, name);
    return task ? task->state : State::Created;
}

} // namespace

class TestLocalSession : public QObject
{
    Q_OBJECT
private slots:
    void launchedSleepIsSeenFromStartToEnd()
    {
        LocalSession session;
        QSignalSpy launched(&session, &Session::launched);
        QSignalSpy idle(&session, &LocalSession::idle);
        QVERIFY(!session.isBusy());
        session.post(Launch {SleepSpec {20ms}});
        QVERIFY(session.isBusy());
        QTRY_COMPARE(launched.count(), 1);
        const auto id = launched[0][0].value<TaskId>();
        QVERIFY(session.store().task(id));
        QCOMPARE(session.launchedTasks(), QList<TaskId> {id});
        QTRY_COMPARE(idle.count(), 1);
        QCOMPARE(session.store().task(id)->state, State::Done);
        QCOMPARE(session.store().task(id)->category, QStringLiteral("sleep"));
        QVERIFY(!session.isBusy());
        const auto spec = session.specOf(id);
        QVERIFY(spec && std::get<SleepSpec>(*spec).duration == 20ms);
    }

    void sleepIsCancelledByHand()
    {
        LocalSession session;
        session.post(Launch {SleepSpec {1h}});
        QTRY_COMPARE(session.launchedTasks().size(), 1);
        session.post(Cancel {session.launchedTasks()[0]});
        QTRY_COMPARE(stateOf(session, "sleep 1 h"), State::Cancelled);
    }

    void everythingIsCancelledAtOnce()
    {
        LocalSession session;
        for (int i = 0; i < 3; ++i)
            session.post(Launch {SleepSpec {1h}});
        session.post(Launch {FutureSpec {"f"}});
        session.post(CancelAll {});
        QSignalSpy idle(&session, &LocalSession::idle);
        QTRY_COMPARE(idle.count(), 1);
        for (const TaskId id : session.launchedTasks())
            QCOMPARE(session.store().task(id)->state, State::Cancelled);
    }

    void futureGetsItsResultByHand()
    {
        LocalSession session;
        session.post(Launch {FutureSpec {"answer"}});
        QTRY_COMPARE(stateOf(session, "future “answer”"), State::Suspended);
        QCOMPARE(session.store().futures().size(), std::size_t(1));
        const FutureId future = session.store().futures()[0];
        QVERIFY(session.store().future(future)->settable);
        session.post(SetFutureResult {future, "42"});
        QTRY_COMPARE(stateOf(session, "future “answer”"), State::Done);
        QCOMPARE(taskNamed(session, "future “answer”")->result, QStringLiteral("42"));

        QSignalSpy rejected(&session, &Session::rejected);
        session.post(SetFutureResult {future, "43"});
        QTRY_COMPARE(rejected.count(), 1);
    }

    void futureGetsAnExceptionOrIsCancelledByHand()
    {
        LocalSession session;
        session.post(Launch {FutureSpec {"one"}});
        session.post(Launch {FutureSpec {"two"}});
        QTRY_COMPARE(stateOf(session, "future “two”"), State::Suspended);
        session.post(SetFutureException {session.store().futures()[0], "no luck"});
        session.post(CancelFuture {session.store().futures()[1]});
        QTRY_COMPARE(stateOf(session, "future “one”"), State::Failed);
        QCOMPARE(taskNamed(session, "future “one”")->error, QStringLiteral("no luck"));
        QTRY_COMPARE(stateOf(session, "future “two”"), State::Cancelled);
    }

    void commandsThatCannotBeCarriedOutAreRejected()
    {
        LocalSession session;
        QSignalSpy rejected(&session, &Session::rejected);
        session.post(Cancel {TaskId {4000000000u}});
        session.post(CancelFuture {FutureId {4000000000u}});
        QTRY_COMPARE(rejected.count(), 2);
        QVERIFY(!session.isBusy());
    }

    void blockedLoopLeavesTheSessionAlive()
    {
        LocalSession session;
        session.post(Launch {SleepSpec {400ms, true}});
        QTRY_COMPARE(stateOf(session, "block 0.4 s"), State::Running);
        session.post(Launch {SleepSpec {1ms}});
        QTRY_COMPARE(stateOf(session, "block 0.4 s"), State::Done);
        QTRY_COMPARE(stateOf(session, "sleep 1 ms"), State::Done);
        QVERIFY(taskNamed(session, "block 0.4 s")->longestSlice >= 390ms);
        QCOMPARE(taskNamed(session, "block 0.4 s")->blocks, 1u);
    }

    void sessionEndsWhateverRuns()
    {
        LocalSession session;
        session.post(Launch {SleepSpec {24h, true}});
        session.post(Launch {SleepSpec {24h}});
        session.post(Launch {FutureSpec {"never"}});
        QTRY_COMPARE(stateOf(session, "block 24 h"), State::Running);
    }

    void removedTasksAreForgotten()
    {
        LocalSession session;
        session.post(Launch {SleepSpec {1ms}});
        session.post(Launch {SleepSpec {1h}});
        QTRY_COMPARE(stateOf(session, "sleep 1 ms"), State::Done);
        const TaskId ended = taskNamed(session, "sleep 1 ms")->id;
        const TaskId live = taskNamed(session, "sleep 1 h")->id;
        session.store().removeEnded();
        QTRY_VERIFY(!session.specOf(ended));
        QVERIFY(session.specOf(live));
    }
};

QTEST_GUILESS_MAIN(TestLocalSession)
#include "tst_localsession.moc"
