// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"
#include "ui/theme.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using Kind = LaneShape::Kind;

class TestTimelineWidget : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void namesAndStatesStandBesideTheLanes();
    void theTitleCountsTasksAndSaysThatItFollows();
    void blockingIsRedOnTheScreen_data();
    void blockingIsRedOnTheScreen();
    void readyIsHatchedOnTheScreen();
    void zoomingToASliceReadsItsToolTip();
    void theToolTipOfAWaitSaysForWhatAndWhere();
    void clickingSelectsTheSlice();
    void controlWheelZoomsAtThePointer();
    void shiftWheelMovesInTime();
    void wheelScrollsTheLanes();
    void draggingPans();
    void shiftDraggingChoosesARegionAndEscapeDropsIt();
    void keysMoveTheView_data();
    void keysMoveTheView();
    void arrowsMoveTheSelectionAndFoldLanes();
    void pointAndCommaStepThroughSlices();
    void spaceFreezesAndEndFollowsAgain();
    void aRecordingHasAnEndInsteadOfAPresent();
    void questionMarkShowsTheKeys();
    void clickingTheTriangleClosesALane();
    void theMinimapIsDraggedAndClicked();
    void theContextMenuIsRequestedForTheTaskBelowThePointer();
    void hoveringIsShared();
    void anEmptyTimelineOffersTheDemo();
    void aNewTaskShowsUpByItself();
    void itPaintsOnlyWhenSomethingChanges();
    void lostEventsAreHatchedAndExplained();
    void darkAndLightPaintDifferentGrounds();
};

void TestTimelineWidget::initTestCase()
{
    applyTheme(*qApp, ThemeChoice::Light);
    qRegisterMetaType<TaskId>();
}

void TestTimelineWidget::namesAndStatesStandBesideTheLanes()
{
    Stage stage;
    QCOMPARE(stage.widget.laneName(stage.rowOf(stage.ubuntu)), QStringLiteral("GET ubuntu.iso"));
    QCOMPARE(stage.widget.laneState(stage.rowOf(stage.ubuntu)), QStringLiteral("done"));
    QCOMPARE(stage.widget.laneState(stage.rowOf(stage.missing)), QStringLiteral("failed"));
    QCOMPARE(stage.widget.laneState(stage.rowOf(stage.debian)), QStringLiteral("63 %"));
    QCOMPARE(stage.widget.laneState(stage.rowOf(stage.sleep10)), QStringLiteral("cancelled"));
    QVERIFY(stage.widget.laneState(stage.rowOf(stage.theLoop)).endsWith("% busy"));
    QCOMPARE(stage.widget.laneState(stage.rowOf(stage.theWorker)), QStringLiteral("idle"));
}

void TestTimelineWidget::theTitleCountsTasksAndSaysThatItFollows()
{
    Stage stage;
    QTRY_COMPARE(stage.widget.titleText(), QStringLiteral("12 tasks · 3.09 s · following live"));
    stage.view.pan(-0.1);
    QCOMPARE(stage.widget.titleText(), QStringLiteral("12 tasks · 3.09 s"));
}

void TestTimelineWidget::blockingIsRedOnTheScreen_data()
{
    QTest::addColumn<bool>("loop");
    QTest::newRow("in the loop's lane") << true;
    QTest::newRow("in the task's lane") << false;
}

void TestTimelineWidget::blockingIsRedOnTheScreen()
{
    QFETCH(bool, loop);
    Stage stage;
    const TaskId task = loop ? stage.theLoop : stage.parse;
    QCOMPARE(stage.widget.shapeAt(stage.widget.pointOf(task, 2300ms))->kind, Kind::Blocking);
    QCOMPARE(stage.pixel(task, 2390ms), Theme::light().blocking);
    QVERIFY(stage.tip(task, 2300ms).contains(loop ? "blocked" : "blocks the loop"));
}

