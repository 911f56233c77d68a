// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/arena.h"
#include "core/trace/awaiters.h"
#include "core/trace/cancellederror.h"
#include "core/trace/qcoroaccess.h"
#include "core/trace/recordvalue.h"

#include <atomic>
#include <cxxabi.h>
#include <typeinfo>

namespace coroscope::trace {

/// Wraps QCoro's promise, as its first member: to QCoro a handle to this is a handle to its own promise, so a
/// QCoro::Task works as ever. What QCoro's promise decides (results, the frame's lifetime) it goes on
/// deciding; we see each creation, await, resumption and end, and resume awaiters ourselves (QCoro's final
/// suspend recurses: a long chain of awaits overflows the stack).
template<class T>
class PromiseBase
{
public:
    using Inner = QCoro::detail::TaskPromise<T>;

    static void *operator new(std::size_t size) { return allocateFrame(size); }
    static void operator delete(void *frame, std::size_t size) noexcept { freeFrame(frame, size); }

    PromiseBase() = default;
    PromiseBase(const PromiseBase &) = delete;
    PromiseBase &operator=(const PromiseBase &) = delete;
    ~PromiseBase()
    {
        FrameInfo &frame = info();
        leaveFamily(frame);
        if (frame.finished) [[likely]]
            return;
        if (Ring *const ring = recordingRing(frame))
            ring->push({Clock::ticks(), frame.id, EventType::Destroyed, Cause::None, 0, 0, 0}, true);
        if (!frame.hasOwner) {
            for (Waiter *w = frame.waiters; w; w = w->next)
                w->awaited = nullptr;
        }
    }

    std::suspend_never initial_suspend() noexcept
    {
        FrameInfo &frame = info();
        FrameInfo *const caller = thisThread.current;
        frame.calledByTask = caller && caller != thisThread.base;
        beginSlice(frame, Cause::Start, caller ? caller->id : 0);
        return {};
    }

    void unhandled_exception()
    {
        const std::type_info *const type = abi::__cxa_current_exception_type();
        FrameInfo &frame = info();
        frame.outcome = type && *type == typeid(CancelledError) ? Outcome::Cancelled : Outcome::Failed;
        if (isRecording() && frame.outcome == Outcome::Failed)
            recordText(frame.id, TextKind::Error, currentExceptionText());
        m_inner.unhandled_exception();
    }

    class FinalAwaiter
    {
    public:
        explicit FinalAwaiter(PromiseBase *promise) noexcept
            : m_promise(promise)
        { }
        bool await_ready() const noexcept { return false; }
        template<class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> handle) noexcept
        {
            return m_promise->finish(handle);
        }
        void await_resume() const noexcept { }

    private:
        PromiseBase *m_promise;
    };
    FinalAwaiter final_suspend() noexcept { return FinalAwaiter(this); }

    template<class U>
    auto await_transform(QCoro::Task<U> &&task, std::source_location at = std::source_location::current())
    {
        return ChildAwaiter<U, QCoro::Task<U>>(std::move(task), info(), at);
    }
    template<class U>
    auto await_transform(QCoro::Task<U> &task, std::source_location at = std::source_location::current())
    {
        return ChildAwaiter<U, QCoro::Task<U> &>(task, info(), at);
    }
    template<class A>
        requires StartsTask<std::remove_cvref_t<A>>
    auto await_transform(A &&source, std::source_location at = std::source_location::current())
    {
        using U = typename std::remove_cvref_t<A>::value_type;
        return ChildAwaiter<U, QCoro::Task<U>>(source.start(), info(), at);
    }
    template<class A>
    auto await_transform(A &&awaitable, std::source_location at = std::source_location::current())
    {
        using Held = decltype(m_inner.await_transform(std::forward<A>(awaitable)));
        return TracedAwaiter<Held, A>(m_inner.await_transform(std::forward<A>(awaitable)), awaitable, info(),
                                      at);
    }

