// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/fakesession.h"
#include "ui/durations.h"
#include "ui/flame/flamepane.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/timeline/timelineview.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using model::Time;
using tests::FakeSession;
using trace::EntityKind;
using trace::WaitKind;

namespace {

struct Fixture
{
    FakeSession session;
    Pulse pulse {session.store()};
    Selection selection;
    TimelineView timeline {session.store(), selection};
    FlamePane pane {session.store(), pulse, selection, timeline};
    FlameView *view = pane.view();
    model::LocationId crawl = session.store().addLocation({"crawl(QUrl)", "crawl.cpp", 1});
    model::LocationId fetch = session.store().addLocation({"fetch(QUrl)", "fetch.cpp", 1});
    model::LocationId parse = session.store().addLocation({"parse(QByteArray)", "parse.cpp", 1});

    Fixture()
    {
        pane.resize(800, 300);
        pane.show();
        pane.activateWindow();
    }
    /// crawl runs for 25 µs, fetch under it for 50 µs and waits for 2 s, parse for 25 µs.
    void crawlOnce()
    {
        auto &s = session.script;
        s.created(1, 0, EntityKind::Spawned, crawl).text(1, trace::TextKind::Category, "crawl");
        s.resumed(1).after(20us);
        s.created(2, 1, EntityKind::Coroutine, fetch).resumed(2).after(50us);
        s.suspended(2, WaitKind::Sleep, 2'000'000'000).suspended(1, WaitKind::Task, 2);
        s.after(2s).resumed(2, trace::Cause::Timer).finished(2).resumed(1, trace::Cause::Task, 2).after(5us);
        s.created(3, 1, EntityKind::Coroutine, parse).resumed(3).after(25us).finished(3);
        s.finished(1).commit();
    }
    FlamePicture::Index frame(const QString &name) const
    {
        for (FlamePicture::Index i = 0; i < view->picture().size(); ++i) {
            if (view->picture().frame(i).name == name)
                return i;
        }
        return ~0u;
    }
    QRectF rect(const QString &name) const { return view->rectOf(frame(name)); }
    QString current() const { return view->picture().frame(view->current()).name; }
    void move(const QString &name) { QTest::mouseMove(view->viewport(), rect(name).center().toPoint()); }
    void click(const QString &name)
    {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, rect(name).center().toPoint());
    }
    /// A label's text, with plain spaces.
    QString label(const char *name) const
    {
        return pane.findChild<QLabel *>(name)->text().replace(QChar(QChar::Nbsp), QLatin1Char(' '));
    }
    QString line() const { return label("flameLine"); }
    void showAll()
    {
        timeline.setClock(LiveClock::Source::Store);
        timeline.advance();
        timeline.setFollowing(false);
        timeline.setRange(timeline.session());
    }
    QString range() const { return label("rangeText"); }
    void press(const char *button)
    {
        QTest::mouseClick(pane.findChild<QPushButton *>(QLatin1String(button)), Qt::LeftButton);
    }
    /// What ran, by name: "crawl 25.0 µs".
    QString ran(const QString &name) const
    {
        const auto i = frame(name);
        return i < view->picture().size()
                   ? formatDuration(view->picture().self(i)).replace(QChar(QChar::Nbsp), u' ')
                   : QString();
    }
    QString emptyText() const
    {
        for (const QLabel *label : view->viewport()->findChildren<QLabel *>()) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
};

} // namespace

class TestFlamePane : public QObject
{
    Q_OBJECT
private slots:
    void anEmptyGraphSaysWhatItWillShow();
    void framesAreAsWideAsTheirShare();
    void theFrameUnderThePointerIsSaidInWords();
    void aClickZoomsInAndAClickOnTheRootOut();
    void keysGoFromFrameToFrameAndZoom();
    void waitingShowsTheReasonUnderItsFunction();
    void theSearchedFunctionsShareIsSaid();
    void theSelectedTaskAlone();
    void clearedTasksAreGone();
    void aHiddenPaneReadsNothing();
    void aPastMomentShowsWhatHadRunByThen();
    void aMomentThatMovesOnAddsWhatCame();
    void theVisibleRangeFollowsTheTimeline();
    void theChosenRegionIsTheRange();
    void theVisibleRangeEndsAtAPastMoment();
    void allAndTheVisibleRangeAreChosenByKeyboard();
};

void TestFlamePane::anEmptyGraphSaysWhatItWillShow()
{
    Fixture f;
    QVERIFY2(f.emptyText().startsWith("Nothing ran as yet."), qPrintable(f.emptyText()));
    QTest::mouseClick(f.pane.findChild<QPushButton *>("flameWaiting"), Qt::LeftButton);
    QVERIFY2(f.emptyText().startsWith("Nothing waited as yet."), qPrintable(f.emptyText()));
    f.pane.findChild<QComboBox *>("flameScope")->setCurrentIndex(1);
    QTRY_COMPARE(f.emptyText(), "Select a task to see where its time went.");
}

void TestFlamePane::framesAreAsWideAsTheirShare()
{
    Fixture f;
    f.crawlOnce();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    QCOMPARE(f.emptyText(), QString());
    const double all = f.view->viewport()->width();
    QVERIFY(std::abs(f.rect("crawl").width() - all) < 2);
    QVERIFY(std::abs(f.rect("fetch").width() - all / 2) < 2);
    QVERIFY(std::abs(f.rect("parse").width() - all / 4) < 2);
    QVERIFY(f.rect("fetch").top() > f.rect("crawl").bottom() - 1);
    QCOMPARE(f.rect("parse").top(), f.rect("fetch").top());
}

void TestFlamePane::theFrameUnderThePointerIsSaidInWords()
{
    Fixture f;
    f.crawlOnce();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    QCOMPARE(f.line(), "All · 100 µs busy, 100 % of all");
    f.move("fetch");
    QTRY_COMPARE(f.line(), QStringLiteral("fetch · 50 µs busy, 50 % of all · 50 µs itself · 1 coroutine"));
    f.move("crawl");
    QTRY_COMPARE(f.line(), QStringLiteral("crawl · 100 µs busy, 100 % of all · 25 µs itself · 1 coroutine"));
}

void TestFlamePane::aClickZoomsInAndAClickOnTheRootOut()
{
    Fixture f;
    f.crawlOnce();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    f.click("fetch");
    const double all = f.view->viewport()->width();
    QVERIFY(std::abs(f.rect("fetch").width() - all) < 2);
    QVERIFY(f.rect("parse").isEmpty());
    QVERIFY(!f.rect("crawl").isEmpty());
    QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, f.view->rectOf(0u).center().toPoint());
    QCOMPARE(f.view->zoomed(), 0u);
    QVERIFY(!f.rect("parse").isEmpty());
}

