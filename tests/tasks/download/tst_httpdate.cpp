// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/httpdate.h"

#include <QTest>
#include <QTimeZone>

using namespace coroscope::download;

class TestHttpDate : public QObject
{
    Q_OBJECT
    const QDateTime m_now = QDateTime({2026, 3, 1}, {12, 0}, QTimeZone::utc());

private slots:
    void allThreeFormsAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("iso");
        const auto row = [](const char *text, const char *iso) {
            QTest::newRow(text) << QByteArray(text) << QString(iso);
        };
        row("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z");
        row("Sun Nov 16 08:49:37 1994", "1994-11-16T08:49:37Z");
        row("sun, 6 nov 1994 08:49:37 gmt", "1994-11-06T08:49:37Z");
        row("Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00Z");
        row("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z");
        row("Monday, 06-Nov-76 08:49:37 GMT", "2076-11-06T08:49:37Z");
        row("Monday, 06-Nov-77 08:49:37 GMT", "1977-11-06T08:49:37Z");
        row("Sun, 06-Nov-1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
    }
    void allThreeFormsAreRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, iso);
        const auto date = parseHttpDate(text, m_now);
        QVERIFY(date);
        QCOMPARE(date->toString(Qt::ISODate), iso);
    }

    void nonsenseIsNoDate_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
              "Sun, 30 Feb 2024 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49 GMT",
              "Sun, 06 Abc 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT",
              "Sun, 06 Nov 0000 08:49:37 GMT", "2026-03-01T12:00:00Z", "Sun, 06 Nov 1994 +8:49:37 GMT",
              "Sunday, 06-Nov-994 08:49:37 GMT"})
            QTest::newRow(*text ? text : "empty") << QByteArray(text);
    }
    void nonsenseIsNoDate()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseHttpDate(text, m_now));
    }
};

QTEST_GUILESS_MAIN(TestHttpDate)
#include "tst_httpdate.moc"