    /// The frame's info stands in front of the frame.
    FrameInfo &info() noexcept
    {
        return *infoBefore(std::coroutine_handle<PromiseBase>::from_promise(*this).address());
    }

protected:
    QCoro::Task<T> start(const std::source_location &where) noexcept
    {
        FrameInfo &frame = info();
        ThreadState &thread = thisThread;
        const bool recording = isRecording();
        std::uint32_t id;
        if (thread.adoptedId) [[unlikely]] { // a spawned task: its creation was recorded when it was spawned
            id = std::exchange(thread.adoptedId, 0);
            frame.isSpawned = true;
            if (recording)
                record(id, EventType::Located, Cause::None, 0, 0, bitsOf(where));
        } else {
            id = newId();
            if (recording) [[unlikely]]
                record(id, EventType::Created, Cause::None, std::uint16_t(EntityKind::Coroutine),
                       thread.current ? thread.current->id : 0, bitsOf(where));
        }
        frame.announcedTo = recording ? thread.announcement : 0;
        // Last: an event may make the thread announce its frames first. Other threads look at it, too.
        std::atomic_ref(frame.id).store(id, std::memory_order_relaxed);
        frame.site = reinterpret_cast<const void *>(bitsOf(where));
        return m_inner.get_return_object();
    }

    Inner m_inner;

private:
    /// The order is that of docs/tracing.md, rule 6: the slice has ended before anybody else is resumed. From
    /// there on the frame may be gone at any time.
    template<class Promise>
    std::coroutine_handle<> finish(std::coroutine_handle<Promise> handle) noexcept
    {
        FrameInfo &frame = info();
        const std::uint32_t id = frame.id;
        Ring *const ring = recordingRing(frame);
        if (ring) [[unlikely]]
            recordResult(frame);
        thisThread.current = frame.below;
        frame.activity = Activity::Suspended;
        frame.finished = true;
        leaveFamily(frame);
        if (ring) [[unlikely]]
            ring->push({Clock::ticks(), id, EventType::Finished, Cause::None, std::uint16_t(frame.outcome), 0,
                        0},
                       true);

        if (frame.hasOwner) {
            frame.owner->frameFinished();
            return std::noop_coroutine();
        }
        // An awaiter compiled without tracing waits in QCoro's own list.
        const bool foreignAwaiters = m_inner.hasAwaitingCoroutine();
        Waiter *const first = frame.waiters;
        if (!foreignAwaiters && (!first || !first->next)) {
            if (first) {
                thisThread.cause = Cause::Task;
                thisThread.who = id;
            }
            return releaseTo(handle, first ? first->handle : std::noop_coroutine());
        }
        while (Waiter *const waiter = frame.waiters) {
            frame.waiters = waiter->next;
            thisThread.cause = Cause::Task;
            thisThread.who = id;
            waiter->handle.resume();
        }
        auto rest = m_inner.final_suspend();
        rest.await_suspend(std::coroutine_handle<Inner>::from_promise(m_inner));
        return std::noop_coroutine();
    }

    /// Goes over to the one awaiter, by symmetric transfer; ends the frame if its Task is gone.
    template<class Promise>
    std::coroutine_handle<> releaseTo(std::coroutine_handle<Promise> handle,
                                      std::coroutine_handle<> awaiter) noexcept
    {
        if constexpr (CountsReferences<Inner>) {
            m_inner.derefCoroutine(); // an awaiter of a Task holds a reference of its own
            return awaiter;
        } else {
            if (!m_inner.setDestroyHandle())
                return awaiter; // the Task lives and will destroy the frame
            awaiter.resume(); // it reads the result out of this frame; noop_coroutine() may be resumed
            handle.destroy();
            return std::noop_coroutine();
        }
    }

    void recordResult(FrameInfo &frame)
    {
        if constexpr (!std::is_void_v<T>) {
            if (frame.outcome == Outcome::Done)
                recordValue(frame.id, TextKind::Result, std::as_const(m_inner.result()));
        }
    }
};

template<class T>
class Promise : public PromiseBase<T>
{
public:
    QCoro::Task<T> get_return_object(std::source_location where = std::source_location::current()) noexcept
    {
        return this->start(where);
    }
    template<class U>
    void return_value(U &&value)
    {
        this->m_inner.return_value(std::forward<U>(value));
    }
    void return_value(T value)
        requires(!std::is_reference_v<T>)
    {
        this->m_inner.return_value(std::move(value));
    }
};

template<>
class Promise<void> : public PromiseBase<void>
{
public:
    QCoro::Task<void> get_return_object(std::source_location where = std::source_location::current()) noexcept
    {
        return start(where);
    }
    void return_void() noexcept { m_inner.return_void(); }
};

} // namespace coroscope::trace
