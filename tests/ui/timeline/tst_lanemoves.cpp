// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "timelinestage.h"
#include "ui/theme.h"
#include "ui/timeline/lanedrag.h"
#include "ui/timeline/lanesbar.h"

#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <random>

using namespace coroscope;
using namespace coroscope::ui;

/// Lanes that are put in order by hand.
class TestLaneMoves : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void draggingANameMovesItsLane_data();
    void draggingANameMovesItsLane();
    void aLaneMovesWithItsChildren();
    void aChildStaysAmongItsSiblings();
    void whereItWouldBeDroppedIsShown();
    void aSmallMoveOfThePointerIsAClick();
    void escapeAndAnotherButtonCancel();
    void ofATallGroupTheEndThatIsSeenIsMeant();
    void atTheEdgesTheLanesScroll();
    void theWheelScrollsMeanwhile();
    void aLaneThatIsForgottenIsDraggedNoMore();
    void lanesThatComeMeanwhileAreDroppedAmong();
    void altArrowsMoveTheSelectedLane();
    void theLaneThatIsMovedStaysInSight();
    void loopsStayWhereTheyAre();
    void theContextMenuMovesAndRestores();
    void theBarSaysByHandUntilASortIsChosen();
    void restoringKeepsTheSort();
    void aNewLaneComesLast();
    void aNewLaneOfASortedOrderIsSortedAmongTheNewOnes();
    void hiddenLanesKeepTheirPlaces();
    void theOrderOutlivesFoldingPinningAndRemoval();
    void whateverIsDoneTheOrderIsThatOfALayoutMadeAnew();
    void fiftyThousandLanesAreMoved();
};

struct Moved : Stage
{
    using Stage::Stage;

    QStringList names() const
    {
        QStringList names;
        for (std::size_t row = view.lanes().machineLanes(); row < view.lanes().size(); ++row)
            names << widget.laneName(row);
        return names;
    }
    /// The lanes that have none above them.
    QStringList roots() const
    {
        QStringList names;
        for (std::size_t row = view.lanes().machineLanes(); row < view.lanes().size(); ++row) {
            if (view.lanes().lane(row).depth == 0)
                names << widget.laneName(row);
        }
        return names;
    }
    QWidget *header() { return widget.laneHeader(); }
    QPoint nameOf(TaskId task) const { return {100, inArea(task, 2s).y()}; }
    void move(const QPoint &to)
    {
        QMouseEvent event(QEvent::MouseMove, to, header()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(header(), &event);
    }
    void grip(TaskId task, int dy)
    {
        QTest::mousePress(header(), Qt::LeftButton, {}, nameOf(task));
        move(nameOf(task) + QPoint(0, dy));
    }
    void drop(const QPoint &at) { QTest::mouseRelease(header(), Qt::LeftButton, {}, at); }
    void drag(TaskId task, const QPoint &to)
    {
        grip(task, 12);
        move(to);
        drop(to);
    }
    /// Of the line that shows where a lane would be dropped; -1 without one.
    int dropLine()
    {
        const QImage image = header()->grab().toImage();
        const QColor accent = Theme::of(widget.palette()).accent;
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixelColor(image.width() - 3, y) == accent)
                return y;
        }
        return -1;
    }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::AltModifier)
    {
        QTest::keyClick(widget.laneArea(), static_cast<Qt::Key>(key), modifiers);
    }
    QAction *inBar(const QString &text)
    {
        for (QAction *action : widget.lanesBar()->menu()->actions()) {
            if (action->text().remove(QLatin1Char('&')) == text)
                return action;
        }
        return nullptr;
    }
    QString barText() { return widget.lanesBar()->findChild<QToolButton *>()->text(); }
    /// Of the menu that the window opens, the part that moves lanes.
    void withMoves(TaskId task,
                   const std::function<void(const std::function<QAction *(const QString &)> &)> &use)
    {
        QMenu menu;
        widget.addLaneActions(menu, task);
        QMenu *moves = menu.findChild<QMenu *>();
        use([moves](const QString &text) -> QAction * {
            for (QAction *action : moves ? moves->actions() : QList<QAction *> {}) {
                if (action->text().section(u'\t', 0, 0).remove(QLatin1Char('&')) == text)
                    return action;
            }
            return nullptr;
        });
    }

    const QStringList asCreated {"batch: images", "redis host1", "redis host2",     "sleep 0.5 s",
                                 "sleep 2 s",     "sleep 10 s",  "future “answer”", "parse index"};
};

