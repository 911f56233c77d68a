// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/errors.h"
#include "core/runtime/loop.h"
#include "core/trace/awaiters.h"
#include "core/trace/promise.h"

#include <concepts>

namespace coroscope {

/// What all our awaiters share: the ready queue, cancellation, a timer.
///
/// A derived awaiter's await_suspend() calls enter() first and, if that returns true, arranges for wake() to
/// be called later; its await_resume() calls leave() first. wake(), timeIsUp() and cancel() only put the leaf
/// into its loop's ready queue: the task goes on at its turn, on the loop's thread. A leaf that dies while it
/// waits takes itself out of every list. One leaf, one await.
class Leaf : public trace::CancellableLeaf, protected ReadyNode, protected TimerNode
{
public:
    Loop *loop() const noexcept { return m_loop; }
    void cancel() noexcept override;
    bool isOnItsThread() const noexcept override { return m_loop && m_loop == Loop::current(); }
    /// The loop is going away.
    void leaveLoop() noexcept;

    /// Wakes the leaf that came first into a list of waiters, which it joined with waitIn().
    static void wakeFirst(ReadyQueue &list, trace::Cause cause, std::uint64_t who) noexcept
    {
        static_cast<Leaf &>(list.front()).wake(cause, who);
    }

protected:
    Leaf() = default;
    Leaf(const Leaf &) = delete;
    Leaf &operator=(const Leaf &) = delete;
    ~Leaf();

    /// False if the task was cancelled before it came to wait: then the leaf is on its way back already.
    template<class Promise>
    bool enter(std::coroutine_handle<Promise> waiting)
    {
        handle = waiting;
        if constexpr (requires {
                          { waiting.promise().info() } -> std::same_as<trace::FrameInfo &>;
                      })
            return begin(&waiting.promise().info());
        else
            return begin(nullptr);
    }
    /// Throws CancelledError if the task was cancelled while it waited here.
    void leave()
    {
        if (m_cancelled) [[unlikely]]
            throw CancelledError();
    }
    /// Puts the task into the ready queue. Does nothing if it is there already or the loop is gone.
    void wake(trace::Cause cause, std::uint64_t who = 0) noexcept;
    void waitIn(ReadyQueue &list) noexcept { list.push(*this); }
    /// Gives up what wakes the leaf (lists of others); called before a cancellation is delivered.
    virtual void stopWaiting() noexcept { }
    void timeIsUp() noexcept override { wake(trace::Cause::Timer); }

    bool isCancelled() const noexcept { return m_cancelled; }
    TaskId waitingTask() const noexcept { return {m_frame ? m_frame->id : 0}; }
    void armTimer(std::chrono::nanoseconds after) { m_loop->arm(*this, after); }
    void disarmTimer() noexcept
    {
        if (m_loop)
            m_loop->disarm(*this);
    }

private:
    bool begin(trace::FrameInfo *frame);

    Loop *m_loop = nullptr;
    trace::FrameInfo *m_frame = nullptr;
    bool m_cancelled = false;
    bool m_woken = false;
};

} // namespace coroscope
