// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/tracestore.h"

#include "core/model/awaitgraph.h"
#include "core/model/eventapplier.h"
#include "core/model/forgetter.h"
#include "core/model/notes.h"
#include "core/model/words.h"

#include <QCoreApplication>

#include <deque>

namespace coroscope::model {

class TraceStore::Private
{
public:
    StoreState s;
    EventApplier applier {s};
    Forgetter forgetter {s};
    bool appended = false;

    struct Sample
    {
        Time now;
        std::uint64_t events;
    };
    std::deque<Sample> samples; ///< of about the last second

    struct
    {
        TaskId task;
        std::uint32_t slices = 0;
        LengthHistogram histogram;
    } statistics; ///< of the lane asked for last

    const Lane *lane(TaskId id) const
    {
        const TaskRecord *record = s.tasks.find(id);
        return record ? &record->lane : nullptr;
    }
    void sample();
};

void TraceStore::Private::sample()
{
    samples.push_back({s.now, s.figures.events});
    while (samples.size() > 2 && samples[1].now <= s.now - std::chrono::seconds(1))
        samples.pop_front();
    const auto span = std::chrono::duration<double>(s.now - samples.front().now).count();
    s.figures.eventsPerSecond = span > 0 ? double(s.figures.events - samples.front().events) / span : 0;
}

TraceStore::TraceStore(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    new NoteList(this);
}

TraceStore::~TraceStore() = default;

// --- writing ---------------------------------------------------------------------------------------------

LocationId TraceStore::addLocation(Location location) { return d->s.texts.addLocation(std::move(location)); }

StringId TraceStore::addString(QString text) { return d->s.texts.addString(text); }

void TraceStore::append(const TraceEvent &event)
{
    d->appended = true;
    d->applier.apply(event);
}

void TraceStore::appendLost(ThreadId thread, Time time, std::uint64_t count)
{
    d->appended = true;
    d->applier.applyLost(thread, time, count);
}

void TraceStore::appendLostTexts(std::uint64_t count)
{
    d->appended = true;
    d->s.figures.lostTexts += count;
}

void TraceStore::commit(Time now)
{
    auto &s = d->s;
    s.now = std::max(s.now, now);
    d->applier.markOpenBlocks(s.now);
    s.marks.extendHeld(s.now);
    d->sample();
    if (d->forgetter.run())
        d->appended = true;
    if (!d->appended && s.changes.changed.empty())
        return;
    d->appended = false;
    ++s.revision;
    const auto unique = [](auto &ids) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    };
    unique(s.changes.futures);
    unique(s.changes.waits);
    if (s.changes.renumbered)
        d->statistics = {};
    const ChangeSet changes = std::exchange(s.changes, {});
    emit changed(changes);
}

void TraceStore::clear()
{
    auto &s = d->s;
    const auto threshold = s.blockThreshold;
    const auto now = s.now;
    const auto revision = s.revision + 1;
    auto texts = std::move(s.texts);
    const auto heldLoops = s.marks.heldLoops();
    s = {};
    s.texts = std::move(texts); // whoever appends still holds their ids
    s.blockThreshold = threshold;
    s.now = now;
    s.revision = revision;
    ++s.losses; // what goes on is met without its beginning
    for (const TaskId loop : heldLoops)
        s.marks.beginHeld(now, loop);
    d->samples.clear();
    d->forgetter.clear();
    d->statistics = {};
    d->appended = false;
    notesOf(*this).setNotes({});
    ChangeSet all;
    all.cleared = true;
    emit changed(all);
}

void TraceStore::removeEnded()
{
    auto &s = d->s;
    const auto isGone = [&s](TaskId id) { return !s.tasks.find(id); };
    s.tasks.removeEnded([&s](
                            const TaskRecord &record) { return !s.waits.activeWith(record.task.id).empty(); },
                        [&s](TaskRecord &record) {
                            awaits::detach(record);
                            s.sliceBytes -= record.countedBytes;
                            s.textBytes -= s.textBytesOf(record.task);
                        });
    s.waits.remove([&](WaitSet &wait) {
        if (!wait.ended)
            return isGone(wait.task);
        std::erase_if(wait.members, isGone);
        return isGone(wait.task) || wait.members.empty();
    });
    s.futures.remove([&](const Future &future) {
        const bool isDoomed = future.state != Future::State::Pending && future.awaiting.empty()
                              && isGone(future.creator);
        if (isDoomed)
            s.textBytes -= s.textBytesOf(future);
        return isDoomed;
    });
    std::erase_if(s.printed, [&](const PrintedLine &line) {
        const bool isDoomed = line.task && isGone(line.task);
        if (isDoomed)
            s.textBytes -= s.bytesOf(line.text);
        return isDoomed;
    });
    s.marks.forgetTasks(isGone);
    d->statistics = {};
    d->appended = false;
    ++s.revision;
    s.changes = {};
    ChangeSet all;
    all.cleared = true;
    emit changed(all);
}

