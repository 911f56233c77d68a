// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <cstdint>

/// What a traced program writes down. The rules of order are in docs/tracing.md; TraceStore checks them.
namespace coroscope::trace {

/// The meaning of `Event::a` and `Event::b` stands beside each type. "site" is a std::source_location
/// as its bits (a pointer to static data), 0 if unknown.
enum class EventType : std::uint8_t {
    Created, ///< kind: EntityKind; a: the creator's TaskId; b: site of the function
    FirstSeen, ///< a live frame met when recording starts; kind: EntityKind; a: creator; b: site
    Resumed, ///< cause; a: who (TaskId or FutureId, by cause); b: TaskId below on the thread's stack
    Suspended, ///< kind: WaitKind; a: detail, by kind; b: site of the co_await
    Finished, ///< kind: Outcome
    Destroyed, ///< the frame was destroyed before its end
    Ready, ///< woken, waits in the ready queue; cause and a as in Resumed
    Text, ///< kind: TextKind; a: bytes kept, b: bytes there were; the text travels beside it
    FutureCreated, ///< task: FutureId; a: creator's TaskId; kind: 1 if it can be set by hand
    FutureResolved, ///< task: FutureId; kind: Outcome; a: TaskId that resolved it, 0 if none did
    FutureDropped, ///< task: FutureId; nobody can set it any more
    WaitBegun, ///< task: who waits; kind: WaitUntil; a: WaitId; b: timeout in ns, ~0 if none
    WaitMember, ///< task: a member; a: WaitId
    WaitEnded, ///< task: who waited; a: WaitId; b: how many are done
    LoopAwake, ///< task: the loop's TaskId
    LoopAsleep, ///< task: the loop's TaskId
    Progress, ///< kind: ProgressUnit; a: done; b: total, ~0 if unknown
    Located, ///< a spawned task's coroutine was called; b: site of the function
    LoopHeld, ///< task: the loop's TaskId; nothing of its ready queue runs, but for single steps
    LoopReleased, ///< task: the loop's TaskId
};

enum class EntityKind : std::uint16_t {
    Coroutine, ///< a coroutine that was called
    Spawned, ///< a task that the runtime owns
    Loop, ///< an event loop: a thread's lane
    Worker, ///< a thread of an executor
};

/// What made a resumption happen.
enum class Cause : std::uint8_t {
    None,
    Start, ///< first resumption
    Yield, ///< its turn came again
    Timer, ///< its sleep is over
    Future, ///< a: FutureId
    Task, ///< the awaited task ended, or gave a value; a: its TaskId
    Cancel, ///< somebody cancelled it; a: TaskId, 0 if the user
    Immediate, ///< the awaiter declined to suspend or threw
    Reply, ///< data or the end of a network reply
    Socket, ///< a socket became ready
    Job, ///< a worker finished its job; a: the worker's TaskId
    Wait, ///< a wait() is satisfied; a: the task that satisfied it
    Timeout, ///< a wait's or scope's time is over
    Signal, ///< a Qt signal
    Notified, ///< a Notifier was notified
    Foreign, ///< an awaiter that isn't ours
    Call, ///< asked for its next value, or handed over to; a: TaskId of who did
};

/// On what a task is suspended. The meaning of `Event::a` stands beside it.
enum class WaitKind : std::uint16_t {
    None,
    Yield, ///< –
    Sleep, ///< duration in ns
    Future, ///< FutureId
    Task, ///< TaskId of the awaited coroutine, 0 if it isn't traced
    Join, ///< TaskId of the awaited spawned task
    Wait, ///< WaitId
    Reply, ///< StringId of a URL
    Socket, ///< StringId of what is awaited ("connect 127.0.0.1:6379")
    Command, ///< StringId of a command ("HGETALL")
    Job, ///< StringId of the job's name
    Signal, ///< StringId of sender and signal
    Lock, ///< StringId
    Notifier, ///< StringId of a label
    Idle, ///< a worker without a job
    Foreign, ///< an awaiter's mangled type name: a pointer to static data
    Call, ///< a generator's wait to be asked for its next value; a hand-over's: TaskId that has its turn
};

enum class Outcome : std::uint16_t { Done, Failed, Cancelled };
enum class WaitUntil : std::uint16_t { AllCompleted, FirstCompleted, FirstException };
enum class ProgressUnit : std::uint16_t { Bytes, Items };

enum class TextKind : std::uint16_t {
    Name, ///< of the task
    Category, ///< of the task: "download", "redis", "sleep" …
    Result, ///< of the task
    Error, ///< of the task
    Print, ///< a line that the task printed
    SliceLabel, ///< of the running slice (a worker's job)
    FutureName, ///< `Event::task` is a FutureId from here on
    FutureType,
    FutureResult,
    FutureError,
    ThreadName,
};

/// Fixed in size so that a ring can hold it; texts go through the ring's text channel.
struct Event
{
    std::uint64_t ticks; ///< core/trace/clock.h
    std::uint32_t task;
    EventType type;
    Cause cause;
    std::uint16_t kind;
    std::uint64_t a;
    std::uint64_t b;
};
static_assert(sizeof(Event) == 32);

} // namespace coroscope::trace
