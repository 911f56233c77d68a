// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"
#include "ui/theme.h"
#include "ui/timeline/lanesbar.h"

#include <QLineEdit>
#include <QMenu>

using namespace coroscope;
using namespace coroscope::ui;

class TestLaneArrangement : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void pPinsALaneToTheTopAndUnpinsIt();
    void aPinnedLaneStaysWhenTheOthersAreScrolled();
    void whatIsBelowAPinnedLaneTakesItsPlace();
    void loopsCantBePinned();
    void altArrowsMoveAPinnedLane();
    void draggingMovesAPinnedLane();
    void theContextMenuPins();
    void lanesAreSorted_data();
    void lanesAreSorted();
    void siblingsAreSortedBelowTheirParent();
    void theFilterHidesLanesThatDontMatch();
    void aNewLaneIsFilteredAndSortedToo();
    void aNameThatComesLaterIsFiltered();
    void aFilterThatHidesAllIsMarkedAndOffersNoDemo();
    void shiftArrowsCloseAndOpenAll();
    void theArrangementOutlivesFoldingAndRemoval();
};

struct Arranged : Stage
{
    QStringList names() const
    {
        QStringList names;
        for (std::size_t row = view.lanes().machineLanes(); row < view.lanes().size(); ++row)
            names << widget.laneName(row);
        return names;
    }
    void press(int key, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(widget.laneArea(), static_cast<Qt::Key>(key), modifiers);
    }
    QLineEdit *filter() { return widget.lanesBar()->filter(); }
    void choose(const QString &text)
    {
        for (QAction *action : widget.lanesBar()->menu()->actions()) {
            if (action->text().remove(QLatin1Char('&')) == text)
                return action->trigger();
        }
        QFAIL("no such action");
    }
    /// Opens the context menu's part, as the window does.
    void chooseInContext(TaskId task, const QString &text)
    {
        QMenu menu;
        widget.addLaneActions(menu, task);
        for (QAction *action : menu.actions()) {
            if (action->text().remove(QLatin1Char('&')) == text)
                return action->trigger();
        }
        QFAIL("no such action");
    }
};

void TestLaneArrangement::pPinsALaneToTheTopAndUnpinsIt()
{
    Arranged a;
    const QStringList before = a.names();
    a.selection.select(a.nap);
    a.key(Qt::Key_P);
    QCOMPARE(a.names().first(), QStringLiteral("sleep 0.5 s"));
    QCOMPARE(a.names().size(), before.size());
    QCOMPARE(a.rowOf(a.nap), a.view.lanes().machineLanes());
    a.key(Qt::Key_P);
    QCOMPARE(a.names(), before);
}

void TestLaneArrangement::aPinnedLaneStaysWhenTheOthersAreScrolled()
{
    Stage stage({1000, 330});
    stage.view.setPinned(stage.nap, true);
    const int pinned = stage.widget.pointOf(stage.nap, 2s).y();
    const int other = stage.widget.pointOf(stage.batch, 2s).y();
    QVERIFY(pinned < other);
    stage.wheel({0, -120}, {}, {300, 200});
    QCOMPARE(stage.widget.pointOf(stage.nap, 2s).y(), pinned);
    QVERIFY(stage.widget.pointOf(stage.batch, 2s).y() < other);
}

void TestLaneArrangement::whatIsBelowAPinnedLaneTakesItsPlace()
{
    Arranged a;
    a.view.setPinned(a.batch, true);
    QCOMPARE(a.names().mid(0, 3), QStringList({"batch: images", "GET ubuntu.iso", "GET debian.iso"}));
    QCOMPARE(a.view.lanes().lane(a.rowOf(a.ubuntu)).depth, 0);
    a.view.setPinned(a.batch, false);
    QCOMPARE(a.view.lanes().lane(a.rowOf(a.ubuntu)).depth, 1);
}

void TestLaneArrangement::loopsCantBePinned()
{
    Arranged a;
    a.selection.select(a.theLoop);
    a.key(Qt::Key_P);
    QCOMPARE(a.view.lanes().topLanes(), a.view.lanes().machineLanes());
}

void TestLaneArrangement::altArrowsMoveAPinnedLane()
{
    Arranged a;
    a.view.setPinned(a.nap, true);
    a.view.setPinned(a.debian, true);
    QCOMPARE(a.names().mid(0, 2), QStringList({"sleep 0.5 s", "GET debian.iso"}));
    a.selection.select(a.debian);
    a.press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(a.names().mid(0, 2), QStringList({"GET debian.iso", "sleep 0.5 s"}));
    a.press(Qt::Key_Up, Qt::AltModifier); // is on top
    a.press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(a.names().mid(0, 2), QStringList({"sleep 0.5 s", "GET debian.iso"}));
}