void TraceStore::setRetention(const Retention &retention) { d->forgetter.setLimits(retention); }

const Retention &TraceStore::retention() const { return d->forgetter.limits(); }

void TraceStore::setBlockThreshold(Time threshold) { d->s.blockThreshold = threshold; }

Time TraceStore::blockThreshold() const { return d->s.blockThreshold; }

// --- reading: things -------------------------------------------------------------------------------------

Time TraceStore::now() const { return d->s.now; }

Time TraceStore::firstTime() const { return d->s.first.value_or(Time {0}); }

Time TraceStore::knownSince() const { return std::max(d->s.knownSince, firstTime()); }

StoreFigures TraceStore::figures() const
{
    const auto &s = d->s;
    StoreFigures figures = s.figures;
    figures.tasksByState = s.tasks.byState();
    figures.memoryBytes = s.memoryBytes();
    figures.forgottenEvents = d->forgetter.forgottenEvents();
    figures.forgottenTasks = d->forgetter.forgottenTasks();
    return figures;
}

quint64 TraceStore::revision() const { return d->s.revision; }

const Task *TraceStore::task(TaskId id) const
{
    const TaskRecord *record = d->s.tasks.find(id);
    return record ? &record->task : nullptr;
}

std::span<const TaskId> TraceStore::tasks() const { return d->s.tasks.ids(); }

std::uint64_t TraceStore::serialOf(TaskId id) const
{
    const TaskRecord *record = d->s.tasks.find(id);
    return record ? record->serial : 0;
}

std::span<const TaskId> TraceStore::tasksFrom(std::uint64_t serial) const
{
    const auto records = d->s.tasks.records();
    const auto first = std::ranges::lower_bound(records, serial, {},
                                                [](const auto &record) { return record->serial; });
    return d->s.tasks.ids().subspan(std::size_t(first - records.begin()));
}

std::span<const TaskId> TraceStore::roots() const { return d->s.tasks.roots(); }

const Location &TraceStore::location(LocationId id) const { return d->s.texts.location(id); }

const QString &TraceStore::string(StringId id) const { return d->s.texts.string(id); }

std::vector<RunningStack> TraceStore::stacks() const
{
    std::vector<RunningStack> stacks;
    for (const ThreadTrack &thread : d->s.threads) {
        RunningStack &stack = stacks.emplace_back();
        stack.thread = thread.id;
        for (const ThreadTrack::Frame &frame : thread.stack)
            stack.tasks.push_back(frame.record->task.id);
    }
    return stacks;
}

std::uint64_t TraceStore::createdTasks() const { return d->s.createdTasks; }

QString TraceStore::threadName(ThreadId id) const
{
    const auto &threads = d->s.threads;
    if (id && id.value <= threads.size() && !threads[id.value - 1].name.isEmpty())
        return threads[id.value - 1].name;
    return QCoreApplication::translate("coroscope::model", "thread %1").arg(id.value);
}

const Future *TraceStore::future(FutureId id) const { return d->s.futures.find(id); }

std::span<const FutureId> TraceStore::futures() const { return d->s.futures.ids(); }

const WaitSet *TraceStore::wait(WaitId id) const { return d->s.waits.find(id); }

std::span<const WaitId> TraceStore::waits() const { return d->s.waits.ids(); }

Membership TraceStore::membership() const
{
    Membership sets;
    for (const auto &record : d->s.tasks.records()) {
        if (countsAsTask(record->task))
            (hasEnded(record->task.state) ? sets.done : sets.pending).push_back(record->task.id);
    }
    return sets;
}

Membership TraceStore::membership(WaitId id) const
{
    Membership sets;
    const WaitSet *wait = d->s.waits.find(id);
    if (!wait)
        return sets;
    for (const TaskId member : wait->members) {
        const TaskRecord *record = d->s.tasks.find(member);
        const bool done = record ? record->task.ended && (!wait->ended || *record->task.ended <= *wait->ended)
                                 : d->s.tasks.wasForgotten(member);
        (done ? sets.done : sets.pending).push_back(member);
    }
    return sets;
}

