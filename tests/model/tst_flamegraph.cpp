// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/flamegraph.h"
#include "tests/model/randomsession.h"
#include "tests/model/script.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::EntityKind;
using trace::WaitKind;
using Weight = FlameGraph::Weight;

namespace {

/// "download > fetch: 30 µs" of each frame that has a time of its own, in order of name.
QStringList selves(const FlameGraph &graph, Weight weight)
{
    QStringList lines;
    for (const FlameGraph::Frame &frame : graph.frames()) {
        const Time self = frame.self[std::size_t(weight)] + frame.open[std::size_t(weight)];
        if (self == Time {})
            continue;
        QString path = frame.name;
        for (const FlameGraph::Frame *f = &frame; f->parent != 0;) {
            f = &graph.frames()[f->parent];
            path = f->name + " > " + path;
        }
        lines << QStringLiteral("%1: %2 us").arg(path).arg(self.count() / 1000);
    }
    lines.sort();
    return lines;
}

/// By path, as selves() writes it.
FlameGraph::Index frameAt(const FlameGraph &graph, const QString &path)
{
    FlameGraph::Index at = 0;
    for (const QString &name : path.split(" > ")) {
        for (FlameGraph::Index i = at + 1; i < graph.frames().size(); ++i) {
            if (graph.frames()[i].parent == at && graph.frames()[i].name == name) {
                at = i;
                break;
            }
        }
    }
    return at;
}

void readAll(FlameGraph &graph, const TraceStore &store, std::uint32_t budget = 1000)
{
    while (!graph.read(store, budget)) { }
}

struct Functions
{
    explicit Functions(Script &script)
        : batch(script.store.addLocation({"batch(QStringList)", "batch.cpp", 10}))
        , download(script.store.addLocation({"download(Spec)", "download.cpp", 20}))
        , fetch(script.store.addLocation({"fetch(QUrl)", "fetch.cpp", 30}))
    { }
    LocationId batch, download, fetch;
};

/// download calls fetch, which runs for 10 µs inside of it, sleeps for 2 ms and ends after 30 µs more; then
/// download ends after 5 µs. `first`: its id; the next is fetch's.
void runDownload(Script &s, const Functions &f, std::uint32_t first, std::uint32_t creator = 0)
{
    const std::uint32_t step = first + 1;
    s.created(first, creator, EntityKind::Spawned, f.download).resumed(first).after(20us);
    s.created(step, first, EntityKind::Coroutine, f.fetch).resumed(step).after(10us);
    s.suspended(step, WaitKind::Sleep, 2'000'000).after(1us);
    s.suspended(first, WaitKind::Task, step).after(2ms);
    s.ready(step).after(100us).resumed(step, trace::Cause::Timer).after(30us).finished(step);
    s.ready(first, trace::Cause::Task, step).after(40us);
    s.resumed(first, trace::Cause::Task, step).after(5us).finished(first);
}

} // namespace

class TestFlameGraph : public QObject
{
    Q_OBJECT
private slots:
    void busyTimeGoesToTheFunctionThatRanAndNotToTheOneThatCalledIt();
    void waitingTimeGoesToTheReasonOfTheLeafOnce();
    void tasksWithTheSameChainAreAddedUp();
    void readingBitByBitWhileItGrowsGivesWhatReadingAtOnceGives();
    void aWaitThatGoesOnCountsUpToNow();
    void aSelectedTaskIsTheRootOfWhatItCreated();
    void whatIdlesDoesNotWait();
    void aLongChainOfCreatorsIsCut();
    void manyReasonsAreSummedUpByKind();
    void aFunctionThatIsLearnedLateMovesItsTime();
    void whatTheStoreForgetsStaysInThePicture();
};

