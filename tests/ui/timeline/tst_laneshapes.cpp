// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "mockscene.h"
#include "ui/timeline/laneshapes.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::ui;
using Kind = LaneShape::Kind;

class TestLaneShapes : public QObject
{
    Q_OBJECT
private slots:
    void theSceneObeysTheRulesOfTracing();
    void aSliceIsSolidAndItsWaitFollows();
    void aSliceOfMicrosecondsIsStillSeen();
    void aWaitSaysItsReason_data();
    void aWaitSaysItsReason();
    void theSameReasonIsNotRepeated();
    void whereLittleRoomIsTheReasonIsBrief();
    void readyWhileTheLoopIsBusyIsHatched();
    void aBlockingSliceIsRedInBothLanes();
    void aWorkersJobCarriesItsName();
    void anEndHasItsCapAndResult_data();
    void anEndHasItsCapAndResult();
    void aCapOutsideOfTheViewIsNotDrawn();
    void nothingIsDrawnAfterNow();
    void whoRunsInsideAFoldedLaneIsDrawnOverWhoWaits();
    void aClosedLaneShowsWhenItsTasksRan();
    void manySlicesCostPixels();
    void slicesThatStandCloseDontLookBusy();
    void aPointBesideAThinSliceHitsIt();
    void shapesAreOnDevicePixels();
};

struct Picture
{
    explicit Picture(StoreFixture &fixture, TimeRange range, double width = 1000, Folds folds = {})
        : store(fixture.store())
        , context {store, TimeScale(range, width), store.now(), 1}
    {
        layout.rebuild(store, folds);
    }

    LaneShapes of(TaskId task)
    {
        LaneShapes shapes;
        LaneShaper(context).shape(layout, *layout.rowOf(task), shapes);
        return shapes;
    }

    const model::TraceStore &store;
    LaneContext context;
    LaneLayout layout;
};

static std::vector<Kind> kinds(const LaneShapes &shapes)
{
    std::vector<Kind> result;
    for (const LaneShape &shape : shapes.shapes)
        result.push_back(shape.kind);
    return result;
}

static QStringList texts(const LaneShapes &shapes)
{
    QStringList result;
    for (const LaneShape &shape : shapes.shapes) {
        if (!shape.text.isEmpty())
            result << shape.text;
    }
    return result;
}

struct Scene : MockScene
{
    Scene() { play(3090ms); }
};

void TestLaneShapes::theSceneObeysTheRulesOfTracing()
{
    Scene scene;
    QCOMPARE(scene.store().figures().breaches, std::uint64_t {0});
}

void TestLaneShapes::aSliceIsSolidAndItsWaitFollows()
{
    StoreFixture fixture;
    const TaskId task = fixture.spawn("sleep", "sleep", 100ms);
    fixture.slice(task, 100ms, 200ms, fixture.sleeps(500ms));
    fixture.play(1s);
    const LaneShapes shapes = Picture(fixture, {0s, 1s}).of(task);
    // The default block threshold is 50 ms.
    QCOMPARE(kinds(shapes), (std::vector<Kind> {Kind::Blocking, Kind::Waiting}));
    QCOMPARE(shapes.shapes[0].left, 100.0);
    QCOMPARE(shapes.shapes[0].right, 200.0);
    QCOMPARE(shapes.shapes[1].left, 200.0);
    QVERIFY(shapes.shapes[1].open);
    QCOMPARE(shapes.shapes[1].right, 1000.0);
}

