// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/lock.h"

#include <limits>

namespace coroscope {

/// As asyncio.Condition: tasks that hold a lock wait until others, who change under the lock what they wait
/// for, notify them.
///
///     Permit held = co_await condition.lock().acquire();
///     while (!ready)
///         co_await condition.wait(held);
///
/// Copies share it. Who waits longest is notified first. Loop's thread only.
class Condition
{
    struct State final : detail::SharedState
    {
        explicit State(Lock l)
            : lock(std::move(l))
        { }
        Lock lock;
        ReadyQueue waiters;
    };

public:
    explicit Condition(Lock lock = Lock())
        : m_state(new State(std::move(lock)))
    { }
    const Lock &lock() const noexcept { return m_state->lock; }

    /// Wakes so many of those who wait; each goes on when it has got the lock, so after the caller has given
    /// it up. Throws InvalidStateError if nobody holds the lock.
    void notify(std::size_t count = 1) const;
    void notifyAll() const { notify(std::numeric_limits<std::size_t>::max()); }

    class Awaiter;
    /// Gives up the lock, waits to be notified, and takes the lock again before it goes on, also when it was
    /// cancelled: CancelledError is thrown with the lock held. A notification that reaches a cancelled task
    /// goes to the next. `held` is this condition's lock, acquired (else InvalidStateError), and lives in the
    /// awaiting coroutine.
    Awaiter wait(Permit &held) const;

private:
    detail::Shared<State> m_state;
};

class [[nodiscard]] Condition::Awaiter final : public detail::PermitWaiter
{
public:
    Awaiter(detail::Shared<State> state, Permit &held)
        : PermitWaiter(state->lock.m_pool)
        , m_state(std::move(state))
        , m_held(&held)
    { }
    trace::WaitNote traceNote() const;
    bool await_ready() const;
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (enter(waiting))
            giveUpLock();
    }
    void await_resume();
    void cancel() noexcept override;

private:
    friend class Condition;
    enum class Stage { Before, Waiting, Locking };
    void giveUpLock() noexcept;
    void takeLockAgain() noexcept;
    void wakeGranted() noexcept override;

    detail::Shared<State> m_state;
    Permit *m_held;
    Stage m_stage = Stage::Before;
    bool m_isNotified = false;
    bool m_mustThrow = false;
};

inline Condition::Awaiter Condition::wait(Permit &held) const { return Awaiter(m_state, held); }

} // namespace coroscope
