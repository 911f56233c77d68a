// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/optionvalues.h"

#include <QTest>
#include <QTimeZone>

using namespace coroscope;
using namespace coroscope::app;
using namespace Qt::StringLiterals;

class OptionValuesTest : public QObject
{
    Q_OBJECT

private slots:
    void bytesHaveUnitsOf1024_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("bytes"); // 0: can't be read
        QTest::newRow("plain") << u"250000"_s << qint64(250'000);
        QTest::newRow("k") << u"256k"_s << qint64(256 * 1024);
        QTest::newRow("K") << u"256K"_s << qint64(256 * 1024);
        QTest::newRow("M") << u"2M"_s << qint64(2 * 1024 * 1024);
        QTest::newRow("fraction") << u"1.5M"_s << qint64(1536 * 1024);
        QTest::newRow("G") << u"1G"_s << qint64(1024 * 1024 * 1024);
        QTest::newRow("nothing") << QString() << qint64(0);
        QTest::newRow("unit alone") << u"k"_s << qint64(0);
        QTest::newRow("zero") << u"0"_s << qint64(0);
        QTest::newRow("negative") << u"-1"_s << qint64(0);
        QTest::newRow("two units") << u"2kM"_s << qint64(0);
        QTest::newRow("exponent") << u"1e6"_s << qint64(0);
        QTest::newRow("two dots") << u"1.2.3"_s << qint64(0);
        QTest::newRow("infinite") << u"inf"_s << qint64(0);
        QTest::newRow("too much") << u"9999999999999T"_s << qint64(0);
    }
    void bytesHaveUnitsOf1024()
    {
        QFETCH(QString, text);
        QFETCH(qint64, bytes);
        QCOMPARE(readBytes(text).value_or(0), bytes);
    }
    void numbersStandInTheirRange()
    {
        QCOMPARE(readNumber(u"1"_s, 1, 64), 1);
        QCOMPARE(readNumber(u"64"_s, 1, 64), 64);
        for (const QString &bad : {u"0"_s, u"65"_s, u"x"_s, u""_s, u"1.5"_s, u"99999999999"_s})
            QVERIFY2(!readNumber(bad, 1, 64), qPrintable(bad));
    }
    void secondsAreMoreThanNone()
    {
        using namespace std::chrono_literals;
        QCOMPARE(readSeconds(u"30"_s), 30s);
        QCOMPARE(readSeconds(u"2m"_s), 2min);
        QCOMPARE(readSeconds(u"0.5"_s), 500ms);
        for (const QString &bad : {u"0"_s, u"-1"_s, u"soon"_s, u""_s, u"48h"_s})
            QVERIFY2(!readSeconds(bad), qPrintable(bad));
    }
    void aLowSpeedIsBytesAndSeconds()
    {
        const auto speed = readLowSpeed(u"1k:30"_s);
        QVERIFY(speed);
        QCOMPARE(speed->bytesPerSecond, 1024);
        QCOMPARE(speed->duration, std::chrono::seconds(30));
        for (const QString &bad : {u"1k"_s, u"1k:"_s, u":30"_s, u"1k:0"_s, u"1k:30:1"_s, u"x:30"_s})
            QVERIFY2(!readLowSpeed(bad), qPrintable(bad));
    }
    void aStartIsATimeToCome()
    {
        const QDateTime now(QDate(2026, 11, 24), QTime(12, 0));
        QCOMPARE(readStart(u"13:30"_s, now), QDateTime(QDate(2026, 11, 24), QTime(13, 30)));
        QCOMPARE(readStart(u"3:00"_s, now), QDateTime(QDate(2026, 11, 25), QTime(3, 0)));
        QCOMPARE(readStart(u"12:00"_s, now), QDateTime(QDate(2026, 11, 25), QTime(12, 0)));
        QCOMPARE(readStart(u"2026-12-01T03:00"_s, now), QDateTime(QDate(2026, 12, 1), QTime(3, 0)));
        QCOMPARE(readStart(u"2026-12-01 03:00"_s, now), QDateTime(QDate(2026, 12, 1), QTime(3, 0)));
        QCOMPARE(readStart(u"2026-12-01T03:00:00Z"_s, now),
                 QDateTime(QDate(2026, 12, 1), QTime(3, 0), QTimeZone::utc()));
        for (const QString &bad : {u"25:00"_s, u"2026-11-01T03:00"_s, u"tomorrow"_s, u"2026-12-01"_s, u""_s})
            QVERIFY2(!readStart(bad, now), qPrintable(bad));
    }
};

QTEST_GUILESS_MAIN(OptionValuesTest)
#include "tst_optionvalues.moc"
