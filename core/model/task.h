// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace coroscope::model {

/// created → running → suspended → ready → running … → done | failed | cancelled; lost: the frame was
/// destroyed before its end.
enum class TaskState : std::uint8_t { Created, Running, Suspended, Ready, Done, Failed, Cancelled, Lost };

constexpr bool hasEnded(TaskState s) { return s >= TaskState::Done; }

/// What a suspended task waits for.
struct Wait
{
    trace::WaitKind kind = trace::WaitKind::None;
    std::uint64_t detail = 0; ///< by kind, see trace::WaitKind; TraceStore::describe() puts it in words
    LocationId site; ///< the co_await
    Time since {};
};

struct Progress
{
    std::uint64_t done = 0;
    std::optional<std::uint64_t> total;
    trace::ProgressUnit unit = trace::ProgressUnit::Bytes;
};

/// Everything that is known of one task, worker or loop, short of its slices.
struct Task
{
    TaskId id;
    TaskId parent; ///< its creator; none for what was created outside of any task
    trace::EntityKind entity = trace::EntityKind::Coroutine;
    ThreadId thread; ///< of the last slice
    QString name; ///< as set, else the function's name
    QString category; ///< "download", "redis" …; inherited from the parent where not set; may be empty
    LocationId location;

    TaskState state = TaskState::Created;
    Time created {};
    std::optional<Time> started;
    std::optional<Time> ended;
    Time stateSince {};

    Time busy {}; ///< sum of its slices, without what nested slices of others took; open slice excluded
    Time ready {}; ///< sum of the time it was woken but not yet running
    std::uint32_t polls = 0; ///< how often it was resumed
    std::uint32_t blocks = 0; ///< slices longer than the store's block threshold
    Time longestSlice {};
    Time stepsBusy {}; ///< of the coroutines called inside of it, which have no row of their own
    std::uint32_t stepsPolls = 0; ///< their resumptions by something from outside, not by each other
    trace::Cause lastCause = trace::Cause::None;
    std::uint64_t lastCauser = 0; ///< TaskId or FutureId by lastCause
    std::array<std::uint32_t, 17> wakes {}; ///< resumptions by trace::Cause

    Wait wait; ///< valid while Suspended or Ready
    bool waitsForNobody = false; ///< suspended on a future that nothing but a hand can set
    std::optional<Progress> progress;
    QString result; ///< of a done task, as text
    QString error; ///< of a failed one
    QString cancelledBy; ///< "you", or a task's name

    std::vector<TaskId> children; ///< tasks that it created, in order
};

/// What a person calls a task: spawned by the runtime, or a coroutine that no other task created. The
/// others are its steps, loops and workers.
constexpr bool countsAsTask(const Task &task)
{
    return task.entity == trace::EntityKind::Spawned
           || (task.entity == trace::EntityKind::Coroutine && !task.parent);
}

struct Future
{
    enum class State : std::uint8_t { Pending, Done, Failed, Cancelled, Dropped };
    FutureId id;
    TaskId creator;
    TaskId resolvedBy;
    QString name; ///< "future 3" where it has none
    QString type; ///< C++ type of its result, in words ("QString")
    State state = State::Pending;
    bool settable = false; ///< its result can be given by hand
    Time created {};
    std::optional<Time> resolved;
    QString result; ///< in full
    QString error;
    std::vector<TaskId> awaiting; ///< suspended on it right now
};

/// One `wait()` call: its members keep their done or pending place even after it ended.
struct WaitSet
{
    WaitId id;
    TaskId task; ///< who waits
    trace::WaitUntil until {};
    std::optional<Time> timeout;
    Time begun {};
    std::optional<Time> ended;
    std::vector<TaskId> members;
};

/// Done: done, failed, cancelled, lost. Pending: all else.
struct Membership
{
    std::vector<TaskId> done;
    std::vector<TaskId> pending;
};

struct PrintedLine
{
    Time time {};
    TaskId task;
    QString text;
};

} // namespace coroscope::model