void TestLaneMoves::draggingANameMovesItsLane_data()
{
    QTest::addColumn<int>("dy");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("below the middle of another: after it")
        << 8 << QStringList {"redis host1", "sleep 0.5 s", "redis host2"};
    QTest::newRow("above its middle: before it")
        << -8 << QStringList {"sleep 0.5 s", "redis host1", "redis host2"};
}

void TestLaneMoves::draggingANameMovesItsLane()
{
    QFETCH(int, dy);
    QFETCH(QStringList, expected);
    Moved m;
    QCOMPARE(m.roots(), m.asCreated);
    m.drag(m.nap, m.nameOf(m.redis1) + QPoint(0, dy));
    QCOMPARE(m.roots().mid(1, 3), expected);
    QCOMPARE(m.selection.task(), m.nap);
}

void TestLaneMoves::aLaneMovesWithItsChildren()
{
    Moved m;
    m.drag(m.batch, m.nameOf(m.redis1) + QPoint(0, 8));
    QCOMPARE(m.names().mid(0, 6), QStringList({"redis host1", "batch: images", "GET ubuntu.iso",
                                               "GET debian.iso", "GET missing.png", "GET big.tar.zst"}));
    // Before a tree: at its upper end. After it: at its lower one.
    m.drag(m.sleep2, m.nameOf(m.debian) - QPoint(0, 8));
    QCOMPARE(m.roots().mid(0, 3), QStringList({"redis host1", "sleep 2 s", "batch: images"}));
    m.drag(m.sleep2, m.nameOf(m.big) + QPoint(0, 8));
    QCOMPARE(m.names().mid(1, 6), QStringList({"batch: images", "GET ubuntu.iso", "GET debian.iso",
                                               "GET missing.png", "GET big.tar.zst", "sleep 2 s"}));
}

void TestLaneMoves::aChildStaysAmongItsSiblings()
{
    Moved m;
    m.drag(m.ubuntu, m.nameOf(m.nap)); // as far as it may go
    QCOMPARE(m.names().mid(0, 6), QStringList({"batch: images", "GET debian.iso", "GET missing.png",
                                               "GET big.tar.zst", "GET ubuntu.iso", "redis host1"}));
    m.drag(m.ubuntu, {100, 2});
    QCOMPARE(m.names().mid(0, 2), QStringList({"batch: images", "GET ubuntu.iso"}));
    QCOMPARE(m.roots(), m.asCreated);
}

void TestLaneMoves::whereItWouldBeDroppedIsShown()
{
    Moved m;
    const int between = m.nameOf(m.redis2).y() - LaneGeometry::pitch / 2;
    m.grip(m.nap, 12);
    QCOMPARE(m.dropLine(), -1); // where it is already
    m.move(m.nameOf(m.redis2) - QPoint(0, 6));
    QVERIFY2(std::abs(m.dropLine() - between) <= 1, qPrintable(QString::number(m.dropLine())));
    m.drop(m.nameOf(m.redis2) - QPoint(0, 6));
    QCOMPARE(m.dropLine(), -1);
}

void TestLaneMoves::aSmallMoveOfThePointerIsAClick()
{
    Moved m;
    m.grip(m.nap, 3);
    QCOMPARE(m.header()->cursor().shape(), Qt::ArrowCursor);
    m.drop(m.nameOf(m.nap) + QPoint(0, 3));
    QCOMPARE(m.roots(), m.asCreated);
    QCOMPARE(m.selection.task(), m.nap);
    // A lane without siblings has nowhere to go.
    m.view.setFold(m.batch, Fold::Closed);
    m.grip(m.theLoop, 40);
    QCOMPARE(m.header()->cursor().shape(), Qt::ArrowCursor);
    m.drop(m.nameOf(m.nap));
}

