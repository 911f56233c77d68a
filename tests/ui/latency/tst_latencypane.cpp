// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/latency/latencycolumn.h"
#include "ui/latency/latencypane.h"
#include "ui/latency/latencyplot.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/timeline/timelineview.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using model::Time;
using tests::FakeSession;
using trace::WaitKind;
using Kind = model::Latency::Kind;

namespace {

struct Fixture
{
    FakeSession session;
    Pulse pulse {session.store()};
    Selection selection;
    TimelineView timeline {session.store(), selection};
    LatencyPane pane {session.store(), pulse, selection, timeline};

    Fixture()
    {
        pane.resize(900, 260);
        pane.show();
    }
    /// Runs for 20 µs, waits for `wait`, is resumed 50 µs after it was woken.
    void sleep(std::uint32_t id, Time wait, const QString &category)
    {
        auto &s = session.script;
        s.created(id).text(id, trace::TextKind::Category, category).resumed(id).after(20us);
        s.suspended(id, WaitKind::Sleep, std::uint64_t(wait.count())).after(wait).ready(id).after(50us);
        s.resumed(id, trace::Cause::Timer).finished(id);
    }
    QString figures(Kind kind) const
    {
        const auto lines = [&](const char *label) {
            return pane.column(kind)->findChild<QLabel *>(label)->text().split('\n');
        };
        const QStringList left = lines("latencyLeft");
        const QStringList right = lines("latencyRight");
        return QStringList {left.value(0), right.value(0), left.value(1), right.value(1)}.join(", ");
    }
    QString count(Kind kind) const { return pane.column(kind)->findChild<QLabel *>("latencyCount")->text(); }
    QPushButton *button(Kind kind) const { return pane.column(kind)->findChild<QPushButton *>("showP99"); }
};

} // namespace

class TestLatencyPane : public QObject
{
    Q_OBJECT
private slots:
    void nothingIsSaidInWords();
    void percentilesAreSaidInWords();
    void theButtonShowsTheTaskAtThe99thPercentile();
    void oneKindOfTasksIsChosenByKeyboard();
    void aBarSaysHowManyOfWhichLength();
    void aNarrowPaneCutsNoFigure();
    void clearedTasksNoLongerCount();
    void aPastMomentCountsWhatWasOverByThen();
    void theVisibleRangeCountsWhatEndedInIt();
};

void TestLatencyPane::nothingIsSaidInWords()
{
    Fixture f;
    QCOMPARE(f.count(Kind::Slice), "none ended as yet");
    QCOMPARE(f.count(Kind::Waiting), "none is over as yet");
    QCOMPARE(f.count(Kind::Scheduling), "none known as yet");
    QVERIFY(!f.button(Kind::Slice)->isEnabled());
}

void TestLatencyPane::percentilesAreSaidInWords()
{
    Fixture f;
    f.sleep(1, 400ms, "sleep");
    f.session.script.commit();
    QTRY_COMPARE(f.count(Kind::Waiting), "1");
    QCOMPARE(f.figures(Kind::Waiting), QStringLiteral("p50 400 ms, p90 400 ms, p99 400 ms, max 400 ms"));
    QCOMPARE(f.figures(Kind::Scheduling), QStringLiteral("p50 50 µs, p90 50 µs, p99 50 µs, max 50 µs"));
    QCOMPARE(f.count(Kind::Slice), "2");
}

void TestLatencyPane::theButtonShowsTheTaskAtThe99thPercentile()
{
    Fixture f;
    for (std::uint32_t id = 1; id <= 60; ++id)
        f.sleep(id, id == 33 ? 900ms : 3ms, "sleep");
    f.session.script.commit();
    QTRY_VERIFY(f.button(Kind::Waiting)->isEnabled());
    const QSignalSpy revealed(&f.selection, &Selection::revealed);
    QTest::mouseClick(f.button(Kind::Waiting), Qt::LeftButton);
    QCOMPARE(f.selection.task(), TaskId {33});
    QCOMPARE(f.selection.slice(), std::optional(0u));
    QCOMPARE(revealed.size(), 1);
    f.selection.clear();
    f.button(Kind::Waiting)->setFocus();
    QTest::keyClick(f.button(Kind::Waiting), Qt::Key_Space);
    QCOMPARE(f.selection.task(), TaskId {33});
}

void TestLatencyPane::oneKindOfTasksIsChosenByKeyboard()
{
    Fixture f;
    f.sleep(1, 400ms, "sleep");
    f.sleep(2, 5ms, "redis");
    f.session.script.commit();
    QTRY_COMPARE(f.pane.scope()->count(), 3);
    QCOMPARE(f.count(Kind::Waiting), "2");
    QTest::keyClick(f.pane.scope(), Qt::Key_Down);
    QCOMPARE(f.pane.scope()->currentText(), "redis");
    QCOMPARE(f.figures(Kind::Waiting), QStringLiteral("p50 5 ms, p90 5 ms, p99 5 ms, max 5 ms"));
    f.sleep(3, 7ms, "crawl");
    f.session.script.commit();
    QTRY_COMPARE(f.pane.scope()->count(), 4);
    QCOMPARE(f.pane.scope()->currentText(), "redis");
    QTest::mouseClick(f.button(Kind::Waiting), Qt::LeftButton);
    QCOMPARE(f.selection.task(), TaskId {2});
}