void TestTimelineWidget::readyIsHatchedOnTheScreen()
{
    Stage stage;
    const QImage image = stage.widget.grab().toImage();
    QSet<QRgb> colors;
    const QPoint at = stage.widget.pointOf(stage.redis2, 2390ms);
    for (int x = 0; x < 10; ++x)
        colors.insert(image.pixel((at + QPoint(x - 10, 7)) * image.devicePixelRatio()));
    QVERIFY(colors.size() >= 3);
    QVERIFY(stage.tip(stage.redis2, 2390ms).contains("the loop is busy"));
}

void TestTimelineWidget::zoomingToASliceReadsItsToolTip()
{
    Stage stage;
    const QPoint slice = stage.inArea(stage.missing, 1405ms);
    QTest::mouseDClick(stage.widget.laneArea(), Qt::LeftButton, {}, slice);
    QVERIFY(stage.view.range().length() < Time(20ms));
    const auto shape = stage.widget.shapeAt(stage.widget.pointOf(stage.missing, 1405ms));
    QVERIFY(shape);
    QCOMPARE(shape->kind, Kind::Running);
    QVERIFY(shape->right - shape->left > 300);
    QCOMPARE(shape->text, QStringLiteral("4 ms"));
    const QString tip = stage.tip(stage.missing, 1405ms);
    for (const char *part :
         {"GET missing.png", "ran for 4 ms", "woken by: reply", "then waits: reply http://"})
        QVERIFY2(tip.contains(part), qPrintable(tip));
}

void TestTimelineWidget::theToolTipOfAWaitSaysForWhatAndWhere()
{
    Stage stage;
    const QString tip = stage.tip(stage.debian, 1400ms);
    for (const char *part :
         {"GET debian.iso", "waited for", "reply http://127.0.0.1:8080", "download.cpp:131"})
        QVERIFY2(tip.contains(part), qPrintable(tip));
    QVERIFY(stage.widget.tipAt(stage.widget.pointOf(stage.debian, 1160ms)).isEmpty());
}

void TestTimelineWidget::clickingSelectsTheSlice()
{
    Stage stage;
    QTest::mouseClick(stage.widget.laneArea(), Qt::LeftButton, {}, stage.inArea(stage.missing, 1405ms));
    QCOMPARE(stage.selection.task(), stage.missing);
    QCOMPARE(stage.selection.slice(), std::optional<std::uint32_t>(1));
    QVERIFY(stage.widget.laneArea()->accessibleDescription().contains("GET missing.png, failed"));
    // Beside the bars, the lane alone; below the lanes, nothing.
    QTest::mouseClick(stage.widget.laneArea(), Qt::LeftButton, {}, stage.inArea(stage.answer, 1300ms));
    QCOMPARE(stage.selection.task(), stage.answer);
    QVERIFY(!stage.selection.slice());
    QTest::mouseClick(stage.widget.laneArea(), Qt::LeftButton, {},
                      QPoint(300, stage.widget.laneArea()->height() - 4));
    QCOMPARE(stage.selection.task(), TaskId {});
}

void TestTimelineWidget::controlWheelZoomsAtThePointer()
{
    Stage stage;
    const QPoint at = stage.inArea(stage.missing, 1405ms);
    const Time length = stage.view.range().length();
    stage.wheel({0, 240}, Qt::ControlModifier, at);
    QVERIFY(stage.view.range().length() < length);
    QVERIFY(std::abs(stage.inArea(stage.missing, 1405ms).x() - at.x()) <= 1);
}

void TestTimelineWidget::shiftWheelMovesInTime()
{
    Stage stage;
    const TimeRange before = stage.view.range();
    stage.wheel({0, -120}, Qt::ShiftModifier, {400, 100});
    QVERIFY(stage.view.range().begin > before.begin);
    QCOMPARE(stage.view.range().length(), before.length());
}

void TestTimelineWidget::wheelScrollsTheLanes()
{
    Stage stage({1000, 240});
    const int top = stage.widget.pointOf(stage.batch, 2s).y();
    const int loop = stage.widget.pointOf(stage.theLoop, 2s).y();
    stage.wheel({0, -120}, {}, {300, 100});
    QVERIFY(stage.widget.pointOf(stage.batch, 2s).y() < top);
    QCOMPARE(stage.widget.pointOf(stage.theLoop, 2s).y(), loop); // loops stay in sight
    stage.wheel({0, 1200}, {}, {300, 100});
    QCOMPARE(stage.widget.pointOf(stage.batch, 2s).y(), top);
}