void TestFlamePane::keysGoFromFrameToFrameAndZoom()
{
    Fixture f;
    f.crawlOnce();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    f.pane.setFocus();
    QTest::keyClick(f.view, Qt::Key_Down);
    QCOMPARE(f.current(), "crawl");
    QTest::keyClick(f.view, Qt::Key_Down); // the widest
    QCOMPARE(f.current(), "fetch");
    QVERIFY(f.view->accessibleDescription().startsWith("fetch · 50 µs busy"));
    QTest::keyClick(f.view, Qt::Key_Right);
    QCOMPARE(f.current(), "parse");
    QTest::keyClick(f.view, Qt::Key_Right);
    QCOMPARE(f.current(), "parse");
    QTest::keyClick(f.view, Qt::Key_Return);
    QCOMPARE(f.view->zoomed(), f.frame("parse"));
    QTest::keyClick(f.view, Qt::Key_Backspace); // one up
    QCOMPARE(f.view->zoomed(), f.frame("crawl"));
    QTest::keyClick(f.view, Qt::Key_Escape);
    QCOMPARE(f.view->zoomed(), 0u);
}

void TestFlamePane::waitingShowsTheReasonUnderItsFunction()
{
    Fixture f;
    f.crawlOnce();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    QTest::mouseClick(f.pane.findChild<QPushButton *>("flameWaiting"), Qt::LeftButton);
    QVERIFY(!f.rect("timer 2 s").isEmpty());
    QVERIFY(f.rect("timer 2 s").top() > f.rect("fetch").top());
    QVERIFY(f.rect("parse").isEmpty());
    f.move("timer 2 s");
    QTRY_COMPARE(f.line(), "timer 2 s · 2.00 s waiting, 100 % of all");
}

