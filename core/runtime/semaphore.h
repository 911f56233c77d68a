// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/permit.h"

#include <QCoreApplication>

namespace coroscope {

/// As asyncio.Semaphore (bounded: a Permit is given back once): at most so many tasks at a time hold a
/// Permit.
///
///     const Permit held = co_await semaphore.acquire();
///
/// Copies share it. Fair and cancellable as Lock. Loop's thread only.
class Semaphore
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::Semaphore)

public:
    explicit Semaphore(std::size_t permits, const QString &name = {})
        : m_pool(new detail::PermitPool(permits, trace::WaitKind::Lock,
                                        name.isEmpty() ? tr("(semaphore)") : tr("%1 (semaphore)").arg(name)))
    { }
    AcquirePermit acquire() const { return AcquirePermit(m_pool); }
    /// An empty one if all are taken, or others wait.
    Permit tryAcquire() const { return m_pool->tryTake() ? Permit(m_pool) : Permit(); }
    std::size_t free() const noexcept { return m_pool->free(); }

private:
    detail::Shared<detail::PermitPool> m_pool;
};

} // namespace coroscope
