// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/flamegraph.h"
#include "core/model/latency.h"
#include "tests/model/randomevents.h"
#include "tests/model/script.h"

#include <QtTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::EntityKind;
using trace::EventType;
using trace::WaitKind;
using Weight = FlameGraph::Weight;
using Kind = Latency::Kind;

namespace {

using Times = std::map<QString, std::int64_t>; // ns by path

/// What a stretch holds, found by going through all events: whoever is on top of a thread's stack runs.
class Reference
{
public:
    struct Lengths
    {
        std::uint64_t count = 0;
        Time total {};
        Time longest {};
        void add(Time length)
        {
            ++count;
            total += length;
            longest = std::max(longest, length);
        }
    };
    std::array<Times, 2> times; ///< by Weight
    std::array<Lengths, 3> lengths; ///< by Latency::Kind

    /// `all` has seen all of the events.
    Reference(const std::vector<TraceEvent> &events, const TraceStore &all, const Stretch &stretch,
              TaskId root = {})
        : m_all(all)
        , m_stretch(stretch)
        , m_root(root)
    {
        for (const TraceEvent &event : events) {
            if (event.time <= stretch.to)
                take(event);
        }
        const Time until = std::min(stretch.to, all.now());
        for (auto &[thread, stack] : m_stacks)
            run(stack, until);
        for (auto &[task, waiting] : m_waiting)
            count(task, waiting, until);
    }

private:
    struct Frame
    {
        std::uint32_t task;
        Time begin;
    };
    struct Stack
    {
        std::vector<Frame> frames;
        Time since {};
    };
    struct Waiting
    {
        Wait wait;
        std::optional<Time> ready;
    };

    QString pathOf(TaskId id)
    {
        const auto found = m_paths.find(id);
        return found != m_paths.end() ? found->second : m_paths[id] = findPath(id);
    }
    /// Nothing for what is not below the root.
    QString findPath(TaskId id) const
    {
        QStringList names;
        for (const Task *task = m_all.task(id); task; task = m_all.task(task->parent)) {
            names.prepend(task->name);
            if (task->id == m_root)
                return names.join('>');
        }
        return m_root ? QString() : names.join('>');
    }
    void run(Stack &stack, Time now)
    {
        if (!stack.frames.empty())
            add(Weight::Busy, TaskId {stack.frames.back().task}, {}, stack.since, now);
        stack.since = now;
    }
    void add(Weight weight, TaskId task, const QString &reason, Time begin, Time end)
    {
        const Time share = m_stretch.shareOf(begin, end);
        if (share == Time {} || pathOf(task).isEmpty())
            return;
        times[std::size_t(weight)][pathOf(task) + reason] += share.count();
    }
    void count(std::uint32_t id, const Waiting &waiting, Time end)
    {
        const Task &task = *m_all.task(TaskId {id});
        const Time ready = waiting.ready.value_or(end);
        if (isLeafWait(m_all, task, waiting.wait))
            add(Weight::Waiting, task.id, '>' + m_all.describe(waiting.wait).simplified(), waiting.wait.since,
                ready);
        add(Weight::Waiting, task.id, QStringLiteral(">ready, loop busy"), ready, end);
    }
    void endWait(std::uint32_t id, Time time)
    {
        const auto found = m_waiting.find(id);
        if (found == m_waiting.end())
            return;
        const Waiting waiting = found->second;
        m_waiting.erase(found);
        count(id, waiting, time);
        if (time <= m_stretch.from)
            return;
        const Task &task = *m_all.task(TaskId {id});
        if (waiting.wait.kind != WaitKind::Yield && isLeafWait(m_all, task, waiting.wait))
            lengths[1].add(waiting.ready.value_or(time) - waiting.wait.since);
        if (waiting.ready)
            lengths[2].add(time - *waiting.ready);
    }
    void leave(Stack &stack, std::uint32_t id, Time time)
    {
        if (stack.frames.empty() || stack.frames.back().task != id)
            return;
        if (time > m_stretch.from)
            lengths[0].add(time - stack.frames.back().begin);
        stack.frames.pop_back();
    }
    void take(const TraceEvent &event)
    {
        Stack &stack = m_stacks[event.thread.value];
        run(stack, event.time);
        switch (event.type) {
        case EventType::Resumed:
            endWait(event.task, event.time);
            stack.frames.push_back({event.task, event.time});
            break;
        case EventType::Suspended: {
            leave(stack, event.task, event.time);
            Waiting waiting {{WaitKind(event.kind), event.a, {}, event.time}, {}};
            if (waiting.wait.kind == WaitKind::Yield)
                waiting.ready = event.time;
            m_waiting[event.task] = waiting;
            break;
        }
        case EventType::Ready:
            if (const auto found = m_waiting.find(event.task);
                found != m_waiting.end() && !found->second.ready)
                found->second.ready = event.time;
            break;
        case EventType::Finished:
        case EventType::Destroyed:
            leave(stack, event.task, event.time);
            endWait(event.task, event.time);
            break;
        default:
            break;
        }
    }