void TestTimelineWidget::draggingPans()
{
    Stage stage;
    const TimeRange before = stage.view.range();
    QWidget *area = stage.widget.laneArea();
    QTest::mousePress(area, Qt::LeftButton, {}, {500, 200});
    QTest::mouseMove(area, {470, 200});
    QTest::mouseMove(area, {400, 200});
    QTest::mouseRelease(area, Qt::LeftButton, {}, {400, 200});
    QCOMPARE(stage.view.range().length(), before.length());
    const Time expected = before.length() * 100 / area->width();
    QVERIFY(std::chrono::abs(stage.view.range().begin - before.begin - expected) < Time(3ms));
    QVERIFY(!stage.view.isFollowing());
}

void TestTimelineWidget::shiftDraggingChoosesARegionAndEscapeDropsIt()
{
    Stage stage;
    QWidget *area = stage.widget.laneArea();
    const QPoint from = stage.inArea(stage.debian, 2s);
    const QPoint to = stage.inArea(stage.debian, 2500ms);
    QTest::mousePress(area, Qt::LeftButton, Qt::ShiftModifier, from);
    QMouseEvent move(QEvent::MouseMove, to, area->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     Qt::ShiftModifier);
    QApplication::sendEvent(area, &move);
    QTest::mouseRelease(area, Qt::LeftButton, Qt::ShiftModifier, to);
    QVERIFY(stage.view.region());
    QVERIFY(std::chrono::abs(stage.view.region()->length() - Time(500ms)) < Time(6ms));
    stage.key(Qt::Key_Escape);
    QVERIFY(!stage.view.region());
}

void TestTimelineWidget::keysMoveTheView_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("begin"); // sign of its change
    QTest::addColumn<int>("length"); // sign of its change
    QTest::newRow("W zooms in") << int(Qt::Key_W) << 1 << -1;
    QTest::newRow("S zooms out") << int(Qt::Key_S) << -1 << 1;
    QTest::newRow("A goes to earlier") << int(Qt::Key_A) << -1 << 0;
    QTest::newRow("D goes to later") << int(Qt::Key_D) << 1 << 0;
    QTest::newRow("Home goes to the begin") << int(Qt::Key_Home) << -1 << 0;
    QTest::newRow("F fits all") << int(Qt::Key_F) << -1 << 1;
}

void TestTimelineWidget::keysMoveTheView()
{
    QFETCH(int, key);
    QFETCH(int, begin);
    QFETCH(int, length);
    Stage stage;
    stage.view.setFollowing(false);
    const TimeRange before = stage.view.range();
    stage.key(key);
    const auto sign = [](Time t) { return t > Time {} ? 1 : t < Time {} ? -1 : 0; };
    QCOMPARE(sign(stage.view.range().begin - before.begin), begin);
    QCOMPARE(sign(stage.view.range().length() - before.length()), length);
}

void TestTimelineWidget::arrowsMoveTheSelectionAndFoldLanes()
{
    Stage stage;
    stage.selection.select(stage.ubuntu);
    stage.key(Qt::Key_Down);
    QCOMPARE(stage.selection.task(), stage.debian);
    stage.key(Qt::Key_Up);
    stage.key(Qt::Key_Left);
    QCOMPARE(stage.selection.task(), stage.batch);
    const std::size_t lanes = stage.view.lanes().size();
    stage.key(Qt::Key_Left);
    QCOMPARE(stage.view.lanes().size(), lanes - 4);
    stage.key(Qt::Key_Right);
    QCOMPARE(stage.view.lanes().size(), lanes);
}

void TestTimelineWidget::pointAndCommaStepThroughSlices()
{
    Stage stage;
    stage.selection.select(stage.missing, 0);
    stage.key(Qt::Key_Period);
    QCOMPARE(stage.selection.slice(), std::optional<std::uint32_t>(1));
    stage.key(Qt::Key_Comma);
    QCOMPARE(stage.selection.slice(), std::optional<std::uint32_t>(0));
    stage.key(Qt::Key_Return);
    QVERIFY(stage.view.range().length() < Time(20ms));
}

