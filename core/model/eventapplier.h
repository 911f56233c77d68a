// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/stackkeeper.h"
#include "core/model/transitions.h"

namespace coroscope::model {

/// Makes a store's state from events, and checks them: each move against the table in transitions.h, each
/// resumption and each end against the stack of its thread. A breach is counted, and the state repaired so
/// that what follows reads right. After a loss of events what doesn't fit is no breach but news.
class EventApplier
{
public:
    explicit EventApplier(StoreState &state)
        : s(state)
        , m_stacks(state)
    { }

    void apply(const TraceEvent &event);
    void applyLost(ThreadId thread, Time time, std::uint64_t count);
    /// Slices that still run may have become blocking ones by `now`.
    void markOpenBlocks(Time now) { m_stacks.markOpenBlocks(now); }

private:
    using Event = const TraceEvent &;
    void create(Event e);
    void located(Event e);
    void firstSeen(Event e);
    void resume(Event e);
    void suspend(Event e);
    void end(Event e, Move move);
    void wake(Event e);
    void loopAwake(Event e);
    void loopAsleep(Event e);
    void loopHeld(Event e);
    void loopReleased(Event e);
    void progress(Event e);
    void taskText(Event e);
    void futureText(Event e);
    void futureCreated(Event e);
    void futureResolved(Event e);
    void futureDropped(Event e);
    void waitBegun(Event e);
    void waitMember(Event e);
    void waitEnded(Event e);

    void breach() { ++s.figures.breaches; }
    /// The task of an event. One that was never created is made up: a breach, unless events were lost.
    /// Nothing for one that was forgotten.
    TaskRecord *known(TaskId id, trace::EntityKind entity = trace::EntityKind::Coroutine);
    Future *knownFuture(FutureId id);
    Future &addFuture(FutureId id);
    TaskRecord &add(TaskId id, TaskId creator, trace::EntityKind entity, LocationId location);
    void addFirstSeen(TaskId id, TaskId creator, trace::EntityKind entity, LocationId location);
    /// A task that was met without its creation: now it is known what it is.
    void identify(TaskRecord &record, TaskId creator, trace::EntityKind entity, LocationId location);
    void locate(TaskRecord &record, LocationId location);
    /// Checks a move; false if the event is to be passed over.
    bool allows(TaskRecord &record, Move move);

    void leaveStack(TaskRecord &record, const Wait &wait);
    void makeTop(TaskId below);
    void beginSlice(TaskRecord &record, trace::Cause cause, std::uint64_t causer);
    void endLoopSlice(TaskRecord &loop);
    void startWait(TaskRecord &record, const Wait &wait);
    void stopWait(TaskRecord &record);
    void endTask(TaskRecord &record, Move move);
    void noteCancel(TaskRecord &record, trace::Cause cause, std::uint64_t causer);
    void nameCanceller(TaskRecord &record);
    void judgeWait(TaskRecord &record);
    void judgeAwaiting(const Future &future);

    void touch(TaskRecord &record);
    void touch(const Future &future) { s.changes.futures.push_back(future.id); }
    void touch(const WaitSet &wait) { s.changes.waits.push_back(wait.id); }

    StoreState &s;
    StackKeeper m_stacks;
    Time m_time {};
    ThreadTrack *m_thread = nullptr;
};

} // namespace coroscope::model