void TestLaneShapes::aSliceOfMicrosecondsIsStillSeen()
{
    StoreFixture fixture;
    const TaskId task = fixture.spawn("sleep", "sleep", 500ms);
    fixture.slice(task, 500ms, 500'020us, fixture.sleeps(1s));
    fixture.play(1s);
    const LaneShapes shapes = Picture(fixture, {0s, 1s}).of(task);
    QCOMPARE(shapes.shapes[0].kind, Kind::Running);
    QVERIFY(shapes.shapes[0].right - shapes.shapes[0].left >= 2);
    // and what follows doesn't cover it
    QVERIFY(shapes.shapes[1].left >= shapes.shapes[0].right);
}

void TestLaneShapes::aWaitSaysItsReason_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("text");
    QTest::newRow("timer with its time left") << "sleep 2 s" << "timer 2 s · 256 ms left";
    QTest::newRow("timer that was cancelled") << "sleep 10 s" << "timer 10 s";
    QTest::newRow("tasks") << "batch: images" << "waits for 4 tasks · 2 done, 2 pending";
    QTest::newRow("command") << "redis host1" << "HGETALL";
    QTest::newRow("nobody") << "future “answer”" << "waits for nobody: set its result by hand";
}

void TestLaneShapes::aWaitSaysItsReason()
{
    QFETCH(QString, task);
    QFETCH(QString, text);
    Scene scene;
    Picture picture(scene, {1150ms, 3230ms});
    for (const TaskId id : scene.store().tasks()) {
        if (scene.store().task(id)->name == task) {
            const QStringList found = texts(picture.of(id));
            QVERIFY2(found.contains(text), qPrintable(found.join(u'|')));
            return;
        }
    }
    QFAIL("no such task");
}

void TestLaneShapes::theSameReasonIsNotRepeated()
{
    Scene scene;
    const QStringList found = texts(Picture(scene, {1150ms, 3230ms}).of(scene.ubuntu));
    QVERIFY2(found.size() <= 3, qPrintable(found.join(u'|')));
}

void TestLaneShapes::whereLittleRoomIsTheReasonIsBrief()
{
    Scene scene;
    const QStringList found = texts(Picture(scene, {1150ms, 3230ms}).of(scene.missing));
    QCOMPARE(found, QStringList {"reply"});
    const QStringList wide = texts(Picture(scene, {1230ms, 1420ms}).of(scene.missing));
    QVERIFY2(wide.contains("reply http://127.0.0.1:8080/missing.png"), qPrintable(wide.join(u'|')));
}

void TestLaneShapes::readyWhileTheLoopIsBusyIsHatched()
{
    Scene scene;
    const LaneShapes shapes = Picture(scene, {1150ms, 3230ms}).of(scene.redis2);
    const auto ready = std::find_if(shapes.shapes.begin(), shapes.shapes.end(), [](const LaneShape &s) {
        return s.kind == Kind::Ready && s.begin > Time(2s);
    });
    QVERIFY(ready != shapes.shapes.end());
    QCOMPARE(ready->begin, Time(2160ms));
    QCOMPARE(ready->end, Time(2406ms));
    QCOMPARE(ready->text, QStringLiteral("ready, loop busy"));
}

void TestLaneShapes::aBlockingSliceIsRedInBothLanes()
{
    Scene scene;
    Picture picture(scene, {1150ms, 3230ms});
    const auto red = [](const LaneShapes &shapes) {
        std::vector<LaneShape> result;
        std::copy_if(shapes.shapes.begin(), shapes.shapes.end(), std::back_inserter(result),
                     [](const LaneShape &s) { return s.kind == Kind::Blocking; });
        return result;
    };
    const auto task = red(picture.of(scene.parse));
    const auto loop = red(picture.of(scene.theLoop));
    QCOMPARE(task.size(), std::size_t {1});
    QCOMPARE(task[0].text, QStringLiteral("blocks 250 ms"));
    QCOMPARE(loop.size(), std::size_t {1});
    QCOMPARE(loop[0].text, QStringLiteral("blocked 250 ms"));
    QCOMPARE(loop[0].left, task[0].left);
    // Where the words don't fit the figure alone is said.
    QCOMPARE(red(Picture(scene, {0s, 4s}).of(scene.parse))[0].text, QStringLiteral("250 ms"));
}