void TestTimelineWidget::aRecordingHasAnEndInsteadOfAPresent()
{
    Stage stage;
    const auto button = [&](const QString &text) {
        for (QToolButton *button : stage.widget.findChildren<QToolButton *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return static_cast<QToolButton *>(nullptr);
    };
    stage.view.setFollowing(false);
    stage.view.setRange({1s, 4s});
    QVERIFY(button(QStringLiteral("follow live")));
    stage.widget.setLive(false);
    QVERIFY(!button(QStringLiteral("follow live")));
    QVERIFY(!button(QStringLiteral("to the end"))); // it is in sight
    stage.view.setRange({1s, stage.view.now()});
    QVERIFY(!button(QStringLiteral("to the end")));
    stage.view.setRange({1s, 2s});
    QVERIFY(button(QStringLiteral("to the end")));
    QTest::mouseClick(button(QStringLiteral("to the end")), Qt::LeftButton);
    QVERIFY(stage.view.range().contains(stage.view.now()));
    QVERIFY(!button(QStringLiteral("to the end")));
    QCOMPARE(stage.widget.titleText(), QStringLiteral("12 tasks · 3.09 s"));
}

void TestTimelineWidget::spaceFreezesAndEndFollowsAgain()
{
    Stage stage;
    stage.key(Qt::Key_Space);
    QVERIFY(stage.view.isFrozen());
    QVERIFY(stage.widget.titleText().endsWith("frozen"));
    stage.key(Qt::Key_End);
    QVERIFY(!stage.view.isFrozen());
    QVERIFY(stage.view.isFollowing());
}

void TestTimelineWidget::questionMarkShowsTheKeys()
{
    Stage stage;
    QVERIFY(!stage.widget.isKeyListShown());
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Question, Qt::ShiftModifier);
    QVERIFY(stage.widget.isKeyListShown());
    stage.key(Qt::Key_Escape);
    QVERIFY(!stage.widget.isKeyListShown());
}

void TestTimelineWidget::clickingTheTriangleClosesALane()
{
    Stage stage;
    const std::size_t lanes = stage.view.lanes().size();
    const int y = stage.inArea(stage.batch, 2s).y();
    QTest::mouseClick(stage.widget.laneHeader(), Qt::LeftButton, {}, {16, y});
    QCOMPARE(stage.view.lanes().size(), lanes - 4);
    QTest::mouseClick(stage.widget.laneHeader(), Qt::LeftButton, {}, {16, y});
    QCOMPARE(stage.view.lanes().size(), lanes);
    QTest::mouseClick(stage.widget.laneHeader(), Qt::LeftButton, {}, {90, y});
    QCOMPARE(stage.selection.task(), stage.batch);
}

void TestTimelineWidget::theMinimapIsDraggedAndClicked()
{
    Stage stage;
    stage.view.setRange({2500ms, 3s});
    QWidget *map = stage.widget.minimap();
    QTest::mouseClick(map, Qt::LeftButton, {}, {map->width() / 4, 10});
    QVERIFY(stage.view.range().contains(stage.view.session().length() / 4));
    QCOMPARE(stage.view.range().length(), Time(500ms));
    const TimeRange before = stage.view.range();
    QTest::mousePress(map, Qt::LeftButton, {}, {map->width() / 4, 10});
    QTest::mouseMove(map, {map->width() / 2, 10});
    QTest::mouseRelease(map, Qt::LeftButton, {}, {map->width() / 2, 10});
    QVERIFY(stage.view.range().begin > before.begin + Time(500ms));
}

void TestTimelineWidget::theContextMenuIsRequestedForTheTaskBelowThePointer()
{
    Stage stage;
    QSignalSpy requested(&stage.widget, &TimelineWidget::taskContextMenuRequested);
    const QPoint at = stage.inArea(stage.redis1, 1500ms);
    QContextMenuEvent mouse(QContextMenuEvent::Mouse, at, stage.widget.laneArea()->mapToGlobal(at));
    QApplication::sendEvent(stage.widget.laneArea(), &mouse);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested[0][0].value<TaskId>(), stage.redis1);
    stage.selection.select(stage.nap);
    stage.key(Qt::Key_Menu);
    QCOMPARE(requested.size(), 2);
    QCOMPARE(requested[1][0].value<TaskId>(), stage.nap);
}

