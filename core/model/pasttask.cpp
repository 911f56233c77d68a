// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// A past task is read off its lane: the last slice that had begun says what it did, and sums are those of now
// without what came later, so that they stay right when a lane's oldest slices were forgotten.
#include "core/model/pasttask.h"

#include "core/model/transitions.h"

#include <algorithm>

namespace coroscope::model::past {

using trace::Cause;
using trace::EntityKind;
using trace::WaitKind;

namespace {

/// A lane up to a time.
class PastLane
{
public:
    PastLane(const TraceStore &store, const Task &now, Time time)
        : m_store(store)
        , m_now(now)
        , m_time(time)
        , m_all(store.sliceCount(now.id))
        , m_known(store.firstSlice(now.id))
        , m_last(store.sliceAt(now.id, time))
        , m_slice(store.slice(now.id, m_last.value_or(LaneSpan::beforeFirst)))
    { }

    bool hasRun() const { return m_last.has_value(); }
    /// The last that had begun; one without length before the first.
    const Slice &last() const { return m_slice; }
    bool isRunning() const { return hasRun() && (m_slice.open || m_slice.end > m_time); }
    std::uint32_t begun() const { return m_last ? *m_last + 1 : 0; }
    std::uint32_t later() const { return m_all - begun(); }
    std::uint32_t all() const { return m_all; }
    /// The first that isn't forgotten.
    std::uint32_t known() const { return m_known; }
    Slice at(std::uint32_t index) const { return m_store.slice(m_now.id, index); }

    /// Own work in slices that had ended.
    Time busy(std::uint32_t effort) const
    {
        if (m_all == 0)
            return {};
        const Slice final = at(m_all - 1);
        const Time until = final.open ? final.begin : final.end;
        const Time from = isRunning() ? m_slice.begin : m_time;
        const Time ever = m_store.busyIn(m_now.id, m_now.created, until);
        const Time after = m_store.busyIn(m_now.id, from, until);
        if (ever <= Time {} || after <= Time {})
            return m_now.busy;
        const Time nested = ever - m_now.busy; // slices of others
        if (nested <= Time {})
            return std::max(Time {}, m_now.busy - after);
        if (const auto called = calls(from, until, effort); called && called->ever == nested)
            return std::max(Time {}, m_now.busy - (after - called->after));
        const double own = std::clamp(double(m_now.busy.count()) / double(ever.count()), 0.0, 1.0);
        return std::max(Time {}, m_now.busy - Time {std::int64_t(own * double(after.count()))});
    }

private:
    struct Calls
    {
        Time ever {};
        Time after {};
    };
    /// What mostly runs inside a task's slices: the first slices of the coroutines that it calls.
    std::optional<Calls> calls(Time from, Time until, std::uint32_t effort) const
    {
        if (m_now.children.size() > effort)
            return {};
        Calls calls;
        for (const TaskId id : m_now.children) {
            if (m_store.sliceCount(id) == 0)
                continue;
            const Slice first = m_store.slice(id, 0);
            if (first.cause != Cause::Start || first.open || first.begin >= until
                || m_store.task(id)->entity != EntityKind::Coroutine)
                continue;
            calls.ever += first.end - first.begin;
            calls.after += first.begin >= from ? first.end - first.begin : Time {};
        }
        return calls;
    }

    const TraceStore &m_store;
    const Task &m_now;
    Time m_time;
    std::uint32_t m_all;
    std::uint32_t m_known;
    std::optional<std::uint32_t> m_last;
    Slice m_slice;
};

/// Of a lane that hasn't run: was it met suspended, or created? The store says so of itself but at time zero,
/// at which only those that were there before the recording are suspended.
bool wasMetSuspended(const Task &now, const Slice &before)
{
    if (isService(now.entity))
        return false;
    const Wait &wait = before.wait;
    if (wait.kind != WaitKind::None || wait.since > Time {})
        return true;
    return now.created <= Time {} && !(now.entity == EntityKind::Spawned && before.ready);
}

Standing standingBeforeFirst(const Task &now, const Slice &before, Time time)
{
    const bool suspended = wasMetSuspended(now, before) && before.wait.since <= time;
    const bool announced = now.entity == EntityKind::Spawned && !suspended; // "ready" is its creation then
    if (before.ready && *before.ready <= time && !announced)
        return {TaskState::Ready, *before.ready, before.wait};
    if (suspended)
        return {TaskState::Suspended, before.wait.since, before.wait};
    return {TaskState::Created, now.created, {}};
}

struct Sums
{
    Time ready {};
    std::array<std::uint32_t, 17> wakes {};

