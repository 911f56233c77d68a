// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"
#include "ui/theme.h"
#include "ui/timeline/regionpanel.h"

#include <QLabel>

using namespace coroscope;
using namespace coroscope::ui;

class TestRegionPanel : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void itCountsWhatLivedAndRanInTheRegion();
    void nestedSlicesAreBusyOnce();
    void whatGoesOnCountsUpToNow();
    void shiftDraggingShowsThePanel();
    void itsLinkGoesToTheLongestSlice();
    void fFitsTheRegionAndEscapeClearsIt();
    void itLeavesTheRegionFree();
};

struct Measured : Stage
{
    Measured()
    {
        view.setFollowing(false);
        view.setRange({1150ms, 3230ms});
    }
    RegionPanel *panel() { return widget.regionPanel(); }
    void drag(Time from, Time to)
    {
        QWidget *area = widget.laneArea();
        const QPoint begin = inArea(debian, from);
        const QPoint end = inArea(debian, to);
        QTest::mousePress(area, Qt::LeftButton, Qt::ShiftModifier, begin);
        QMouseEvent move(QEvent::MouseMove, end, area->mapToGlobal(end), Qt::NoButton, Qt::LeftButton,
                         Qt::ShiftModifier);
        QApplication::sendEvent(area, &move);
        QTest::mouseRelease(area, Qt::LeftButton, Qt::ShiftModifier, end);
        QTRY_VERIFY(panel()->isVisible());
    }
};

void TestRegionPanel::itCountsWhatLivedAndRanInTheRegion()
{
    StoreFixture f;
    const TaskId loop = f.loop();
    const TaskId early = f.spawn("early", "sleep", 0s);
    f.end(early, 1ms, 2ms);
    const TaskId sleeps = f.spawn("sleeps", "sleep", 0s);
    f.slice(sleeps, 3ms, 4ms, f.sleeps(10s));
    const TaskId runs = f.spawn("runs", "download", 0s);
    for (int i = 0; i < 10; ++i) {
        const auto at = model::Time((100 + 10 * i) * 1ms);
        const auto length = model::Time(i == 7 ? 8ms : 1ms);
        f.slice(runs, at, at + length, f.sleeps(1ms), i ? trace::Cause::Timer : trace::Cause::Start);
        f.awake(loop, at, at + length);
    }
    f.play(1s);
    const RegionStatistics s = regionStatistics(f.store(), {100ms, 200ms}, 1s);
    QCOMPARE(s.tasks, 2);
    QCOMPARE(s.active, 1);
    QCOMPARE(s.slices, 10u);
    QVERIFY(std::chrono::abs(s.p50 - model::Time(1ms)) < model::Time(20us));
    QCOMPARE(s.longestLength, model::Time(8ms));
    QCOMPARE(s.longest, std::optional(SliceRef {runs, 7}));
    QCOMPARE(s.loops.size(), std::size_t(1));
    QCOMPARE(s.loops[0].busy, model::Time(17ms));
    QCOMPARE(s.kinds.size(), std::size_t(1));
    QCOMPARE(s.kinds[0].name, QStringLiteral("download"));
    QCOMPARE(s.kinds[0].busy, model::Time(17ms));
    // What is cut counts as far as it lies inside.
    QCOMPARE(regionStatistics(f.store(), {172ms, 176ms}, 1s).kinds[0].busy, model::Time(4ms));
    QCOMPARE(regionStatistics(f.store(), {500ms, 600ms}, 1s).slices, 0u);
}

void TestRegionPanel::nestedSlicesAreBusyOnce()
{
    StoreFixture f;
    const TaskId outer = f.spawn("outer", "download", 0s);
    const TaskId inner = f.frame("inner", 11ms, outer);
    f.slice(outer, 10ms, 20ms, f.awaits(inner));
    f.slice(inner, 12ms, 15ms, f.sleeps(1s));
    f.play(1s);
    const RegionStatistics s = regionStatistics(f.store(), {0ms, 100ms}, 1s);
    QCOMPARE(s.tasks, 1); // a step is none
    QCOMPARE(s.slices, 2u);
    model::Time busy {};
    for (const auto &kind : s.kinds)
        busy += kind.busy;
    QCOMPARE(busy, model::Time(10ms));
}

void TestRegionPanel::whatGoesOnCountsUpToNow()
{
    StoreFixture f;
    const TaskId task = f.spawn("busy", "download", 0s);
    f.runs(task, 10ms);
    f.play(50ms);
    const RegionStatistics s = regionStatistics(f.store(), {0ms, 100ms}, 50ms);
    QCOMPARE(s.kinds[0].busy, model::Time(40ms));
    QCOMPARE(s.longestLength, model::Time(40ms));
}

void TestRegionPanel::shiftDraggingShowsThePanel()
{
    Measured m;
    QVERIFY(!m.panel()->isVisible());
    m.drag(2s, 2500ms);
    const QString text = m.panel()->plainText();
    for (const char *part :
         {"Tasks", "Slices", "p50", "p99", "250 ms in parse index", "loop (glib)", "% busy", "download"})
        QVERIFY2(text.contains(part), qPrintable(text));
}

void TestRegionPanel::itsLinkGoesToTheLongestSlice()
{
    Measured m;
    m.drag(2s, 2500ms);
    emit m.panel()
        ->findChild<QLabel *>(QStringLiteral("regionText"))
        ->linkActivated(QStringLiteral("longest"));
    QCOMPARE(m.selection.task(), m.parse);
    QCOMPARE(m.selection.slice(), std::optional<std::uint32_t>(1));
}

void TestRegionPanel::fFitsTheRegionAndEscapeClearsIt()
{
    Measured m;
    m.selection.select(m.nap);
    m.drag(2s, 2500ms);
    m.key(Qt::Key_F);
    QVERIFY(m.view.range().length() < Time(540ms));
    QVERIFY(m.view.range().contains(2010ms) && m.view.range().contains(2490ms));
    m.key(Qt::Key_F);
    QVERIFY(m.view.range().length() > Time(3s));
    m.key(Qt::Key_Escape);
    QVERIFY(!m.view.region());
    QVERIFY(!m.panel()->isVisible());
}

void TestRegionPanel::itLeavesTheRegionFree()
{
    Measured m;
    m.drag(1200ms, 1500ms);
    QVERIFY(m.panel()->x() > m.widget.pointOf(m.debian, 1500ms).x());
    m.key(Qt::Key_Escape);
    m.drag(2800ms, 3100ms);
    QVERIFY(m.panel()->geometry().right() < m.widget.pointOf(m.debian, 2800ms).x());
}

QTEST_MAIN(TestRegionPanel)
#include "tst_regionpanel.moc"