void TestLaneShapes::aWorkersJobCarriesItsName()
{
    Scene scene;
    QCOMPARE(texts(Picture(scene, {1150ms, 3230ms}).of(scene.theWorker)),
             QStringList({"sha256 ubuntu.iso", "sha256 debian.iso"}));
}

void TestLaneShapes::anEndHasItsCapAndResult_data()
{
    QTest::addColumn<int>("task");
    QTest::addColumn<model::TaskState>("state");
    QTest::addColumn<QString>("text");
    QTest::newRow("result") << 0 << model::TaskState::Done << "611,738 B";
    QTest::newRow("error") << 1 << model::TaskState::Failed << "404 Not Found";
    QTest::newRow("no result") << 2 << model::TaskState::Done << "";
    QTest::newRow("cancelled") << 3 << model::TaskState::Cancelled << "by you";
}

void TestLaneShapes::anEndHasItsCapAndResult()
{
    QFETCH(int, task);
    QFETCH(model::TaskState, state);
    QFETCH(QString, text);
    Scene scene;
    const TaskId ids[] {scene.ubuntu, scene.missing, scene.nap, scene.sleep10};
    const LaneShapes shapes = Picture(scene, {1150ms, 3230ms}).of(ids[task]);
    QVERIFY(shapes.cap.has_value());
    QCOMPARE(shapes.cap->state, state);
    QCOMPARE(shapes.cap->text, text);
    QVERIFY(shapes.cap->x >= shapes.shapes.back().right - 3);
}

void TestLaneShapes::aCapOutsideOfTheViewIsNotDrawn()
{
    Scene scene;
    QVERIFY(!Picture(scene, {1s, 1500ms}).of(scene.missing).cap);
    QVERIFY(!Picture(scene, {2s, 3s}).of(scene.missing).cap);
    QVERIFY(!Picture(scene, {1s, 3s}).of(scene.debian).cap);
}

void TestLaneShapes::nothingIsDrawnAfterNow()
{
    Scene scene;
    Picture picture(scene, {1150ms, 3230ms});
    picture.context.now = 2s; // frozen there
    for (const TaskId id : {scene.debian, scene.big, scene.ubuntu, scene.theLoop, scene.sleep2}) {
        const LaneShapes shapes = picture.of(id);
        for (const LaneShape &shape : shapes.shapes)
            QVERIFY(picture.context.scale.time(shape.left) < Time(2s));
        QVERIFY(!shapes.cap);
    }
}

/// A task whose coroutine "inner" waits and runs for it.
struct Folded : StoreFixture
{
    TaskId outer = spawn("outer", "download", 0s);
    TaskId inner = frame("inner", 100ms, outer);

    Folded()
    {
        slice(outer, 90ms, 99ms, sleeps(1s));
        slice(inner, 101ms, 110ms, command("HGETALL"));
        slice(outer, 120ms, 130ms, awaits(inner), trace::Cause::Timer);
        slice(inner, 600ms, 620ms, command("QUIT"), trace::Cause::Socket);
        play(1s);
    }
};

void TestLaneShapes::whoRunsInsideAFoldedLaneIsDrawnOverWhoWaits()
{
    Folded scene;
    const LaneShapes shapes = Picture(scene, {0s, 1s}).of(scene.outer);
    const auto firstSolid = std::find_if(shapes.shapes.begin(), shapes.shapes.end(),
                                         [](const LaneShape &s) { return s.kind == Kind::Running; });
    QVERIFY(std::all_of(firstSolid, shapes.shapes.end(),
                        [](const LaneShape &s) { return s.kind == Kind::Running; }));
    QCOMPARE(std::distance(firstSolid, shapes.shapes.end()), std::ptrdiff_t {4});
    // What the inner one waits for is the reason; "waits for inner" would say nothing.
    QVERIFY(texts(shapes).contains("HGETALL"));
    QVERIFY(!texts(shapes).contains("waits for inner"));
    const LaneShape *hit = shapes.at(610);
    QVERIFY(hit);
    QCOMPARE(hit->task, scene.inner);
}