    const TraceStore &m_all;
    Stretch m_stretch;
    TaskId m_root;
    std::map<TaskId, QString> m_paths;
    std::map<std::uint32_t, Stack> m_stacks;
    std::map<std::uint32_t, Waiting> m_waiting;
};

Times timesOf(const FlameGraph &graph, Weight weight)
{
    Times times;
    for (const FlameGraph::Frame &frame : graph.frames()) {
        const Time own = frame.self[std::size_t(weight)] + frame.open[std::size_t(weight)];
        if (own == Time {})
            continue;
        QString path = frame.name;
        for (const FlameGraph::Frame *f = &frame; f->parent != 0;) {
            f = &graph.frames()[f->parent];
            path = f->name + '>' + path;
        }
        times[path] += own.count();
    }
    return times;
}

std::array<Reference::Lengths, 3> lengthsOf(const Latency &latency)
{
    std::array<Reference::Lengths, 3> lengths;
    for (std::size_t kind = 0; kind < lengths.size(); ++kind) {
        const LengthHistogram &histogram = latency.histogram(Kind(kind));
        lengths[kind] = {histogram.count(), histogram.total(), histogram.longest()};
    }
    return lengths;
}

QString told(const Times &times)
{
    QStringList lines;
    for (const auto &[path, time] : times)
        lines << QStringLiteral("%1: %2").arg(path).arg(time);
    return lines.join(QLatin1String("; "));
}

QString told(const std::array<Reference::Lengths, 3> &lengths)
{
    QStringList lines;
    for (const Reference::Lengths &of : lengths)
        lines << QStringLiteral("%1, %2, %3").arg(of.count).arg(of.total.count()).arg(of.longest.count());
    return lines.join(QLatin1String("; "));
}

template<class T>
void readAll(T &reading, const TraceStore &store, std::uint32_t budget = 1000)
{
    while (!reading.read(store, budget)) { }
}

#define COMPARE_TO(reference, graph, latency) \
    for (const Weight weight : {Weight::Busy, Weight::Waiting}) \
        QCOMPARE(told(timesOf(graph, weight)), told((reference).times[std::size_t(weight)])); \
    QCOMPARE(told(lengthsOf(latency)), told((reference).lengths))

} // namespace

/// Flame graphs and latencies of a part of a session.
class TestSliceSweep : public QObject
{
    Q_OBJECT
private slots:
    void aStretchOfARandomSessionHoldsWhatItsEventsSay();
    void aTaskWithWhatItCreatedIsToldApart();
    void anEndThatMovesOnReadsWhatIsNew();
    void aStretchThatGoesOnWithTheSessionReadsWhatIsNew();
    void whatRanBeforeAndAfterAStretchIsCutOff();
    void aMomentKnowsNothingOfWhatCameLater();
    void whatRunsAtTheEndCountsByThen();
    void shortStretchesOfALongSessionReadLittle();
    void anEndThatMovesOnALittleReadsLittle();
    void whatTheStoreForgetsIsPassedOver();
};

constexpr std::uint32_t seeds = 1000; // of each test, and each has its own

static Stretch anyStretch(RandomEvents &session)
{
    // At an event, just before one, or anywhere.
    const auto time = [&session] {
        const auto &event = session.events[std::size_t(session.pick(int(session.events.size())))];
        switch (session.pick(3)) {
        case 0:
            return event.time;
        case 1:
            return event.time - Time {1};
        default:
            return Time {session.pick(int(session.end().count()))};
        }
    };
    Stretch stretch {time(), time()};
    if (stretch.from > stretch.to)
        std::swap(stretch.from, stretch.to);
    switch (session.pick(4)) {
    case 0:
        stretch.from = Time::min();
        break;
    case 1:
        stretch.to = Time::max();
        break;
    default:
        break;
    }
    return stretch;
}

void TestSliceSweep::aStretchOfARandomSessionHoldsWhatItsEventsSay()
{
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        RandomEvents session(seed);
        TraceStore all;
        replay(session.events, session.end(), all);
        for (int i = 0; i < 2; ++i) {
            const Stretch stretch = anyStretch(session);
            FlameGraph graph({}, stretch);
            readAll(graph, all, 1 + std::uint32_t(session.pick(50)));
            Latency latency(stretch);
            readAll(latency, all, 1 + std::uint32_t(session.pick(50)));
            const Reference reference(session.events, all, stretch);
            COMPARE_TO(reference, graph, latency);
        }
    }
}

