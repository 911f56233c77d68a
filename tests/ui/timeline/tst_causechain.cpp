// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/storefixture.h"
#include "ui/selection.h"
#include "ui/timeline/causechain.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"

#include <QApplication>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

class TestCauseChain : public QObject
{
    Q_OBJECT
private slots:
    void theCauseIsTheSliceThatRanThen();
    void aTimersCauseIsTheSliceThatBeganTheSleep();
    void whatNobodyCausedHasNoCause();
    void effectsAreTheReverseOfCauses();
    void bracketsFollowTheCauseAndComeBack();
    void theCauseIsScrolledIntoSight();
};

/// A parent spawns a child, sleeps, sets a future; the child waits for it, another task joins the child.
struct Chain : StoreFixture
{
    TaskId parent = spawn("parent", "group", 0s);
    TaskId joiner = spawn("joiner", "sleep", 1ms);
    TaskId child = spawn("child", "download", 12ms, parent);
    FutureId answer = newFuture("answer", 2ms);

    Chain()
    {
        slice(joiner, 3ms, 4ms, joins(child));
        slice(parent, 10ms, 15ms, sleeps(20ms));
        slice(child, 20ms, 22ms, future(answer));
        slice(parent, 40ms, 44ms, sleeps(1s), trace::Cause::Timer);
        resolved(answer, 42ms, parent);
        ready(child, 42ms, trace::Cause::Future, answer.value);
        end(child, 50ms, 55ms, trace::Outcome::Done, {}, trace::Cause::Future, answer.value);
        ready(joiner, 55ms, trace::Cause::Task, child.value);
        end(joiner, 60ms, 61ms, trace::Outcome::Done, {}, trace::Cause::Task, child.value);
        play(100ms);
    }
    std::optional<SliceRef> cause(TaskId task, std::uint32_t slice)
    {
        return causeOf(store(), {task, slice});
    }
};

void TestCauseChain::theCauseIsTheSliceThatRanThen()
{
    Chain c;
    QCOMPARE(c.cause(c.joiner, 1), std::optional(SliceRef {c.child, 1}));
    QCOMPARE(c.cause(c.child, 1), std::optional(SliceRef {c.parent, 1}));
    QCOMPARE(c.cause(c.child, 0), std::optional(SliceRef {c.parent, 0}));
}

void TestCauseChain::aTimersCauseIsTheSliceThatBeganTheSleep()
{
    Chain c;
    QCOMPARE(c.cause(c.parent, 1), std::optional(SliceRef {c.parent, 0}));
}

void TestCauseChain::whatNobodyCausedHasNoCause()
{
    Chain c;
    QVERIFY(!c.cause(c.parent, 0));
    QVERIFY(!c.cause(c.parent, 7));
    QVERIFY(!c.cause(TaskId {99}, 0));
}

void TestCauseChain::effectsAreTheReverseOfCauses()
{
    Chain c;
    QCOMPARE(effectsOf(c.store(), {c.parent, 0}),
             (std::vector {SliceRef {c.child, 0}, SliceRef {c.parent, 1}}));
    QCOMPARE(effectsOf(c.store(), {c.parent, 1}), std::vector {(SliceRef {c.child, 1})});
    QCOMPARE(effectsOf(c.store(), {c.child, 1}), std::vector {(SliceRef {c.joiner, 1})});
    QVERIFY(effectsOf(c.store(), {c.joiner, 1}).empty());
}

struct Shown : Chain
{
    Selection selection;
    TimelineView view {store(), selection};
    TimelineWidget widget {view};

    explicit Shown(QSize size = {900, 400})
    {
        view.setClock(LiveClock::Source::Store);
        widget.resize(size);
        widget.show();
        view.advance();
        view.setFollowing(false);
        view.setRange({0ms, 100ms});
        widget.setFocus();
        QApplication::processEvents();
    }
    std::pair<TaskId, int> selected() const
    {
        return {selection.task(), selection.slice() ? int(*selection.slice()) : -1};
    }
    bool showsArrow(TaskId from, TaskId to) const
    {
        for (const CauseArrow &arrow : widget.arrows()) {
            if (arrow.from == from && arrow.to == to)
                return true;
        }
        return false;
    }
};

void TestCauseChain::bracketsFollowTheCauseAndComeBack()
{
    Shown s;
    QWidget *lanes = s.widget.laneArea();
    s.selection.select(s.joiner, 1);
    QTest::keyClick(lanes, Qt::Key_BracketLeft);
    QCOMPARE(s.selected(), std::pair(s.child, 1));
    QVERIFY(s.showsArrow(s.child, s.joiner)); // where it came from
    QVERIFY(s.showsArrow(s.parent, s.child)); // where it leads
    QTest::keyClick(lanes, Qt::Key_BracketLeft);
    QTest::keyClick(lanes, Qt::Key_BracketLeft);
    QTest::keyClick(lanes, Qt::Key_BracketLeft); // nobody caused that
    QCOMPARE(s.selected(), std::pair(s.parent, 0));
    // Back along the way it came, although the slice's first effect is another one.
    QTest::keyClick(lanes, Qt::Key_BracketRight);
    QCOMPARE(s.selected(), std::pair(s.parent, 1));
    QTest::keyClick(lanes, Qt::Key_BracketRight);
    QTest::keyClick(lanes, Qt::Key_BracketRight);
    QCOMPARE(s.selected(), std::pair(s.joiner, 1));
    // Without a way to go back, the first effect.
    s.selection.select(s.parent, 0);
    QTest::keyClick(lanes, Qt::Key_BracketRight);
    QCOMPARE(s.selected(), std::pair(s.child, 0));
}

void TestCauseChain::theCauseIsScrolledIntoSight()
{
    Shown s;
    s.view.setRange({56ms, 66ms});
    s.selection.select(s.joiner, 1);
    QTest::keyClick(s.widget.laneArea(), Qt::Key_BracketLeft);
    QTest::keyClick(s.widget.laneArea(), Qt::Key_BracketLeft);
    QCOMPARE(s.selected(), std::pair(s.parent, 1));
    QVERIFY(s.view.range().contains(42ms));
    QVERIFY(!s.view.isFollowing());
    const auto shape = s.widget.shapeAt(s.widget.pointOf(s.parent, 42ms));
    QVERIFY(shape);
    QCOMPARE(shape->kind, LaneShape::Kind::Running);
}

QTEST_MAIN(TestCauseChain)
#include "tst_causechain.moc"
