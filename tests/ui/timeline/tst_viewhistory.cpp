// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"

using namespace coroscope;
using namespace coroscope::ui;

class TestViewHistory : public QObject
{
    Q_OBJECT
private slots:
    void itGoesBackAndForth();
    void aNewJumpDropsTheWayForth();
    void quickJumpsOfOneKindAreOne();
    void aPlaceThatIsShownAlreadyIsSkipped();
    void altArrowsGoBackAndForthInTheTimeline();
    void backToLiveFollowsAgain();
    void aClickOnTheMinimapIsAJump();
};

static Place at(int seconds)
{
    return {.range = {Time(seconds * 1s), Time((seconds + 1) * 1s)}, .task = {}, .slice = {}};
}

void TestViewHistory::itGoesBackAndForth()
{
    ViewHistory history;
    QVERIFY(!history.back(at(1)));
    history.leave(at(1), Jump::Fit);
    history.leave(at(2), Jump::Find);
    QCOMPARE(history.back(at(3)), std::optional(at(2)));
    QCOMPARE(history.back(at(2)), std::optional(at(1)));
    QVERIFY(!history.back(at(1)));
    QCOMPARE(history.forward(at(1)), std::optional(at(2)));
    QCOMPARE(history.forward(at(2)), std::optional(at(3)));
    QVERIFY(!history.forward(at(3)));
}

void TestViewHistory::aNewJumpDropsTheWayForth()
{
    ViewHistory history;
    history.leave(at(1), Jump::Fit);
    QVERIFY(history.back(at(2)));
    history.leave(at(1), Jump::Find);
    QVERIFY(!history.forward(at(5)));
    QCOMPARE(history.back(at(5)), std::optional(at(1)));
}

void TestViewHistory::quickJumpsOfOneKindAreOne()
{
    ViewHistory history;
    const ViewHistory::Clock::time_point t0 {};
    history.leave(at(1), Jump::Slice, t0);
    history.leave(at(2), Jump::Slice, t0 + 300ms);
    history.leave(at(3), Jump::Reveal, t0 + 300ms);
    history.leave(at(4), Jump::Slice, t0 + 600ms);
    history.leave(at(5), Jump::Slice, t0 + 5s);
    QCOMPARE(history.back(at(6)), std::optional(at(5)));
    QCOMPARE(history.back(at(5)), std::optional(at(1)));
    QVERIFY(!history.back(at(1)));
}

void TestViewHistory::aPlaceThatIsShownAlreadyIsSkipped()
{
    ViewHistory history;
    history.leave(at(1), Jump::Fit);
    history.leave(at(2), Jump::Find);
    QCOMPARE(history.back(at(2)), std::optional(at(1)));
}

void TestViewHistory::altArrowsGoBackAndForthInTheTimeline()
{
    Stage stage;
    stage.view.setFollowing(false);
    stage.view.setRange({1150ms, 3230ms});
    stage.selection.select(stage.missing, 1);
    const TimeRange wide = stage.view.range();
    stage.key(Qt::Key_Return);
    const TimeRange slice = stage.view.range();
    QVERIFY(slice.length() < Time(20ms));
    stage.key(Qt::Key_Home);
    const TimeRange begin = stage.view.range();
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(stage.view.range(), slice);
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(stage.view.range(), wide);
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(stage.view.range(), wide);
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Right, Qt::AltModifier);
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(stage.view.range(), begin);
}

void TestViewHistory::backToLiveFollowsAgain()
{
    Stage stage;
    stage.view.setFollowing(true);
    stage.key(Qt::Key_F);
    QVERIFY(!stage.view.isFollowing());
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Left, Qt::AltModifier);
    QVERIFY(stage.view.isFollowing());
}

void TestViewHistory::aClickOnTheMinimapIsAJump()
{
    Stage stage;
    stage.view.setFollowing(false);
    stage.view.setRange({2500ms, 3s});
    QWidget *map = stage.widget.minimap();
    QTest::mouseClick(map, Qt::LeftButton, {}, {map->width() / 4, 10});
    QVERIFY(!stage.view.range().contains(2700ms));
    QTest::keyClick(stage.widget.laneArea(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(stage.view.range(), (TimeRange {2500ms, 3s}));
}

QTEST_MAIN(TestViewHistory)
#include "tst_viewhistory.moc"
