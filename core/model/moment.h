// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <memory>

namespace coroscope::model {

/// What a task does at a moment.
struct Standing
{
    TaskState state = TaskState::Created;
    Time since {};
    Wait wait; ///< valid while Suspended or Ready
};

/// A store as it stands, or as it stood at a time of its past, TraceStore::knownSince() at the earliest:
/// after all events up to that time.
///
/// Nothing is recorded for it. The past is read from what the store keeps anyway, O(log slices) a task, so
/// these things are not known of it:
/// - progress, of a task that hadn't ended yet: only the last one is kept;
/// - that a spawned task was woken before it first ran (it counts as created), that an idle loop was asleep;
/// - members that a wait() got after its begin, and changes of names, categories and parents: they are told
///   as they are now. `children` of a past task is empty;
/// - of busy time: what slices of others took inside a task's own, other than the coroutines that it called.
///   It is taken off in proportion;
/// - sums over more slices than `effort` (see task()), which are estimated in proportion.
///
/// A light value; copies share what was computed. Used on the store's thread, not longer than the store
/// lives, nor over its clear(), removeEnded() and what it forgets.
class Moment
{
public:
    /// The present, whenever it is asked: who knows moments takes a store just as well.
    Moment(const TraceStore &store);
    Moment(const TraceStore &store, Time time);

    const TraceStore &store() const { return *m_store; }
    bool isPast() const { return m_time.has_value(); }
    /// Of the past, else of the store's last commit.
    Time now() const { return m_time.value_or(m_store->now()); }

    // --- tasks ---------------------------------------------------------------------------------------
    /// In order of creation; of the past those that had been created.
    std::span<const TaskId> tasks() const;
    /// Of tasks() those from such a number on, see TraceStore::serialOf().
    std::span<const TaskId> tasksFrom(std::uint64_t serial) const;
    /// Nothing for a task that doesn't exist (yet).
    std::optional<Standing> standing(TaskId id) const;
    /// Null for a task that doesn't exist (yet). Of the present: valid until the store changes. Of the past:
    /// sums read at most about `effort` slices.
    std::shared_ptr<const Task> task(TaskId id, std::uint32_t effort = 512) const;
    bool exists(TaskId id) const;
    bool hasEnded(TaskId id) const;
    /// Of a task as the store has it: it existed, and hadn't ended.
    bool wasPending(const Task &task) const
    {
        if (!m_time)
            return !model::hasEnded(task.state);
        return task.created <= *m_time && task.ended.value_or(Time::max()) > *m_time;
    }
    Membership membership() const;
    /// By TaskState, of what countsAsTask().
    std::array<std::uint32_t, 8> tasksByState() const;
    Membership membership(WaitId id) const;
    /// Some loop is held by the user.
    bool isHeld() const;

    // --- futures, waits, lines -----------------------------------------------------------------------
    std::span<const FutureId> futures() const;
    std::shared_ptr<const Future> future(FutureId id) const;
    std::span<const WaitId> waits() const;
    std::shared_ptr<const WaitSet> wait(WaitId id) const;
    std::span<const PrintedLine> printed() const;

    // --- the await graph, see TraceStore -------------------------------------------------------------
    std::vector<TaskId> awaitChain(TaskId id) const;
    /// Of the past: the first call looks at all tasks.
    std::vector<TaskId> awaiters(TaskId id) const;
    bool awaitsItself(TaskId id) const;

    QString describe(const Wait &wait) const { return m_store->describe(wait); }
    QString describe(trace::Cause cause, std::uint64_t causer) const
    {
        return m_store->describe(cause, causer);
    }

private:
    struct Known; // what was computed of the past

    bool isNobodysWait(const Wait &wait) const;
    const Known &graph() const;

    const TraceStore *m_store;
    std::optional<Time> m_time;
    std::shared_ptr<Known> m_known;
};

} // namespace coroscope::model