void TestLaneShapes::aClosedLaneShowsWhenItsTasksRan()
{
    Scene scene;
    Picture picture(scene, {1150ms, 3230ms}, 1000, {{scene.batch, Fold::Closed}});
    const LaneShapes shapes = picture.of(scene.batch);
    QVERIFY(shapes.shapes.size() > 20);
    const auto waits = std::count_if(shapes.shapes.begin(), shapes.shapes.end(),
                                     [](const LaneShape &s) { return s.kind == Kind::Waiting; });
    QCOMPARE(waits, std::ptrdiff_t {1});
    QVERIFY(texts(shapes).contains("waits for 4 tasks · 2 done, 2 pending"));
}

void TestLaneShapes::manySlicesCostPixels()
{
    StoreFixture fixture;
    const TaskId task = fixture.spawn("busy", "download", 0s);
    for (int i = 0; i < 20'000; ++i)
        fixture.slice(task, i * 50us, i * 50us + 20us, fixture.sleeps(30us));
    fixture.play(1s);
    const LaneShapes shapes = Picture(fixture, {0s, 1s}).of(task);
    QVERIFY2(shapes.shapes.size() <= 3100, qPrintable(QString::number(shapes.shapes.size())));
    const LaneShape *middle = shapes.at(500);
    QVERIFY(middle);
    QCOMPARE(middle->kind, Kind::Mixed);
    QVERIFY(std::abs(middle->density - 0.4F) < 0.1F);
    // Zoomed in each is a slice of its own.
    const LaneShapes near = Picture(fixture, {500ms, 501ms}).of(task);
    QVERIFY(std::none_of(near.shapes.begin(), near.shapes.end(),
                         [](const LaneShape &s) { return s.kind == Kind::Mixed; }));
}

void TestLaneShapes::slicesThatStandCloseDontLookBusy()
{
    StoreFixture fixture;
    const TaskId task = fixture.spawn("download", "download", 0s);
    for (int i = 0; i < 200; ++i)
        fixture.slice(task, i * 4ms, i * 4ms + 40us, fixture.sleeps(1ms)); // 1 % of the time
    fixture.play(1s);
    for (const LaneShape &shape : Picture(fixture, {0s, 1s}).of(task).shapes) {
        if (shape.kind >= Kind::Mixed && shape.begin > Time(0s))
            QVERIFY(shape.density < 0.1F);
    }
    // Zoomed in, where they stand alone and then fill their pixels, they are as solid as any.
    for (const LaneShape &shape : Picture(fixture, {500ms, 520ms}).of(task).shapes) {
        if (shape.kind >= Kind::Mixed)
            QCOMPARE(shape.density, 1.0F);
    }
}

void TestLaneShapes::aPointBesideAThinSliceHitsIt()
{
    StoreFixture fixture;
    const TaskId task = fixture.spawn("sleep", "sleep", 500ms);
    fixture.slice(task, 500ms, 500'020us, fixture.sleeps(1s));
    fixture.play(1s);
    const LaneShapes shapes = Picture(fixture, {0s, 1s}).of(task);
    QCOMPARE(shapes.at(498)->kind, Kind::Running);
    QCOMPARE(shapes.at(504)->kind, Kind::Running);
    QCOMPARE(shapes.at(520)->kind, Kind::Waiting);
    QVERIFY(!shapes.at(400));
}

void TestLaneShapes::shapesAreOnDevicePixels()
{
    Scene scene;
    Picture picture(scene, {1151ms, 3237ms}, 977);
    picture.context.pixelRatio = 1.5;
    for (const LaneShape &shape : picture.of(scene.debian).shapes) {
        const double device = shape.left * 1.5;
        QVERIFY(std::abs(device - std::round(device)) < 1e-6);
    }
}

QTEST_APPLESS_MAIN(TestLaneShapes)
#include "tst_laneshapes.moc"
