// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/storefixture.h"
#include "ui/timeline/lanelayout.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;

class TestLaneLayout : public QObject
{
    Q_OBJECT
private slots:
    void loopsAndWorkersComeFirst();
    void childrenStandBelowTheirParent();
    void aCalledCoroutineIsDrawnInItsCallersLane();
    void openingATaskShowsAllItsCoroutines();
    void aTaskSpawnedByAFoldedCoroutineStandsBelowTheNearestLane();
    void aClosedLaneHidesItsTree();
    void foldingGoesStepByStep_data();
    void foldingGoesStepByStep();
    void whatCommitsBringEqualsARebuild();
    void aNewRootIsAppendedAndAFoldedFrameChangesNoLane();
    void aClearedStoreHasNoLanes();
    void aChainOfAHundredThousandAwaitsIsNotRecursion();
};

/// The rows as indented names.
static QStringList rows(const LaneLayout &layout, const model::TraceStore &store)
{
    QStringList result;
    for (std::size_t i = 0; i < layout.size(); ++i)
        result << QString(layout.lane(i).depth * 2, u' ') + store.task(layout.lane(i).task)->name;
    return result;
}

/// batch → (GET a → (fetch → read), helper → GET b), sleep
struct Family : StoreFixture
{
    TaskId root = spawn("batch", "group", 1s);
    TaskId a = spawn("GET a", "download", 2s, root);
    TaskId fetch = frame("fetch", 3s, a);
    TaskId read = frame("read", 4s, fetch);
    TaskId helper = frame("helper", 5s, root);
    TaskId b = spawn("GET b", "download", 6s, helper);
    TaskId sleep = spawn("sleep", "sleep", 7s);

    Family() { play(10s); }
};

void TestLaneLayout::loopsAndWorkersComeFirst()
{
    StoreFixture fixture;
    fixture.spawn("early", {}, 0s);
    fixture.worker("worker 1", 2);
    fixture.loop("loop");
    fixture.play(1s);
    LaneLayout layout;
    layout.rebuild(fixture.store(), {});
    QCOMPARE(rows(layout, fixture.store()), QStringList({"loop", "worker 1", "early"}));
    QCOMPARE(layout.machineLanes(), std::size_t {2});
}

void TestLaneLayout::childrenStandBelowTheirParent()
{
    Family family;
    LaneLayout layout;
    layout.rebuild(family.store(), {});
    QCOMPARE(rows(layout, family.store()), QStringList({"batch", "  GET a", "  GET b", "sleep"}));
    QCOMPARE(layout.rowOf(family.sleep), std::optional<std::size_t>(3));
    QCOMPARE(layout.parentRow(1), std::optional<std::size_t>(0));
    QCOMPARE(layout.parentRow(3), std::optional<std::size_t>());
}

void TestLaneLayout::aCalledCoroutineIsDrawnInItsCallersLane()
{
    Family family;
    LaneLayout layout;
    layout.rebuild(family.store(), {});
    QCOMPARE(layout.rowOf(family.read), layout.rowOf(family.a));
    QVERIFY(!layout.hasOwnLane(family.read));
    QVERIFY(layout.hasOwnLane(family.a));
    QCOMPARE(layout.folded(1).size(), std::size_t {2});
    QVERIFY(layout.lane(1).expandable());
    QVERIFY(!layout.lane(1).expanded());
    QVERIFY(!layout.lane(3).expandable());
}

void TestLaneLayout::openingATaskShowsAllItsCoroutines()
{
    Family family;
    LaneLayout layout;
    layout.rebuild(family.store(), {{family.a, Fold::Frames}});
    QCOMPARE(rows(layout, family.store()),
             QStringList({"batch", "  GET a", "    fetch", "      read", "  GET b", "sleep"}));
    QCOMPARE(layout.folded(1).size(), std::size_t {0});
}

void TestLaneLayout::aTaskSpawnedByAFoldedCoroutineStandsBelowTheNearestLane()
{
    Family family;
    LaneLayout layout;
    layout.rebuild(family.store(), {});
    QCOMPARE(layout.parentRow(*layout.rowOf(family.b)), layout.rowOf(family.root));
    layout.rebuild(family.store(), {{family.root, Fold::Frames}});
    QCOMPARE(rows(layout, family.store()),
             QStringList({"batch", "  GET a", "  helper", "    GET b", "sleep"}));
}

void TestLaneLayout::aClosedLaneHidesItsTree()
{
    Family family;
    LaneLayout layout;
    layout.rebuild(family.store(), {{family.root, Fold::Closed}});
    QCOMPARE(rows(layout, family.store()), QStringList({"batch", "sleep"}));
    QCOMPARE(layout.rowOf(family.read), std::optional<std::size_t>(0));
    QVERIFY(!layout.lane(0).expanded());
    QVERIFY(layout.lane(0).expandable());
}

