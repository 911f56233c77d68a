// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/timeoutscope.h"

#include <stdexcept>

namespace coroscope {

TimeoutScope::TimeoutScope(std::optional<std::chrono::nanoseconds> limit)
    : m_loop(Loop::current())
{
    if (!m_loop)
        throw std::logic_error("this thread has no coroscope::Loop: nothing can be timed here");
    reschedule(limit);
}

TimeoutScope::~TimeoutScope() { leave(); }

void TimeoutScope::disarm() noexcept
{
    if (isArmed()) // never after the loop's end, which takes all out
        m_loop->disarm(*this);
}

void TimeoutScope::reschedule(std::optional<std::chrono::nanoseconds> limit)
{
    disarm();
    if (limit && !m_hasLeft && !isExpired())
        m_loop->arm(*this, *limit);
}

bool TimeoutScope::leave() noexcept
{
    m_hasLeft = true;
    disarm();
    return m_scope.leave();
}

void TimeoutScope::rethrow()
{
    if (leave())
        throw TimeoutError();
    throw;
}

} // namespace coroscope
