// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/frame.h"
#include "core/trace/qcoroaccess.h"

#include <functional>
#include <stdexcept>
#include <typeinfo>

namespace coroscope::trace {

/// On what an awaiter of ours makes a task wait; it says so through `WaitNote traceNote() const`.
struct WaitNote
{
    WaitKind kind = WaitKind::Foreign;
    std::uint64_t detail = 0; ///< by kind: core/trace/event.h
};

template<class Awaiter>
concept Annotated = requires(const Awaiter &awaiter) {
    { awaiter.traceNote() } -> std::same_as<WaitNote>;
};

/// Around any awaiter but a Task's: sees the suspension and the resumption.
/// `Held` is what QCoro's await_transform gave: a value or a reference.
template<class Held>
class TracedAwaiter
{
    static constexpr bool hasOperator = requires(Held h) { static_cast<Held &&>(h).operator co_await(); };
    static constexpr bool hasFreeOperator = requires(Held h) { operator co_await(static_cast<Held &&>(h)); };

    static decltype(auto) open(Held &held)
    {
        if constexpr (hasOperator)
            return static_cast<Held &&>(held).operator co_await();
        else if constexpr (hasFreeOperator)
            return operator co_await(static_cast<Held &&>(held));
        else
            return static_cast<std::remove_reference_t<Held> &>(held);
    }

public:
    TracedAwaiter(Held &&held, FrameInfo &frame, const std::source_location &at)
        : m_held(std::forward<Held>(held))
        , m_awaiter(open(m_held))
        , m_frame(&frame)
        , m_at(at)
    { }
    TracedAwaiter(const TracedAwaiter &) = delete;
    TracedAwaiter &operator=(const TracedAwaiter &) = delete;

    bool await_ready() { return m_awaiter.await_ready(); }

    template<class P>
    auto await_suspend(std::coroutine_handle<P> handle)
    {
        using Result = decltype(m_awaiter.await_suspend(handle));
        FrameInfo *const frame = m_frame;
        m_suspended = true;
        note();
        // From here on the frame may be running elsewhere, or be gone: neither it nor this awaiter is
        // touched.
        try {
            if constexpr (std::is_same_v<Result, bool>) {
                if (m_awaiter.await_suspend(handle))
                    return true;
                m_suspended = false;
                beginSlice(*frame, Cause::Immediate, 0);
                return false;
            } else {
                return m_awaiter.await_suspend(handle);
            }
        } catch (...) {
            m_suspended = false;
            beginSlice(*frame, Cause::Immediate, 0);
            throw;
        }
    }

    decltype(auto) await_resume()
    {
        if (m_suspended) {
            m_suspended = false;
            resumeSlice(*m_frame);
        }
        return m_awaiter.await_resume();
    }

private:
    using Awaiter = decltype(open(std::declval<Held &>()));

    void note()
    {
        if constexpr (Annotated<std::remove_cvref_t<Awaiter>>) {
            const WaitNote n = std::as_const(m_awaiter).traceNote();
            endSlice(*m_frame, n.kind, n.detail, bitsOf(m_at));
        } else {
            endSlice(*m_frame, WaitKind::Foreign,
                     reinterpret_cast<std::uint64_t>(typeid(std::remove_cvref_t<Awaiter>).name()),
                     bitsOf(m_at));
        }
    }

    Held m_held;
    Awaiter m_awaiter; // a value, or a reference into m_held
    FrameInfo *m_frame;
    std::source_location m_at;
    bool m_suspended = false;
};

/// What calls a coroutine only when it is awaited; it must live until that has ended.
template<class A>
concept StartsTask = requires(A &source) {
    typename A::value_type;
    { source.start() } -> std::same_as<QCoro::Task<typename A::value_type>>;
};

/// Around the await of a QCoro::Task. It owns the Task if the expression did: a Task that ends at once would
/// otherwise destroy its frame before the result is read.
template<class U, class Held>
class ChildAwaiter : Waiter
{
    static constexpr bool ownsTask = !std::is_reference_v<Held>;

public:
    ChildAwaiter(Held &&task, FrameInfo &frame, const std::source_location &at)
        : m_task(std::forward<Held>(task))
        , m_open(m_task)
        , m_frame(&frame)
        , m_at(at)
    { }
    ChildAwaiter(const ChildAwaiter &) = delete;
    ChildAwaiter &operator=(const ChildAwaiter &) = delete;
    ~ChildAwaiter()
    {
        if (m_suspended) {
            // The waiting frame is being destroyed. The child that it owns goes with it, instead of running
            // on detached.
            stopWaiting();
            if constexpr (ownsTask) {
                if (!m_task.isReady())
                    letTaskDestroyFrame(m_task);
            }
        }
        letGo();
    }

    bool await_ready() const
    {
        if (!m_open.handle())
            throw std::logic_error("an empty QCoro::Task was awaited");
        return m_open.handle().done();
    }

    template<class P>
    void await_suspend(std::coroutine_handle<P> waiting)
    {
        handle = waiting;
        m_suspended = true;
        awaited = infoOfFrame(m_open.handle().address());
        FrameInfo *const child = awaited;
        endSlice(*m_frame, WaitKind::Task, child ? child->id : 0, bitsOf(m_at));
        hold();
        if (!child || child->hasOwner) { // compiled without tracing: it resumes us from QCoro's own list
            awaited = nullptr;
            m_open.await_suspend(waiting);
            return;
        }
        Waiter **end = &child->waiters;
        while (*end)
            end = &(*end)->next;
        *end = this;
        if (thisThread.keepsFamilies)
            joinFamily(*child, m_frame);
    }

    decltype(auto) await_resume()
    {
        if (m_suspended) {
            m_suspended = false;
            stopWaiting();
            resumeSlice(*m_frame);
        }
        return m_open.await_resume(); // QCoro's: moves the result out, or throws
    }

private:
    void stopWaiting()
    {
        if (!awaited)
            return;
        for (Waiter **w = &awaited->waiters; *w; w = &(*w)->next) {
            if (*w == this) {
                *w = next;
                break;
            }
        }
        awaited = nullptr;
    }
    /// The awaited Task may be destroyed while we wait for a reference to it; its result must outlive that.
    void hold()
    {
        if constexpr (!ownsTask && CountsReferences<ChildPromise>) {
            m_open.handle().promise().refCoroutine();
            m_holds = true;
        }
    }
    void letGo()
    {
        if constexpr (!ownsTask && CountsReferences<ChildPromise>) {
            if (m_holds)
                m_open.handle().promise().derefCoroutine();
        }
    }

    using ChildPromise =
        std::remove_reference_t<decltype(std::declval<const OpenAwaiter<U> &>().handle().promise())>;

    Held m_task;
    OpenAwaiter<U> m_open; // a Task that isn't ours may be moved or destroyed while we wait
    bool m_holds = false;
    FrameInfo *m_frame;
    std::source_location m_at;
    bool m_suspended = false;
};

} // namespace coroscope::trace
