// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/condition.h"

#include "core/trace/strings.h"

#include <QCoreApplication>

namespace coroscope {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::Condition)
};

} // namespace

void Condition::notify(std::size_t count) const
{
    if (!lock().isLocked())
        throw InvalidStateError("a condition is notified by who holds its lock");
    for (; count > 0 && !m_state->waiters.isEmpty(); --count) {
        auto &waiter = static_cast<Awaiter &>(m_state->waiters.front());
        waiter.m_isNotified = true;
        waiter.takeLockAgain();
    }
}

trace::WaitNote Condition::Awaiter::traceNote() const
{
    return {trace::WaitKind::Notifier, trace::isRecording() ? trace::intern(Tr::tr("a condition")).value : 0};
}

bool Condition::Awaiter::await_ready() const
{
    if (!m_held->isOf(sharedPool()))
        throw InvalidStateError("who waits for a condition holds its lock");
    return false;
}

void Condition::Awaiter::giveUpLock() noexcept
{
    m_stage = Stage::Waiting;
    waitIn(m_state->waiters);
    m_held->release();
}

void Condition::Awaiter::takeLockAgain() noexcept
{
    unlink();
    m_stage = Stage::Locking;
    join();
}

void Condition::Awaiter::wakeGranted() noexcept
{
    if (m_mustThrow)
        wake(trace::Cause::Cancel);
    else
        PermitWaiter::wakeGranted();
}

void Condition::Awaiter::cancel() noexcept
{
    switch (m_stage) {
    case Stage::Before: // cancelled before it came to wait: the lock was never given up
        return Leaf::cancel();
    case Stage::Waiting:
        m_mustThrow = true;
        return takeLockAgain();
    case Stage::Locking:
        m_mustThrow = true;
        if (std::exchange(m_isNotified, false) && !m_state->waiters.isEmpty()) {
            auto &next = static_cast<Awaiter &>(m_state->waiters.front());
            next.m_isNotified = true;
            next.takeLockAgain();
        }
        return;
    }
}

void Condition::Awaiter::await_resume()
{
    takePermit();
    *m_held = Permit(sharedPool());
    if (m_mustThrow)
        throw CancelledError();
}

} // namespace coroscope
