// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"
#include "ui/theme.h"
#include "ui/timeline/frametimes.h"
#include "ui/timeline/lanearea.h"

using namespace coroscope;
using namespace coroscope::ui;

class TestFrameTimes : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void medianAndP99AreOfTheLastPictures();
    void nothingCountedIsZero();
    void theDebugKeyShowsAndHidesThem();
    void aPictureCostsWhatIsSeenOfIt();
};

void TestFrameTimes::medianAndP99AreOfTheLastPictures()
{
    FrameTimes times;
    times.add(10s, 1); // goes out of the ring
    for (int i = 1; i <= 300; ++i)
        times.add(i * 10us, 7);
    QCOMPARE(times.count(), std::size_t(300));
    QCOMPARE(times.last(), FrameTimes::Duration(3ms));
    QVERIFY(std::chrono::abs(times.percentile(0.5) - 1500us) <= 20us);
    QVERIFY(std::chrono::abs(times.percentile(0.99) - 2970us) <= 20us);
    QCOMPARE(times.percentile(1), FrameTimes::Duration(3ms));
    QVERIFY2(times.text().startsWith("last 3 ms, median 1.5"), qPrintable(times.text()));
    QVERIFY(times.text().endsWith("7 spans"));
}

void TestFrameTimes::nothingCountedIsZero()
{
    QCOMPARE(FrameTimes().percentile(0.99), FrameTimes::Duration {});
}

void TestFrameTimes::theDebugKeyShowsAndHidesThem()
{
    Stage stage;
    auto *area = static_cast<LaneArea *>(stage.widget.laneArea());
    const auto corner = [&] { return area->grab().toImage().pixelColor(area->width() - 10, 10); };
    area->grab();
    QCOMPARE(area->frameTimes().count(), std::size_t(0)); // not even counted
    QTest::keyClick(area, Qt::Key_F12, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(corner(), Theme::light().flag);
    QVERIFY(area->frameTimes().count() > 0);
    QVERIFY(area->frameTimes().last() > FrameTimes::Duration {});
    QTest::keyClick(area, Qt::Key_F12, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(corner() != Theme::light().flag);
}

/// The median time and the spans of pictures of so many lanes, scrolled from top to bottom.
static std::pair<FrameTimes::Duration, QString> pictureOf(int lanes)
{
    StoreFixture fixture;
    for (int i = 0; i < lanes; ++i) {
        const TaskId task = fixture.spawn(QStringLiteral("task %1").arg(i), "sleep", 0s);
        fixture.slice(task, model::Time(1ms) + i * 10us, model::Time(1ms) + i * 10us + 5us,
                      fixture.sleeps(9s));
    }
    fixture.play(2s);
    Selection selection;
    TimelineView view(fixture.store(), selection);
    view.setClock(LiveClock::Source::Store);
    TimelineWidget widget(view);
    widget.resize(1200, 600);
    widget.show();
    view.setFollowing(false);
    view.setRange({0s, 2s});
    QApplication::processEvents();
    auto *area = static_cast<LaneArea *>(widget.laneArea());
    area->setFrameTimesShown(true);
    const int bottom = area->geometry().maxScroll();
    for (int i = 0; i <= 20; ++i) {
        view.setScroll(bottom / 20 * i);
        area->grab();
    }
    const QString text = area->frameTimes().text();
    return {area->frameTimes().percentile(0.5), text.mid(text.lastIndexOf(QLatin1Char(',')))};
}

void TestFrameTimes::aPictureCostsWhatIsSeenOfIt()
{
    const auto few = pictureOf(60);
    const auto many = pictureOf(30'000);
    QCOMPARE(many.second, few.second); // as many spans
    const auto in = [](FrameTimes::Duration time) { return qint64(time / 1us); };
    QVERIFY2(many.first < 5 * few.first,
             qPrintable(QStringLiteral("%1 µs, %2 µs").arg(in(few.first)).arg(in(many.first))));
    qInfo("a picture: %lld µs of 60 lanes, %lld µs of 30,000", in(few.first), in(many.first));
}

QTEST_MAIN(TestFrameTimes)
#include "tst_frametimes.moc"