void TestLaneMoves::escapeAndAnotherButtonCancel()
{
    Moved m;
    m.widget.lanesBar()->focusFilter(); // the keyboard may be anywhere
    m.grip(m.nap, 12);
    m.move(m.nameOf(m.redis1));
    QVERIFY(m.dropLine() >= 0);
    QVERIFY(m.widget.laneArea()->hasFocus());
    m.press(Qt::Key_Escape, {});
    QCOMPARE(m.dropLine(), -1);
    QCOMPARE(m.selection.task(), m.nap); // that was all that it did
    m.move(m.nameOf(m.redis2));
    QCOMPARE(m.dropLine(), -1);
    m.drop(m.nameOf(m.redis1));
    QCOMPARE(m.roots(), m.asCreated);

    m.grip(m.nap, 12);
    m.move(m.nameOf(m.redis1));
    QVERIFY(m.dropLine() >= 0);
    QTest::mousePress(m.header(), Qt::RightButton, {}, m.nameOf(m.redis1));
    QCOMPARE(m.dropLine(), -1);
    m.drop(m.nameOf(m.redis1));
    QCOMPARE(m.roots(), m.asCreated);
}

void TestLaneMoves::ofATallGroupTheEndThatIsSeenIsMeant()
{
    StoreFixture f;
    const TaskId first = f.spawn("first", {}, 0s);
    const TaskId group = f.spawn("group", {}, 1ms);
    for (int i = 0; i < 40; ++i)
        f.spawn("child", {}, 2ms, group);
    f.spawn("last", {}, 3ms);
    f.play(1s);
    LaneLayout lanes;
    lanes.rebuild(f.store(), {});
    LaneDrag drag(lanes, first);
    const auto gapAt = [&](int scroll, int y) {
        const LaneGeometry geometry(lanes.size(), lanes.topLanes(), 260, scroll);
        drag.moveTo(geometry, y);
        return drag.gap();
    };
    QCOMPARE(gapAt(0, 250), std::nullopt); // its upper end, where "first" is already
    QCOMPARE(gapAt(42 * LaneGeometry::pitch - 200, 20), std::optional<std::size_t>(2)); // its lower end
    QCOMPARE(gapAt(10 * LaneGeometry::pitch, 130), std::nullopt); // none is seen: the nearer
    QCOMPARE(gapAt(30 * LaneGeometry::pitch, 130), std::optional<std::size_t>(2));
}

void TestLaneMoves::atTheEdgesTheLanesScroll()
{
    Moved m({1230, 260});
    QVERIFY(m.view.lanes().size() * LaneGeometry::pitch > std::size_t(m.header()->height()));
    m.grip(m.batch, 12);
    const QPoint bottom(100, m.header()->height() + 30);
    m.move(bottom);
    QTRY_COMPARE(m.widget.pointOf(m.parse, 2s).y(), m.widget.height() - 5 - LaneGeometry::pitch / 2);
    m.drop(bottom);
    QCOMPARE(m.roots().last(), QStringLiteral("batch: images"));
    m.view.setScroll(m.view.scroll() - LaneGeometry::pitch);
    QVERIFY(m.view.scroll() > 0);
    m.grip(m.parse, 12);
    m.move({100, -30});
    QTRY_COMPARE(m.view.scroll(), 0);
    m.drop({100, -30});
    QCOMPARE(m.roots().first(), QStringLiteral("parse index"));
    // A child is scrolled to the end of its siblings and no further; Escape goes back to where it began.
    m.drag(m.batch, m.nameOf(m.parse));
    const int before = m.view.scroll();
    m.grip(m.ubuntu, 12);
    m.move({100, m.header()->height() + 30});
    QTRY_VERIFY(m.header()->rect().contains(m.nameOf(m.big)));
    auto isStill = [&, at = -1]() mutable { return std::exchange(at, m.view.scroll()) == m.view.scroll(); };
    QTRY_VERIFY(isStill());
    QVERIFY(m.header()->rect().contains(m.nameOf(m.big)));
    m.press(Qt::Key_Escape, {});
    QCOMPARE(m.view.scroll(), before);
}

void TestLaneMoves::theWheelScrollsMeanwhile()
{
    Moved m({1230, 400});
    const QPoint at = m.nameOf(m.redis1);
    m.grip(m.batch, 12);
    m.move(at);
    m.wheel({0, -120}, {}, {300, 200});
    QVERIFY(m.view.scroll() > 0);
    const TaskId under = m.view.lanes()
                             .lane(*LaneGeometry(m.view.lanes().size(), m.view.lanes().topLanes(),
                                                 m.header()->height(), m.view.scroll())
                                        .rowAt(at.y()))
                             .task;
    QVERIFY(under != m.redis1);
    const int line = m.dropLine();
    QVERIFY(std::abs(line - m.nameOf(under).y()) <= LaneGeometry::pitch / 2 + 1);
    m.drop(at);
    QVERIFY(std::abs(int(m.rowOf(m.batch)) - int(m.rowOf(under))) <= 5); // beside it, with four children
}

