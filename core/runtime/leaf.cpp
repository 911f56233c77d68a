// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/leaf.h"

namespace coroscope {

bool Leaf::begin(trace::FrameInfo *frame)
{
    m_loop = Loop::current();
    if (!m_loop)
        throw std::logic_error(
            "this thread has no coroscope::Loop: an awaiter of its runtime can't wait here");
    m_frame = frame;
    if (!frame)
        return true;
    frame->leaf = this;
    frame->activity = trace::Activity::OnLeaf;
    if (m_loop->hasPendingCancellations()) [[unlikely]] {
        trace::FrameInfo &root = trace::rootOf(*frame);
        if (root.hasOwner && root.owner->takeCancellation(*frame)) {
            cancel();
            return false;
        }
    }
    return true;
}

void Leaf::wake(trace::Cause c, std::uint64_t w) noexcept
{
    if (m_woken || !m_loop)
        return;
    m_woken = true;
    disarmTimer();
    unlink();
    cause = c;
    who = w;
    if (m_frame)
        if (trace::Ring *const ring = trace::recordingRing(*m_frame))
            ring->push({trace::Clock::ticks(), m_frame->id, trace::EventType::Ready, c, 0, w, 0}, false);
    m_loop->schedule(*this);
}

void Leaf::cancel() noexcept
{
    if (m_cancelled)
        return;
    m_cancelled = true; // it beats a result that has not been delivered yet
    stopWaiting();
    m_woken = false;
    wake(trace::Cause::Cancel, trace::thisThread.current ? trace::rootOf(*trace::thisThread.current).id : 0);
}

void Leaf::leaveLoop() noexcept
{
    disarmTimer();
    unlink();
    m_loop = nullptr;
}

Leaf::~Leaf()
{
    disarmTimer();
    if (m_frame && m_frame->activity == trace::Activity::OnLeaf && m_frame->leaf == this)
        m_frame->activity = trace::Activity::Suspended;
}

} // namespace coroscope