void TestLaneArrangement::draggingMovesAPinnedLane()
{
    Arranged a;
    a.view.setPinned(a.nap, true);
    a.view.setPinned(a.debian, true);
    QWidget *header = a.widget.laneHeader();
    const QPoint from(100, a.inArea(a.debian, 2s).y());
    const QPoint to(100, a.inArea(a.nap, 2s).y());
    QTest::mousePress(header, Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, header->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(header, &move);
    QTest::mouseRelease(header, Qt::LeftButton, {}, to);
    QCOMPARE(a.names().mid(0, 2), QStringList({"GET debian.iso", "sleep 0.5 s"}));
}

void TestLaneArrangement::theContextMenuPins()
{
    Arranged a;
    a.chooseInContext(a.redis2, QStringLiteral("Pin lane to the top"));
    QCOMPARE(a.names().first(), QStringLiteral("redis host2"));
    a.chooseInContext(a.redis2, QStringLiteral("Unpin lane"));
    QVERIFY(a.names().first() != QStringLiteral("redis host2"));
}

void TestLaneArrangement::lanesAreSorted_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    QTest::newRow("by start") << "Sort by start" << "batch: images" << "parse index";
    QTest::newRow("by busy time") << "Sort by busy time" << "parse index" << "sleep 2 s";
    QTest::newRow("by name") << "Sort by name" << "batch: images" << "sleep 2 s";
}

void TestLaneArrangement::lanesAreSorted()
{
    QFETCH(QString, action);
    QFETCH(QString, first);
    QFETCH(QString, last);
    Arranged a;
    a.choose(QStringLiteral("Sort by name"));
    a.choose(action);
    QCOMPARE(a.names().first(), first);
    QCOMPARE(a.names().last(), last);
}

void TestLaneArrangement::siblingsAreSortedBelowTheirParent()
{
    Arranged a;
    a.choose(QStringLiteral("Sort by name"));
    QCOMPARE(a.names().mid(0, 5), QStringList({"batch: images", "GET big.tar.zst", "GET debian.iso",
                                               "GET missing.png", "GET ubuntu.iso"}));
}

void TestLaneArrangement::theFilterHidesLanesThatDontMatch()
{
    Arranged a;
    a.view.setPinned(a.nap, true);
    a.key(Qt::Key_L);
    QVERIFY(a.filter()->hasFocus());
    QTest::keyClicks(a.filter(), "DEBIAN");
    // The pinned lane stays, and so does the parent of what matches.
    QCOMPARE(a.names(), QStringList({"sleep 0.5 s", "batch: images", "GET debian.iso"}));
    QVERIFY(!a.view.lanes().rowOf(a.ubuntu));
    a.selection.select(a.ubuntu); // hidden: nothing to move, nothing to crash on
    a.widget.laneArea()->setFocus();
    for (const int key : {Qt::Key_Left, Qt::Key_P, Qt::Key_F, Qt::Key_BracketLeft, Qt::Key_Menu})
        a.key(key);
    a.widget.grab();
    QTest::keyClick(a.filter(), Qt::Key_Escape);
    QVERIFY(a.widget.laneArea()->hasFocus());
    QCOMPARE(a.names().size(), 12);
}

void TestLaneArrangement::aNewLaneIsFilteredAndSortedToo()
{
    Arranged a;
    a.view.setArrangement({.sort = LaneSort::Name, .filter = "iso", .pinned = {}});
    a.spawn("GET arch.iso", "download", 3100ms);
    a.spawn("other", "download", 3101ms);
    a.play(3150ms);
    QCOMPARE(a.names(), QStringList({"batch: images", "GET debian.iso", "GET ubuntu.iso", "GET arch.iso"}));
}

void TestLaneArrangement::aNameThatComesLaterIsFiltered()
{
    Arranged a;
    a.view.setArrangement({.sort = LaneSort::Start, .filter = "late", .pinned = {}});
    const TaskId task = a.spawn("nameless", "download", 3100ms);
    a.play(3110ms);
    QVERIFY(!a.view.lanes().rowOf(task));
    a.rename(task, 3120ms, "late.bin");
    a.play(3150ms);
    QCOMPARE(a.names(), QStringList {"late.bin"});
}

void TestLaneArrangement::aFilterThatHidesAllIsMarkedAndOffersNoDemo()
{
    Arranged a;
    a.filter()->setText("nothing is called that");
    QVERIFY(a.names().isEmpty());
    QVERIFY(a.filter()->property("error").toBool());
    QVERIFY(a.widget.laneArea()->isVisible());
    a.filter()->setText("redis");
    QVERIFY(!a.filter()->property("error").toBool());
}

void TestLaneArrangement::shiftArrowsCloseAndOpenAll()
{
    Arranged a;
    a.press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(a.names().size(), 8);
    a.press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(a.names().size(), 12);
}

void TestLaneArrangement::theArrangementOutlivesFoldingAndRemoval()
{
    Arranged a;
    a.view.setPinned(a.nap, true); // has ended
    a.view.setPinned(a.sleep2, true);
    a.view.setFold(a.batch, Fold::Closed);
    QCOMPARE(a.names().mid(0, 2), QStringList({"sleep 0.5 s", "sleep 2 s"}));
    a.store().removeEnded();
    QCOMPARE(a.names().first(), QStringLiteral("sleep 2 s"));
    QCOMPARE(a.view.arrangement().pinned, std::vector<TaskId> {a.sleep2});
}

QTEST_MAIN(TestLaneArrangement)
#include "tst_lanearrangement.moc"