void TestLaneMoves::aLaneThatIsForgottenIsDraggedNoMore()
{
    Moved m;
    m.grip(m.nap, 12);
    m.move(m.nameOf(m.redis1));
    m.store().removeEnded();
    QVERIFY(!m.view.lanes().rowOf(m.nap));
    QCOMPARE(m.dropLine(), -1);
    m.move({100, 60});
    m.drop({100, 60});
    QVERIFY(!m.view.isOrderedByHand());
}

void TestLaneMoves::lanesThatComeMeanwhileAreDroppedAmong()
{
    Moved m;
    m.grip(m.nap, 12);
    m.move(m.nameOf(m.parse) + QPoint(0, 8));
    const TaskId late = m.spawn("late", "sleep", 3100ms);
    m.play(3150ms);
    QApplication::processEvents();
    const QPoint at = m.nameOf(late) + QPoint(0, 8);
    m.move(at);
    m.drop(at);
    QCOMPARE(m.roots().mid(6), QStringList({"parse index", "late", "sleep 0.5 s"}));
}

void TestLaneMoves::altArrowsMoveTheSelectedLane()
{
    Moved m;
    m.selection.select(m.redis2);
    m.press(Qt::Key_Up);
    QCOMPARE(m.roots().mid(1, 2), QStringList({"redis host2", "redis host1"}));
    m.press(Qt::Key_Down);
    m.press(Qt::Key_Down);
    QCOMPARE(m.roots().mid(1, 3), QStringList({"redis host1", "sleep 0.5 s", "redis host2"}));
    m.press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(m.roots().first(), QStringLiteral("redis host2"));
    m.press(Qt::Key_Up); // is on top
    m.press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(m.roots().last(), QStringLiteral("redis host2"));
    QCOMPARE(m.roots().size(), m.asCreated.size());
}

void TestLaneMoves::theLaneThatIsMovedStaysInSight()
{
    Moved m({1230, 260});
    m.selection.select(m.batch);
    m.press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    QVERIFY(m.view.scroll() > 0);
    QVERIFY(m.header()->rect().contains(m.nameOf(m.batch)));
}

void TestLaneMoves::loopsStayWhereTheyAre()
{
    Moved m;
    m.selection.select(m.theLoop);
    m.press(Qt::Key_Down);
    QCOMPARE(m.rowOf(m.theLoop), std::size_t(0));
    m.drag(m.theLoop, m.nameOf(m.nap));
    QCOMPARE(m.rowOf(m.theLoop), std::size_t(0));
    QVERIFY(!m.view.isOrderedByHand());
}

void TestLaneMoves::theContextMenuMovesAndRestores()
{
    Moved m;
    m.withMoves(m.sleep2, [&](const auto &action) {
        QVERIFY(action("Move up")->isEnabled());
        QVERIFY(!action("Restore order")->isEnabled());
        action("Move to top")->trigger();
    });
    QCOMPARE(m.roots().first(), QStringLiteral("sleep 2 s"));
    m.withMoves(m.sleep2, [&](const auto &action) {
        QVERIFY(!action("Move up")->isEnabled());
        QVERIFY(!action("Move to top")->isEnabled());
        action("Move down")->trigger();
    });
    QCOMPARE(m.roots().mid(0, 2), QStringList({"batch: images", "sleep 2 s"}));
    m.withMoves(m.sleep2, [&](const auto &action) { action("Move up")->trigger(); });
    m.withMoves(m.sleep2, [&](const auto &action) { action("Move to bottom")->trigger(); });
    QCOMPARE(m.roots().last(), QStringLiteral("sleep 2 s"));
    m.withMoves(m.nap, [&](const auto &action) { action("Restore order")->trigger(); });
    QCOMPARE(m.roots(), m.asCreated);
    m.withMoves(m.theLoop, [&](const auto &action) { QVERIFY(!action("Move up")); });
}

