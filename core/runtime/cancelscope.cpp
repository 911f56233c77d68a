// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/cancelscope.h"

#include "core/runtime/loop.h"
#include "core/runtime/taskstate.h"

#include <stdexcept>

namespace coroscope {

namespace {
constinit thread_local std::uint64_t lastNumber = 0;
} // namespace

CancelScope::CancelScope()
    : m_frame(trace::thisThread.current)
    , m_begun(++lastNumber)
{
    if (!m_frame)
        throw std::logic_error("a scope of cancellation needs a coroutine around it");
    m_task = TaskStateBase::of(*m_frame);
    if (!m_task)
        return;
    m_task->ref();
    m_requestsBefore = m_task->cancelRequests();
}

void CancelScope::cancel() noexcept
{
    if (m_isCancelled || m_hasLeft)
        return;
    m_isCancelled = true;
    m_cancelled = ++lastNumber;
    const bool reached = trace::cancelLeaves(*m_frame);
    if (!m_task)
        return;
    m_next = m_task->m_scopes;
    if (m_next)
        m_next->m_previous = this;
    m_task->m_scopes = this;
    if (!reached && m_task->m_loop) {
        m_isPending = true;
        ++m_task->m_loop->m_pendingCancellations;
    }
}

bool CancelScope::isInsideOfOneCancelledMeanwhile() const noexcept
{
    for (const CancelScope *scope = m_task->m_scopes; scope; scope = scope->m_next) {
        if (scope == this || scope->m_cancelled < m_begun)
            continue;
        if (scope->m_frame == m_frame ? scope->m_begun < m_begun : trace::isBelow(*m_frame, *scope->m_frame))
            return true;
    }
    return false;
}

bool CancelScope::leave() noexcept
{
    if (m_hasLeft)
        return false;
    m_hasLeft = true;
    if (!m_task)
        return m_isCancelled;
    const bool isOurs = m_isCancelled && m_task->cancelRequests() == m_requestsBefore
                        && !isInsideOfOneCancelledMeanwhile();
    if (m_isCancelled) {
        if (m_isPending && m_task->m_loop)
            --m_task->m_loop->m_pendingCancellations;
        m_isPending = false;
        (m_previous ? m_previous->m_next : m_task->m_scopes) = m_next;
        if (m_next)
            m_next->m_previous = m_previous;
    }
    m_task->unref();
    return isOurs;
}

} // namespace coroscope