void TestLatencyPane::aBarSaysHowManyOfWhichLength()
{
    Fixture f;
    for (std::uint32_t id = 1; id <= 3; ++id)
        f.sleep(id, 400ms, "sleep");
    f.session.script.commit();
    QTRY_COMPARE(f.count(Kind::Waiting), "3");
    const LatencyPlot *plot = f.pane.column(Kind::Waiting)->plot();
    QCOMPARE(plot->textAt({2, plot->height() / 2}), "3 of 400 ms to 400 ms");
    QCOMPARE(plot->textAt({plot->width() - 2, plot->height() / 2}), QString());
    QCOMPARE(plot->accessibleDescription(), "3 of 400 ms to 400 ms");
}

void TestLatencyPane::aNarrowPaneCutsNoFigure()
{
    Fixture f;
    f.sleep(1, 400ms, "sleep");
    f.session.script.commit();
    QTRY_COMPARE(f.count(Kind::Waiting), "1");
    for (const int width : {900, 430}) {
        f.pane.resize(width, 170);
        QTRY_COMPARE(f.pane.width(), width);
        for (const char *name : {"latencyLeft", "latencyRight"}) {
            const auto *label = f.pane.column(Kind::Waiting)->findChild<QLabel *>(name);
            QTRY_VERIFY(!label->isVisible() || label->width() >= label->sizeHint().width());
        }
        const auto *left = f.pane.column(Kind::Waiting)->findChild<QLabel *>("latencyLeft");
        QCOMPARE(left->text().split('\n').size(), width == 900 ? 2 : 4);
    }
}

void TestLatencyPane::clearedTasksNoLongerCount()
{
    Fixture f;
    f.sleep(1, 400ms, "sleep");
    f.session.script.commit();
    QTRY_COMPARE(f.count(Kind::Waiting), "1");
    f.session.store().removeEnded();
    QTRY_COMPARE(f.count(Kind::Waiting), "none is over as yet");
    QVERIFY(!f.button(Kind::Waiting)->isEnabled());
}

void TestLatencyPane::aPastMomentCountsWhatWasOverByThen()
{
    Fixture f;
    f.sleep(1, 400ms, "sleep"); // to 400 ms
    f.sleep(2, 100ms, "redis"); // to 500 ms
    f.session.script.commit();
    QTRY_COMPARE(f.count(Kind::Waiting), "2");
    f.pulse.setMoment(450ms);
    QTRY_COMPARE(f.count(Kind::Waiting), "1");
    QCOMPARE(f.count(Kind::Slice), "3"); // the second's first one, too
    QCOMPARE(f.figures(Kind::Waiting), QStringLiteral("p50 400 ms, p90 400 ms, p99 400 ms, max 400 ms"));
    QCOMPARE(f.pane.range()->text(), QStringLiteral("0 ms – 450 ms"));
    f.pulse.setMoment(300ms);
    QTRY_COMPARE(f.count(Kind::Waiting), "none by then");
    QVERIFY(!f.button(Kind::Waiting)->isEnabled());
    f.pulse.setMoment(600ms);
    QTRY_COMPARE(f.count(Kind::Waiting), "2");
}

void TestLatencyPane::theVisibleRangeCountsWhatEndedInIt()
{
    Fixture f;
    f.sleep(1, 400ms, "sleep");
    f.sleep(2, 100ms, "redis");
    f.session.script.commit();
    f.timeline.setClock(LiveClock::Source::Store);
    f.timeline.advance();
    f.timeline.setFollowing(false);
    f.timeline.setRange({450ms, 600ms});
    QTRY_COMPARE(f.count(Kind::Waiting), "2");
    QTest::mouseClick(f.pane.findChild<QPushButton *>("rangeVisible"), Qt::LeftButton);
    QTRY_COMPARE(f.count(Kind::Waiting), "1");
    QCOMPARE(f.figures(Kind::Waiting), QStringLiteral("p50 100 ms, p90 100 ms, p99 100 ms, max 100 ms"));
    QTest::mouseClick(f.button(Kind::Waiting), Qt::LeftButton);
    QCOMPARE(f.selection.task(), TaskId {2});
    f.timeline.setRange({100ms, 200ms});
    QTRY_COMPARE(f.count(Kind::Waiting), "none in this range");
    f.timeline.setRegion(TimeRange {399ms, 401ms});
    QTRY_COMPARE(f.count(Kind::Waiting), "1");
    QVERIFY2(f.pane.range()->text().startsWith("Region "), qPrintable(f.pane.range()->text()));
}

QTEST_MAIN(TestLatencyPane)
#include "tst_latencypane.moc"
