// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/contentrange.h"

#include <QTest>

using namespace coroscope::download;

class TestContentRange : public QObject
{
    Q_OBJECT
private slots:
    void rangeIsRead_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("hasSpan");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("last");
        QTest::addColumn<qint64>("total"); // -1: unknown
        const auto row = [](const char *header, bool hasSpan, qint64 first, qint64 last, qint64 total) {
            QTest::newRow(header) << QByteArray(header) << hasSpan << first << last << total;
        };
        row("bytes 0-99/1000", true, 0, 99, 1000);
        row("bytes 0-0/1", true, 0, 0, 1);
        row("bytes 999-999/1000", true, 999, 999, 1000);
        row("bytes 0-99/*", true, 0, 99, -1);
        row("bytes */1000", false, 0, 0, 1000);
        row("bytes */0", false, 0, 0, 0);
        row("  Bytes 1-2/3 ", true, 1, 2, 3);
        row("bytes 007-008/009", true, 7, 8, 9);
        row("bytes 5000000000-5000000001/6000000000", true, 5000000000, 5000000001, 6000000000);
        row("bytes 0-9223372036854775805/9223372036854775806", true, 0, 9223372036854775805,
            9223372036854775806);
    }
    void rangeIsRead()
    {
        QFETCH(QByteArray, header);
        QFETCH(bool, hasSpan);
        QFETCH(qint64, first);
        QFETCH(qint64, last);
        QFETCH(qint64, total);
        const auto range = parseContentRange(header);
        QVERIFY(range);
        QCOMPARE(range->span.has_value(), hasSpan);
        if (hasSpan) {
            QCOMPARE(range->span->first, first);
            QCOMPARE(range->span->last, last);
            QCOMPARE(range->span->length(), last - first + 1);
        }
        QCOMPARE(range->total.value_or(-1), total);
    }

    void nonsenseIsNoRange_data()
    {
        QTest::addColumn<QByteArray>("header");
        for (const char *header : {"",
                                   "bytes",
                                   "bytes ",
                                   "bytes 0-99",
                                   "bytes 0-99/",
                                   "bytes /1000",
                                   "bytes */*",
                                   "bytes 0/1000",
                                   "bytes 99-0/1000",
                                   "bytes 0-1000/1000",
                                   "bytes 0-1001/1000",
                                   "bytes 0-0/0",
                                   "bytes -1-5/10",
                                   "bytes 0--5/10",
                                   "bytes +0-5/10",
                                   "bytes 0-+5/10",
                                   "bytes 0-5/-10",
                                   "bytes 0-5/+10",
                                   "bytes 0x0-5/10",
                                   "bytes 0 -5/10",
                                   "bytes 0- 5/10",
                                   "bytes 0-5 /10",
                                   "bytes 0-5/ 10",
                                   "bytes  0-5/10",
                                   "bytes=0-5/10",
                                   "bytes\t0-5/10",
                                   "items 0-5/10",
                                   "0-5/10",
                                   "bytes 0-5/10/20",
                                   "bytes 0-5/10,",
                                   "bytes 0-5-6/10",
                                   "bytes -/10",
                                   "bytes 0-/10",
                                   "bytes -5/10",
                                   "bytes 0-99999999999999999999/*",
                                   "bytes 9223372036854775807-9223372036854775807/*",
                                   "bytes 0-1/9223372036854775807",
                                   "bytes 0-1/18446744073709551617",
                                   "bytes 0-5/1e3"})
            QTest::newRow(*header ? header : "empty") << QByteArray(header);
        QTest::newRow("zero byte") << QByteArray("bytes 0-5/1\0", 12);
    }
    void nonsenseIsNoRange()
    {
        QFETCH(QByteArray, header);
        QVERIFY(!parseContentRange(header));
    }
};

QTEST_GUILESS_MAIN(TestContentRange)
#include "tst_contentrange.moc"