void TestLaneMoves::theBarSaysByHandUntilASortIsChosen()
{
    Moved m;
    QCOMPARE(m.barText(), QStringLiteral("by start ▾"));
    QVERIFY(!m.inBar("By hand")->isVisible());
    m.drag(m.nap, m.nameOf(m.batch) - QPoint(0, 8));
    QCOMPARE(m.roots().first(), QStringLiteral("sleep 0.5 s"));
    QCOMPARE(m.barText(), QStringLiteral("by hand ▾"));
    QVERIFY(m.inBar("By hand")->isVisible());
    QVERIFY(m.inBar("By hand")->isChecked());
    // The sort that it came from is as good as another.
    m.inBar("Sort by start")->trigger();
    QCOMPARE(m.barText(), QStringLiteral("by start ▾"));
    QVERIFY(m.inBar("Sort by start")->isChecked());
    QVERIFY(!m.inBar("By hand")->isVisible());
    QCOMPARE(m.roots(), m.asCreated);
}

void TestLaneMoves::restoringKeepsTheSort()
{
    Moved m;
    m.inBar("Sort by name")->trigger();
    const QStringList sorted = m.roots();
    m.selection.select(m.nap);
    m.press(Qt::Key_Up);
    m.press(Qt::Key_Up);
    QVERIFY(m.roots() != sorted);
    QStringList others = m.roots();
    others.removeOne(QStringLiteral("sleep 0.5 s"));
    QStringList sortedOthers = sorted;
    sortedOthers.removeOne(QStringLiteral("sleep 0.5 s"));
    QCOMPARE(others, sortedOthers); // what wasn't moved stands as it was sorted
    m.inBar("Restore order")->trigger();
    QCOMPARE(m.barText(), QStringLiteral("by name ▾"));
    QCOMPARE(m.roots(), sorted);
}

void TestLaneMoves::aNewLaneComesLast()
{
    Moved m;
    m.selection.select(m.answer);
    m.press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    m.selection.select(m.big);
    m.press(Qt::Key_Up);
    m.spawn("a new one", "sleep", 3100ms);
    m.spawn("GET new.iso", "download", 3101ms, m.batch);
    m.play(3150ms);
    QCOMPARE(m.names().mid(0, 7),
             QStringList({"future “answer”", "batch: images", "GET ubuntu.iso", "GET debian.iso",
                          "GET big.tar.zst", "GET missing.png", "GET new.iso"}));
    QCOMPARE(m.roots().last(), QStringLiteral("a new one"));
}

void TestLaneMoves::aNewLaneOfASortedOrderIsSortedAmongTheNewOnes()
{
    Moved m;
    m.inBar("Sort by name")->trigger();
    m.selection.select(m.answer);
    m.press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    m.spawn("b", "sleep", 3100ms);
    m.spawn("a", "sleep", 3101ms);
    m.play(3150ms);
    QCOMPARE(m.roots().mid(m.roots().size() - 3), QStringList({"future “answer”", "a", "b"}));
}

void TestLaneMoves::hiddenLanesKeepTheirPlaces()
{
    Moved m;
    m.widget.lanesBar()->filter()->setText("sleep");
    QCOMPARE(m.roots(), QStringList({"sleep 0.5 s", "sleep 2 s", "sleep 10 s"}));
    m.drag(m.sleep10, m.nameOf(m.nap) - QPoint(0, 8));
    QCOMPARE(m.roots(), QStringList({"sleep 10 s", "sleep 0.5 s", "sleep 2 s"}));
    m.widget.lanesBar()->filter()->clear();
    QCOMPARE(m.roots(), QStringList({"batch: images", "redis host1", "redis host2", "sleep 10 s",
                                     "sleep 0.5 s", "sleep 2 s", "future “answer”", "parse index"}));
}

void TestLaneMoves::theOrderOutlivesFoldingPinningAndRemoval()
{
    Moved m;
    m.selection.select(m.sleep2);
    m.press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    m.selection.select(m.big);
    m.press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    m.view.setFold(m.batch, Fold::Closed);
    m.view.setFold(m.batch, Fold::Tasks);
    QCOMPARE(m.names().mid(0, 4),
             QStringList({"sleep 2 s", "batch: images", "GET big.tar.zst", "GET ubuntu.iso"}));
    m.view.setPinned(m.sleep2, true);
    m.view.setPinned(m.sleep2, false);
    QCOMPARE(m.names().first(), QStringLiteral("sleep 2 s"));
    m.store().removeEnded();
    QCOMPARE(m.roots().first(), QStringLiteral("sleep 2 s"));
    QVERIFY(!m.view.arrangement().byHand.empty());
    for (const TaskId id : m.view.arrangement().byHand)
        QVERIFY(m.store().task(id));
    m.store().clear();
    QVERIFY(!m.view.isOrderedByHand());
    QCOMPARE(m.barText(), QStringLiteral("by start ▾"));
}