void TestFlameGraph::busyTimeGoesToTheFunctionThatRanAndNotToTheOneThatCalledIt()
{
    Script s;
    runDownload(s, Functions(s), 1);
    s.commit();
    QCOMPARE(s.breaches(), 0u);
    FlameGraph graph;
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Busy), (QStringList {"download > fetch: 40 us", "download: 26 us"}));
    const std::vector<Time> totals = graph.totals(Weight::Busy);
    QCOMPARE(totals[0], Time(66us));
    QCOMPARE(totals[frameAt(graph, "download")], Time(66us));
    QCOMPARE(totals[frameAt(graph, "download > fetch")], Time(40us));
}

void TestFlameGraph::waitingTimeGoesToTheReasonOfTheLeafOnce()
{
    Script s;
    runDownload(s, Functions(s), 1);
    s.commit();
    FlameGraph graph;
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Waiting),
             (QStringList {"download > fetch > ready, loop busy: 100 us",
                           "download > fetch > timer 2 ms: 2001 us", "download > ready, loop busy: 40 us"}));
    QCOMPARE(graph.totals(Weight::Waiting)[0], Time(2141us));
}

void TestFlameGraph::tasksWithTheSameChainAreAddedUp()
{
    Script s;
    const Functions f(s);
    s.created(100, 0, EntityKind::Spawned, f.batch).resumed(100).after(3us);
    s.suspended(100, WaitKind::Future, 9);
    for (const std::uint32_t first : {1, 3, 5})
        runDownload(s, f, first, 100);
    runDownload(s, f, 7); // of nobody: another chain
    s.commit();
    FlameGraph graph;
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Busy),
             (QStringList {"batch > download > fetch: 120 us", "batch > download: 78 us", "batch: 3 us",
                           "download > fetch: 40 us", "download: 26 us"}));
    QCOMPARE(graph.frames()[frameAt(graph, "batch > download")].tasks, 3u);
    QCOMPARE(graph.frames()[frameAt(graph, "download")].tasks, 1u);
}

void TestFlameGraph::readingBitByBitWhileItGrowsGivesWhatReadingAtOnceGives()
{
    Script s;
    const Functions f(s);
    FlameGraph slow;
    for (std::uint32_t first = 1; first < 60; first += 2) {
        runDownload(s, f, first, first > 20 ? 1 : 0);
        s.commit();
        slow.read(s.store, 1 + first % 5);
    }
    readAll(slow, s.store, 3);
    readAll(slow, s.store, 1);
    FlameGraph quick;
    readAll(quick, s.store);
    for (const Weight weight : {Weight::Busy, Weight::Waiting})
        QCOMPARE(selves(slow, weight), selves(quick, weight));
    QCOMPARE(quick.totals(Weight::Busy)[0], Time(30 * 66us));
}

void TestFlameGraph::aWaitThatGoesOnCountsUpToNow()
{
    Script s;
    const Functions f(s);
    s.created(1, 0, EntityKind::Spawned, f.fetch).resumed(1).after(1us);
    s.suspended(1, WaitKind::Sleep, 5'000'000'000).after(300ms).commit();
    FlameGraph graph;
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Waiting), QStringList {"fetch > timer 5 s: 300000 us"});
    s.after(200ms).commit();
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Waiting), QStringList {"fetch > timer 5 s: 500000 us"});
    s.ready(1).resumed(1, trace::Cause::Timer).finished(1).after(1s).commit();
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Waiting), QStringList {"fetch > timer 5 s: 500000 us"});
}

void TestFlameGraph::aSelectedTaskIsTheRootOfWhatItCreated()
{
    Script s;
    const Functions f(s);
    s.created(100, 0, EntityKind::Spawned, f.batch).resumed(100).after(3us);
    s.suspended(100, WaitKind::Future, 9);
    runDownload(s, f, 1, 100);
    runDownload(s, f, 3, 100);
    s.commit();
    FlameGraph graph(TaskId {3});
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Busy), (QStringList {"download > fetch: 40 us", "download: 26 us"}));
}

