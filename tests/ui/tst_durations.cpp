// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/durations.h"

#include <QtTest>

using namespace coroscope::ui;
using coroscope::model::Time;
using namespace std::chrono_literals;

class TestDurations : public QObject
{
    Q_OBJECT
private slots:
    void aLengthHasThreeDigitsAndItsUnit_data();
    void aLengthHasThreeDigitsAndItsUnit();
    void aMomentTellsNeighboursApart_data();
    void aMomentTellsNeighboursApart();
};

void TestDurations::aLengthHasThreeDigitsAndItsUnit_data()
{
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *text, Time t) {
        QTest::newRow(text) << qint64(t.count()) << QString::fromUtf8(text);
    };
    row("0 ns", 0ns);
    row("7 ns", 7ns);
    row("999 ns", 999ns);
    row("1 µs", 1us);
    row("1.25 µs", 1250ns);
    row("41.3 µs", 41300ns);
    row("250 ms", 250ms);
    row("1.50 ms", 1500us);
    row("1.00 s", 999'900us);
    row("2.00 s", 2s);
    row("14.8 s", 14'800ms);
    row("1 m 00 s", 59'990ms);
    row("1 m 05 s", 65s);
    row("2 h 03 m", 2h + 3min);
    row("−250 ms", -250ms);
}

void TestDurations::aLengthHasThreeDigitsAndItsUnit()
{
    QFETCH(qint64, ns);
    QFETCH(QString, text);
    QCOMPARE(formatDuration(Time {ns}), text);
}

void TestDurations::aMomentTellsNeighboursApart_data()
{
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<qint64>("step");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *text, Time t, Time step) {
        QTest::newRow(text) << qint64(t.count()) << qint64(step.count()) << QString::fromUtf8(text);
    };
    row("1.20 s", 1200ms, 250ms);
    row("1.2 s", 1200ms, 200ms);
    row("3 s", 3s, 1s);
    row("0.25 s", 250ms, 250ms);
    row("1.2005 s", 1'200'500us, 500us);
    row("250.5 ms", 250'500us, 500us);
    row("13.45 ms", 13'450us, 50us);
    row("500 µs", 500us, 5us);
    row("40 ns", 40ns, 20ns);
    row("2:05", 125s, 5s);
    row("2:05.5", 125'500ms, 500ms);
    row("1:00:00", 1h, 60s);
}

void TestDurations::aMomentTellsNeighboursApart()
{
    QFETCH(qint64, ns);
    QFETCH(qint64, step);
    QFETCH(QString, text);
    QCOMPARE(formatMoment(Time {ns}, Time {step}), text);
}

QTEST_APPLESS_MAIN(TestDurations)
#include "tst_durations.moc"