void TestLaneMoves::whateverIsDoneTheOrderIsThatOfALayoutMadeAnew()
{
    const auto rows = [](const LaneLayout &lanes) {
        std::vector<std::pair<std::uint32_t, int>> rows;
        for (std::size_t row = 0; row < lanes.size(); ++row)
            rows.emplace_back(lanes.lane(row).task.value, lanes.lane(row).depth);
        return rows;
    };
    for (const LaneSort sort : {LaneSort::Start, LaneSort::Name}) {
        std::minstd_rand random(7);
        const auto below = [&](std::size_t count) { return std::size_t(random() % count); };
        model::Script s;
        Selection selection;
        TimelineView view(s.store, selection);
        view.setArrangement({.sort = sort, .filter = {}, .pinned = {}});
        std::uint32_t last = 0;
        const auto create = [&] {
            const std::uint32_t parent = last > 0 && below(3) > 0 ? std::uint32_t(1 + below(last)) : 0;
            s.created(++last, parent).text(last, trace::TextKind::Name, QString::number(below(50)));
            s.commit();
        };
        for (int i = 0; i < 12; ++i)
            create();
        for (int i = 0; i < 600; ++i) {
            const TaskId task {std::uint32_t(1 + below(last))};
            LaneArrangement wanted = view.arrangement();
            switch (below(8)) {
            case 0:
                create();
                break;
            case 1:
                view.setPinned(task, below(3) == 0);
                break;
            case 2:
                wanted.filter = below(2) ? QString::number(below(10)) : QString();
                view.setArrangement(wanted);
                break;
            case 3:
                view.setFold(task, below(3) ? Fold::Tasks : Fold::Closed);
                break;
            default: {
                const auto row = view.lanes().rowOf(task);
                if (!row || !view.lanes().hasOwnLane(task))
                    break;
                const auto siblings = view.lanes().siblingRows(*row);
                const std::size_t gap = below(siblings.size() + 1);
                const auto at = std::size_t(std::find(siblings.begin(), siblings.end(), *row)
                                            - siblings.begin());
                const TaskId next = gap < siblings.size() ? view.lanes().lane(siblings[gap]).task : TaskId {};
                QCOMPARE(view.moveLane(task, gap), gap != at && gap != at + 1);
                // It stands before what it was moved before, and after all others.
                const auto now = view.lanes().siblingRows(*view.lanes().rowOf(task));
                QCOMPARE(now.size(), siblings.size());
                const std::size_t place = gap > at ? std::max(gap, at + 1) - 1 : gap;
                QCOMPARE(view.lanes().lane(now[place]).task, task);
                if (next && next != task)
                    QCOMPARE(view.lanes().lane(now[place + 1]).task, next);
            }
            }
            Folds folds;
            for (std::uint32_t id = 1; id <= last; ++id)
                folds.insert(TaskId {id}, view.fold(TaskId {id}));
            LaneLayout anew;
            anew.rebuild(s.store, folds);
            anew.arrange(s.store, view.arrangement());
            QVERIFY2(rows(view.lanes()) == rows(anew), QByteArray::number(i));
        }
    }
}

void TestLaneMoves::fiftyThousandLanesAreMoved()
{
    constexpr std::uint32_t count = 50'000;
    model::Script s;
    for (std::uint32_t id = 1; id <= count; ++id)
        s.created(id);
    s.commit();
    Selection selection;
    TimelineView view(s.store, selection);
    TimelineWidget widget(view);
    widget.resize(1230, 500);
    widget.show();
    selection.select(TaskId {count});
    widget.setFocus();
    QApplication::processEvents();
    QElapsedTimer time;
    time.start();
    QTest::keyClick(widget.laneArea(), Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    QTest::keyClick(widget.laneArea(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(view.lanes().rowOf(TaskId {count}), std::optional<std::size_t>(1));
    QVERIFY2(time.elapsed() < 4000, qPrintable(QString::number(time.elapsed()))); // unoptimized, too
}

QTEST_MAIN(TestLaneMoves)
#include "tst_lanemoves.moc"
