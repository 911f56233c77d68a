// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/gallery.h"
#include "core/tasks/filesession.h"
#include "core/tasks/localsession.h"
#include "tests/support/fakesession.h"
#include "ui/flame/flamepane.h"
#include "ui/inspector/textblock.h"
#include "ui/latency/latencycolumn.h"
#include "ui/latency/latencypane.h"
#include "ui/outcomes/sidemodel.h"
#include "ui/replay/momentbadge.h"
#include "ui/replay/transportbar.h"
#include "ui/tasks/taskcolumn.h"
#include "ui/timeline/minimap.h"
#include "ui/timeline/rangechoice.h"
#include "ui/timeline/regionpanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using model::Time;
using tests::FakeSession;
using trace::Cause;
using trace::EventType;
using trace::TextKind;
using trace::WaitKind;

namespace {

/// A session that can be live or from a file.
class ReplaySession : public FakeSession
{
public:
    bool live = false;
    bool isLive() const override { return live; }
};

} // namespace

/// The whole window at moments of the past: what a person does with ruler, bar and keys, and what the panes
/// then show.
class TestReplay : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void allPanesShowTheMomentThatIsClickedInTheRuler();
    void escapeGoesBackToThePresent();
    void theHandleIsDragged();
    void aLanesMenuSetsIt();
    void itIsPlayedPausedAndSteppedByKey();
    void theSpeedIsChosenAndTyped();
    void itStopsAtTheEnd();
    void theViewFollowsWhatPlays();
    void whatWasScrolledAwayFromIsNotFetchedBack();
    void recordingGoesOnUnseen();
    void whatNeedsThePresentIsDisabledAndSaysWhy();
    void theInspectorShowsTheTaskAsItWas();
    void theConsoleAndTheCountsAreOfTheMoment();
    void finishedTasksMayBeForgottenMeanwhile();
    void theLanesSayWhatTheyDidThen();
    void aFrozenViewThaws();
    void whatLiesAfterThePlayheadIsVeiled();
    void theBarFitsInASmallWindow();
    void aRecordingIsReplayedLikeTheSessionItself();
    void theFlameGraphAndLatenciesAreOfTheMoment();
    void whatIsDraggedInTheTimelineIsTheirRange();
    void downloadsSayThatTheyShowThePresent();
    void theRegionsStatisticsEndAtThePlayhead();
    void theExamplesAreOfTheMoment();
    void theBadgeLeavesTheTabsTheirRoom();
    void theOverviewIsVeiledAfterThePlayhead();
    void aHiddenPaneShowsTheMomentWhenItComes();

