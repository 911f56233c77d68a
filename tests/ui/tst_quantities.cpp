// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/quantities.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

class TestQuantities : public QObject
{
    Q_OBJECT
private slots:
    void bytesComeInPowersOfAThousand();
    void progressIsSaidInTheUnitOfItsTotal();
    void aFractionNeedsATotal();
    void smallPercentagesHaveADecimal();
};

void TestQuantities::bytesComeInPowersOfAThousand()
{
    QCOMPARE(formatBytes(0), "0 B");
    QCOMPARE(formatBytes(999), "999 B");
    QCOMPARE(formatBytes(1000), "1.0 kB");
    QCOMPARE(formatBytes(48'200'000), "48.2 MB");
    QCOMPARE(formatBytes(5e12), "5.0 TB");
}

void TestQuantities::progressIsSaidInTheUnitOfItsTotal()
{
    using trace::ProgressUnit;
    QCOMPARE(formatProgress({48'200'000, 268'400'000, ProgressUnit::Bytes}), "48.2 of 268.4 MB");
    QCOMPARE(formatProgress({500, 268'400'000, ProgressUnit::Bytes}), "0.0 of 268.4 MB");
    QCOMPARE(formatProgress({1500, {}, ProgressUnit::Bytes}), "1.5 kB");
    QCOMPARE(formatProgress({3, 12, ProgressUnit::Items}), "3 of 12");
    QCOMPARE(formatProgress({3, {}, ProgressUnit::Items}), "3");
}

void TestQuantities::aFractionNeedsATotal()
{
    using trace::ProgressUnit;
    QVERIFY(!fraction({}));
    QVERIFY(!fraction(model::Progress {3, {}, ProgressUnit::Items}));
    QVERIFY(!fraction(model::Progress {0, 0, ProgressUnit::Items}));
    QCOMPARE(*fraction(model::Progress {1, 4, ProgressUnit::Items}), 0.25);
    QCOMPARE(*fraction(model::Progress {9, 4, ProgressUnit::Items}), 1.0);
}

void TestQuantities::smallPercentagesHaveADecimal()
{
    QCOMPARE(formatPercent(0), QString::fromUtf8("0\u00a0%"));
    QCOMPARE(formatPercent(0.004), QString::fromUtf8("0.4\u00a0%"));
    QCOMPARE(formatPercent(0.63), QString::fromUtf8("63\u00a0%"));
    QCOMPARE(formatPercent(1), QString::fromUtf8("100\u00a0%"));
}

QTEST_GUILESS_MAIN(TestQuantities)
#include "tst_quantities.moc"