void TestFlamePane::theSearchedFunctionsShareIsSaid()
{
    Fixture f;
    f.crawlOnce();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    auto *search = f.pane.findChild<QLineEdit *>("flameSearch");
    const auto *found = f.pane.findChild<QLabel *>("flameFound");
    QVERIFY(!found->isVisible());
    QTest::keyClicks(search, "PARS");
    QCOMPARE(f.label("flameFound"), QStringLiteral("25 % of all"));
    QTest::keyClicks(search, "x");
    QCOMPARE(f.label("flameFound"), "not found");
    search->clear();
    QTest::keyClicks(search, "c"); // crawl, and fetch in it, which counts once
    QCOMPARE(f.label("flameFound"), QStringLiteral("100 % of all"));
}

void TestFlamePane::theSelectedTaskAlone()
{
    Fixture f;
    f.crawlOnce();
    f.session.sleeper(9, "nap").script.commit();
    QTRY_VERIFY(!f.rect("nap").isEmpty());
    f.pane.findChild<QComboBox *>("flameScope")->setCurrentIndex(1);
    QTRY_VERIFY(f.view->picture().isEmpty());
    f.selection.select(TaskId {1});
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    QVERIFY(f.rect("nap").isEmpty());
    f.selection.select(TaskId {9});
    QTRY_VERIFY(!f.rect("nap").isEmpty());
    QVERIFY(f.rect("fetch").isEmpty());
}

void TestFlamePane::clearedTasksAreGone()
{
    Fixture f;
    f.crawlOnce();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
    f.click("fetch");
    f.session.store().removeEnded();
    QTRY_VERIFY(f.view->picture().isEmpty());
    QVERIFY(f.emptyText().startsWith("Nothing ran as yet."));
}

void TestFlamePane::aHiddenPaneReadsNothing()
{
    Fixture f;
    f.pane.hide();
    f.crawlOnce();
    QTest::qWait(100); // for what must not come
    QVERIFY(f.view->picture().isEmpty());
    f.pane.show();
    QTRY_VERIFY(!f.rect("fetch").isEmpty());
}

void TestFlamePane::aPastMomentShowsWhatHadRunByThen()
{
    Fixture f;
    f.crawlOnce(); // crawl from 0 to 20 µs, fetch to 70 µs, and from 2 s on fetch, crawl and parse
    QTRY_VERIFY(!f.rect("parse").isEmpty());
    f.pulse.setMoment(1s);
    QTRY_VERIFY(f.rect("parse").isEmpty());
    QCOMPARE(f.ran("crawl"), "20 µs");
    QCOMPARE(f.ran("fetch"), "50 µs");
    QCOMPARE(f.range(), "0 ms – 1.00 s");
    f.press("flameWaiting");
    QVERIFY(!f.rect("timer 2 s").isEmpty());
    f.press("flameBusy");
    f.pulse.setMoment(30us); // fetch runs
    QTRY_COMPARE(f.ran("fetch"), "10 µs");
    QCOMPARE(f.ran("crawl"), "20 µs");
    f.pulse.setMoment(Time {0});
    QTRY_COMPARE(f.emptyText(), "Nothing had run by then.");
    f.pulse.setMoment({});
    QTRY_VERIFY(!f.rect("parse").isEmpty());
}

