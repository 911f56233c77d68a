// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timescale.h"

#include <QtTest>

using namespace coroscope::ui;
using namespace std::chrono_literals;

class TestTimeScale : public QObject
{
    Q_OBJECT
private slots:
    void timeAndPixelAreEachOthersInverse();
    void aPixelIsAsLongAsTheScreenSays();
    void zoomingKeepsTheAnchorInPlace_data();
    void zoomingKeepsTheAnchorInPlace();
    void zoomingStopsAtAMicrosecondAndAtAWeek();
    void panningMovesByAShare();
    void revealingMovesAsLittleAsNeeded();
    void paddingNeverMakesAnEmptyRange();
    void ticksStepByOneTwoFive_data();
    void ticksStepByOneTwoFive();
    void ticksAreFarEnoughApartAtEveryZoom();
    void ticksCarryTheirMoment();
};

void TestTimeScale::timeAndPixelAreEachOthersInverse()
{
    const TimeScale scale({1s, 3s}, 1000);
    QCOMPARE(scale.x(1s), 0.0);
    QCOMPARE(scale.x(2s), 500.0);
    QCOMPARE(scale.time(250), Time(1500ms));
    QCOMPARE(scale.x(scale.time(333)), 333.0);
    QCOMPARE(scale.x(0s), -500.0);
}

void TestTimeScale::aPixelIsAsLongAsTheScreenSays()
{
    const TimeScale scale({0s, 1s}, 1000);
    QCOMPARE(scale.resolution(), Time(1ms));
    QCOMPARE(scale.resolution(2), Time(500us));
    QCOMPARE(TimeScale({0s, 1us}, 4000).resolution(), Time(1ns));
}

void TestTimeScale::zoomingKeepsTheAnchorInPlace_data()
{
    QTest::addColumn<double>("factor");
    QTest::newRow("in") << 0.5;
    QTest::newRow("far in") << 0.001;
    QTest::newRow("out") << 3.0;
}

void TestTimeScale::zoomingKeepsTheAnchorInPlace()
{
    QFETCH(double, factor);
    const TimeRange before {10s, 20s};
    const TimeRange after = zoomed(before, 13s, factor);
    QCOMPARE(after.length().count(), qRound64(10e9 * factor));
    QVERIFY(std::abs(TimeScale(after, 1000).x(13s) - 300) < 0.01);
}

void TestTimeScale::zoomingStopsAtAMicrosecondAndAtAWeek()
{
    QCOMPARE(zoomed({0s, 1s}, 0s, 1e-12).length(), shortestView);
    QCOMPARE(zoomed({0s, 1s}, 0s, 1e12).length(), longestView);
}

void TestTimeScale::panningMovesByAShare()
{
    QCOMPARE(panned({10s, 20s}, 0.1), (TimeRange {11s, 21s}));
    QCOMPARE(panned({10s, 20s}, -0.5), (TimeRange {5s, 15s}));
}

void TestTimeScale::revealingMovesAsLittleAsNeeded()
{
    const TimeRange view {10s, 20s};
    QCOMPARE(revealing(view, {12s, 13s}), view);
    QCOMPARE(revealing(view, {8s, 9s}), (TimeRange {8s, 18s}));
    QCOMPARE(revealing(view, {19s, 22s}), (TimeRange {12s, 22s}));
    QCOMPARE(revealing(view, {5s, 50s}), (TimeRange {5s, 15s}));
}

void TestTimeScale::paddingNeverMakesAnEmptyRange()
{
    QCOMPARE(padded({10s, 20s}, 0.1), (TimeRange {9s, 21s}));
    QCOMPARE(padded({1s, 1s}, 0.1).length(), shortestView);
}

void TestTimeScale::ticksStepByOneTwoFive_data()
{
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("step");
    const auto row = [](const char *name, Time length, Time step) {
        QTest::newRow(name) << qint64(length.count()) << qint64(step.count());
    };
    row("two seconds", 2s, 200ms);
    row("three seconds", 3s, 500ms);
    row("ten seconds", 10s, 1s);
    row("a second", 1s, 100ms);
    row("a millisecond", 1ms, 100us);
    row("three microseconds", 3us, 500ns);
    row("a minute", 60s, 10s);
    row("ten minutes", 10min, 1min);
    row("an hour", 1h, 10min);
    row("a day", 24h, 6h);
}

void TestTimeScale::ticksStepByOneTwoFive()
{
    QFETCH(qint64, length);
    QFETCH(qint64, step);
    QCOMPARE(tickStep(TimeScale({0s, Time {length}}, 1000), 100).count(), step);
}

void TestTimeScale::ticksAreFarEnoughApartAtEveryZoom()
{
    for (double length = 1e3; length < 6e14; length *= 1.37) {
        const TimeScale scale({5s, 5s + Time {qRound64(length)}}, 900);
        const auto all = ticks(scale, 90);
        QVERIFY2(!all.empty() || length < 5e9, qPrintable(QString::number(length)));
        QVERIFY(all.size() <= 11);
        for (std::size_t i = 1; i < all.size(); ++i)
            QVERIFY(scale.x(all[i].time) - scale.x(all[i - 1].time) >= 89.9);
        for (std::size_t i = 1; i < all.size(); ++i)
            QVERIFY2(all[i].label != all[i - 1].label, qPrintable(all[i].label));
    }
}

void TestTimeScale::ticksCarryTheirMoment()
{
    const auto all = ticks(TimeScale({1150ms, 3150ms}, 1000), 90);
    QCOMPARE(all.front().time, Time(1200ms));
    QCOMPARE(all.front().label, QStringLiteral("1.2 s"));
    // Nothing was before the session.
    QCOMPARE(ticks(TimeScale({-1s, 1s}, 900), 90).front().time, Time(0s));
}

QTEST_APPLESS_MAIN(TestTimeScale)
#include "tst_timescale.moc"
