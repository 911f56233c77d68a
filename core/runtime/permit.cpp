// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/permit.h"

#include "core/trace/strings.h"

namespace coroscope::detail {

trace::WaitNote PermitPool::note() const
{
    return {m_kind, trace::isRecording() && !m_label.isEmpty() ? trace::intern(m_label).value : 0};
}

void PermitPool::grant() noexcept
{
    while (m_free > 0 && !m_waiters.isEmpty()) {
        auto &waiter = static_cast<PermitWaiter &>(m_waiters.front());
        --m_free;
        ++m_underWay;
        waiter.m_holds = waiter.m_granted = true;
        waiter.wakeGranted();
    }
}

void PermitWaiter::wakeGranted() noexcept
{
    wake(trace::Cause::Notified,
         trace::thisThread.current ? trace::rootOf(*trace::thisThread.current).id : 0);
}

void PermitWaiter::takePermit()
{
    leave();
    if (std::exchange(m_granted, false))
        --m_pool->m_underWay;
    m_holds = false;
}

void PermitWaiter::handOn() noexcept
{
    if (std::exchange(m_granted, false))
        --m_pool->m_underWay;
    if (std::exchange(m_holds, false))
        m_pool->giveBack();
}

} // namespace coroscope::detail
