// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanegeometry.h"

#include <QtTest>

using namespace coroscope::ui;

class TestLaneGeometry : public QObject
{
    Q_OBJECT
private slots:
    void everyRowIsFoundWhereItStands_data();
    void everyRowIsFoundWhereItStands();
    void loopsStayInPlaceWhileTasksScroll();
    void manyWorkersScrollWithTheRest();
    void scrollingToARowShowsAllOfIt();
    void rowsToDrawCoverTheView();
    void nothingIsFoundBelowTheLastRow();
};

void TestLaneGeometry::everyRowIsFoundWhereItStands_data()
{
    QTest::addColumn<int>("machines");
    QTest::addColumn<int>("scroll");
    QTest::newRow("no loops") << 0 << 0;
    QTest::newRow("no loops, scrolled") << 0 << 123;
    QTest::newRow("loops") << 2 << 0;
    QTest::newRow("loops, scrolled") << 2 << 60;
    QTest::newRow("many workers, scrolled") << 20 << 200;
}

void TestLaneGeometry::everyRowIsFoundWhereItStands()
{
    QFETCH(int, machines);
    QFETCH(int, scroll);
    const LaneGeometry geometry(40, static_cast<std::size_t>(machines), 400, scroll);
    for (std::size_t row = 0; row < 40; ++row) {
        const int y = geometry.center(row);
        const bool hidden = y < geometry.pinnedHeight() && row >= static_cast<std::size_t>(machines);
        if (y >= 0 && y < 400 && !hidden)
            QCOMPARE(geometry.rowAt(y), std::optional(row));
    }
}

void TestLaneGeometry::loopsStayInPlaceWhileTasksScroll()
{
    const LaneGeometry before(40, 2, 400, 0);
    const LaneGeometry after(40, 2, 400, 100);
    QCOMPARE(after.top(0), before.top(0));
    QCOMPARE(after.top(1), before.top(1));
    QCOMPARE(after.top(2), before.top(2) - 100);
    QVERIFY(before.pinnedHeight() > 2 * LaneGeometry::pitch);
    QVERIFY(before.separator().value() < before.pinnedHeight());
}

void TestLaneGeometry::manyWorkersScrollWithTheRest()
{
    const LaneGeometry geometry(40, 20, 400, 50);
    QCOMPARE(geometry.pinnedHeight(), 0);
    QVERIFY(geometry.top(0) < 0);
}

void TestLaneGeometry::scrollingToARowShowsAllOfIt()
{
    for (const std::size_t row : {std::size_t {0}, std::size_t {5}, std::size_t {20}, std::size_t {39}}) {
        const LaneGeometry before(40, 2, 300, 200);
        const LaneGeometry after(40, 2, 300, before.scrollTo(row));
        QVERIFY(after.top(row) >= (row < 2 ? 0 : after.pinnedHeight()));
        QVERIFY(after.top(row) + LaneGeometry::pitch <= 300);
    }
    const LaneGeometry steady(40, 2, 300, 200);
    QCOMPARE(steady.scrollTo(*steady.rowAt(150)), 200);
}

void TestLaneGeometry::rowsToDrawCoverTheView()
{
    for (int scroll = 0; scroll < 700; scroll += 7) {
        const LaneGeometry geometry(40, 2, 400, scroll);
        const auto rows = geometry.scrolledRows();
        for (int y = geometry.pinnedHeight(); y < 400; ++y) {
            if (const auto row = geometry.rowAt(y))
                QVERIFY(*row >= rows.first && *row < rows.last);
        }
        QVERIFY(rows.last - rows.first < 20);
    }
}

void TestLaneGeometry::nothingIsFoundBelowTheLastRow()
{
    const LaneGeometry geometry(3, 1, 400, 0);
    QCOMPARE(geometry.rowAt(geometry.top(2) + LaneGeometry::pitch + 1), std::optional<std::size_t>());
    QCOMPARE(LaneGeometry(0, 0, 400, 0).rowAt(10), std::optional<std::size_t>());
    QCOMPARE(geometry.maxScroll(), 0);
}

QTEST_APPLESS_MAIN(TestLaneGeometry)
#include "tst_lanegeometry.moc"
