// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// Holding and stepping with real keys: on the real session what the window shows, on a scripted one what it
// offers.
#include "core/tasks/localsession.h"
#include "tests/support/fakesession.h"
#include "ui/selection.h"
#include "ui/tasks/taskcommands.h"
#include "ui/tasks/taskview.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestStepping : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void heldTasksRunStepByStep();
    void theSelectedTaskRunsToItsNextResumption();
    void slowMotionIsChosenInTheMenu();
    void aTaskIsCancelledWhileTheLoopIsHeld();
    void quittingWhileHeldEndsTheTasks();
    void whatTakesNoCommandsSaysWhyItCannotBeHeld();
    void aTasksMenuOffersItsNextResumption();

private:
    template<class Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_window->findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("the window has no %s", name);
        return widget;
    }
    void open(tasks::Session &session)
    {
        m_window = std::make_unique<MainWindow>(session, *m_settings);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void openReal()
    {
        m_session = std::make_unique<tasks::LocalSession>();
        open(*m_session);
    }
    void press(Qt::Key key) { QTest::keyClick(m_window.get(), key); }
    void sleepFor(std::chrono::nanoseconds duration)
    {
        m_session->post(tasks::Launch {tasks::SleepSpec {.duration = duration}});
    }
    QString loopText() const { return find<QLabel>("loop")->text(); }
    QString holdButton() const
    {
        QToolBar *bar = find<QToolBar>("toolBar");
        return qobject_cast<QToolButton *>(bar->widgetForAction(find<QAction>("hold")))->text();
    }
    QStringList states() const
    {
        QStringList states;
        const QAbstractItemModel *model = find<TaskView>("pending")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            states << model->index(row, 1).data().toString();
        return states;
    }
    std::size_t doneCount() const { return m_session->store().membership().done.size(); }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<tasks::LocalSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestStepping::init()
{
    QVERIFY(m_folder.isValid());
    m_settings = std::make_unique<QSettings>(m_folder.filePath("settings.ini"), QSettings::IniFormat);
}

void TestStepping::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_settings->clear();
}

void TestStepping::heldTasksRunStepByStep()
{
    openReal();
    QCOMPARE(holdButton(), QString("Hold"));
    press(Qt::Key_F8);
    QTRY_VERIFY2(loopText().endsWith("held: time stands still, 0 ready"), qPrintable(loopText()));
    QCOMPARE(holdButton(), QString("Release"));
    QVERIFY(find<QAction>("hold")->isChecked());
    sleepFor(1ms);
    sleepFor(1h);
    QTRY_VERIFY2(loopText().endsWith("2 ready"), qPrintable(loopText()));
    QTRY_COMPARE(states(), QStringList({"not started", "not started"}));

    press(Qt::Key_F10);
    QTRY_VERIFY2(loopText().endsWith("1 ready"), qPrintable(loopText()));
    QTRY_VERIFY2(states().value(0) != "not started" && states().value(1) == "not started",
                 qPrintable(states().join(", ")));
    press(Qt::Key_F10);
    QTRY_VERIFY2(loopText().endsWith("0 ready"), qPrintable(loopText()));
    QCOMPARE(doneCount(), std::size_t(0)); // a millisecond has long been over, but not for the loop
    press(Qt::Key_F10);
    QTRY_COMPARE(doneCount(), std::size_t(1));
    QVERIFY(loopText().contains("held"));
    press(Qt::Key_F10); // an hour goes by
    QTRY_COMPARE(doneCount(), std::size_t(2));

    QVERIFY(!m_session->store().marks().empty());
    QCOMPARE(m_session->store().marks().back().kind, model::Mark::Kind::Held);
    QVERIFY(m_session->store().marks().back().open);
    press(Qt::Key_F8);
    QTRY_VERIFY2(loopText().endsWith("% busy"), qPrintable(loopText()));
    QCOMPARE(holdButton(), QString("Hold"));
    QTRY_VERIFY(!m_session->store().marks().back().open);
    QCOMPARE(m_session->store().figures().breaches, std::uint64_t(0));
}