void TestTimelineWidget::hoveringIsShared()
{
    Stage stage;
    QTest::mouseMove(stage.widget.laneArea(), stage.inArea(stage.redis1, 1500ms));
    QTRY_COMPARE(stage.selection.hovered(), stage.redis1);
}

void TestTimelineWidget::anEmptyTimelineOffersTheDemo()
{
    StoreFixture fixture;
    Selection selection;
    TimelineView view(fixture.store(), selection);
    TimelineWidget widget(view);
    widget.resize(900, 400);
    widget.show();
    auto *button = widget.findChild<QPushButton *>();
    QVERIFY(button->isVisible());
    QSignalSpy requested(&widget, &TimelineWidget::demoRequested);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(requested.size(), 1);
    fixture.spawn("sleep", "sleep", 1s);
    fixture.play(1s);
    QVERIFY(!button->isVisible());
}

void TestTimelineWidget::aNewTaskShowsUpByItself()
{
    Stage stage;
    const TaskId task = stage.spawn("GET late.bin", "download", 3100ms);
    stage.runs(task, 3105ms);
    stage.play(3150ms);
    stage.view.setFollowing(true);
    QTRY_COMPARE(stage.view.now(), Time(3150ms));
    QCOMPARE(stage.widget.laneName(stage.rowOf(task)), QStringLiteral("GET late.bin"));
    QTRY_COMPARE(stage.pixel(task, 3125ms), Theme::light().category("download"));
}

/// Counts how often a widget is painted.
class PaintCounter : public QObject
{
public:
    explicit PaintCounter(QWidget *widget) { widget->installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

void TestTimelineWidget::itPaintsOnlyWhenSomethingChanges()
{
    StoreFixture fixture;
    Selection selection;
    TimelineView view(fixture.store(), selection);
    TimelineWidget widget(view);
    const TaskId task = fixture.spawn("sleep", "sleep", 1s);
    fixture.slice(task, 1001ms, 1002ms, fixture.sleeps(1ms));
    fixture.end(task, 1003ms, 1004ms);
    fixture.play(2s);
    widget.resize(900, 400);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(100);
    PaintCounter counter(widget.laneArea());
    QTest::qWait(200);
    QCOMPARE(counter.count, 0); // nothing is under way: nothing moves
    fixture.spawn("another", {}, 3s);
    fixture.play(3s);
    QTRY_VERIFY(counter.count > 0);
}

void TestTimelineWidget::lostEventsAreHatchedAndExplained()
{
    Stage stage;
    stage.lost(3100ms, 1200);
    stage.play(3200ms);
    stage.view.advance();
    stage.view.setRange({1150ms, 3330ms});
    const model::Mark mark = stage.store().marks().back();
    const Time middle = mark.begin + (mark.end - mark.begin) / 2;
    const QImage image = stage.widget.grab().toImage();
    const QPoint at(stage.widget.pointOf(stage.theLoop, middle).x(), 46); // on the ruler
    bool red = false;
    for (int dx = -3; dx <= 3; ++dx) {
        for (int dy = -4; dy <= 4; ++dy)
            red |= image.pixelColor((at + QPoint(dx, dy)) * image.devicePixelRatio()) == Theme::light().bad;
    }
    QVERIFY(red);
}

void TestTimelineWidget::darkAndLightPaintDifferentGrounds()
{
    Stage light;
    QCOMPARE(light.pixel(light.debian, 1400ms, 6), Theme::light().waiting("download"));
    applyTheme(*qApp, ThemeChoice::Dark);
    Stage dark;
    QCOMPARE(dark.pixel(dark.parse, 2390ms), Theme::darkTheme().blocking);
    QCOMPARE(dark.pixel(dark.answer, 1300ms), Theme::darkTheme().base);
    applyTheme(*qApp, ThemeChoice::Light);
}

QTEST_MAIN(TestTimelineWidget)
#include "tst_timelinewidget.moc"
