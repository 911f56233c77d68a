// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/awaiters.h"
#include "core/trace/frame.h"
#include "core/trace/promise.h"

#include <exception>

namespace coroscope::detail {

/// What the promises of coroutines that belong to an object share (generators, hand-overs): they are traced
/// as Tasks are, start suspended, and go on when somebody calls them. `Derived` has no base before this one.
template<class Derived>
class ObjectPromise
{
public:
    static void *operator new(std::size_t size) { return trace::allocateFrame(size); }
    static void operator delete(void *frame, std::size_t size) noexcept { trace::freeFrame(frame, size); }

    ObjectPromise() = default;
    ObjectPromise(const ObjectPromise &) = delete;
    ObjectPromise &operator=(const ObjectPromise &) = delete;
    ~ObjectPromise()
    {
        trace::FrameInfo &frame = info();
        trace::leaveFamily(frame);
        if (frame.finished)
            return;
        if (trace::Ring *const ring = trace::recordingRing(frame))
            ring->push({trace::Clock::ticks(), frame.id, trace::EventType::Destroyed, trace::Cause::None, 0,
                        0, 0},
                       true);
        for (trace::Waiter *w = frame.waiters; w; w = w->next)
            w->awaited = nullptr;
    }

    /// The frame's info stands in front of the frame.
    trace::FrameInfo &info() noexcept { return *trace::infoBefore(self().address()); }
    std::coroutine_handle<Derived> self() noexcept
    {
        return std::coroutine_handle<Derived>::from_promise(static_cast<Derived &>(*this));
    }
    /// For the object that owns the coroutine. A compiler that could follow the frame from here to destroy()
    /// would put it on the owner's stack (heap elision), where no info stands in front of it.
    std::coroutine_handle<Derived> handleForOwner() noexcept
    {
        void *frame = self().address();
        asm volatile("" : "+r"(frame));
        return std::coroutine_handle<Derived>::from_address(frame);
    }
    bool isFinished() noexcept { return info().finished; }

    struct FirstCall
    {
        ObjectPromise *promise;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept { }
        void await_resume() const noexcept
        {
            trace::ThreadState &thread = trace::thisThread;
            thread.cause = trace::Cause::None;
            promise->noteCaller();
            trace::beginSlice(promise->info(), trace::Cause::Start, thread.who);
        }
    };
    FirstCall initial_suspend() noexcept { return {this}; }

    void unhandled_exception() noexcept
    {
        m_error = std::current_exception();
        const std::type_info *const type = abi::__cxa_current_exception_type();
        trace::FrameInfo &frame = info();
        frame.outcome = type && *type == typeid(CancelledError) ? trace::Outcome::Cancelled
                                                                : trace::Outcome::Failed;
        if (trace::isRecording() && frame.outcome == trace::Outcome::Failed)
            trace::recordText(frame.id, trace::TextKind::Error, trace::currentExceptionText());
    }
    /// Throws, once, what came out of the coroutine.
    void rethrowError()
    {
        if (m_error) [[unlikely]]
            std::rethrow_exception(std::exchange(m_error, nullptr));
    }

    /// Who calls, for what resumes the coroutine next.
    static void leaveCause(trace::Cause cause, std::uint32_t who) noexcept
    {
        trace::thisThread.cause = cause;
        trace::thisThread.who = who;
    }
    static std::uint32_t caller() noexcept
    {
        const trace::FrameInfo *const current = trace::thisThread.current;
        return current ? current->id : 0;
    }
    /// A slice begins inside of a call: what runs below is what the coroutine belongs to.
    void noteCaller() noexcept
    {
        const trace::ThreadState &thread = trace::thisThread;
        trace::FrameInfo &frame = info();
        frame.calledByTask = thread.current && thread.current != thread.base;
        frame.suspendedOnce = true; // the tree of cancellation doesn't take it in by itself
    }

protected:
    void created(const std::source_location &where) noexcept
    {
        using namespace trace;
        FrameInfo &frame = info();
        const bool recording = isRecording();
        const std::uint32_t id = newId();
        if (recording)
            record(id, EventType::Created, Cause::None, std::uint16_t(EntityKind::Coroutine), caller(),
                   bitsOf(where));
        frame.announcedTo = recording ? thisThread.announcement : 0;
        frame.belongsToObject = true;
        std::atomic_ref(frame.id).store(id, std::memory_order_relaxed);
        frame.site = reinterpret_cast<const void *>(bitsOf(where));
    }
    /// The slice ends for good; to be followed by the resumption of who waits.
    void finished() noexcept
    {
        trace::FrameInfo &frame = info();
        trace::Ring *const ring = trace::recordingRing(frame);
        trace::thisThread.current = frame.below;
        frame.activity = trace::Activity::Suspended;
        frame.finished = true;
        trace::leaveFamily(frame);
        if (ring) [[unlikely]]
            ring->push({trace::Clock::ticks(), frame.id, trace::EventType::Finished, trace::Cause::None,
                        std::uint16_t(frame.outcome), 0, 0},
                       true);
    }

    std::exception_ptr m_error;
};

} // namespace coroscope::detail
