// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
//
// What the timeline draws, as geometry: every rectangle of the mock scene's lanes at several zooms, compared
// with the files of golden/ to a pixel. COROSCOPE_WRITE_GOLDEN=1 writes them anew: read the difference before
// you commit it.
#include "mockscene.h"
#include "ui/timeline/lanegeometry.h"
#include "ui/timeline/laneshapes.h"

#include <QFile>
#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

class TestGoldenLayout : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void thePictureIsAsItWas_data();
    void thePictureIsAsItWas();
    void aDifferenceIsFound();
};

namespace {

constexpr double onePixel = 1; // rectangles stand on whole ones
constexpr double shade = 0.05;

struct Camera
{
    TimeRange range;
    double width;
    double ratio = 1;
    bool isBatchClosed = false;
    QString filter = {};
};

const char *word(LaneShape::Kind kind)
{
    switch (kind) {
    case LaneShape::Kind::Waiting:
        return "waiting";
    case LaneShape::Kind::Ready:
        return "ready";
    case LaneShape::Kind::Forgotten:
        return "forgotten";
    case LaneShape::Kind::Mixed:
        return "mixed";
    case LaneShape::Kind::Running:
        return "running";
    case LaneShape::Kind::Blocking:
        return "blocking";
    }
    return "";
}

QString pixels(double x) { return QString::number(x, 'f', 2); }

/// A line a rectangle: `kind left right density slices`, then its text.
QStringList picture(MockScene &scene, const Camera &camera)
{
    Folds folds;
    if (camera.isBatchClosed)
        folds.insert(scene.batch, Fold::Closed);
    LaneLayout layout;
    layout.rebuild(scene.store(), folds);
    layout.arrange(scene.store(), {.sort = LaneSort::Start, .filter = camera.filter, .pinned = {}});
    const LaneGeometry geometry(layout.size(), layout.topLanes(), 480, 0);
    LaneShaper shaper(
        {scene.store(), TimeScale(camera.range, camera.width), scene.store().now(), camera.ratio});

    QStringList lines;
    LaneShapes shapes;
    for (std::size_t row = 0; row < layout.size(); ++row) {
        const Lane &lane = layout.lane(row);
        lines << QStringLiteral("lane %1 %2 | %3")
                     .arg(geometry.top(row))
                     .arg(lane.depth)
                     .arg(scene.store().task(lane.task)->name);
        shaper.shape(layout, row, shapes);
        for (const LaneShape &shape : shapes.shapes) {
            lines << QStringLiteral("  %1 %2 %3 %4 %5%6 | %7")
                         .arg(word(shape.kind), pixels(shape.left), pixels(shape.right),
                              pixels(double(shape.density)))
                         .arg(shape.count)
                         .arg(shape.open ? QStringLiteral(" open") : QString(), shape.text);
        }
        if (shapes.cap)
            lines << QStringLiteral("  cap %1 %2 | %3")
                         .arg(pixels(shapes.cap->x))
                         .arg(int(shapes.cap->state))
                         .arg(shapes.cap->text);
    }
    for (QString &line : lines) { // no white space at a line's end in a file
        if (line.endsWith(QLatin1String(" | ")))
            line.chop(3);
    }
    return lines;
}

/// Positions and density may differ a little; all else is the same.
bool isAlike(const QString &one, const QString &other)
{
    const QStringList first = one.section(QStringLiteral(" | "), 0, 0)
                                  .split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QStringList second = other.section(QStringLiteral(" | "), 0, 0)
                                   .split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (first.size() != second.size()
        || one.section(QStringLiteral(" | "), 1) != other.section(QStringLiteral(" | "), 1))
        return false;
    for (qsizetype i = 0; i < first.size(); ++i) {
        const bool mayDiffer = first[i].contains(QLatin1Char('.')) && second[i].contains(QLatin1Char('.'));
        const double most = i < 3 ? onePixel : shade; // kind left right density slices
        if (mayDiffer ? std::abs(first[i].toDouble() - second[i].toDouble()) > most : first[i] != second[i])
            return false;
    }
    return true;
}

/// Empty, or where they part.
QString difference(const QStringList &wanted, const QStringList &drawn)
{
    for (qsizetype i = 0; i < std::max(wanted.size(), drawn.size()); ++i) {
        const QString was = wanted.value(i, QStringLiteral("(nothing)"));
        const QString is = drawn.value(i, QStringLiteral("(nothing)"));
        if (!isAlike(was, is))
            return QStringLiteral("line %1\n  was: %2\n  is:  %3").arg(i + 1).arg(was, is);
    }
    return {};
}

} // namespace

void TestGoldenLayout::initTestCase() { QLocale::setDefault(QLocale::c()); }

void TestGoldenLayout::thePictureIsAsItWas_data()
{
    QTest::addColumn<Camera>("camera");
    const TimeRange whole {1150ms, 3230ms};
    QTest::newRow("whole") << Camera {whole, 1230};
    QTest::newRow("whole-hidpi") << Camera {whole, 1230, 2};
    QTest::newRow("narrow") << Camera {whole, 320};
    QTest::newRow("blocked-loop") << Camera {{2100ms, 2460ms}, 1230};
    QTest::newRow("one-slice") << Camera {{1220ms, 1229ms}, 1230};
    QTest::newRow("far-out") << Camera {{0ms, 60s}, 1230};
    QTest::newRow("batch-closed") << Camera {whole, 1230, 1, true};
    QTest::newRow("filtered") << Camera {whole, 1230, 1, false, QStringLiteral("GET")};
}

void TestGoldenLayout::thePictureIsAsItWas()
{
    QFETCH(const Camera, camera);
    MockScene scene;
    scene.play(3090ms);
    const QStringList drawn = picture(scene, camera);
    QVERIFY(drawn.size() > 5);
    QFile file(QStringLiteral(COROSCOPE_GOLDEN "/%1.txt").arg(QLatin1String(QTest::currentDataTag())));
    if (qEnvironmentVariableIsSet("COROSCOPE_WRITE_GOLDEN")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(drawn.join(QLatin1Char('\n')).toUtf8() + '\n');
    }
    file.close();
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    const QStringList wanted = QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n'));
    const QString found = difference(wanted, drawn);
    QVERIFY2(found.isEmpty(), qPrintable(file.fileName() + QStringLiteral(", ") + found));
}

void TestGoldenLayout::aDifferenceIsFound()
{
    const QStringList wanted {"lane 26 1 | GET a", "  running 10.00 12.50 1.00 1"};
    QVERIFY(difference(wanted, {"lane 26 1 | GET a", "  running 10.90 12.50 1.00 1"}).isEmpty());
    QVERIFY(!difference(wanted, {"lane 26 1 | GET a", "  running 11.10 12.50 1.00 1"}).isEmpty());
    QVERIFY(!difference(wanted, {"lane 26 1 | GET a", "  running 10.00 12.50 0.90 1"}).isEmpty());
    QVERIFY(!difference(wanted, {"lane 26 1 | GET a", "  running 10.00 12.50 1.00 2"}).isEmpty());
    QVERIFY(!difference(wanted, {"lane 26 1 | GET b", "  running 10.00 12.50 1.00 1"}).isEmpty());
    QVERIFY(!difference(wanted, {"lane 26 1 | GET a", "  waiting 10.00 12.50 1.00 1"}).isEmpty());
    QVERIFY(!difference(wanted, {"lane 26 1 | GET a"}).isEmpty());
    QVERIFY(!difference(wanted, wanted + QStringList {"lane 52 1 | GET b"}).isEmpty());
}

QTEST_MAIN(TestGoldenLayout)
#include "tst_goldenlayout.moc"
