// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/permit.h"

#include <optional>

namespace coroscope {

/// As asyncio.Lock: one task at a time between acquire() and the end of the Permit that it gives.
///
///     const Permit held = co_await lock.acquire();
///
/// Copies share the lock. Fair: tasks get it in the order in which they came, and one that asks while others
/// wait goes behind them. A cancelled task leaves the queue; if it had been given the lock already, the next
/// gets it. Not recursive. Loop's thread only.
class Lock
{
public:
    /// `name` stands on the timeline where a task waits for it.
    explicit Lock(QString name = {})
        : m_pool(new detail::PermitPool(1, trace::WaitKind::Lock, std::move(name)))
    { }
    AcquirePermit acquire() const { return AcquirePermit(m_pool); }
    /// An empty one if it is taken.
    Permit tryAcquire() const { return m_pool->tryTake() ? Permit(m_pool) : Permit(); }
    bool isLocked() const noexcept { return m_pool->free() == 0; }

private:
    friend class Condition;
    detail::Shared<detail::PermitPool> m_pool;
};

} // namespace coroscope