    void add(const Slice &slice, const Slice &before)
    {
        if (before.ready)
            ready += slice.begin - *before.ready;
        if (std::size_t(slice.cause) < wakes.size())
            ++wakes[std::size_t(slice.cause)];
    }
};

Sums sumsOf(const PastLane &lane, std::uint32_t from, std::uint32_t to)
{
    Sums sums;
    Slice before = lane.at(from > 0 ? from - 1 : LaneSpan::beforeFirst);
    for (std::uint32_t i = from; i < to; ++i) {
        const Slice slice = lane.at(i);
        sums.add(slice, before);
        before = slice;
    }
    return sums;
}

/// Where neither what came before nor what came after is few.
Sums estimated(const Task &now, double share)
{
    Sums sums;
    sums.ready = Time {std::int64_t(share * double(now.ready.count()))};
    for (std::size_t cause = 0; cause < now.wakes.size(); ++cause)
        sums.wakes[cause] = std::uint32_t(share * now.wakes[cause]);
    return sums;
}

Sums sumsOf(const Task &now, const PastLane &lane, std::uint32_t effort)
{
    if (lane.later() > effort) {
        return lane.begun() <= effort && lane.known() == 0
                   ? sumsOf(lane, 0, lane.begun())
                   : estimated(now, double(lane.begun()) / double(lane.all()));
    }
    const Sums after = sumsOf(lane, lane.begun(), lane.all());
    Sums sums {std::max(Time {}, now.ready - after.ready), now.wakes};
    for (std::size_t cause = 0; cause < sums.wakes.size(); ++cause)
        sums.wakes[cause] -= std::min(sums.wakes[cause], after.wakes[cause]);
    return sums;
}

/// How often it had blocked its loop, and its longest slice.
void fillBlocks(const TraceStore &store, Task &task, const Task &now, const PastLane &lane, Time time,
                std::uint32_t effort)
{
    const std::uint32_t closed = lane.begun() - (lane.isRunning() ? 1 : 0);
    for (std::uint32_t i = std::max(closed - std::min(closed, effort), lane.known()); i < closed; ++i) {
        const Slice slice = lane.at(i);
        task.longestSlice = std::max(task.longestSlice, slice.end - slice.begin);
    }
    if (now.blocks == 0)
        return;
    for (const Mark &mark : store.marks()) {
        if (mark.kind != Mark::Kind::Blocked || mark.task != now.id || mark.open || mark.end > time)
            continue;
        ++task.blocks;
        task.longestSlice = std::max(task.longestSlice, mark.end - mark.begin);
    }
}

/// What the coroutines called inside of it had done.
void fillSteps(const TraceStore &store, Task &task, const Task &now, Time time, std::uint32_t effort)
{
    if (now.stepsPolls == 0 && now.stepsBusy == Time {})
        return;
    std::vector<std::span<const TaskId>> todo {now.children};
    while (!todo.empty()) {
        const auto children = todo.back();
        todo.pop_back();
        for (const TaskId id : children) {
            const Task *step = store.task(id);
            if (!step || step->entity != EntityKind::Coroutine || step->created > time)
                continue;
            const PastLane lane(store, *step, time);
            if (effort < lane.begun() + 1) {
                const Time life = std::max(Time {1}, now.ended.value_or(store.now()) - now.created);
                const double share = double((time - now.created).count()) / double(life.count());
                task.stepsBusy = Time {std::int64_t(share * double(now.stepsBusy.count()))};
                task.stepsPolls = std::uint32_t(share * now.stepsPolls);
                return;
            }
            effort -= lane.begun() + 1;
            task.stepsBusy += lane.busy(effort);
            for (std::uint32_t i = lane.known(); i < lane.begun(); ++i) {
                const Cause cause = lane.at(i).cause;
                task.stepsPolls += cause != Cause::Start && cause != Cause::Task ? 1 : 0;
            }
            if (!step->children.empty())
                todo.push_back(step->children);
        }
    }
}

} // namespace

std::optional<Standing> standing(const TraceStore &store, const Task &now, Time time)
{
    if (now.created > time)
        return {};
    if (now.stateSince <= time)
        return Standing {now.state, now.stateSince, now.wait};
    const PastLane lane(store, now, time);
    const Slice &slice = lane.last();
    if (!lane.hasRun())
        return standingBeforeFirst(now, slice, time);
    if (lane.isRunning())
        return Standing {TaskState::Running, slice.begin, {}};
    if (slice.ready && *slice.ready <= time)
        return Standing {TaskState::Ready, *slice.ready, slice.wait};
    return Standing {TaskState::Suspended, slice.end, slice.wait};
}

Task task(const TraceStore &store, const Task &now, const Standing &standing, Time time, std::uint32_t effort)
{
    const PastLane lane(store, now, time);
    Task task;
    task.id = now.id;
    task.parent = now.parent;
    task.entity = now.entity;
    task.name = now.name;
    task.category = now.category;
    task.location = now.location;
    task.created = now.created;
    task.state = standing.state;
    task.stateSince = standing.since;
    task.wait = standing.wait;
    if (now.started.value_or(Time::max()) <= time)
        task.started = now.started;
    if (lane.hasRun()) {
        task.thread = lane.last().thread;
        task.lastCause = lane.last().cause;
        task.lastCauser = lane.last().causer;
    }
    task.polls = now.polls - std::min(now.polls, lane.later());
    task.busy = lane.busy(effort);
    const Sums sums = sumsOf(now, lane, effort);
    task.ready = sums.ready;
    task.wakes = sums.wakes;
    fillBlocks(store, task, now, lane, time, effort);
    fillSteps(store, task, now, time, effort);
    if (now.ended.value_or(Time::max()) <= time) {
        task.ended = now.ended;
        task.progress = now.progress;
        task.result = now.result;
        task.error = now.error;
        task.cancelledBy = now.cancelledBy;
    } else if (time >= store.now()) {
        task.progress = now.progress;
    }
    return task;
}

} // namespace coroscope::model::past
