// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/randomsession.h"
#include "tests/model/script.h"

#include "core/model/awaitforest.h"
#include "core/model/eventapplier.h"
#include "core/model/forgetter.h"
#include "core/model/moment.h"
#include "core/model/slicereader.h"

#include <QSignalSpy>
#include <QTest>

using namespace coroscope;
using namespace coroscope::model;

namespace {

/// What two stores answer about a task, in one comparable piece.
auto factsOf(const Task &t)
{
    return std::tuple(std::tuple(t.id.value, t.entity, t.thread.value, t.name, t.category, t.state,
                                 t.created),
                      std::tuple(t.started, t.ended, t.stateSince, t.busy, t.ready, t.polls, t.blocks),
                      std::tuple(t.longestSlice, t.stepsBusy, t.stepsPolls, t.lastCause, t.lastCauser,
                                 t.wakes),
                      std::tuple(t.wait.kind, t.wait.detail, t.wait.since, t.waitsForNobody, t.result,
                                 t.error, t.cancelledBy));
}

auto factsOf(const Slice &s)
{
    return std::tuple(s.begin, s.end, s.open, s.cause, s.causer, s.thread.value, s.wait.kind, s.wait.detail,
                      s.ready);
}

auto factsOf(const LaneSpan &s)
{
    return std::tuple(s.what, s.open, s.blocking, s.begin, s.end, s.busy, s.count, s.slice);
}

/// One that keeps all, and one that keeps what a limit says, fed alike.
struct Pair
{
    TraceStore full;
    TraceStore kept;

