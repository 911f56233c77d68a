// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"
#include "core/runtime/shared.h"

#include <QString>

#include <utility>

namespace coroscope {

namespace detail {

class PermitWaiter;

/// A number of permits and who waits for one: what locks, semaphores and queues are made of. First come,
/// first served: a permit that comes back goes to who waits longest, and who comes later waits behind all
/// whose turn hasn't come yet, even if a permit is free.
class PermitPool final : public SharedState
{
public:
    PermitPool(std::size_t free, trace::WaitKind kind, QString label)
        : m_label(std::move(label))
        , m_free(free)
        , m_kind(kind)
    { }
    std::size_t free() const noexcept { return m_free; }
    bool isWaitedFor() const noexcept { return !m_waiters.isEmpty(); }
    bool tryTake() noexcept
    {
        if (m_free == 0 || m_underWay > 0)
            return false;
        --m_free;
        return true;
    }
    void giveBack() noexcept
    {
        ++m_free;
        grant();
    }
    trace::WaitNote note() const;

private:
    friend class PermitWaiter;
    void grant() noexcept;

    ReadyQueue m_waiters;
    QString m_label;
    std::size_t m_free;
    std::size_t m_underWay = 0; // granted to tasks whose turn has not come yet
    trace::WaitKind m_kind;
};

/// Waits for a permit. Cancelled, or destroyed, after it was granted one: that goes to the next.
class PermitWaiter : public Leaf
{
public:
    trace::WaitNote traceNote() const { return m_pool->note(); }
    bool await_ready() noexcept
    {
        m_holds = m_pool->tryTake();
        return m_holds;
    }
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (enter(waiting))
            join();
    }

protected:
    explicit PermitWaiter(Shared<PermitPool> pool) noexcept
        : m_pool(std::move(pool))
    { }
    ~PermitWaiter() { handOn(); }
    PermitPool &pool() const noexcept { return *m_pool; }
    const Shared<PermitPool> &sharedPool() const noexcept { return m_pool; }
    /// To be called first by await_resume(): the permit is the caller's from there on, who gives it back.
    void takePermit();
    /// Its turn has not come yet.
    bool isGranted() const noexcept { return m_granted; }
    void join() noexcept
    {
        waitIn(m_pool->m_waiters);
        m_pool->grant();
    }
    void stopWaiting() noexcept override { handOn(); }
    virtual void wakeGranted() noexcept;

private:
    friend class PermitPool;
    void handOn() noexcept;

    Shared<PermitPool> m_pool;
    bool m_holds = false;
    bool m_granted = false;
};

} // namespace detail

/// What a Lock or Semaphore gives: it is given back when this object dies, or before that by release(), and
/// goes to who waits longest. Only on the loop's thread.
class [[nodiscard]] Permit
{
public:
    Permit() = default;
    explicit Permit(detail::Shared<detail::PermitPool> pool) noexcept
        : m_pool(std::move(pool))
    { }
    Permit(Permit &&) noexcept = default;
    Permit &operator=(Permit &&other) noexcept
    {
        if (this != &other) {
            release();
            m_pool = std::move(other.m_pool);
        }
        return *this;
    }
    ~Permit() { release(); }

    explicit operator bool() const noexcept { return bool(m_pool); }
    void release() noexcept
    {
        if (const auto pool = std::exchange(m_pool, {}))
            pool->giveBack();
    }
    bool isOf(const detail::Shared<detail::PermitPool> &pool) const noexcept { return m_pool == pool; }

private:
    detail::Shared<detail::PermitPool> m_pool;
};

/// `co_await lock.acquire()`: a Permit, at once if there is a free one and nobody is before.
class [[nodiscard]] AcquirePermit final : public detail::PermitWaiter
{
public:
    explicit AcquirePermit(detail::Shared<detail::PermitPool> pool) noexcept
        : PermitWaiter(std::move(pool))
    { }
    Permit await_resume()
    {
        takePermit();
        return Permit(sharedPool());
    }
};

} // namespace coroscope
