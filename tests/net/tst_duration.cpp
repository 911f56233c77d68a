// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/duration.h"

#include <QTest>

using namespace coroscope::net;
using namespace std::chrono_literals;

class TestDuration : public QObject
{
    Q_OBJECT
private slots:
    void durationIsReadAndWritten_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *typed, std::chrono::nanoseconds value, const char *text) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << qint64(value.count())
                                 << QString::fromUtf8(text);
        };
        row("0", 0s, "0 s");
        row("0.5", 500ms, "0.5 s");
        row("2s", 2s, "2 s");
        row(" 10 S ", 10s, "10 s");
        row("250ms", 250ms, "0.25 s");
        row("20 ms", 20ms, "20 ms");
        row("1m30s", 90s, "1 m 30 s");
        row("1.5h", 90min, "1 h 30 m");
        row("1h 2m 3.25s", 3723250ms, "1 h 2 m 3.25 s");
        row("15us", 15us, "0.015 ms");
    }
    void durationIsReadAndWritten()
    {
        QFETCH(QString, typed);
        QFETCH(qint64, nanoseconds);
        QFETCH(QString, text);
        const auto parsed = parseDuration(typed);
        QVERIFY(parsed);
        QCOMPARE(qint64(parsed->count()), nanoseconds);
        QCOMPARE(durationText(*parsed), text);
    }

    void nonsenseIsNoDuration_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"", "s", "two", "-1", "1.2.3", "1e3", "5 days", "1m30", "1m,30s", "nan",
                                  "inf", "99999999999999999999999h"})
            QTest::newRow(*typed ? typed : "empty") << QString::fromUtf8(typed);
    }
    void nonsenseIsNoDuration()
    {
        QFETCH(QString, typed);
        QVERIFY(!parseDuration(typed));
    }
};

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
