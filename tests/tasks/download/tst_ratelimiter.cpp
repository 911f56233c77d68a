// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/ratelimiter.h"

#include <QTest>

#include <limits>

using namespace coroscope::download;
using namespace std::chrono_literals;

class TestRateLimiter : public QObject
{
    Q_OBJECT
    const RateLimiter::TimePoint m_start {std::chrono::hours(1000)};

    /// Takes pieces as they come for so long, in virtual time; returns the bytes.
    qint64 transferred(RateLimiter &limiter, qint64 piece, std::chrono::seconds duration)
    {
        qint64 bytes = 0;
        auto now = m_start;
        while (now < m_start + duration) {
            const qint64 taken = qMin(limiter.available(now), piece);
            limiter.take(taken, now);
            bytes += taken;
            now += taken > 0 && limiter.waitFor(now) == 0ns ? 1us : limiter.waitFor(now);
        }
        return bytes;
    }

private slots:
    void longRunRateIsExact_data()
    {
        QTest::addColumn<qint64>("rate");
        QTest::addColumn<qint64>("piece");
        QTest::addColumn<int>("seconds");
        QTest::newRow("one byte a second") << qint64(1) << qint64(1000) << 5000;
        QTest::newRow("slow") << qint64(1000) << qint64(512) << 600;
        QTest::newRow("odd") << qint64(33'333) << qint64(7'777) << 300;
        QTest::newRow("1 MiB/s") << qint64(1 << 20) << qint64(16384) << 60;
        QTest::newRow("100 MB/s") << qint64(100'000'000) << qint64(65536) << 20;
        QTest::newRow("all there is") << qint64(1'000'000) << std::numeric_limits<qint64>::max() << 60;
    }
    void longRunRateIsExact()
    {
        QFETCH(qint64, rate);
        QFETCH(qint64, piece);
        QFETCH(int, seconds);
        RateLimiter limiter(rate, m_start);
        const double wanted = double(rate) * seconds;
        const double bytes = double(transferred(limiter, piece, std::chrono::seconds(seconds)));
        QVERIFY2(qAbs(bytes - wanted) <= wanted / 100,
                 qPrintable(QStringLiteral("%1 of %2").arg(bytes).arg(wanted)));
    }

    void tooMuchTakenIsWaitedFor()
    {
        RateLimiter limiter(100'000, m_start);
        limiter.take(1'000'000, m_start);
        QCOMPARE(limiter.available(m_start + 9s), qint64(0));
        const auto wait = limiter.waitFor(m_start);
        QVERIFY(wait > 10s && wait < 10100ms);
        QVERIFY(limiter.available(m_start + wait) >= 1999);
    }

    void pauseGathersATenthOfASecondOr16KiB()
    {
        RateLimiter fast(10'000'000, m_start);
        QCOMPARE(fast.available(m_start), qint64(0));
        QCOMPARE(fast.available(m_start + 1h), qint64(1'000'000));
        RateLimiter slow(1000, m_start);
        QCOMPARE(slow.available(m_start + 1s), qint64(1000));
        QCOMPARE(slow.available(m_start + 1h), qint64(16384));
        slow.take(16384, m_start + 1h);
        QCOMPARE(slow.available(m_start + 1h), qint64(0));
    }

    void waitEndsWithSomethingToTake()
    {
        for (const qint64 rate : {1, 3, 50, 1000, 123'457, 1'000'000'000}) {
            RateLimiter limiter(rate, m_start);
            auto now = m_start;
            for (int i = 0; i < 100; ++i) {
                now += limiter.waitFor(now);
                QVERIFY(limiter.available(now) >= 1);
                QCOMPARE(limiter.waitFor(now).count(), 0);
                limiter.take(limiter.available(now), now);
            }
        }
    }

    void noRateIsNoLimit()
    {
        for (const std::optional<qint64> rate : {std::optional<qint64>(), std::optional<qint64>(0)}) {
            RateLimiter limiter(rate, m_start);
            limiter.take(std::numeric_limits<qint64>::max(), m_start);
            QCOMPARE(limiter.available(m_start), std::numeric_limits<qint64>::max());
            QCOMPARE(limiter.waitFor(m_start).count(), 0);
            QVERIFY(!limiter.rate());
        }
    }

    void newRateHoldsAtOnce()
    {
        RateLimiter limiter(std::nullopt, m_start);
        limiter.take(1 << 30, m_start);
        limiter.setRate(1000, m_start + 1s);
        QCOMPARE(limiter.available(m_start + 1s), qint64(0));
        QCOMPARE(limiter.available(m_start + 3s), qint64(2000));
        limiter.setRate(1'000'000, m_start + 3s);
        QCOMPARE(limiter.available(m_start + 3s + 10ms), qint64(12'000));
        limiter.setRate(std::nullopt, m_start + 4s);
        QCOMPARE(limiter.available(m_start + 4s), std::numeric_limits<qint64>::max());
    }

    void debtOfAFastRateDoesNotBlockASlowOneForLong()
    {
        RateLimiter limiter(100'000'000, m_start);
        limiter.take(1'000'000'000, m_start);
        limiter.setRate(1000, m_start);
        QVERIFY(limiter.waitFor(m_start) < 17s);
    }

    void clockThatStandsStillOrGoesBackGivesNothing()
    {
        RateLimiter limiter(1000, m_start);
        limiter.take(0, m_start + 1s);
        QCOMPARE(limiter.available(m_start), qint64(1000));
        limiter.take(1000, m_start);
        QCOMPARE(limiter.available(m_start + 1s), qint64(0));
    }
};

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