void TestFlameGraph::whatIdlesDoesNotWait()
{
    Script s;
    const Functions f(s);
    s.created(1, 0, EntityKind::Worker).text(1, trace::TextKind::Name, "worker 1");
    s.resumed(1).after(7us).suspended(1, WaitKind::Idle);
    s.created(2, 0, EntityKind::Coroutine, f.fetch).resumed(2).after(1us).suspended(2, WaitKind::Call);
    s.after(1s).commit();
    FlameGraph graph;
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Waiting), QStringList());
    QCOMPARE(selves(graph, Weight::Busy), (QStringList {"fetch: 1 us", "worker 1: 7 us"}));
}

void TestFlameGraph::aLongChainOfCreatorsIsCut()
{
    Script s;
    const Functions f(s);
    constexpr std::uint32_t length = 1000;
    for (std::uint32_t id = 1; id <= length; ++id)
        s.created(id, id - 1, EntityKind::Spawned, f.fetch).resumed(id).after(1us).finished(id);
    s.commit();
    FlameGraph graph;
    readAll(graph, s.store);
    QCOMPARE(graph.frames().size(), FlameGraph::mostDepth + 1u);
    QCOMPARE(graph.totals(Weight::Busy)[0], Time(length * 1us));
}

void TestFlameGraph::manyReasonsAreSummedUpByKind()
{
    Script s;
    const Functions f(s);
    s.created(1, 0, EntityKind::Spawned, f.fetch).resumed(1);
    constexpr std::uint32_t waits = 1000;
    for (std::uint32_t i = 1; i <= waits; ++i) {
        s.after(1us).suspended(1, WaitKind::Sleep, i * 1'000'000).after(2us);
        s.resumed(1, trace::Cause::Timer);
    }
    s.finished(1).commit();
    FlameGraph graph;
    readAll(graph, s.store);
    // The root, the function, its reasons, and what the others are put together as.
    QCOMPARE(graph.frames().size(), FlameGraph::mostReasons + 3u);
    QCOMPARE(graph.frames().back().name, "other timers");
    QCOMPARE(graph.frames().back().self[1], Time((waits - FlameGraph::mostReasons) * 2us));
    QCOMPARE(graph.totals(Weight::Waiting)[0], Time(waits * 2us));
}

void TestFlameGraph::aFunctionThatIsLearnedLateMovesItsTime()
{
    Script s;
    const Functions f(s);
    s.created(1).text(1, trace::TextKind::Name, "one").resumed(1).after(4us);
    s.suspended(1, WaitKind::Yield).commit();
    FlameGraph graph;
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Busy), QStringList {"one: 4 us"});
    s.resumed(1, trace::Cause::Yield);
    s.put(1, trace::EventType::Located, {}, 0, 0, f.download.value).after(1us).finished(1).commit();
    readAll(graph, s.store);
    QCOMPARE(selves(graph, Weight::Busy), QStringList {"download: 5 us"});
}

void TestFlameGraph::whatTheStoreForgetsStaysInThePicture()
{
    TraceStore full, kept;
    kept.setRetention({.time = {}, .events = 3000, .memoryBytes = {}});
    FlameGraph whole, live;
    connect(&kept, &TraceStore::changed, this,
            [&](const ChangeSet &changes) { live.forget(changes.forgotten); });
    const auto append = [&](const TraceEvent &event) {
        full.append(event);
        kept.append(event);
    };
    const auto commit = [&](Time now) {
        full.commit(now);
        kept.commit(now);
    };
    RandomSession session(7, {append, commit});
    for (int round = 0; round < 40; ++round) {
        session.run(500);
        readAll(live, kept);
    }
    readAll(whole, full);
    QVERIFY(kept.figures().forgottenTasks > 100);
    QCOMPARE(live.totals(Weight::Busy)[0], whole.totals(Weight::Busy)[0]);
    QCOMPARE(live.totals(Weight::Waiting)[0], whole.totals(Weight::Waiting)[0]);
}

QTEST_APPLESS_MAIN(TestFlameGraph)
#include "tst_flamegraph.moc"
