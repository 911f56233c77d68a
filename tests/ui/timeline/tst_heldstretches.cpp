// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/heldstretches.h"

#include "ui/theme.h"

#include <QFont>
#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using namespace std::chrono_literals;
using model::Mark;

class TestHeldStretches : public QObject
{
    Q_OBJECT
private slots:
    void theCaptionSaysAsMuchAsFits_data();
    void theCaptionSaysAsMuchAsFits();
    void aStretchThatGoesOnReachesToNow();
    void theCaptionStaysInSight();
    void onlyHeldStretchesInSightAreTaken();
    void aRangeIsHeldWhereAStretchReachesIntoIt();
    void theyShadeWhatIsBelow_data();
    void theyShadeWhatIsBelow();

private:
    static Mark held(Time begin, Time end, bool open = false)
    {
        return {Mark::Kind::Held, begin, end, open, {}, TaskId {1}, 0};
    }
    static std::vector<HeldStretch> shapes(const std::vector<Mark> &marks, TimeRange range, Time now = 10s)
    {
        return heldStretches(marks, TimeScale(range, 1000), 200, now, QFontMetricsF(QFont()));
    }
};

void TestHeldStretches::theCaptionSaysAsMuchAsFits_data()
{
    QTest::addColumn<int>("pixels");
    QTest::addColumn<QString>("caption");
    QTest::newRow("wide") << 300 << QStringLiteral("held · 3.00 s");
    QTest::newRow("narrow") << 60 << QStringLiteral("held");
    QTest::newRow("a few pixels") << 8 << QString();
    QTest::newRow("less than one") << 0 << QString();
}

void TestHeldStretches::theCaptionSaysAsMuchAsFits()
{
    QFETCH(int, pixels);
    QFETCH(QString, caption);
    const Time length = pixels > 0 ? Time {3s} * 1000 / pixels : Time {3s} * 100'000;
    const auto found = shapes({held(1s, 4s)}, {0s, length}, 100s);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].caption, caption);
    QVERIFY(found[0].band.width() >= std::max(pixels, 1));
    QVERIFY(found[0].band.width() <= pixels + 2);
    QVERIFY(caption.isEmpty() || found[0].band.contains(found[0].captionBox));
}

void TestHeldStretches::aStretchThatGoesOnReachesToNow()
{
    const auto found = shapes({held(1s, 2s, true)}, {0s, 10s}, 5s);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].band, QRectF(100, 0, 400, 200));
    QCOMPARE(found[0].caption, QStringLiteral("held · 4.00 s"));
}

void TestHeldStretches::theCaptionStaysInSight()
{
    const auto found = shapes({held(0s, 100s)}, {90s, 110s}, 110s); // the left half of the view
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(std::abs(found[0].captionBox.center().x() - 250) <= 1);
    QVERIFY(found[0].band.left() < 0);
    QVERIFY(found[0].band.left() > -10); // a painter takes no millions of pixels
}

void TestHeldStretches::onlyHeldStretchesInSightAreTaken()
{
    const std::vector<Mark> marks {held(0s, 1s),
                                   {Mark::Kind::Lost, 2s, 3s, false, {}, {}, 5},
                                   {Mark::Kind::Blocked, 3s, 4s, false, TaskId {2}, TaskId {1}, 0},
                                   held(4s, 5s),
                                   held(9s, 10s)};
    const auto found = shapes(marks, {2s, 8s});
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].caption.startsWith(QStringLiteral("held")));
}

void TestHeldStretches::aRangeIsHeldWhereAStretchReachesIntoIt()
{
    const std::vector<Mark> marks {{Mark::Kind::Lost, 0s, 9s, false, {}, {}, 5},
                                   held(2s, 3s),
                                   held(6s, 7s, true)};
    QVERIFY(!wasHeld(marks, {0s, 2s}, 8s));
    QVERIFY(wasHeld(marks, {0s, 3s}, 8s));
    QVERIFY(!wasHeld(marks, {3s, 6s}, 8s));
    QVERIFY(wasHeld(marks, {7s, 9s}, 8s));
    QVERIFY(!wasHeld(marks, {8s, 9s}, 8s));
}

void TestHeldStretches::theyShadeWhatIsBelow_data()
{
    QTest::addColumn<const Theme *>("theme");
    QTest::newRow("light") << &Theme::light();
    QTest::newRow("dark") << &Theme::darkTheme();
}

void TestHeldStretches::theyShadeWhatIsBelow()
{
    QFETCH(const Theme *, theme);
    QImage image(1000, 200, QImage::Format_RGB32);
    image.fill(theme->base);
    {
        QPainter painter(&image);
        paintHeldStretches(painter, *theme, shapes({held(2s, 6s)}, {0s, 10s}));
    }
    QCOMPARE(image.pixelColor(100, 20), theme->base);
    QVERIFY(image.pixelColor(300, 20) != theme->base);
    QVERIFY(image.pixelColor(200, 20) != image.pixelColor(300, 20)); // its edge
    QCOMPARE(image.pixelColor(700, 20), theme->base);
}

QTEST_MAIN(TestHeldStretches)
#include "tst_heldstretches.moc"
