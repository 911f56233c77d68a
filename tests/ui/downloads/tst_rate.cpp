// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadwords.h"
#include "ui/downloads/rate.h"

#include <QtTest>

using namespace coroscope::ui;

class TestRate : public QObject
{
    Q_OBJECT
private slots:
    void whatIsTypedIsRead_data();
    void whatIsTypedIsRead();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void whatIsShownIsReadBack();
    void timesLeftAreCoarse();
};

void TestRate::whatIsTypedIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("rate"); // 0: none
    QTest::newRow("M") << "2M" << qint64(2'000'000);
    QTest::newRow("small m") << "2m" << qint64(2'000'000);
    QTest::newRow("as shown") << "256 kB/s" << qint64(256'000);
    QTest::newRow("fraction") << "1.5 MB" << qint64(1'500'000);
    QTest::newRow("comma") << "1,5M" << qint64(1'500'000);
    QTest::newRow("binary") << "2 MiB/s" << qint64(2 << 20);
    QTest::newRow("bytes") << "500000" << qint64(500'000);
    QTest::newRow("empty") << " " << qint64(0);
    QTest::newRow("zero") << "0" << qint64(0);
    QTest::newRow("words") << "No limit" << qint64(0);
}

void TestRate::whatIsTypedIsRead()
{
    QFETCH(QString, text);
    QFETCH(qint64, rate);
    const TypedRate read = parseRate(text);
    QVERIFY(std::holds_alternative<std::optional<qint64>>(read));
    QCOMPARE(std::get<std::optional<qint64>>(read), rate ? std::optional(rate) : std::nullopt);
}

void TestRate::nonsenseIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"fast", "-1M", "2X", "2M3", "M", "1.2.3", "0.1", "9999999999T"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestRate::nonsenseIsRefused()
{
    QFETCH(QString, text);
    QVERIFY(std::holds_alternative<UnreadableRate>(parseRate(text)));
}

void TestRate::whatIsShownIsReadBack()
{
    QCOMPARE(rateText({}), "no limit");
    QCOMPARE(rateText(256'000), "256 kB/s");
    for (const qint64 rate : {1, 999, 1'000, 1'500'000, 2'000'000'000})
        QCOMPARE(std::get<std::optional<qint64>>(parseRate(rateText(rate))), std::optional<qint64>(rate));
}

void TestRate::timesLeftAreCoarse()
{
    using namespace std::chrono_literals;
    QCOMPARE(timeLeftText(0s), "0 s");
    QCOMPARE(timeLeftText(59s), "59 s");
    QCOMPARE(timeLeftText(245s), "4 min 05 s");
    QCOMPARE(timeLeftText(2520s), "42 min");
    QCOMPARE(timeLeftText(3h + 5min), "3 h 05 min");
    QCOMPARE(timeLeftText(50h), "2 days");
}

QTEST_APPLESS_MAIN(TestRate)
#include "tst_rate.moc"