void TestSliceSweep::aTaskWithWhatItCreatedIsToldApart()
{
    for (std::uint32_t seed = 1 * seeds + 1; seed <= 2 * seeds; ++seed) {
        RandomEvents session(seed);
        TraceStore all;
        replay(session.events, session.end(), all);
        const TaskId root {1 + std::uint32_t(session.pick(int(session.tasks())))};
        const Stretch stretch = anyStretch(session);
        FlameGraph graph(root, stretch);
        readAll(graph, all, 1 + std::uint32_t(session.pick(50)));
        const Reference reference(session.events, all, stretch, root);
        for (const Weight weight : {Weight::Busy, Weight::Waiting})
            QCOMPARE(told(timesOf(graph, weight)), told(reference.times[std::size_t(weight)]));
    }
}

void TestSliceSweep::anEndThatMovesOnReadsWhatIsNew()
{
    for (std::uint32_t seed = 2 * seeds + 1; seed <= 3 * seeds; ++seed) {
        RandomEvents session(seed);
        TraceStore all;
        replay(session.events, session.end(), all);
        Stretch stretch = anyStretch(session);
        stretch.to = std::max(stretch.from, Time {});
        FlameGraph graph({}, stretch);
        Latency latency(stretch);
        while (stretch.to < session.end()) {
            stretch.to += Time {1 + session.pick(int(session.end().count() / 2))};
            graph.extendTo(stretch.to);
            latency.extendTo(stretch.to);
            const auto budget = 1 + std::uint32_t(session.pick(50));
            if (session.pick(2)) { // in the middle of a pass
                graph.read(all, budget);
                latency.read(all, budget);
                continue;
            }
            for (int pass = 0; pass < 2; ++pass) {
                readAll(graph, all, budget);
                readAll(latency, all, budget);
            }
            const Reference reference(session.events, all, stretch);
            COMPARE_TO(reference, graph, latency);
        }
    }
}

void TestSliceSweep::aStretchThatGoesOnWithTheSessionReadsWhatIsNew()
{
    for (std::uint32_t seed = 3 * seeds + 1; seed <= 4 * seeds; ++seed) {
        RandomEvents session(seed);
        TraceStore all;
        replay(session.events, session.end(), all);
        Stretch stretch = anyStretch(session);
        stretch.to = Time::max();
        FlameGraph graph({}, stretch);
        Latency latency(stretch);
        TraceStore live;
        std::vector<TraceEvent> known;
        for (const TraceEvent &event : session.events) {
            live.append(event);
            known.push_back(event);
            if (session.pick(12) > 0)
                continue;
            live.commit(event.time);
            graph.read(live, 1 + std::uint32_t(session.pick(20)));
            latency.read(live, 1 + std::uint32_t(session.pick(20)));
        }
        live.commit(session.end());
        for (int pass = 0; pass < 2; ++pass) {
            readAll(graph, live);
            readAll(latency, live);
        }
        const Reference reference(session.events, all, stretch);
        COMPARE_TO(reference, graph, latency);
    }
}