private:
    void open(bool live);
    template<class Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_window->findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("the window has no %s", name);
        return widget;
    }
    TimelineWidget &timeline() const { return *m_window->findChild<TimelineWidget *>(); }
    TransportBar &bar() const { return *timeline().transportBar(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(timeline().laneArea(), key, modifiers);
    }
    QPoint inRuler(Time time) const
    {
        const TimeScale scale(timeline().view().range(), timeline().ruler()->width());
        return {int(std::lround(scale.x(time))), timeline().ruler()->height() / 2};
    }
    void clickRuler(Time time)
    {
        QTest::mouseClick(timeline().ruler(), Qt::LeftButton, Qt::ShiftModifier, inRuler(time));
    }
    void chooseTab(const QString &title) const
    {
        auto *tabs = find<QTabBar>("paneTabs");
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i).startsWith(title))
                tabs->setCurrentIndex(i);
        }
    }
    QStringList rows(const char *view, std::initializer_list<int> columns) const;
    QStringList done() const { return rows("done", {SideModel::Name, SideModel::What}); }
    QStringList pending() const { return rows("pending", {SideModel::Name, SideModel::What}); }
    QStringList awaits() const;
    MomentBadge *badge() const
    {
        for (auto *badge : m_window->findChildren<MomentBadge *>()) {
            if (badge->parentWidget()->findChild<QTabBar *>())
                return badge;
        }
        return nullptr;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ReplaySession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestReplay::init() { open(false); }

void TestReplay::open(bool live)
{
    cleanup();
    m_settings = std::make_unique<QSettings>(m_folder.filePath("settings.ini"), QSettings::IniFormat);
    m_session = std::make_unique<ReplaySession>();
    m_session->live = live;
    auto &s = m_session->script;
    s.at(1s).created(1).text(1, TextKind::Name, "first").resumed(1).after(10ms);
    s.text(1, TextKind::Print, "hello").suspended(1, WaitKind::Sleep, 2'000'000'000);
    s.at(2s).created(2).text(2, TextKind::Name, "second").resumed(2);
    m_session->future(7, "answer", "int", 2);
    s.at(2100ms).suspended(2, WaitKind::Future, 7);
    s.at(3s).resumed(1, Cause::Timer).text(1, TextKind::Print, "bye").text(1, TextKind::Result, "one");
    s.finished(1);
    s.at(4s).created(3).text(3, TextKind::Name, "third").resumed(3).after(10ms);
    s.suspended(3, WaitKind::Join, 2);
    s.at(6s).text(7, TextKind::FutureResult, "42").put(7, EventType::FutureResolved, {}, 0, 0, 0);
    s.resumed(2, Cause::Future, 7)
        .after(10ms)
        .text(2, TextKind::Error, "odd")
        .finished(2, trace::Outcome::Failed);
    s.at(8s).resumed(3, Cause::Task, 2).finished(3).at(10s).commit();
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->resize(1200, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->showWholeSession();
    timeline().view().setRange({0s, 11s});
    timeline().setFocus();
}

void TestReplay::cleanup()
{
    m_window.reset();
    m_session.reset();
    if (m_settings)
        m_settings->clear();
}

QStringList TestReplay::rows(const char *view, std::initializer_list<int> columns) const
{
    const QAbstractItemModel *model = find<QTableView>(view)->model();
    QStringList rows;
    for (int row = 0; row < model->rowCount(); ++row) {
        QStringList cells;
        for (const int column : columns)
            cells << model->index(row, column).data().toString();
        rows << cells.join(QStringLiteral(": "));
    }
    return rows;
}

QStringList TestReplay::awaits() const
{
    QStringList lines;
    for (QTreeWidgetItemIterator it(find<QTreeWidget>("awaitForest")); *it; ++it)
        lines << QStringLiteral("%1: %2").arg((*it)->text(0), (*it)->text(1));
    return lines;
}

void TestReplay::allPanesShowTheMomentThatIsClickedInTheRuler()
{
    QVERIFY(!bar().isVisible());
    QTRY_COMPARE(done().size(), 3);
    clickRuler(5s);
    QVERIFY(m_window->playhead().isOn());
    QVERIFY(std::abs((m_window->playhead().time() - Time {5s}).count()) < 20'000'000);
    QVERIFY(bar().isVisible());
    QTRY_COMPARE(done(), QStringList {"first: one"});
    QTRY_COMPARE(pending().size(), 2);
    const QStringList waiting = pending();
    QCOMPARE(waiting[0], QStringLiteral("second: waits for nobody: set its result by hand"));
    QCOMPARE(waiting[1], QStringLiteral("third: task second"));
    QVERIFY(badge()->isVisible());
    QVERIFY2(badge()->text().startsWith("at 5.0"), qPrintable(badge()->text()));

    chooseTab("Tasks");
    QTRY_COMPARE(rows("tasks", {int(TaskColumn::Name), int(TaskColumn::State), int(TaskColumn::Polls)}),
                 (QStringList {"first: done: 2", "second: suspended: 1", "third: suspended: 1"}));
    chooseTab("Futures");
    QCOMPARE(rows("futures", {1, 0, 3}), QStringList {"answer: pending: second"});
    chooseTab("Awaits");
    QTRY_COMPARE(awaits(),
                 (QStringList {"third: waits for second", "second: waits for nobody: set its result "
                                                          "by hand"}));
    chooseTab("Done");
    clickRuler(1500ms);
    QTRY_COMPARE(done(), QStringList {});
    QTRY_COMPARE(pending().size(), 1);
    QVERIFY2(pending().front().startsWith("first: timer 2 s · 1.5"), qPrintable(pending().front()));
    chooseTab("Futures");
    QCOMPARE(rows("futures", {1}), QStringList {});
    chooseTab("Tasks");
    QTRY_COMPARE(rows("tasks", {int(TaskColumn::Name)}), QStringList {"first"});
    clickRuler(7s);
    QTRY_COMPARE(rows("tasks", {int(TaskColumn::Name), int(TaskColumn::State)}),
                 (QStringList {"first: done", "second: failed", "third: suspended"}));
    chooseTab("Futures");
    QCOMPARE(rows("futures", {1, 0, 4}), QStringList {"answer: done: 42"});
}

void TestReplay::escapeGoesBackToThePresent()
{
    clickRuler(5s);
    QTRY_COMPARE(pending().size(), 2);
    key(Qt::Key_Escape);
    QVERIFY(!m_window->playhead().isOn());
    QVERIFY(!bar().isVisible());
    QVERIFY(!badge()->isVisible());
    QTRY_COMPARE(done(), (QStringList {"first: one", "second: odd", "third: –"}));
    QTRY_COMPARE(pending(), QStringList {});
    clickRuler(5s);
    QTest::mouseClick(bar().findChild<QToolButton *>("replayLeave"), Qt::LeftButton);
    QVERIFY(!m_window->playhead().isOn());
}

void TestReplay::theHandleIsDragged()
{
    clickRuler(5s);
    QWidget *ruler = timeline().ruler();
    const TimeRange before = timeline().view().range();
    QTest::mousePress(ruler, Qt::LeftButton, {}, inRuler(m_window->playhead().time()));
    QMouseEvent move(QEvent::MouseMove, inRuler(7s), ruler->mapToGlobal(inRuler(7s)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(ruler, &move);
    QTest::mouseRelease(ruler, Qt::LeftButton, {}, inRuler(7s));
    QVERIFY(std::abs((m_window->playhead().time() - Time {7s}).count()) < 20'000'000);
    QCOMPARE(timeline().view().range(), before); // it was not the view that moved
    QTRY_COMPARE(done().size(), 2);
    // Beside the handle a drag moves in time as ever.
    QTest::mousePress(ruler, Qt::LeftButton, {}, inRuler(2s));
    QMouseEvent pan(QEvent::MouseMove, inRuler(3s), ruler->mapToGlobal(inRuler(3s)), Qt::NoButton,
                    Qt::LeftButton, {});
    QApplication::sendEvent(ruler, &pan);
    QTest::mouseRelease(ruler, Qt::LeftButton, {}, inRuler(3s));
    QVERIFY(timeline().view().range() != before);
    QVERIFY(std::abs((m_window->playhead().time() - Time {7s}).count()) < 20'000'000);
}

void TestReplay::aLanesMenuSetsIt()
{
    const QPoint at = timeline().pointOf(TaskId {2}, 5s);
    QMenu menu;
    timeline().addLaneActions(menu, TaskId {2}, timeline().mapToGlobal(at));
    const auto actions = menu.actions();
    const auto found = std::ranges::find_if(actions, [](const QAction *action) {
        return action->text().remove(QLatin1Char('&')) == QLatin1String("Set the playhead here");
    });
    QVERIFY(found != actions.end());
    (*found)->trigger();
    QVERIFY(std::abs((m_window->playhead().time() - Time {5s}).count()) < 20'000'000);
    QTRY_COMPARE(pending().size(), 2);
}

void TestReplay::itIsPlayedPausedAndSteppedByKey()
{
    timeline().view().setRange({1500ms, 10s});
    m_window->playhead().setSpeed(0.01); // the machine may be slow
    QTest::mouseClick(timeline().findChild<QToolButton *>("replay"), Qt::LeftButton);
    QVERIFY(m_window->playhead().isPlaying());
    QVERIFY(m_window->playhead().time() >= Time {1500ms}); // from the left edge
    QCOMPARE(bar().findChild<QToolButton *>("replayPlay")->accessibleName(), QStringLiteral("Pause"));
    key(Qt::Key_R);
    QVERIFY(!m_window->playhead().isPlaying());
    QVERIFY(m_window->playhead().time() < Time {2s});
    key(Qt::Key_Space); // as every player has it
    QVERIFY(m_window->playhead().isPlaying());
    key(Qt::Key_Space);
    QVERIFY(!m_window->playhead().isPlaying());
    QVERIFY(!timeline().view().isFrozen());
    m_window->playhead().moveTo(1600ms);
    key(Qt::Key_Period, Qt::ShiftModifier);
    QCOMPARE(m_window->playhead().time(), Time {2s});
    QCOMPARE(bar().timeText(), QStringLiteral("2.000000 s"));
    key(Qt::Key_Greater, Qt::ShiftModifier);
    QCOMPARE(m_window->playhead().time(), Time {2100ms});
    key(Qt::Key_Less, Qt::ShiftModifier);
    key(Qt::Key_Comma, Qt::ShiftModifier);
    QCOMPARE(m_window->playhead().time(), Time {1010ms});
    m_window->selection().select(TaskId {3});
    QTest::mouseClick(bar().findChild<QToolButton *>("replayNext"), Qt::LeftButton);
    QCOMPARE(m_window->playhead().time(), Time {4s}); // of the selected task
    QTest::mouseClick(bar().findChild<QToolButton *>("replayBegin"), Qt::LeftButton);
    QCOMPARE(m_window->playhead().time(), Time {1s});
    QTest::mouseClick(bar().findChild<QToolButton *>("replayPlay"), Qt::LeftButton);
    QVERIFY(m_window->playhead().isPlaying());
}

void TestReplay::theSpeedIsChosenAndTyped()
{
    clickRuler(5s);
    auto *speed = bar().findChild<QComboBox *>("replaySpeed");
    QCOMPARE(speed->currentText(), QStringLiteral("×1"));
    QCOMPARE(speed->count(), 7);
    speed->lineEdit()->setFocus();
    speed->lineEdit()->selectAll();
    QTest::keyClicks(speed->lineEdit(), QStringLiteral("25"));
    QTest::keyClick(speed->lineEdit(), Qt::Key_Return);
    QCOMPARE(m_window->playhead().speed(), 25.0);
    QCOMPARE(speed->currentText(), QStringLiteral("×25"));
    speed->lineEdit()->selectAll();
    QTest::keyClicks(speed->lineEdit(), QStringLiteral("fast"));
    QTest::keyClick(speed->lineEdit(), Qt::Key_Return);
    QCOMPARE(m_window->playhead().speed(), 25.0);
    QCOMPARE(speed->currentText(), QStringLiteral("×25"));
    QTest::keyClick(speed, Qt::Key_Down);
    QCOMPARE(m_window->playhead().speed(), 100.0); // the next of the list
    QTest::keyClick(speed, Qt::Key_Up);
    QCOMPARE(m_window->playhead().speed(), 10.0);
}

void TestReplay::itStopsAtTheEnd()
{
    clickRuler(9s);
    m_window->playhead().setSpeed(100);
    key(Qt::Key_R);
    QTRY_VERIFY(!m_window->playhead().isPlaying());
    QCOMPARE(m_window->playhead().time(), Time {10s});
    QVERIFY(m_window->playhead().isOn());
    QTRY_COMPARE(done().size(), 3);
}

void TestReplay::theViewFollowsWhatPlays()
{
    timeline().view().setRange({1s, 2s});
    clickRuler(1500ms);
    m_window->playhead().setSpeed(10);
    key(Qt::Key_R);
    QTRY_VERIFY(m_window->playhead().time() > Time {4s});
    QVERIFY(timeline().view().range().contains(m_window->playhead().time()));
    QCOMPARE(timeline().view().range().length(), Time {1s});
}

void TestReplay::whatWasScrolledAwayFromIsNotFetchedBack()
{
    timeline().view().setRange({1s, 2s});
    clickRuler(1500ms);
    key(Qt::Key_R);
    timeline().view().setRange({5s, 6s});
    const Time before = m_window->playhead().time();
    QTRY_VERIFY(m_window->playhead().time() > before + Time {50ms});
    QCOMPARE(timeline().view().range(), (TimeRange {5s, 6s}));
    key(Qt::Key_R); // paused
    key(Qt::Key_R); // who plays on wants to see it
    QVERIFY(timeline().view().range().contains(m_window->playhead().time()));
}

void TestReplay::recordingGoesOnUnseen()
{
    open(true);
    key(Qt::Key_End);
    QVERIFY(timeline().view().isFollowing());
    m_window->playhead().moveTo(5s);
    QVERIFY(!timeline().view().isFollowing());
    QCOMPARE(bar().findChild<QToolButton *>("replayLeave")->text(), QStringLiteral("Back to live"));
    QTRY_COMPARE(pending().size(), 2);
    m_session->script.at(11s);
    m_session->sleeper(4, "fourth").script.after(500ms).commit();
    QTest::qWait(50); // longer than a beat: nothing may come of it
    QTRY_COMPARE(pending().size(), 2);
    QTRY_COMPARE(done(), QStringList {"first: one"});
    key(Qt::Key_Escape);
    QTRY_COMPARE(pending().size(), 1);
    QVERIFY(pending().front().startsWith("fourth"));
    QVERIFY(timeline().view().isFollowing()); // as before
}

void TestReplay::whatNeedsThePresentIsDisabledAndSaysWhy()
{
    open(true);
    m_session->script.at(11s).created(5).text(5, TextKind::Name, "waiter").resumed(5);
    m_session->future(8, "other", "int", 5).script.after(1ms).suspended(5, WaitKind::Future, 8).commit();
    m_session->script.after(1s).commit();
    m_window->selection().select(TaskId {5});
    auto *cancel = find<QAction>("cancel");
    QTRY_VERIFY(cancel->isEnabled());
    chooseTab("Futures");
    auto *futures = find<QTableView>("futures");
    QTRY_COMPARE(futures->model()->rowCount(), 2);
    futures->selectRow(1);
    QTRY_VERIFY(find<QPushButton>("setResult")->isEnabled());

    m_window->playhead().moveTo(11500ms);
    QVERIFY(!cancel->isEnabled());
    QVERIFY2(cancel->toolTip().contains("past moment"), qPrintable(cancel->toolTip()));
    QVERIFY(!find<QAction>("cancelAll")->isEnabled());
    QVERIFY(find<QPushButton>("setResult")->isVisible());
    QVERIFY(!find<QPushButton>("setResult")->isEnabled());
    QVERIFY(find<QPushButton>("setResult")->parentWidget()->toolTip().contains("past moment"));
    chooseTab("Tasks");
    auto *tasks = find<QTableView>("tasks");
    QTRY_COMPARE(tasks->model()->rowCount(), 4);
    QTest::mouseClick(tasks->viewport(), Qt::LeftButton, {},
                      tasks->visualRect(tasks->model()->index(3, 3)).center());
    QTest::keyClick(tasks, Qt::Key_Delete);
    QVERIFY(m_session->posted.empty());
    m_window->playhead().leave();
    QVERIFY(cancel->isEnabled());
    QTest::keyClick(tasks, Qt::Key_Delete);
    QCOMPARE(m_session->only<tasks::Cancel>().task, TaskId {5});
}

void TestReplay::theInspectorShowsTheTaskAsItWas()
{
    m_window->selection().select(TaskId {1});
    clickRuler(2500ms);
    auto *inspector = find<QWidget>("inspector");
    const auto texts = [&] {
        QStringList all;
        for (const auto *label : inspector->findChildren<QLabel *>()) {
            if (label->isVisible())
                all << label->text().remove(QChar(0x200b));
        }
        return all.join(QLatin1Char('\n'));
    };
    QTRY_VERIFY2(texts().contains("suspended on timer 2 s"), qPrintable(texts()));
    QVERIFY2(texts().contains("at 2.4") || texts().contains("at 2.5"), qPrintable(texts()));
    const auto printed = [&] { return find<TextBlock>("printed")->text(); };
    QCOMPARE(printed(), QStringLiteral("hello"));
    clickRuler(3500ms);
    QTRY_VERIFY2(texts().contains("done after 2.00 s"), qPrintable(texts()));
    QCOMPARE(printed(), QStringLiteral("hello\nbye"));
    clickRuler(2500ms);
    QTRY_COMPARE(printed(), QStringLiteral("hello"));
    clickRuler(3500ms);
    m_window->selection().select(TaskId {3});
    QTRY_VERIFY2(texts().contains("third had not been created yet."), qPrintable(texts()));
    key(Qt::Key_Escape);
    QTRY_VERIFY2(texts().contains("done after 4.00 s"), qPrintable(texts()));
}

void TestReplay::theConsoleAndTheCountsAreOfTheMoment()
{
    chooseTab("Console");
    auto *console = find<QPlainTextEdit>("console");
    auto *counts = find<QLabel>("taskCounts");
    QTRY_VERIFY(console->toPlainText().contains("bye"));
    clickRuler(2500ms);
    QTRY_VERIFY(!console->toPlainText().contains("bye"));
    QVERIFY(console->toPlainText().contains("hello"));
    QTRY_COMPARE(counts->text(), QStringLiteral("|  2 tasks: 2 suspended"));
    clickRuler(5s);
    QTRY_VERIFY(console->toPlainText().contains("bye"));
    QTRY_COMPARE(counts->text(), QStringLiteral("|  3 tasks: 2 suspended, 1 done"));
    QVERIFY(find<QLabel>("events")->text().startsWith("|  now ")); // which is no figure of the past
    QVERIFY2(timeline().titleText().startsWith("3 tasks in all"), qPrintable(timeline().titleText()));
    clickRuler(800ms);
    QTRY_VERIFY(console->toPlainText().isEmpty());
    key(Qt::Key_Escape);
    QTRY_COMPARE(console->toPlainText().count(QChar('\n')), 1);
    QTRY_COMPARE(counts->text(), QStringLiteral("|  3 tasks: 2 done, 1 failed"));
    QVERIFY(!find<QLabel>("events")->text().contains("now"));
}

void TestReplay::finishedTasksMayBeForgottenMeanwhile()
{
    clickRuler(5s);
    QTRY_COMPARE(pending().size(), 2);
    m_session->store().removeEnded();
    QTRY_COMPARE(pending().size(), 0);
    QTRY_COMPARE(done().size(), 0);
    key(Qt::Key_Escape);
    QVERIFY(!m_window->playhead().isOn());
}

void TestReplay::theLanesSayWhatTheyDidThen()
{
    const auto stateOf = [this](std::uint32_t task) {
        return timeline().laneState(*timeline().view().lanes().rowOf(TaskId {task}));
    };
    QCOMPARE(stateOf(2), QStringLiteral("failed"));
    clickRuler(5s);
    QCOMPARE(stateOf(1), QStringLiteral("done"));
    QCOMPARE(stateOf(2), QStringLiteral("suspended"));
    clickRuler(1500ms);
    QCOMPARE(stateOf(1), QStringLiteral("suspended"));
    QCOMPARE(stateOf(2), QString()); // there is no such task yet
    const auto words = [this](Time time) {
        const auto shape = timeline().shapeAt(timeline().pointOf(TaskId {1}, time));
        return shape ? shape->text : QString();
    };
    QVERIFY2(words(2s).startsWith("timer 2 s · 1.5"), qPrintable(words(2s))); // of a wait that is over by now
    clickRuler(5s);
    QCOMPARE(words(2s), QStringLiteral("timer 2 s"));
}

void TestReplay::aFrozenViewThaws()
{
    key(Qt::Key_Space);
    QVERIFY(timeline().view().isFrozen());
    clickRuler(5s);
    QVERIFY(!timeline().view().isFrozen());
    QVERIFY(!find<QAction>("freeze")->isChecked());
    QVERIFY(!find<QAction>("freeze")->isEnabled());
    QTRY_COMPARE(pending().size(), 2);
    key(Qt::Key_Escape);
    QVERIFY(find<QAction>("freeze")->isEnabled());
    QTRY_COMPARE(done().size(), 3);
}

void TestReplay::whatLiesAfterThePlayheadIsVeiled()
{
    const auto colorAt = [this](Time time) {
        const QImage image = timeline().grab().toImage();
        const QPoint at = timeline().pointOf(TaskId {2}, time) + QPoint(0, 6);
        return image.pixelColor(at * image.devicePixelRatio());
    };
    clickRuler(9s);
    const QColor bare = colorAt(5500ms);
    clickRuler(5s);
    QVERIFY(colorAt(5500ms) != bare);
    QVERIFY(colorAt(5500ms).lightnessF() > bare.lightnessF()); // paler, towards the ground
    QCOMPARE(colorAt(4s), (clickRuler(9s), colorAt(4s)));
}

void TestReplay::theBarFitsInASmallWindow()
{
    m_window->resize(800, 600);
    clickRuler(5s);
    QTRY_COMPARE(bar().width(), timeline().width());
    for (const QWidget *widget : bar().findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        if (widget->isVisible())
            QVERIFY2(bar().rect().contains(widget->geometry()), qPrintable(widget->objectName()));
    }
}

/// With tasks that really ran, first as they are recorded, then from their file.
void TestReplay::aRecordingIsReplayedLikeTheSessionItself()
{
    const QString recording = m_folder.filePath("replay.coro");
    const auto check = [this](tasks::Session &session, const QString &back) {
        cleanup();
        m_settings = std::make_unique<QSettings>(m_folder.filePath("settings.ini"), QSettings::IniFormat);
        m_window = std::make_unique<MainWindow>(session, *m_settings);
        m_window->resize(1200, 800);
        m_window->show();
        QTRY_COMPARE(done().size(), 1);
        QTRY_COMPARE(pending().size(), 0);
        m_window->showWholeSession();
        const auto sleeper = std::ranges::find_if(session.store().tasks(), [&](TaskId id) {
            return model::countsAsTask(*session.store().task(id));
        });
        QVERIFY(sleeper != session.store().tasks().end());
        clickRuler(session.store().task(*sleeper)->created + Time {150ms});
        QTRY_COMPARE(done().size(), 0);
        QTRY_COMPARE(pending().size(), 1);
        QVERIFY2(pending().front().contains("timer 300 ms"), qPrintable(pending().front()));
        QCOMPARE(bar().findChild<QToolButton *>("replayLeave")->text(), back);
        key(Qt::Key_R);
        QTRY_COMPARE(done().size(), 1); // it plays on to its end
        m_window.reset();
    };
    {
        tasks::LocalSession session;
        QSignalSpy idle(&session, &tasks::Session::idle);
        session.post(tasks::Launch {tasks::SleepSpec {.duration = 300ms}});
        QVERIFY(idle.wait(20'000));
        check(session, QStringLiteral("Back to live"));
        QVERIFY(!session.save(recording));
    }
    tasks::FileSession session;
    QSignalSpy opened(&session, &tasks::FileSession::opened);
    QVERIFY(!session.open(recording));
    QVERIFY(opened.wait(20'000));
    check(session, QStringLiteral("End replay"));
}

static Time totalOf(const FlamePane &pane, const QString &name)
{
    const FlamePicture &picture = pane.view()->picture();
    for (FlamePicture::Index i = 0; i < picture.size(); ++i) {
        if (picture.frame(i).name == name)
            return picture.total(i);
    }
    return {};
}

void TestReplay::theFlameGraphAndLatenciesAreOfTheMoment()
{
    chooseTab("Flame");
    const auto &flame = *m_window->findChild<FlamePane *>();
    QTRY_COMPARE(totalOf(flame, "second"), Time {110ms});
    QCOMPARE(totalOf(flame, "third"), Time {10ms});
    clickRuler(2500ms);
    QVERIFY(badge()->isVisible());
    QVERIFY2(badge()->text().startsWith("at 2."), qPrintable(badge()->text()));
    QTRY_COMPARE(totalOf(flame, "second"), Time {100ms});
    QCOMPARE(totalOf(flame, "third"), Time {});
    clickRuler(5s);
    QTRY_COMPARE(totalOf(flame, "third"), Time {10ms});
    chooseTab("Latency");
    QVERIFY(badge()->isVisible());
    const auto *waits = m_window->findChild<LatencyPane *>()->column(model::Latency::Kind::Waiting);
    QTRY_COMPARE(waits->findChild<QLabel *>("latencyCount")->text(), "1");
    m_window->playhead().setSpeed(100);
    key(Qt::Key_R);
    QTRY_COMPARE(waits->findChild<QLabel *>("latencyCount")->text(), "3");
    key(Qt::Key_Escape);
    QVERIFY(!badge()->isVisible());
    QTRY_COMPARE(waits->findChild<QLabel *>("latencyCount")->text(), "3");
}

void TestReplay::whatIsDraggedInTheTimelineIsTheirRange()
{
    chooseTab("Flame");
    const auto &flame = *m_window->findChild<FlamePane *>();
    timeline().view().setRange({0s, 11s});
    QTest::mouseClick(flame.findChild<QPushButton *>("rangeVisible"), Qt::LeftButton);
    QTRY_COMPARE(totalOf(flame, "second"), Time {110ms});
    QWidget *area = timeline().laneArea();
    const TimeScale scale(timeline().view().range(), area->width());
    const QPoint begin(int(scale.x(5500ms)), area->height() / 2);
    const QPoint end(int(scale.x(7s)), area->height() / 2);
    QTest::mousePress(area, Qt::LeftButton, Qt::ShiftModifier, begin);
    QMouseEvent move(QEvent::MouseMove, end, area->mapToGlobal(end), Qt::NoButton, Qt::LeftButton,
                     Qt::ShiftModifier);
    QApplication::sendEvent(area, &move);
    QTest::mouseRelease(area, Qt::LeftButton, Qt::ShiftModifier, end);
    QTRY_COMPARE(totalOf(flame, "second"), Time {10ms});
    QVERIFY2(flame.range()->text().startsWith("Region 5."), qPrintable(flame.range()->text()));
    timeline().setFocus();
    key(Qt::Key_Escape);
    QTRY_COMPARE(totalOf(flame, "second"), Time {110ms});
    for (int i = 0; i < 6; ++i)
        key(Qt::Key_W); // closer
    QTRY_VERIFY(totalOf(flame, "second") < Time {110ms});
}

void TestReplay::downloadsSayThatTheyShowThePresent()
{
    chooseTab("Downloads");
    QVERIFY(!badge()->isVisible());
    clickRuler(5s);
    QVERIFY(badge()->isVisible());
    QCOMPARE(badge()->text(), QStringLiteral("the present"));
    QVERIFY2(badge()->toolTip().startsWith("Downloads show the present"), qPrintable(badge()->toolTip()));
    m_window->resize(1700, 800);
    chooseTab("Rows");
    chooseTab("Downloads");
    QCOMPARE(badge()->text(), QStringLiteral("Downloads show the present"));
    chooseTab("Rows");
    QVERIFY2(badge()->text().startsWith("at 5.0"), qPrintable(badge()->text()));
    chooseTab("Downloads");
    key(Qt::Key_Escape);
    QVERIFY(!badge()->isVisible());
}

void TestReplay::theRegionsStatisticsEndAtThePlayhead()
{
    timeline().view().setRegion(TimeRange {1s, 9s});
    QTRY_VERIFY(timeline().regionPanel()->plainText().contains("3, of them 3 ran"));
    clickRuler(2500ms);
    QTRY_VERIFY2(timeline().regionPanel()->plainText().contains("2, of them 2 ran"),
                 qPrintable(timeline().regionPanel()->plainText()));
    QVERIFY(timeline().regionPanel()->plainText().contains("by the playhead"));
    key(Qt::Key_Escape);
}

void TestReplay::theExamplesAreOfTheMoment()
{
    open(true);
    auto &s = m_session->script;
    const gallery::Example example = gallery::examples().front();
    m_session->specs[TaskId {20}] = tasks::ExampleSpec {.id = example.id};
    m_session->specs[TaskId {21}] = tasks::ExampleSpec {.id = gallery::examples()[1].id};
    m_window->showExample(example.id);
    s.at(11s).created(20).text(20, TextKind::Name, "example").resumed(20).after(1ms);
    s.suspended(20, WaitKind::Sleep, 1'000'000'000).commit();
    emit m_session->launched(TaskId {20});
    s.at(13s).resumed(20, Cause::Timer).finished(20).at(14s);
    s.created(21).resumed(21).finished(21).at(15s).commit();
    emit m_session->launched(TaskId {21});
    const auto *compare = find<QPushButton>("exampleCompare");
    const auto *state = find<QLabel>("exampleState");
    QTRY_VERIFY2(state->text().startsWith("Ended after 2.00"), qPrintable(state->text()));
    QVERIFY(compare->isVisible());
    m_window->playhead().moveTo(13500ms);
    QVERIFY2(state->text().startsWith("Ended after 2.00"), qPrintable(state->text()));
    QVERIFY(!compare->isVisible()); // the other run is still to come
    m_window->playhead().moveTo(12s);
    QVERIFY2(state->text().startsWith("Running for 1.00"), qPrintable(state->text()));
    QVERIFY(!find<QPushButton>("exampleStop")->isVisible());
    m_window->playhead().moveTo(5s);
    QCOMPARE(state->text(), QStringLiteral("Not run by then."));
    m_window->playhead().leave();
    QVERIFY2(state->text().startsWith("Ended after 2.00"), qPrintable(state->text()));
}

void TestReplay::theBadgeLeavesTheTabsTheirRoom()
{
    m_window->resize(1400, 800);
    clickRuler(5s);
    auto *tabs = find<QTabBar>("paneTabs");
    for (const char *title : {"Rows", "Flame", "Latency", "Awaits", "Futures"}) {
        chooseTab(QLatin1String(title));
        QTRY_VERIFY(badge()->isVisible());
        QTRY_VERIFY2(tabs->width() >= tabs->sizeHint().width(), title);
    }
}

void TestReplay::theOverviewIsVeiledAfterThePlayhead()
{
    auto *overview = timeline().findChild<Minimap *>();
    const auto colorAt = [&](double part) {
        const QImage image = overview->grab().toImage();
        return image.pixelColor(int(part * image.width()), image.height() / 4);
    };
    const QColor left = colorAt(0.2);
    const QColor right = colorAt(0.8);
    clickRuler(5s);
    QCOMPARE(colorAt(0.2), left);
    QVERIFY(colorAt(0.8) != right);
    key(Qt::Key_Escape);
    QCOMPARE(colorAt(0.8), right);
}

void TestReplay::aHiddenPaneShowsTheMomentWhenItComes()
{
    chooseTab("Flame");
    const auto &flame = *m_window->findChild<FlamePane *>();
    QTRY_COMPARE(totalOf(flame, "second"), Time {110ms});
    chooseTab("Tasks");
    clickRuler(7s);
    clickRuler(2500ms);
    clickRuler(3500ms);
    chooseTab("Flame");
    QTRY_COMPARE(totalOf(flame, "second"), Time {100ms});
    QTRY_VERIFY2(flame.range()->text().startsWith("1.00 s – 3."), qPrintable(flame.range()->text()));
}

QTEST_MAIN(TestReplay)
#include "tst_replay.moc"
