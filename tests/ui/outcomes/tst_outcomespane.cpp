// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/outcomes/outcomespane.h"
#include "ui/outcomes/waitchooser.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/tasks/taskcommands.h"
#include "ui/tasks/taskview.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QMenu>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using tests::FakeSession;

class TestOutcomesPane : public QObject
{
    Q_OBJECT
private slots:
    void aTaskMovesAcrossAsItEndsWithItsResult();
    void errorsAndCancellationsAreDoneToo();
    void theSelectedTaskStaysSelectedAsItMovesAcross();
    void oneWaitShowsItsMembersAlone();
    void severalSelectedTasksAreCancelledByDelete();
};

namespace {

struct Fixture
{
    FakeSession session;
    Pulse pulse {session.store()};
    Selection selection;
    TaskCommands commands {session, selection};
    OutcomesPane pane {session.store(), pulse, selection, commands};

    Fixture()
    {
        pane.resize(900, 300);
        pane.show();
    }
    QStringList rows(Side side) const
    {
        const QAbstractItemModel *model = pane.view(side)->model();
        QStringList rows;
        for (int row = 0; row < model->rowCount(); ++row) {
            rows << QStringLiteral("%1: %2").arg(model->index(row, SideModel::Name).data().toString(),
                                                 model->index(row, SideModel::What).data().toString());
        }
        return rows;
    }
};

} // namespace

void TestOutcomesPane::aTaskMovesAcrossAsItEndsWithItsResult()
{
    Fixture f;
    const QAbstractItemModelTester done(f.pane.view(Side::Done)->model());
    const QAbstractItemModelTester pending(f.pane.view(Side::Pending)->model());
    f.session.sleeper(1, "one").sleeper(2, "two").script.after(500ms).commit();
    QTRY_COMPARE(f.rows(Side::Pending).size(), 2);
    QVERIFY2(f.rows(Side::Pending).front().startsWith("one: "), qPrintable(f.rows(Side::Pending).front()));
    QVERIFY2(f.rows(Side::Pending).front().endsWith("1.50 s left"),
             qPrintable(f.rows(Side::Pending).front()));
    f.session.end(1, trace::Outcome::Done, "42").script.commit();
    QTRY_COMPARE(f.rows(Side::Done), QStringList {"one: 42"});
    QCOMPARE(f.rows(Side::Pending).size(), 1);
    QCOMPARE(f.pane.findChild<QLabel *>("doneCount")->text(), "1");
    QCOMPARE(f.pane.findChild<QLabel *>("pendingCount")->text(), "1");
}

void TestOutcomesPane::errorsAndCancellationsAreDoneToo()
{
    Fixture f;
    f.session.sleeper(1, "one").sleeper(2, "two").sleeper(3, "three").script.commit();
    f.session.end(2, trace::Outcome::Failed, "404 Not Found")
        .end(1, trace::Outcome::Cancelled)
        .script.commit();
    QTRY_COMPARE(f.rows(Side::Done).size(), 2);
    QCOMPARE(f.rows(Side::Done)[0], "two: 404 Not Found");
    QVERIFY(f.rows(Side::Done)[1].startsWith("one: cancelled"));
}

void TestOutcomesPane::theSelectedTaskStaysSelectedAsItMovesAcross()
{
    Fixture f;
    f.session.sleeper(1, "one").sleeper(2, "two").script.commit();
    TaskView *pending = f.pane.view(Side::Pending);
    QTRY_COMPARE(pending->model()->rowCount(), 2);
    QTest::mouseClick(pending->viewport(), Qt::LeftButton, {},
                      pending->visualRect(pending->model()->index(0, 0)).center());
    QCOMPARE(f.selection.task(), TaskId {1});
    f.session.end(1).script.commit();
    TaskView *done = f.pane.view(Side::Done);
    QTRY_COMPARE(done->selectedTasks(), std::vector {TaskId {1}});
    QCOMPARE(f.selection.task(), TaskId {1});
    QVERIFY(pending->selectedTasks().empty());
}

void TestOutcomesPane::oneWaitShowsItsMembersAlone()
{
    Fixture f;
    f.session.sleeper(1, "one").sleeper(2, "two").sleeper(3, "other");
    f.session.script.created(4).text(4, trace::TextKind::Name, "batch").resumed(4);
    f.session.script.put(4, trace::EventType::WaitBegun, {}, 0, 9, ~0ull);
    f.session.script.put(1, trace::EventType::WaitMember, {}, 0, 9, 0);
    f.session.script.put(2, trace::EventType::WaitMember, {}, 0, 9, 0);
    f.session.script.suspended(4, trace::WaitKind::Wait, 9);
    f.session.end(2, trace::Outcome::Done, "fine").script.commit();
    QTRY_COMPARE(f.rows(Side::Pending).size(), 3);
    auto *chooser = f.pane.corner()->findChild<WaitChooser *>("waitChooser");
    emit chooser->menu()->aboutToShow();
    QCOMPARE(chooser->menu()->actions().size(), 3);
    QAction *wait = chooser->menu()->actions().last();
    QCOMPARE(wait->text(), "batch: 1 of 2 done");
    wait->trigger();
    QCOMPARE(f.rows(Side::Done), QStringList {"two: fine"});
    QCOMPARE(f.rows(Side::Pending).size(), 1);
    QVERIFY(f.rows(Side::Pending)[0].startsWith("one: "));
}

void TestOutcomesPane::severalSelectedTasksAreCancelledByDelete()
{
    Fixture f;
    f.session.sleeper(1, "one").sleeper(2, "two").sleeper(3, "three").script.commit();
    TaskView *pending = f.pane.view(Side::Pending);
    QTRY_COMPARE(pending->model()->rowCount(), 3);
    const auto at = [pending](int row) {
        return pending->visualRect(pending->model()->index(row, 0)).center();
    };
    QTest::mouseClick(pending->viewport(), Qt::LeftButton, {}, at(0));
    QTest::mouseClick(pending->viewport(), Qt::LeftButton, Qt::ControlModifier, at(2));
    QTest::keyClick(pending, Qt::Key_Delete);
    QCOMPARE(f.session.posted.size(), 2u);
    QCOMPARE(std::get<tasks::Cancel>(f.session.posted[0]).task, TaskId {1});
    QCOMPARE(std::get<tasks::Cancel>(f.session.posted[1]).task, TaskId {3});
}

QTEST_MAIN(TestOutcomesPane)
#include "tst_outcomespane.moc"
