// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/arena.h"
#include "core/trace/qcoroaccess.h"
#include "core/trace/subject.h"

#include <functional>
#include <stdexcept>

namespace coroscope::trace {

/// Around any awaiter but a Task's: sees the suspension and the resumption.
/// `Held` is what QCoro's await_transform made of the `Awaitable`: a value or a reference.
template<class Held, class Awaitable>
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
    /// Only the address of what is awaited is taken.
    TracedAwaiter(Held &&held, const std::remove_reference_t<Awaitable> &awaited, FrameInfo &frame,
                  const std::source_location &at)
        : m_held(std::forward<Held>(held))
        , m_awaiter(open(m_held))
        , m_subject(awaited)
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
        if constexpr (requires { Awaited::causeOf(m_awaiter.await_resume()); }) {
            auto result = m_awaiter.await_resume(); // does no more than hand it over
            resume(Awaited::causeOf(result));
            return result;
        } else {
            resume(Awaited::cause);
            return m_awaiter.await_resume();
        }
    }

private:
    using Awaiter = decltype(open(std::declval<Held &>()));
    using Awaited = Subject<Awaitable, std::remove_cvref_t<Awaiter>>;

    void note()
    {
        const WaitNote n = m_subject.note(std::as_const(m_awaiter));
        endSlice(*m_frame, n.kind, n.detail, bitsOf(m_at),
                 Awaited::isOurs ? Activity::Suspended : Activity::OnForeign);
    }
    void resume(Cause otherwise)
    {
        if (m_suspended) {
            m_suspended = false;
            resumeSlice(*m_frame, otherwise);
        }
    }

    Held m_held;
    Awaiter m_awaiter; // a value, or a reference into m_held
    [[no_unique_address]] Awaited m_subject;
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
            m_frame->activity = Activity::OnForeign;
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
            resumeSlice(*m_frame, Cause::Task);
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
