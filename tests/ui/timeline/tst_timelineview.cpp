// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "mockscene.h"
#include "ui/selection.h"
#include "ui/timeline/navigation.h"

#include <QSignalSpy>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

class TestTimelineView : public QObject
{
    Q_OBJECT
private slots:
    void followsNowFromTheFirstEventOn();
    void followingKeepsNowNearTheRightEdge();
    void panningEndsFollowing();
    void zoomingOutWhileFollowingKeepsFollowing();
    void zoomingInElsewhereEndsFollowing();
    void frozenNeitherTimeNorLanesGo();
    void thawingShowsWhatCameMeanwhile();
    void theSessionNeverGetsOutOfSight();
    void movesWhileATaskIsUnderWay();
    void revealingBringsTaskAndTimeIntoSight();
    void fittingTwiceShowsAll();
    void steppingGoesFromSliceToSlice();
    void openingAndClosingWalksTheTree();
    void clearingForgetsChosenFolds();
};

struct Stage : MockScene
{
    Selection selection;
    TimelineView view {store(), selection};
    Navigation navigation {view};

    Stage()
    {
        view.setClock(LiveClock::Source::Store);
        play(3090ms);
        view.advance();
    }
    void goOn(Time now)
    {
        play(now);
        view.advance();
    }
};

void TestTimelineView::followsNowFromTheFirstEventOn()
{
    Stage stage;
    QVERIFY(stage.view.isFollowing());
    QCOMPARE(stage.view.now(), Time(3090ms));
    QCOMPARE(stage.view.range().begin, stage.view.session().begin);
    QVERIFY(stage.view.range().contains(stage.view.now()));
}

void TestTimelineView::followingKeepsNowNearTheRightEdge()
{
    Stage stage;
    stage.goOn(60s);
    const TimeRange range = stage.view.range();
    QCOMPARE(range.length(), Time(10s));
    QVERIFY(range.contains(60s));
    QVERIFY(range.end - Time(60s) < Time(1s));
}

void TestTimelineView::panningEndsFollowing()
{
    Stage stage;
    stage.goOn(60s);
    stage.view.pan(-0.5);
    QVERIFY(!stage.view.isFollowing());
    const TimeRange range = stage.view.range();
    stage.goOn(70s);
    QCOMPARE(stage.view.range(), range);
    stage.view.setFollowing(true);
    QVERIFY(stage.view.range().contains(70s));
}

void TestTimelineView::zoomingOutWhileFollowingKeepsFollowing()
{
    Stage stage;
    stage.goOn(60s);
    stage.view.zoom(55s, 2);
    QVERIFY(stage.view.isFollowing());
    QCOMPARE(stage.view.range().length(), Time(20s));
    QVERIFY(stage.view.range().contains(60s));
}

void TestTimelineView::zoomingInElsewhereEndsFollowing()
{
    Stage stage;
    stage.goOn(60s);
    stage.view.zoom(55s, 0.5);
    QVERIFY(!stage.view.isFollowing());
    QVERIFY(stage.view.range().contains(55s));
}

void TestTimelineView::frozenNeitherTimeNorLanesGo()
{
    Stage stage;
    stage.view.setFrozen(true);
    QSignalSpy grown(&stage.view, &TimelineView::grown);
    const std::size_t lanes = stage.view.lanes().size();
    const TimeRange range = stage.view.range();
    stage.spawn("later", {}, 4s);
    stage.goOn(5s);
    QCOMPARE(stage.view.now(), Time(3090ms));
    QCOMPARE(stage.view.lanes().size(), lanes);
    QCOMPARE(stage.view.range(), range);
    QVERIFY(grown.isEmpty());
    QVERIFY(!stage.view.isMoving());
}

void TestTimelineView::thawingShowsWhatCameMeanwhile()
{
    Stage stage;
    stage.view.setFrozen(true);
    const std::size_t lanes = stage.view.lanes().size();
    stage.spawn("later", {}, 4s);
    stage.goOn(5s);
    QSignalSpy thawed(&stage.view, &TimelineView::frozenChanged);
    stage.view.setFrozen(false);
    QCOMPARE(thawed.size(), 1);
    QCOMPARE(stage.view.lanes().size(), lanes + 1);
    QCOMPARE(stage.view.now(), Time(5s));
}

