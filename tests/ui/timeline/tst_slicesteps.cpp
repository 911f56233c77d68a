// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/storefixture.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewidget.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

/// The keys "." and ",".
class TestSliceSteps : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void theyStepThroughTheCoroutinesThatAreDrawnInTheLane();
    void anOpenedLaneHasItsOwnSlicesAlone();
    void withoutASliceTheyBeginInTheMiddle();
    void amongAHundredThousandCoroutinesTheyAreQuick();
};

/// outer: 10–20 ms and 900–910; meanwhile first runs thrice, then second, which nests in outer's last.
struct Nested : StoreFixture
{
    TaskId outer = spawn("outer", "download", 0s);
    TaskId first = frame("first", 15ms, outer);
    TaskId second = frame("second", 500ms, outer);
    TaskId other = spawn("other", "sleep", 0s);
    Selection selection;
    TimelineView view {store(), selection};
    TimelineWidget widget {view};

    Nested()
    {
        slice(outer, 10ms, 20ms, awaits(first));
        for (int i = 0; i < 3; ++i)
            slice(first, 100ms + i * 100ms, 101ms + i * 100ms, sleeps(99ms), trace::Cause::Timer);
        slice(other, 150ms, 160ms, sleeps(1s));
        slice(second, 600ms, 601ms, sleeps(1s), trace::Cause::Timer);
        slice(outer, 900ms, 910ms, sleeps(1s), trace::Cause::Notified);
        slice(second, 900ms, 905ms, sleeps(1s), trace::Cause::Timer);
        view.setClock(LiveClock::Source::Store);
        play(2s);
        widget.resize(1230, 400);
        widget.show();
        view.setFollowing(false);
        view.setRange({0s, 1s});
        widget.setFocus();
        QApplication::processEvents();
    }
    void key(int key) { QTest::keyClick(widget.laneArea(), static_cast<Qt::Key>(key)); }
    std::pair<TaskId, int> selected() const
    {
        return {selection.task(), selection.slice() ? int(*selection.slice()) : -1};
    }
};

void TestSliceSteps::theyStepThroughTheCoroutinesThatAreDrawnInTheLane()
{
    Nested n;
    n.selection.select(n.outer, 0);
    const std::vector<std::pair<TaskId, int>> order {{n.outer, 0},  {n.first, 0}, {n.first, 1}, {n.first, 2},
                                                     {n.second, 0}, {n.outer, 1}, {n.second, 1}};
    for (std::size_t i = 1; i < order.size(); ++i) {
        n.key(Qt::Key_Period);
        QVERIFY2(n.selected() == order[i], QByteArray::number(int(i)));
    }
    n.key(Qt::Key_Period); // there is no other
    QVERIFY(n.selected() == order.back());
    for (std::size_t i = order.size() - 1; i-- > 0;) {
        n.key(Qt::Key_Comma);
        QVERIFY2(n.selected() == order[i], QByteArray::number(int(i)));
    }
    n.key(Qt::Key_Comma);
    QVERIFY(n.selected() == order.front());
}

void TestSliceSteps::anOpenedLaneHasItsOwnSlicesAlone()
{
    Nested n;
    n.view.setFold(n.outer, Fold::Frames);
    n.selection.select(n.outer, 0);
    n.key(Qt::Key_Period);
    QVERIFY(n.selected() == std::pair(n.outer, 1));
    n.selection.select(n.first, 0);
    n.key(Qt::Key_Period);
    QVERIFY(n.selected() == std::pair(n.first, 1));
}

void TestSliceSteps::withoutASliceTheyBeginInTheMiddle()
{
    Nested n;
    n.selection.select(n.outer);
    n.key(Qt::Key_Period);
    QVERIFY(n.selected() == std::pair(n.second, 0));
    n.selection.select(n.outer);
    n.key(Qt::Key_Comma);
    QVERIFY(n.selected() == std::pair(n.first, 2));
    n.selection.select(n.outer);
    n.key(Qt::Key_BracketLeft); // what caused the one in the middle: first's last, which a timer woke
    QVERIFY(n.selected() == std::pair(n.first, 1));
    // Where there is none on that side, one on the other is better than none.
    n.view.setRange({1200ms, 1800ms});
    n.selection.select(n.outer);
    n.key(Qt::Key_Period);
    QVERIFY(n.selected() == std::pair(n.second, 1));
}

void TestSliceSteps::amongAHundredThousandCoroutinesTheyAreQuick()
{
    StoreFixture f;
    const TaskId task = f.spawn("crawl", "crawl", 0s);
    f.slice(task, 1us, 2us, f.sleeps(1s));
    for (int i = 0; i < 100'000; ++i) {
        const auto at = model::Time(std::chrono::microseconds(10 + 10 * i));
        const TaskId step = f.frame("step", at, task);
        f.slice(step, at + 1us, at + 2us, f.sleeps(1us));
        f.end(step, at + 4us, at + 5us);
    }
    f.play(2s);
    LaneLayout lanes;
    lanes.rebuild(f.store(), {});
    QElapsedTimer time;
    time.start();
    SliceRef at {task, 0};
    for (int i = 0; i < 200; ++i)
        at = *sliceBeside(lanes, f.store(), 0, at, StepTo::Next);
    QCOMPARE(f.store().slice(at.task, at.slice).begin, model::Time(10us + 99 * 10us + 4us));
    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed()))); // 5 ms a key, unoptimized
}

QTEST_MAIN(TestSliceSteps)
#include "tst_slicesteps.moc"