std::span<const PrintedLine> TraceStore::printed() const { return d->s.printed; }

std::uint64_t TraceStore::forgottenLines() const { return d->s.forgottenLines; }

std::span<const Mark> TraceStore::marks() const { return d->s.marks.marks(); }

// --- reading: lanes --------------------------------------------------------------------------------------

std::uint32_t TraceStore::sliceCount(TaskId id) const
{
    const Lane *lane = d->lane(id);
    return lane ? lane->slices.size() : 0;
}

std::uint32_t TraceStore::firstSlice(TaskId id) const
{
    const Lane *lane = d->lane(id);
    return lane ? lane->slices.first() : 0;
}

Time TraceStore::knownSince(TaskId id) const
{
    const Lane *lane = d->lane(id);
    return lane ? lane->knownSince() : knownSince();
}

Slice TraceStore::slice(TaskId id, std::uint32_t index) const
{
    const Lane *lane = d->lane(id);
    Slice slice = lane ? lane->at(index) : Slice {};
    if (slice.open)
        slice.end = std::max(slice.begin, d->s.now);
    return slice;
}

std::optional<std::uint32_t> TraceStore::sliceAt(TaskId id, Time time) const
{
    const Lane *lane = d->lane(id);
    return lane ? lane->slices.lastUpTo(time) : std::nullopt;
}

void TraceStore::spans(TaskId id, Time from, Time to, Time resolution, std::vector<LaneSpan> &out) const
{
    if (const Lane *lane = d->lane(id))
        lane->spans(from, to, resolution, out);
}

Time TraceStore::busyIn(TaskId id, Time from, Time to) const
{
    const Lane *lane = d->lane(id);
    return lane ? lane->slices.runningIn(from, to, d->s.now) : Time {0};
}

std::vector<float> TraceStore::utilization(Time from, Time to, int buckets) const
{
    std::vector<float> shares(std::size_t(std::max(buckets, 0)));
    for (const ThreadTrack &thread : d->s.threads) {
        const auto open = thread.coroutinesSince();
        for (int i = 0; i < buckets; ++i) {
            const Time begin = from + (to - from) * i / buckets;
            const Time end = from + (to - from) * (i + 1) / buckets;
            if (end <= begin)
                continue;
            Time busy = thread.busy.busyIn(begin, end);
            if (open)
                busy += std::max(std::min(end, d->s.now) - std::max(begin, *open), Time {0});
            auto &share = shares[std::size_t(i)];
            share = std::max(share,
                             std::min(float(double(busy.count()) / double((end - begin).count())), 1.0f));
        }
    }
    return shares;
}

SliceStatistics TraceStore::sliceStatistics(TaskId id) const
{
    const Lane *lane = d->lane(id);
    if (!lane)
        return {};
    auto &known = d->statistics;
    if (known.task != id)
        known = {id, 0, {}};
    const std::uint32_t closed = lane->slices.size() - (lane->slices.isOpen() ? 1 : 0);
    known.slices = std::max(known.slices, lane->slices.first());
    for (; known.slices < closed; ++known.slices)
        known.histogram.add(lane->slices.lengthOf(known.slices));
    const auto &histogram = known.histogram;
    return {histogram.count(),         histogram.total(),
            histogram.shortest(),      histogram.percentile(0.5),
            histogram.percentile(0.9), histogram.percentile(0.99),
            histogram.longest(),       histogram};
}

// --- reading: the await graph and words ------------------------------------------------------------------

std::vector<TaskId> TraceStore::awaitChain(TaskId id) const
{
    const TaskRecord *record = d->s.tasks.find(id);
    return record ? awaits::chain(*record) : std::vector<TaskId> {};
}

std::vector<TaskId> TraceStore::awaiters(TaskId id) const
{
    const TaskRecord *record = d->s.tasks.find(id);
    return record ? awaits::awaitersOf(d->s, *record) : std::vector<TaskId> {};
}

bool TraceStore::awaitsItself(TaskId id) const
{
    const TaskRecord *record = d->s.tasks.find(id);
    return record && awaits::isCyclic(d->s, *record);
}

QString TraceStore::describe(const Wait &wait) const { return words::wait(d->s, wait); }

QString TraceStore::describe(trace::Cause cause, std::uint64_t causer) const
{
    return words::cause(d->s, cause, causer);
}

} // namespace coroscope::model