void TestSliceSweep::whatRanBeforeAndAfterAStretchIsCutOff()
{
    Script s;
    s.created(1, 0, EntityKind::Spawned).text(1, trace::TextKind::Name, "one");
    s.resumed(1).after(10us).suspended(1, WaitKind::Sleep, 2'000'000).after(2ms);
    s.ready(1).after(100us).resumed(1, trace::Cause::Timer).after(10us).finished(1).commit();
    FlameGraph busy({}, {Time(4us), Time(9us)});
    readAll(busy, s.store);
    QCOMPARE(told(timesOf(busy, Weight::Busy)), "one: 5000");
    QCOMPARE(told(timesOf(busy, Weight::Waiting)), "");
    FlameGraph waiting({}, {Time(1ms), Time(2'060us)});
    readAll(waiting, s.store);
    QCOMPARE(told(timesOf(waiting, Weight::Busy)), "");
    QCOMPARE(told(timesOf(waiting, Weight::Waiting)), "one>ready, loop busy: 50000; one>timer 2 ms: 1010000");
}

void TestSliceSweep::aMomentKnowsNothingOfWhatCameLater()
{
    Script s;
    s.created(1, 0, EntityKind::Spawned).text(1, trace::TextKind::Name, "one");
    s.resumed(1).after(10us).suspended(1, WaitKind::Sleep, 2'000'000).after(2ms);
    s.created(2, 0, EntityKind::Spawned).text(2, trace::TextKind::Name, "two");
    s.resumed(2).after(10us).finished(2).commit();
    FlameGraph graph({}, {Time::min(), Time(1ms)});
    readAll(graph, s.store);
    QCOMPARE(graph.frames().size(), 3u); // the root, the first task, and its timer
    QCOMPARE(told(timesOf(graph, Weight::Waiting)), "one>timer 2 ms: 990000");
    Latency latency({Time::min(), Time(1ms)});
    readAll(latency, s.store);
    QCOMPARE(latency.histogram(Kind::Slice).count(), 1u);
    QCOMPARE(latency.histogram(Kind::Waiting).count(), 0u);
}

void TestSliceSweep::whatRunsAtTheEndCountsByThen()
{
    Script s;
    s.created(1, 0, EntityKind::Spawned).text(1, trace::TextKind::Name, "one");
    s.resumed(1).after(10us);
    s.created(2, 1, EntityKind::Coroutine).text(2, trace::TextKind::Name, "two");
    s.resumed(2).after(5us).commit();
    FlameGraph graph({}, Stretch {});
    readAll(graph, s.store);
    QCOMPARE(told(timesOf(graph, Weight::Busy)), "one: 10000; one>two: 5000");
    s.after(2us).finished(2).after(3us).suspended(1, WaitKind::Yield).commit();
    readAll(graph, s.store);
    QCOMPARE(told(timesOf(graph, Weight::Busy)), "one: 13000; one>two: 7000");
}

/// Tasks that take turns, a slice a microsecond.
static void takeTurns(Script &s, std::uint32_t tasks, int rounds)
{
    for (std::uint32_t id = 1; id <= tasks; ++id)
        s.created(id, 0, EntityKind::Spawned);
    for (int i = 0; i < rounds; ++i) {
        for (std::uint32_t id = 1; id <= tasks; ++id)
            s.resumed(id, trace::Cause::Yield).after(1us).suspended(id, WaitKind::Yield);
    }
    s.commit();
}

/// How much budget a whole pass takes, to a tenth.
template<class T>
static std::uint32_t effortOf(T &reading, const TraceStore &store)
{
    for (std::uint32_t effort = 10;; effort += 10) {
        if (reading.read(store, 10))
            return effort;
    }
}

void TestSliceSweep::shortStretchesOfALongSessionReadLittle()
{
    Script s;
    takeTurns(s, 10, 10'000);
    const Time middle = s.store.now() / 2;
    FlameGraph graph({}, {middle, middle + Time(100us)});
    QVERIFY2(effortOf(graph, s.store) < 200, "100 slices, 10 tasks");
    QCOMPARE(graph.totals(Weight::Busy)[0], Time(100us));
    Latency latency({middle, middle + Time(100us)});
    QVERIFY2(effortOf(latency, s.store) < 200, "100 slices, 10 tasks");
    QCOMPARE(latency.histogram(Kind::Slice).count(), 100u);
}

void TestSliceSweep::anEndThatMovesOnALittleReadsLittle()
{
    Script s;
    takeTurns(s, 10, 10'000);
    FlameGraph graph({}, {Time::min(), Time(50ms)});
    QVERIFY(effortOf(graph, s.store) > 50'000);
    graph.extendTo(Time(50'100us));
    QVERIFY2(effortOf(graph, s.store) < 200, "100 slices, 10 tasks");
    QCOMPARE(graph.totals(Weight::Busy)[0], Time(50'100us));
}

void TestSliceSweep::whatTheStoreForgetsIsPassedOver()
{
    Script s;
    s.store.setRetention({.time = {}, .events = 3'000, .memoryBytes = {}});
    FlameGraph graph({}, Stretch {});
    takeTurns(s, 2, 100);
    readAll(graph, s.store);
    QCOMPARE(graph.totals(Weight::Busy)[0], Time(200us));
    const Time before = s.time();
    for (int i = 0; i < 10'000; ++i) {
        for (std::uint32_t id = 1; id <= 2; ++id)
            s.resumed(id, trace::Cause::Yield).after(1us).suspended(id, WaitKind::Yield);
        s.commit();
        if (i < 20)
            graph.read(s.store, 3);
    }
    QVERIFY(s.store.knownSince() > before + Time(10ms));
    Latency latency(Stretch {});
    for (int pass = 0; pass < 2; ++pass) {
        readAll(graph, s.store);
        readAll(latency, s.store);
    }
    const Time known = s.store.now() - s.store.knownSince();
    QVERIFY(graph.totals(Weight::Busy)[0] >= Time(200us) + known);
    QVERIFY(graph.totals(Weight::Busy)[0] <= Time(220us) + known + Time(1ms));
    QVERIFY(latency.histogram(Kind::Slice).total() <= known + Time(1ms));
    QVERIFY(latency.histogram(Kind::Slice).total() >= known);
}

QTEST_APPLESS_MAIN(TestSliceSweep)
#include "tst_slicesweep.moc"
