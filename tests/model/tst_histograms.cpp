// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/busyhistogram.h"
#include "core/model/lengthhistogram.h"
#include "core/model/words.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace coroscope::model;
using namespace std::chrono_literals;

class HistogramsTest : public QObject
{
    Q_OBJECT
private slots:
    void percentilesAreRightToOnePercent()
    {
        for (std::uint32_t seed = 1; seed <= 50; ++seed) {
            std::mt19937_64 random(seed);
            LengthHistogram histogram;
            std::vector<Time> lengths;
            for (int i = 0, n = 1 + int(random() % 2000); i < n; ++i) {
                lengths.push_back(Time {std::int64_t(random() >> (20 + random() % 44))});
                histogram.add(lengths.back());
            }
            std::sort(lengths.begin(), lengths.end());
            QCOMPARE(histogram.longest(), lengths.back());
            QCOMPARE(histogram.shortest(), lengths.front());
            for (const double share : {0.01, 0.5, 0.9, 0.99, 1.0}) {
                const auto rank = std::max<std::size_t>(std::size_t(
                                                            std::ceil(share * double(lengths.size()))),
                                                        1);
                const double exact = double(lengths[rank - 1].count());
                const double found = double(histogram.percentile(share).count());
                QVERIFY2(std::abs(found - exact) <= exact / 100 + 1,
                         qPrintable(QString("seed %1: %2 for %3").arg(seed).arg(found).arg(exact)));
            }
            std::uint64_t count = 0;
            for (const auto &bar : histogram.bars(12)) {
                QVERIFY(bar.from <= bar.to);
                count += bar.count;
            }
            QCOMPARE(count, lengths.size());
        }
    }

    void anEmptyOneHasNoBarsAndNoLengths()
    {
        const LengthHistogram histogram;
        QVERIFY(histogram.bars(10).empty());
        QCOMPARE(histogram.percentile(0.5), Time {0});
    }

    void equalLengthsAreOneBar()
    {
        LengthHistogram histogram;
        for (int i = 0; i < 5; ++i)
            histogram.add(41us);
        QCOMPARE(histogram.bars(10).size(), 1u);
        QCOMPARE(histogram.bars(10)[0].count, 5u);
        QCOMPARE(histogram.percentile(0.5), Time {41us});
    }

    void busyTimeIsExactAtTheBucketsEdgesHoweverLongTheSession()
    {
        std::mt19937_64 random(3);
        BusyHistogram histogram;
        Time time {}, busy {};
        for (int i = 0; i < 200'000; ++i) {
            const Time begin = time + Time {std::int64_t(random() % 40'000)};
            time = begin + Time {std::int64_t(random() % 30'000)};
            histogram.add(begin, time);
            busy += time - begin;
        }
        QCOMPARE(histogram.busyIn(0ns, time + 1s), busy);
        const Time cut = histogram.bucketWidth() * 777;
        QCOMPARE(histogram.busyIn(0ns, cut) + histogram.busyIn(cut, time + 1s), busy);
        QVERIFY(histogram.capacityBytes() <= BusyHistogram::maxBuckets * 2 * sizeof(Time));
        QVERIFY(histogram.bucketWidth() <= time / (std::int64_t(BusyHistogram::maxBuckets) / 2));
        histogram.add(20h, 21h);
        QCOMPARE(histogram.busyIn(0ns, 22h), busy + 1h);
    }

    void durationsHaveThreeDigitsThatCount_data()
    {
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<QString>("words");
        const auto row = [](qint64 ns, const char *words) {
            QTest::newRow(words) << ns << QString::fromUtf8(words);
        };
        row(0, "0 ns");
        row(350, "350 ns");
        row(1'000, "1 µs");
        row(12'340, "12.3 µs");
        row(999'499, "999 µs");
        row(999'500, "1 ms");
        row(1'500'000, "1.5 ms");
        row(500'000'000, "500 ms");
        row(2'000'000'000, "2 s");
        row(3'090'000'000, "3.09 s");
        row(59'960'000'000, "1 min");
        row(65'000'000'000, "1 min 5 s");
        row(3'600'000'000'000, "1 h");
        row(5'460'000'000'000, "1 h 31 min");
        row(-1'500'000, "-1.5 ms");
    }
    void durationsHaveThreeDigitsThatCount()
    {
        QFETCH(qint64, ns);
        QFETCH(QString, words);
        QCOMPARE(words::duration(Time {ns}), words);
    }
};

QTEST_GUILESS_MAIN(HistogramsTest)
#include "tst_histograms.moc"