void TestFlamePane::aMomentThatMovesOnAddsWhatCame()
{
    Fixture f;
    f.crawlOnce();
    Time at {};
    for (int i = 1; i <= 100; ++i) {
        at = Time(i * 20ms);
        f.pulse.setMoment(at);
        QTest::qWait(1); // as frames come
    }
    QTRY_COMPARE(f.range(), "0 ms – 2.00 s");
    QCOMPARE(f.ran("fetch"), "50 µs");
    QVERIFY(f.rect("parse").isEmpty());
    f.pulse.setMoment(3s);
    QTRY_COMPARE(f.ran("parse"), "25 µs");
    QCOMPARE(f.ran("crawl"), "25 µs");
}

void TestFlamePane::theVisibleRangeFollowsTheTimeline()
{
    Fixture f;
    f.crawlOnce();
    f.showAll();
    f.timeline.setRange({10us, 30us});
    QTRY_VERIFY(!f.rect("parse").isEmpty());
    f.press("rangeVisible");
    QTRY_COMPARE(f.ran("crawl"), "10 µs");
    QCOMPARE(f.ran("fetch"), "10 µs");
    QVERIFY(f.rect("parse").isEmpty());
    QCOMPARE(f.range(), "10.0 µs – 30.0 µs");
    f.timeline.pan(1);
    QTRY_COMPARE(f.ran("fetch"), "20 µs");
    QCOMPARE(f.frame("crawl"), 1u); // it is whom fetch is called by, and ran no more
    QCOMPARE(f.ran("crawl"), "0 ns");
    f.timeline.setRange({1s, 1500ms});
    QTRY_COMPARE(f.emptyText(), "Nothing ran in this range.");
    f.press("flameWaiting");
    QTRY_COMPARE(f.line(), "All · 500 ms waiting, 100 % of all");
    f.press("rangeAll");
    QTRY_COMPARE(f.line(), "All · 2.00 s waiting, 100 % of all");
}

void TestFlamePane::theChosenRegionIsTheRange()
{
    Fixture f;
    f.crawlOnce();
    f.showAll();
    f.timeline.setRange({0us, 100us});
    f.press("rangeVisible");
    QTRY_COMPARE(f.ran("fetch"), "50 µs");
    f.timeline.setRegion(TimeRange {30us, 35us});
    QTRY_COMPARE(f.ran("fetch"), "5 µs");
    QCOMPARE(f.range(), "Region 30.00 µs – 35.00 µs");
    f.timeline.setRegion({});
    QTRY_COMPARE(f.ran("fetch"), "50 µs");
}

void TestFlamePane::theVisibleRangeEndsAtAPastMoment()
{
    Fixture f;
    f.crawlOnce();
    f.showAll();
    f.timeline.setRange({30us, 60us});
    f.press("rangeVisible");
    QTRY_COMPARE(f.ran("fetch"), "30 µs");
    f.pulse.setMoment(40us);
    QTRY_COMPARE(f.ran("fetch"), "10 µs");
    QCOMPARE(f.range(), "30.0 µs – 40.0 µs");
    f.pulse.setMoment(10us); // left of what the timeline shows
    QTRY_COMPARE(f.emptyText(), "Nothing ran in this range.");
}

void TestFlamePane::allAndTheVisibleRangeAreChosenByKeyboard()
{
    Fixture f;
    f.crawlOnce();
    f.showAll();
    f.timeline.setRange({30us, 40us});
    auto *visible = f.pane.findChild<QPushButton *>("rangeVisible");
    QTest::keyClick(visible, Qt::Key_Space);
    QVERIFY(visible->isChecked());
    QTRY_COMPARE(f.ran("fetch"), "10 µs");
}

QTEST_MAIN(TestFlamePane)
#include "tst_flamepane.moc"