void TestTimelineView::theSessionNeverGetsOutOfSight()
{
    Stage stage;
    for (int i = 0; i < 50; ++i)
        stage.view.pan(1);
    QVERIFY(stage.view.range().begin < stage.view.session().end);
    for (int i = 0; i < 50; ++i)
        stage.view.pan(-1);
    QVERIFY(stage.view.range().end > stage.view.session().begin);
}

void TestTimelineView::movesWhileATaskIsUnderWay()
{
    StoreFixture fixture;
    Selection selection;
    TimelineView view(fixture.store(), selection);
    view.setClock(LiveClock::Source::Store);
    QVERIFY(!view.isMoving());
    const TaskId task = fixture.spawn("sleep", {}, 0s);
    fixture.slice(task, 1ms, 2ms, fixture.sleeps(10ms));
    fixture.play(5ms);
    QVERIFY(view.isMoving());
    fixture.end(task, 12ms, 13ms);
    fixture.play(20ms);
    QVERIFY(!view.isMoving());
}

void TestTimelineView::revealingBringsTaskAndTimeIntoSight()
{
    Stage stage;
    stage.view.setRange({2s, 2100ms});
    QSignalSpy wanted(&stage.view, &TimelineView::laneWanted);
    stage.selection.reveal(stage.missing, 1);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<std::size_t>(), *stage.view.lanes().rowOf(stage.missing));
    QVERIFY(stage.view.range().contains(1404ms));
    QCOMPARE(stage.view.range().length(), Time(100ms));
    QCOMPARE(stage.selection.slice(), std::optional<std::uint32_t>(1));
}

void TestTimelineView::fittingTwiceShowsAll()
{
    Stage stage;
    stage.selection.select(stage.missing);
    stage.navigation.fit();
    QVERIFY(stage.view.range().contains(1203ms) && stage.view.range().contains(1592ms));
    QVERIFY(stage.view.range().length() < Time(1s));
    stage.navigation.fit();
    QVERIFY(stage.view.range().begin <= stage.view.session().begin);
    QVERIFY(stage.view.range().end >= stage.view.now());
    stage.selection.select(stage.missing, 0);
    stage.navigation.fit();
    QVERIFY(stage.view.range().length() < Time(20ms));
    QVERIFY(stage.view.range().contains(1233ms));
}

void TestTimelineView::steppingGoesFromSliceToSlice()
{
    Stage stage;
    stage.selection.select(stage.missing, 0);
    stage.navigation.stepSlice(StepTo::Next);
    QCOMPARE(stage.selection.slice(), std::optional<std::uint32_t>(1));
    stage.navigation.stepSlice(StepTo::Next);
    stage.navigation.stepSlice(StepTo::Next); // there is no fourth
    QCOMPARE(stage.selection.slice(), std::optional<std::uint32_t>(2));
    stage.navigation.stepSlice(StepTo::Previous);
    QCOMPARE(stage.selection.slice(), std::optional<std::uint32_t>(1));
    stage.selection.clear();
    stage.navigation.stepSlice(StepTo::Next);
    QCOMPARE(stage.selection.task(), TaskId {});
}

void TestTimelineView::openingAndClosingWalksTheTree()
{
    Stage stage;
    stage.selection.select(stage.missing);
    stage.navigation.close(); // a leaf: to its parent
    QCOMPARE(stage.selection.task(), stage.batch);
    const std::size_t lanes = stage.view.lanes().size();
    stage.navigation.close();
    QCOMPARE(stage.view.lanes().size(), lanes - 4);
    stage.navigation.open();
    QCOMPARE(stage.view.lanes().size(), lanes);
    stage.navigation.open(); // open: to its first child
    QCOMPARE(stage.selection.task(), stage.ubuntu);
    stage.navigation.stepLane(-100);
    QCOMPARE(stage.selection.task(), stage.theLoop);
}

void TestTimelineView::clearingForgetsChosenFolds()
{
    Stage stage;
    stage.view.setFold(stage.batch, Fold::Closed);
    stage.view.setFrozen(true);
    stage.store().clear();
    QCOMPARE(stage.view.lanes().size(), std::size_t {0});
    QVERIFY(!stage.view.isFrozen());
    QCOMPARE(stage.view.fold(stage.batch), Fold::Tasks);
}

QTEST_APPLESS_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