void TestStepping::theSelectedTaskRunsToItsNextResumption()
{
    openReal();
    press(Qt::Key_F8);
    QTRY_VERIFY(loopText().contains("held"));
    QVERIFY(!find<QAction>("runToNext")->isEnabled());
    sleepFor(1ms);
    sleepFor(2ms);
    QTRY_COMPARE(m_session->launchedTasks().size(), 2);
    const TaskId second = m_session->launchedTasks()[1];
    m_window->selection().select(second);
    QTRY_VERIFY(find<QAction>("runToNext")->isEnabled());
    press(Qt::Key_F11); // its start
    QTRY_VERIFY2(loopText().endsWith("0 ready"), qPrintable(loopText()));
    QTRY_COMPARE(m_session->store().task(second)->polls, 1U);
    QCOMPARE(doneCount(), std::size_t(0));
    press(Qt::Key_F11); // the end of its sleep: the shorter one's is before that
    QTRY_COMPARE(doneCount(), std::size_t(2));
    QTRY_VERIFY(loopText().contains("held"));
    QTRY_VERIFY(!find<QAction>("runToNext")->isEnabled());
}

void TestStepping::slowMotionIsChosenInTheMenu()
{
    openReal();
    QVERIFY(find<QAction>("pace0")->isChecked());
    find<QAction>("pace20")->trigger();
    QTRY_VERIFY2(loopText().endsWith("slow motion: 20 entries/s at most"), qPrintable(loopText()));
    QVERIFY(find<QAction>("pace20")->isChecked());
    QVERIFY(!find<QAction>("pace0")->isChecked());
    find<QAction>("pace0")->trigger();
    QTRY_VERIFY(loopText().endsWith("% busy"));
}

void TestStepping::aTaskIsCancelledWhileTheLoopIsHeld()
{
    openReal();
    sleepFor(1h);
    QTRY_COMPARE(states().size(), 1);
    press(Qt::Key_F8);
    QTRY_VERIFY(loopText().contains("held"));
    m_session->post(tasks::CancelAll {});
    QTRY_VERIFY2(loopText().endsWith("1 ready"), qPrintable(loopText()));
    QCOMPARE(doneCount(), std::size_t(0));
    press(Qt::Key_F10);
    QTRY_COMPARE(doneCount(), std::size_t(1));
}

void TestStepping::quittingWhileHeldEndsTheTasks()
{
    openReal();
    press(Qt::Key_F8);
    QTRY_VERIFY(loopText().contains("held"));
    sleepFor(1h);
    QTRY_VERIFY(loopText().endsWith("1 ready"));
    m_window->close();
    m_window.reset();
    m_session.reset(); // returns
}

void TestStepping::whatTakesNoCommandsSaysWhyItCannotBeHeld()
{
    tests::FakeSession session;
    session.commands = false;
    open(session);
    for (const char *name : {"hold", "step", "runToNext"}) {
        QVERIFY2(!find<QAction>(name)->isEnabled(), name);
        QVERIFY2(find<QAction>(name)->toolTip().contains("own session"), name);
    }
    press(Qt::Key_F8);
    press(Qt::Key_F10);
    QVERIFY(session.posted.empty());
    m_window.reset();
}

void TestStepping::aTasksMenuOffersItsNextResumption()
{
    tests::FakeSession session;
    session.sleeper(1, "a").sleeper(2, "b").end(2).script.commit();
    Selection selection;
    TaskCommands commands(session, selection);
    const auto offer = [&](const std::vector<TaskId> &tasks, QMenu &menu) {
        commands.populate(menu, tasks, {});
        const auto actions = menu.actions();
        return *std::ranges::find(actions, "Run to Next Resumption", &QAction::text);
    };
    QMenu ended;
    QVERIFY(!offer({TaskId {2}}, ended)->isEnabled());
    QMenu both;
    QVERIFY(!offer({TaskId {1}, TaskId {2}}, both)->isEnabled());
    QMenu live;
    QAction *const next = offer({TaskId {1}}, live);
    QVERIFY(next->isEnabled());
    next->trigger();
    QCOMPARE(session.only<tasks::RunToNext>().task, TaskId {1});
}

QTEST_MAIN(TestStepping)
#include "tst_stepping.moc"