    explicit Pair(const Retention &retention) { kept.setRetention(retention); }
    RandomSession::Sinks sinks()
    {
        return {[this](const TraceEvent &event) {
                    full.append(event);
                    kept.append(event);
                },
                [this](Time now) {
                    full.commit(now);
                    kept.commit(now);
                }};
    }
    bool agrees(RandomSession &session);

private:
    bool tasksAgree();
    bool lanesAgree(TaskId id, RandomSession &session);
    bool spansAgree(TaskId id, Time resolution);
    bool momentsAgree(Time time);
    bool othersAgree();
};

#define AGREE(condition) \
    do { \
        if (!(condition)) { \
            qWarning("not so: " #condition " (line %d)", __LINE__); \
            return false; \
        } \
    } while (false)

bool Pair::tasksAgree()
{
    const Time since = kept.knownSince();
    std::vector<TaskId> known;
    for (const TaskId id : full.tasks()) {
        const Task &whole = *full.task(id);
        const Task *task = kept.task(id);
        if (!task) {
            AGREE(whole.ended && *whole.ended <= since);
            continue;
        }
        known.push_back(id);
        AGREE(factsOf(whole) == factsOf(*task));
        AGREE(task->parent == whole.parent || (!task->parent && !kept.task(whole.parent)));
        AGREE(task->parent || std::ranges::find(kept.roots(), id) != kept.roots().end());
        std::vector<TaskId> children;
        std::ranges::copy_if(whole.children, std::back_inserter(children),
                             [&](TaskId child) { return kept.task(child) != nullptr; });
        AGREE(children == task->children);
        AGREE(kept.serialOf(id) == full.serialOf(id));
    }
    AGREE(std::ranges::equal(known, kept.tasks()));
    return true;
}

bool Pair::spansAgree(TaskId id, Time resolution)
{
    const Time since = kept.knownSince();
    std::vector<LaneSpan> whole, some;
    full.spans(id, since, full.now(), resolution, whole);
    kept.spans(id, since, full.now(), resolution, some);
    const auto isAtTheEdge = [&](const LaneSpan &span) { return span.begin < since + 2 * resolution; };
    std::erase_if(whole, isAtTheEdge);
    std::erase_if(some, isAtTheEdge);
    AGREE(whole.size() == some.size());
    for (std::size_t i = 0; i < whole.size(); ++i)
        AGREE(factsOf(whole[i]) == factsOf(some[i]));
    return true;
}

bool Pair::lanesAgree(TaskId id, RandomSession &session)
{
    const Time since = kept.knownSince();
    const std::uint32_t first = kept.firstSlice(id);
    AGREE(kept.sliceCount(id) == full.sliceCount(id));
    for (std::uint32_t i = first; i < kept.sliceCount(id); ++i)
        AGREE(factsOf(kept.slice(id, i)) == factsOf(full.slice(id, i)));
    AGREE(kept.knownSince(id) <= std::max(since, kept.task(id)->created));
    if (first > 0) {
        AGREE(full.slice(id, first - 1).end <= since);
        std::vector<LaneSpan> spans;
        kept.spans(id, {}, kept.now(), Time {1}, spans);
        AGREE(spans.front().what == LaneSpan::What::Forgotten);
        AGREE(spans.front().begin == kept.task(id)->created && spans.front().end == kept.knownSince(id));
    }
    for (const Time resolution : {Time {1}, Time {1000}, (full.now() - since) / 40 + Time {1}})
        AGREE(spansAgree(id, resolution));
    AGREE(kept.busyIn(id, since, full.now()) == full.busyIn(id, since, full.now()));
    for (int i = 0; i < 5; ++i) {
        const Time time = since + (full.now() - since) * session.pick(100) / 100;
        const auto slice = kept.sliceAt(id, time);
        const auto wanted = full.sliceAt(id, time);
        AGREE(slice == wanted || (!slice && wanted && *wanted < first));
    }
    AGREE(kept.awaitChain(id) == full.awaitChain(id) || kept.task(id)->ended
          || kept.awaitChain(id).size() < full.awaitChain(id).size());
    return true;
}

bool Pair::momentsAgree(Time time)
{
    const Moment whole(full, time);
    const Moment known(kept, time);
    for (const TaskId id : known.tasks()) {
        const auto wanted = whole.standing(id);
        const auto standing = known.standing(id);
        AGREE(wanted && standing && standing->state == wanted->state && standing->since == wanted->since);
        AGREE(standing->wait.kind == wanted->wait.kind && standing->wait.detail == wanted->wait.detail);
        AGREE(known.task(id)->polls == whole.task(id)->polls);
    }
    for (const TaskId id : whole.membership().pending)
        AGREE(known.exists(id) && !known.hasEnded(id));
    for (const TaskId id : known.membership().pending)
        AGREE(whole.exists(id) && !whole.hasEnded(id));
    for (const FutureId id : known.futures())
        AGREE(known.future(id)->state == whole.future(id)->state);
    return true;
}

bool Pair::othersAgree()
{
    const Time since = kept.knownSince();
    for (const FutureId id : full.futures()) {
        const Future *future = kept.future(id);
        const Future &whole = *full.future(id);
        AGREE(future || (whole.resolved && *whole.resolved <= since && whole.awaiting.empty()));
        AGREE(!future || (future->state == whole.state && future->awaiting == whole.awaiting));
    }
    for (const WaitId id : full.waits()) {
        const WaitSet *wait = kept.wait(id);
        const WaitSet &whole = *full.wait(id);
        AGREE(wait || !kept.task(whole.task) || (whole.ended && *whole.ended <= since));
        AGREE(!wait
              || (kept.membership(id).done == full.membership(id).done
                  && kept.membership(id).pending == full.membership(id).pending));
    }
    const auto lines = full.printed();
    AGREE(kept.forgottenLines() + kept.printed().size() == lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        AGREE(i >= kept.forgottenLines() || lines[i].time < since);
        AGREE(i < kept.forgottenLines() || kept.printed()[i - kept.forgottenLines()].text == lines[i].text);
    }
    AGREE(kept.utilization({}, kept.now(), 50) == full.utilization({}, full.now(), 50));
    AGREE(kept.figures().events == full.figures().events && kept.figures().breaches == 0);
    AGREE(kept.figures().forgottenTasks == full.tasks().size() - kept.tasks().size());
    return true;
}

bool Pair::agrees(RandomSession &session)
{
    AGREE(tasksAgree());
    for (const TaskId id : kept.tasks())
        AGREE(lanesAgree(id, session));
    const Time since = kept.knownSince();
    for (int i = 0; i < 5; ++i)
        AGREE(momentsAgree(since + (full.now() - since) * session.pick(100) / 100));
    return othersAgree();
}

struct CountingSink final : SliceSink
{
    std::map<std::uint32_t, std::vector<std::uint32_t>> slices;
    void slice(const Task &task, std::uint32_t index, const Slice &) override
    {
        slices[task.id.value].push_back(index);
    }
    void wait(const Task &, std::uint32_t, const Slice &, const PastWait &) override { }
    void pending(const Task &, std::uint32_t, const Slice &, Time) override { }
};

} // namespace

class tst_Retention : public QObject
{
    Q_OBJECT
private slots:
    void whatIsKeptIsAsIfNothingHadBeenForgotten_data()
    {
        QTest::addColumn<int>("limit");
        QTest::newRow("time") << 0;
        QTest::newRow("events") << 1;
        QTest::newRow("memory") << 2;
        QTest::newRow("all three") << 3;
    }
    void whatIsKeptIsAsIfNothingHadBeenForgotten()
    {
        QFETCH(int, limit);
        std::uint64_t forgotten = 0, slices = 0;
        for (std::uint32_t seed = 1; seed <= 12; ++seed) {
            Retention retention;
            std::unique_ptr<RandomSession> session;
            if (limit == 0 || limit == 3)
                retention.time = std::array<Time, 3> {50us, 3ms, 400ms}[seed % 3];
            if (limit == 1 || limit == 3)
                retention.events = std::array {300u, 2000u, 5000u}[seed % 3];
            if (limit == 2 || limit == 3)
                retention.memoryBytes = std::array {200'000u, 280'000u, 400'000u}[seed % 3];
            Pair pair(retention);
            session = std::make_unique<RandomSession>(seed, pair.sinks());
            for (int round = 0; round < 6; ++round) {
                session->run(4000);
                QVERIFY2(pair.agrees(*session),
                         qPrintable(QStringLiteral("seed %1, round %2").arg(seed).arg(round)));
            }
            forgotten += pair.kept.figures().forgottenTasks;
            for (const TaskId id : pair.kept.tasks())
                slices += pair.kept.firstSlice(id);
        }
        QVERIFY2(forgotten > 400, qPrintable(QString::number(forgotten)));
        QVERIFY2(slices > 400, qPrintable(QString::number(slices)));
    }

    void limitsAreKept()
    {
        Pair byTime({.time = 3ms, .events = {}, .memoryBytes = {}});
        RandomSession first(5, byTime.sinks());
        first.run(30'000);
        const Time kept = byTime.kept.now() - byTime.kept.knownSince();
        QVERIFY(byTime.kept.knownSince() > byTime.kept.firstTime());
        QVERIFY(kept >= 3ms || first.now() < 3ms);

        Pair byEvents({.time = {}, .events = 5000, .memoryBytes = {}});
        RandomSession second(6, byEvents.sinks());
        second.run(60'000);
        const StoreFigures figures = byEvents.kept.figures();
        QVERIFY(figures.events - figures.forgottenEvents >= 5000);
        QVERIFY(figures.events - figures.forgottenEvents < 6000);

        Pair byMemory({.time = {}, .events = {}, .memoryBytes = 600'000});
        RandomSession third(7, byMemory.sinks());
        for (int i = 0; i < 50; ++i) {
            third.run(2000);
            QVERIFY(byMemory.kept.figures().memoryBytes <= 600'000);
        }
        QVERIFY(byMemory.full.figures().memoryBytes > 1'000'000);
        QVERIFY(byMemory.kept.figures().forgottenEvents > 10'000);
    }

    void aLivingTaskKeepsItsStateAndItsCounts()
    {
        Script s;
        s.store.setRetention({.time = 1ms, .events = {}, .memoryBytes = {}});
        s.created(1);
        for (int i = 0; i < 20'000; ++i) {
            s.resumed(1, trace::Cause::Timer).after(1us).suspended(1, trace::WaitKind::Sleep, 5).after(1us);
            if (i % 100 == 0)
                s.commit();
        }
        s.commit();
        QCOMPARE(s.task(1).polls, 20'000u);
        QCOMPARE(s.task(1).busy, Time {20ms});
        QCOMPARE(s.task(1).state, TaskState::Suspended);
        QCOMPARE(s.store.sliceCount(TaskId {1}), 20'000u);
        const std::uint32_t first = s.store.firstSlice(TaskId {1});
        QVERIFY2(first > 17'000 && first < 20'000 - 500, qPrintable(QString::number(first)));
        QCOMPARE(s.store.knownSince(TaskId {1}), s.store.slice(TaskId {1}, first).begin);
        // Before that it is not idle: nobody knows.
        const auto spans = s.spans(1, 0s, s.time(), 1us);
        QCOMPARE(spans.front().what, LaneSpan::What::Forgotten);
        QCOMPARE(spans.front().end, s.store.knownSince(TaskId {1}));
        QVERIFY(!s.store.sliceAt(TaskId {1}, 1ms));
        QCOMPARE(s.store.slice(TaskId {1}, 3).begin, s.store.slice(TaskId {1}, 3).end);
        QVERIFY(s.store.figures().memoryBytes < 200'000);
    }

    void aChainOfTasksThatEndIsForgottenThoughEachBeginsTheNext()
    {
        Script s;
        s.store.setRetention({.time = 1ms, .events = {}, .memoryBytes = {}});
        std::uint32_t id = 1;
        s.created(1).resumed(1);
        for (; id < 5000; ++id) {
            s.after(1us).created(id + 1, id).after(1us).finished(id).after(1us).resumed(id + 1);
            if (id % 50 == 0)
                s.commit();
        }
        s.commit();
        QVERIFY(s.store.tasks().size() < 600);
        QCOMPARE(s.breaches(), 0u);
        QVERIFY(s.store.roots().size() >= 1);
        QVERIFY(!s.store.task(TaskId {1}));
        QCOMPARE(s.store.figures().forgottenTasks + s.store.tasks().size(), 5000u);
        s.text(1, trace::TextKind::Result, QStringLiteral("late")).destroyed(2).commit(); // no news
        QVERIFY(!s.store.task(TaskId {1}));
        QCOMPARE(s.breaches(), 0u);
    }

    void aMemberOfAWaitThatGoesOnIsKept()
    {
        Script s;
        s.store.setRetention({.time = 1ms, .events = {}, .memoryBytes = {}});
        s.created(1).resumed(1).created(2, 1).after(1us);
        s.put(1, trace::EventType::WaitBegun, {}, 0, 1, ~std::uint64_t(0));
        s.put(2, trace::EventType::WaitMember, {}, 0, 1, 0);
        s.suspended(1, trace::WaitKind::Wait, 1).resumed(2).after(1us).finished(2);
        for (int i = 0; i < 20; ++i)
            s.after(1ms).commit();
        QVERIFY(s.store.task(TaskId {2}));
        QCOMPARE(s.store.membership(WaitId {1}).done, ids({2}));
        s.resumed(1).put(1, trace::EventType::WaitEnded, {}, 0, 1, 0);
        for (int i = 0; i < 20; ++i)
            s.after(1ms).commit();
        QVERIFY(!s.store.task(TaskId {2}));
        QVERIFY(!s.store.wait(WaitId {1}));
        QVERIFY(s.store.task(TaskId {1})->children.empty());
    }

    void whoListensIsToldWhatWent()
    {
        Script s;
        s.store.setRetention({.time = 1ms, .events = {}, .memoryBytes = {}});
        std::vector<ChangeSet> changes;
        connect(&s.store, &TraceStore::changed, this, [&](const ChangeSet &set) { changes.push_back(set); });
        s.created(1).resumed(1).after(1us).finished(1).text(0, trace::TextKind::Print,
                                                            QStringLiteral("hello"));
        s.commit().after(5ms).commit();
        QCOMPARE(changes.size(), 2u);
        QVERIFY(changes[0].forgotten.empty() && !changes[0].trimmed);
        QCOMPARE(changes[1].forgotten, ids({1}));
        QVERIFY(changes[1].trimmed && !changes[1].cleared);
        QVERIFY(s.store.printed().empty());
        QCOMPARE(s.store.forgottenLines(), 1u);
    }

    void aReaderPassesOverWhatWasForgottenAndReadsNothingTwice()
    {
        for (std::uint32_t seed = 1; seed <= 10; ++seed) {
            Pair pair({.time = {}, .events = 3000, .memoryBytes = {}});
            RandomSession session(seed, pair.sinks());
            SliceReader reader;
            CountingSink sink;
            PendingTasks pending;
            for (int round = 0; round < 40; ++round) {
                session.run(500);
                while (!reader.read(pair.kept, sink, 100'000)) { }
                while (!pending.read(pair.kept, 1000)) { }
                std::vector<TaskId> live;
                for (const TaskId id : pair.full.tasks()) {
                    if (!hasEnded(pair.full.task(id)->state))
                        live.push_back(id);
                }
                std::vector<TaskId> found(pending.ids().begin(), pending.ids().end());
                std::ranges::sort(found);
                QCOMPARE(found, live);
            }
            for (auto &[task, slices] : sink.slices) {
                QVERIFY(std::ranges::adjacent_find(slices, std::greater_equal()) == slices.end());
                // It read often enough to miss nothing.
                const std::uint32_t closed = pair.full.sliceCount(TaskId {task});
                QVERIFY(slices.size() + 1 >= closed);
            }
        }
    }

    void aLaneOfMoreSlicesThanCanBeNumberedIsNumberedAnew()
    {
        StoreState s;
        s.mostSlices = 50'000;
        EventApplier applier(s);
        Forgetter forgetter(s);
        forgetter.setLimits({.time = 10ms, .events = {}, .memoryBytes = {}});
        const auto put = [&](Time time, trace::EventType type, trace::Cause cause, trace::WaitKind kind) {
            applier.apply({time, ThreadId {1}, 1, type, cause, std::uint16_t(kind), 0, 0, {}});
        };
        put(0s, trace::EventType::Created, {}, trace::WaitKind(1));
        bool isTold = false;
        for (int i = 0; i < 200'000; ++i) {
            put(i * 1us, trace::EventType::Resumed, trace::Cause::Timer, {});
            put(i * 1us + 400ns, trace::EventType::Suspended, {},
                i % 1000 ? trace::WaitKind::Sleep
                         : trace::WaitKind(17)); // one that doesn't fit the narrow field
            if (i % 100)
                continue;
            s.now = i * 1us + 400ns;
            forgetter.run();
            isTold |= s.changes.cleared && s.changes.renumbered;
            s.changes = {};
        }
        QVERIFY(isTold);
        const TaskRecord &record = *s.tasks.find(TaskId {1});
        const SliceColumn &slices = record.lane.slices;
        QCOMPARE(record.task.polls, 200'000u);
        QVERIFY(slices.size() <= 50'000);
        QVERIFY(slices.size() - slices.first() > 9'900 && slices.size() - slices.first() < 12'500);
        for (std::uint32_t i = slices.size() - 9'900, k = 200'000 - 9'900; i < slices.size(); ++i, ++k) {
            QCOMPARE(slices.beginOf(i), Time {k * 1us});
            QCOMPARE(slices.waitKindOf(i), k % 1000 ? trace::WaitKind::Sleep : trace::WaitKind(17));
            QCOMPARE(slices.lastUpTo(k * 1us + 100ns), std::optional(i));
        }
        QCOMPARE(slices.runningIn(199ms, 200ms, 200ms), Time {1000 * 400});
    }

    void nothingIsForgottenWithoutALimit()
    {
        Pair pair({});
        RandomSession session(3, pair.sinks());
        session.run(20'000);
        QCOMPARE(pair.kept.tasks().size(), pair.full.tasks().size());
        QCOMPARE(pair.kept.knownSince(), pair.kept.firstTime());
        QCOMPARE(pair.kept.figures().forgottenEvents, 0u);
    }

    void aLimitThatIsSetLaterCountsForWhatIsThere()
    {
        Pair pair({});
        RandomSession session(4, pair.sinks());
        session.run(30'000);
        pair.kept.setRetention({.time = {}, .events = 2000, .memoryBytes = {}});
        session.run(100);
        QVERIFY(pair.kept.figures().forgottenEvents > 1000);
        QVERIFY(pair.agrees(session));
    }

    void clearFinishedAndRetentionGoTogether()
    {
        Pair pair({.time = {}, .events = {}, .memoryBytes = 600'000});
        RandomSession session(9, pair.sinks());
        for (int round = 0; round < 30; ++round) {
            session.run(2000);
            if (round % 5 == 0)
                pair.kept.removeEnded();
            QVERIFY2(pair.kept.figures().memoryBytes <= 600'000,
                     qPrintable(QString::number(pair.kept.figures().memoryBytes)));
        }
        QCOMPARE(pair.kept.figures().breaches, 0u);
        pair.kept.clear();
        QCOMPARE(pair.kept.figures().forgottenEvents, 0u);
        session.run(2000);
        QVERIFY2(pair.kept.figures().memoryBytes <= 600'000,
                 qPrintable(QString::number(pair.kept.figures().memoryBytes)));
    }

    void aRetentionIsReadAsItIsWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::addColumn<qlonglong>("seconds");
        QTest::addColumn<qulonglong>("events");
        QTest::addColumn<qulonglong>("bytes");
        const auto row = [](const char *text, const char *written, qlonglong s, qulonglong e, qulonglong b) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(written) << s << e << b;
        };
        row("10min", "10min", 600, 0, 0);
        row("90s", "90s", 90, 0, 0);
        row("1.5h", "90min", 5400, 0, 0);
        row("2 d", "48h", 172'800, 0, 0);
        row("5000000events", "5000000events", 0, 5'000'000, 0);
        row("5Mevents", "5000000events", 0, 5'000'000, 0);
        row("512MB", "512MB", 0, 0, 512'000'000);
        row("1gib", "1GiB", 0, 0, 1u << 30);
        row("1.5GB", "1500MB", 0, 0, 1'500'000'000);
        row("10min, 512MB", "10min,512MB", 600, 0, 512'000'000);
        row("all", "all", 0, 0, 0);
    }
    void aRetentionIsReadAsItIsWritten()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        QFETCH(qlonglong, seconds);
        QFETCH(qulonglong, events);
        QFETCH(qulonglong, bytes);
        const auto read = parseRetention(text);
        QVERIFY2(std::holds_alternative<Retention>(read), qPrintable(text));
        const auto &retention = std::get<Retention>(read);
        QCOMPARE(retention.time.value_or(Time {}), Time {std::chrono::seconds(seconds)});
        QCOMPARE(retention.events.value_or(0), events);
        QCOMPARE(retention.memoryBytes.value_or(0), bytes);
        QCOMPARE(writtenRetention(retention), written);
        QCOMPARE(std::get<Retention>(parseRetention(written)), retention);
    }

    void whatIsNoRetentionIsRefusedWithTheReason_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("nothing") << QString() << QStringLiteral("neither");
        QTest::newRow("no unit") << QStringLiteral("512") << QStringLiteral("neither");
        QTest::newRow("no number") << QStringLiteral("MB") << QStringLiteral("neither");
        QTest::newRow("unknown unit") << QStringLiteral("10parsecs") << QStringLiteral("neither");
        QTest::newRow("negative") << QStringLiteral("-5min") << QStringLiteral("neither");
        QTest::newRow("twice") << QStringLiteral("5min,10min") << QStringLiteral("too many");
        QTest::newRow("short") << QStringLiteral("0.1s") << QStringLiteral("second");
        QTest::newRow("few") << QStringLiteral("10events") << QStringLiteral("thousand");
        QTest::newRow("little") << QStringLiteral("1kB") << QStringLiteral("16MB");
    }
    void whatIsNoRetentionIsRefusedWithTheReason()
    {
        QFETCH(QString, text);
        QFETCH(QString, word);
        const auto read = parseRetention(text);
        QVERIFY(std::holds_alternative<QString>(read));
        QVERIFY2(std::get<QString>(read).contains(word), qPrintable(std::get<QString>(read)));
    }
};

QTEST_GUILESS_MAIN(tst_Retention)
#include "tst_retention.moc"
