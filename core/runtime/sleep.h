// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"

#include <chrono>

namespace coroscope {

/// `co_await sleep(500ms)`: the task goes on no earlier than that, on its loop; others run meanwhile.
/// Zero or less is as yield(), but after the timers that are due.
class [[nodiscard]] Sleep final : public Leaf
{
public:
    explicit Sleep(std::chrono::nanoseconds duration)
        : m_duration(duration)
    { }
    trace::WaitNote traceNote() const
    {
        return {trace::WaitKind::Sleep, std::uint64_t(std::max<std::int64_t>(m_duration.count(), 0))};
    }
    bool await_ready() const noexcept { return false; }
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (enter(waiting))
            armTimer(m_duration);
    }
    void await_resume() { leave(); }

private:
    std::chrono::nanoseconds m_duration;
};

inline Sleep sleep(std::chrono::nanoseconds duration) { return Sleep(duration); }

} // namespace coroscope
