// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/threadstate.h"

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <source_location>

namespace coroscope::trace {

/// An awaitable at the end of an await chain that can be told to give up.
class CancellableLeaf
{
public:
    /// Schedules the resumption of the waiting coroutine, in which await_resume() throws CancelledError.
    /// Called on the thread of the leaf's loop.
    virtual void cancel() noexcept = 0;
    /// False if the calling thread isn't the leaf's: then cancel() must not be called.
    virtual bool isOnItsThread() const noexcept = 0;

protected:
    ~CancellableLeaf() = default;
};

/// The owner of a frame that nobody awaits: a spawned task.
class FrameOwner
{
public:
    /// The frame is at its final suspension point, its slice has ended. May destroy the frame.
    virtual void frameFinished() noexcept = 0;
    /// Asked where a leaf of `waiting` begins to wait: true once for each cancellation that reached no leaf.
    virtual bool takeCancellation(const FrameInfo &waiting) noexcept = 0;

protected:
    ~FrameOwner() = default;
};

/// A coroutine that waits for the end of another one; lives in the waiting coroutine's frame.
struct Waiter
{
    Waiter *next = nullptr;
    std::coroutine_handle<> handle;
    FrameInfo *awaited = nullptr; ///< null once the awaited frame is gone
};

/// What a frame does. A byte of its own: it changes twice at each await, and nothing has to be read for that.
enum class Activity : std::uint8_t {
    Suspended,
    Running,
    OnLeaf, ///< suspended on what FrameInfo::leaf points to
    OnForeign, ///< suspended on an awaiter that isn't ours
};

/// What tracing knows of a frame. It stands in front of the frame in memory, 64 bytes, and is reached from
/// the frame's address without a table.
///
/// parent, children and siblings form the tree in which cancellation walks: a frame that suspends for the
/// first time belongs to the coroutine that called it, later to the one that awaits it. They are guarded by
/// one process-wide lock and kept only on threads with a Loop.
struct FrameInfo
{
    std::uint32_t id = 0; ///< 0: the memory holds no frame
    Activity activity = Activity::Suspended;
    bool finished : 1 = false;
    bool hasOwner : 1 = false; ///< `owner` is valid, else `waiters`; null: a worker's lane, not a frame
    bool suspendedOnce : 1 = false;
    bool calledByTask : 1 = false; ///< by a running coroutine, not by a loop inside of its slice
    bool isSpawned : 1 = false; ///< a spawned task's coroutine
    bool belongsToObject : 1 = false; ///< a generator's or a hand-over's: only its object destroys it
    Outcome outcome : 2 = Outcome::Done;
    bool inFamily = false; ///< parent, children or siblings may be set
    std::uint8_t announcedTo = 0; ///< the recording that knows the frame: ThreadState::announcement
    union {
        FrameInfo *below = nullptr; ///< while running: what ran when this frame was resumed
        CancellableLeaf *leaf; ///< while suspended on a leaf
    };
    union {
        Waiter *waiters = nullptr;
        FrameOwner *owner;
    };
    const void *site = nullptr; ///< std::source_location of the function, as bits
    FrameInfo *parent = nullptr;
    FrameInfo *firstChild = nullptr;
    FrameInfo *next = nullptr;
    FrameInfo *previous = nullptr;
};
static_assert(sizeof(FrameInfo) == 64);

/// The info of a frame known to be traced.
inline FrameInfo *infoBefore(void *frame) noexcept
{
    auto address = reinterpret_cast<std::uintptr_t>(frame) - sizeof(FrameInfo);
    // To the compiler a frame begins where operator new's memory does: nothing may be concluded from that.
    asm("" : "+r"(address));
    return reinterpret_cast<FrameInfo *>(address);
}

inline void *frameBehind(FrameInfo &info) noexcept
{
    return reinterpret_cast<char *>(&info) + sizeof(FrameInfo);
}

/// How many traced frames exist in the process. For tests: a walk over the arena.
std::size_t liveFrames();
/// Tells the recording of this thread's live frames, for a recording that starts late.
void announceFrames();

inline std::uint64_t bitsOf(const std::source_location &location) noexcept
{
    static_assert(sizeof(location) == sizeof(std::uint64_t),
                  "std::source_location is a pointer to static data");
    std::uint64_t bits;
    __builtin_memcpy(&bits, &location, sizeof bits);
    return bits;
}

namespace detail {
void unlinkFromFamily(FrameInfo &frame) noexcept;
} // namespace detail
/// Ends the tree's hold on a frame that has finished or is being destroyed.
inline void leaveFamily(FrameInfo &frame) noexcept
{
    if (frame.inFamily) [[unlikely]]
        detail::unlinkFromFamily(frame);
}
/// Makes `parent` the one whose cancellation reaches `frame`.
void joinFamily(FrameInfo &frame, FrameInfo *parent) noexcept;
/// Cancels every leaf below `frame`. False if none could be: then the cancellation has to wait for the next
/// await on a leaf of ours.
bool cancelLeaves(FrameInfo &frame);
/// The frame at the top of the tree that `frame` is in.
FrameInfo &rootOf(FrameInfo &frame);
/// Whether `frame` is `above` or belongs to the tree below it.
bool isBelow(const FrameInfo &frame, const FrameInfo &above);
/// The end of the chain of coroutines that wait, one for the next, for `frame`; itself if none does.
FrameInfo &lastAwaiter(FrameInfo &frame);
/// Whether `frame`, or one that it waits for, waits for an awaiter that isn't ours and may resume it yet.
bool hasForeignLeaf(const FrameInfo &frame);
/// Destroys a suspended frame whose Task is gone; where the Task lives, its destructor will destroy it.
void destroyDetached(FrameInfo &frame);

// --- slices: the order is that of docs/tracing.md ---------------------------------------------------------

/// Tells the running recording of a frame that it doesn't know yet.
void announceFrame(FrameInfo &frame);

/// Where events about `frame` go; null while nobody records. To be asked for before the state that an event
/// tells of changes: a thread's first event announces its frames as they stand, and a frame that comes from
/// another thread is announced by its own.
inline Ring *recordingRing(FrameInfo &frame)
{
    if (!isRecording()) [[likely]]
        return nullptr;
    Ring *const ring = ringForEvent();
    if (ring && frame.announcedTo != thisThread.announcement) [[unlikely]]
        announceFrame(frame);
    return ring;
}

namespace detail {
// Out of line, so that what runs while nobody records stays small enough to stand in each coroutine.
void beginRecordedSlice(FrameInfo &frame, Cause cause, std::uint64_t who);
void endRecordedSlice(FrameInfo &frame, WaitKind kind, std::uint64_t detail, std::uint64_t site,
                      Activity activity);

inline void pushSlice(ThreadState &thread, FrameInfo &frame)
{
    frame.activity = Activity::Running;
    frame.below = thread.current;
    thread.current = &frame;
}

inline void popSlice(ThreadState &thread, FrameInfo &frame, Activity activity)
{
    FrameInfo *const below = frame.below;
    frame.activity = activity;
    frame.below = nullptr;
    if (!frame.suspendedOnce) [[unlikely]] {
        frame.suspendedOnce = true;
        if (frame.calledByTask && thread.keepsFamilies)
            joinFamily(frame, below);
    }
    thread.current = below;
}
} // namespace detail

inline void beginSlice(FrameInfo &frame, Cause cause, std::uint64_t who)
{
    if (isRecording()) [[unlikely]]
        detail::beginRecordedSlice(frame, cause, who);
    else
        detail::pushSlice(thisThread, frame);
}

/// As beginSlice, with the cause that the waker left for this thread, if it left one.
inline void resumeSlice(FrameInfo &frame, Cause otherwise = Cause::Foreign)
{
    ThreadState &thread = thisThread;
    const Cause cause = thread.cause;
    thread.cause = Cause::None;
    if (isRecording()) [[unlikely]] {
        const bool isLeft = cause != Cause::None;
        detail::beginRecordedSlice(frame, isLeft ? cause : otherwise, isLeft ? thread.who : 0);
    } else {
        detail::pushSlice(thread, frame);
    }
}

/// `activity` is what the frame does from here on, other than running.
inline void endSlice(FrameInfo &frame, WaitKind kind, std::uint64_t detail, std::uint64_t site,
                     Activity activity = Activity::Suspended)
{
    if (isRecording()) [[unlikely]]
        detail::endRecordedSlice(frame, kind, detail, site, activity);
    else
        detail::popSlice(thisThread, frame, activity);
}

} // namespace coroscope::trace
