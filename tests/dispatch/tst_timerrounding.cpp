// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/timerrounding.h"

#include <QTest>

using namespace coroscope::dispatch;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

class TimerRoundingTest : public QObject
{
    Q_OBJECT

private slots:
    void stepsFollowTheType_data()
    {
        QTest::addColumn<Qt::TimerType>("type");
        QTest::addColumn<int>("interval");
        QTest::addColumn<int>("step");
        QTest::newRow("precise") << Qt::PreciseTimer << 100'000 << 0;
        QTest::newRow("coarse, below 20 ms") << Qt::CoarseTimer << 19 << 0;
        QTest::newRow("coarse, 20 ms") << Qt::CoarseTimer << 20 << 2;
        QTest::newRow("coarse, 100 ms") << Qt::CoarseTimer << 100 << 10;
        QTest::newRow("coarse, a second") << Qt::CoarseTimer << 1000 << 100;
        QTest::newRow("coarse, an hour") << Qt::CoarseTimer << 3'600'000 << 1000;
        QTest::newRow("very coarse, a second") << Qt::VeryCoarseTimer << 1000 << 1000;
        QTest::newRow("very coarse, no time") << Qt::VeryCoarseTimer << 0 << 0;
    }
    void stepsFollowTheType()
    {
        QFETCH(Qt::TimerType, type);
        QFETCH(int, interval);
        QFETCH(int, step);
        QCOMPARE(stepOf(milliseconds(interval), type).count(), step);
    }
    void coarseTimersMoveByFivePercentAtMost()
    {
        for (milliseconds interval = 1ms; interval < 30s; interval += 1ms) {
            const milliseconds step = stepOf(interval, Qt::CoarseTimer);
            for (MonotonicTime now = 1s; now < 1s + 30ms; now += 7777us) {
                const MonotonicTime moved = roundedTo(step, now + interval, now) - (now + interval);
                QVERIFY(std::chrono::abs(moved) * 20 <= MonotonicTime(interval));
            }
        }
    }
    void timersOfAboutTheSameTimeFireTogether()
    {
        const milliseconds step = stepOf(1s, Qt::CoarseTimer);
        const MonotonicTime first = roundedTo(step, 11'003ms, 10'003ms);
        QCOMPARE(first, roundedTo(step, 11'049ms, 10'049ms));
        QCOMPARE(first, MonotonicTime(11s));
    }
    void noTimerFiresBeforeItWasStarted()
    {
        const milliseconds step = stepOf(300ms, Qt::VeryCoarseTimer);
        QCOMPARE(roundedTo(step, 10'400ms, 10'100ms), MonotonicTime(11s));
        QCOMPARE(roundedTo(step, 10'300ms, 10s), MonotonicTime(11s));
    }
};

QTEST_GUILESS_MAIN(TimerRoundingTest)
#include "tst_timerrounding.moc"