void TestLaneLayout::foldingGoesStepByStep_data()
{
    QTest::addColumn<bool>("tasks");
    QTest::addColumn<bool>("frames");
    QTest::addColumn<Fold>("from");
    QTest::addColumn<Fold>("opens");
    QTest::addColumn<Fold>("closes");
    QTest::newRow("tasks and coroutines, shut")
        << true << true << Fold::Closed << Fold::Tasks << Fold::Closed;
    QTest::newRow("tasks and coroutines") << true << true << Fold::Tasks << Fold::Frames << Fold::Closed;
    QTest::newRow("tasks and coroutines, open")
        << true << true << Fold::Frames << Fold::Frames << Fold::Tasks;
    QTest::newRow("only tasks") << true << false << Fold::Tasks << Fold::Tasks << Fold::Closed;
    QTest::newRow("only coroutines") << false << true << Fold::Tasks << Fold::Frames << Fold::Tasks;
    QTest::newRow("only coroutines, open") << false << true << Fold::Frames << Fold::Frames << Fold::Tasks;
    QTest::newRow("a leaf") << false << false << Fold::Tasks << Fold::Tasks << Fold::Tasks;
}

void TestLaneLayout::foldingGoesStepByStep()
{
    QFETCH(bool, tasks);
    QFETCH(bool, frames);
    QFETCH(Fold, from);
    QFETCH(Fold, opens);
    QFETCH(Fold, closes);
    Lane lane;
    lane.fold = from;
    lane.hasTasks = tasks;
    lane.hasFrames = frames;
    QCOMPARE(opened(lane), opens);
    QCOMPARE(closed(lane), closes);
}

void TestLaneLayout::whatCommitsBringEqualsARebuild()
{
    for (const Folds &folds : {Folds {}, Folds {{TaskId {1}, Fold::Closed}},
                               Folds {{TaskId {1}, Fold::Frames}}, Folds {{TaskId {2}, Fold::Frames}}}) {
        StoreFixture fixture;
        LaneLayout live;
        live.rebuild(fixture.store(), folds);
        QObject::connect(&fixture.store(), &model::TraceStore::changed, &fixture.store(),
                         [&](const model::ChangeSet &changes) {
                             live.apply(fixture.store(), folds, changes);
                         });
        const TaskId root = fixture.spawn("batch", "group", 1s);
        fixture.play(1s);
        const TaskId a = fixture.spawn("GET a", "download", 2s, root);
        fixture.play(2s);
        fixture.frame("fetch", 3s, a);
        fixture.frame("read", 4s, TaskId {3});
        fixture.spawn("other", {}, 5s);
        fixture.play(5s);
        fixture.spawn("GET b", "download", 6s, fixture.frame("helper", 6s, root));
        fixture.loop("late loop");
        fixture.play(6s);
        LaneLayout anew;
        anew.rebuild(fixture.store(), folds);
        QCOMPARE(rows(live, fixture.store()), rows(anew, fixture.store()));
        for (std::size_t i = 0; i < anew.size(); ++i) {
            QCOMPARE(live.folded(i).size(), anew.folded(i).size());
            QCOMPARE(live.rowOf(live.lane(i).task), std::optional(i));
            QCOMPARE(live.lane(i).expandable(), anew.lane(i).expandable());
        }
    }
}

void TestLaneLayout::aNewRootIsAppendedAndAFoldedFrameChangesNoLane()
{
    StoreFixture fixture;
    LaneLayout layout;
    std::vector<bool> effects;
    QObject::connect(&fixture.store(), &model::TraceStore::changed, &fixture.store(),
                     [&](const model::ChangeSet &c) {
                         effects.push_back(layout.apply(fixture.store(), {}, c));
                     });
    const TaskId root = fixture.spawn("one", {}, 1s);
    fixture.play(1s);
    fixture.frame("first frame", 2s, root);
    fixture.play(2s);
    fixture.frame("second frame", 3s, root);
    fixture.play(3s);
    fixture.spawn("two", {}, 4s);
    fixture.play(4s);
    // The first frame makes the lane expandable: that is seen.
    QCOMPARE(effects, (std::vector<bool> {true, true, false, true}));
}

void TestLaneLayout::aClearedStoreHasNoLanes()
{
    Family family;
    LaneLayout layout;
    layout.rebuild(family.store(), {});
    QObject::connect(&family.store(), &model::TraceStore::changed, &family.store(),
                     [&](const model::ChangeSet &changes) { layout.apply(family.store(), {}, changes); });
    family.store().clear();
    QCOMPARE(layout.size(), std::size_t {0});
    QCOMPARE(layout.rowOf(family.a), std::optional<std::size_t>());
}

void TestLaneLayout::aChainOfAHundredThousandAwaitsIsNotRecursion()
{
    StoreFixture fixture;
    TaskId last = fixture.spawn("root", {}, 1s);
    for (int i = 0; i < 100'000; ++i)
        last = fixture.frame("frame", 1s + i * 1us, last);
    fixture.play(2s);
    LaneLayout layout;
    layout.rebuild(fixture.store(), {});
    QCOMPARE(layout.size(), std::size_t {1});
    layout.rebuild(fixture.store(), {{TaskId {1}, Fold::Frames}});
    QCOMPARE(layout.size(), std::size_t {100'001});
    QCOMPARE(layout.lane(100'000).depth, 100'000);
}

QTEST_APPLESS_MAIN(TestLaneLayout)
#include "tst_lanelayout.moc"
