// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/task.h"

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace coroscope {

using trace::WaitUntil;

struct WaitResult
{
    std::vector<AnyTask> done; ///< in the order in which they were given
    std::vector<AnyTask> pending;
};

/// `co_await wait(tasks, timeout, until)`, as asyncio.wait: goes on as soon as all, the first, or the first
/// failed of the tasks have ended (a cancelled one counts as ended, not as failed), or when the time is up.
/// It cancels nothing and throws nothing of the tasks'. Cancelling who waits leaves the tasks alone.
class [[nodiscard]] Wait final : public Leaf
{
public:
    Wait(std::vector<AnyTask> tasks, std::optional<std::chrono::nanoseconds> timeout, WaitUntil until);
    ~Wait();
    trace::WaitNote traceNote() const { return {trace::WaitKind::Wait, m_id.value}; }
    bool await_ready();
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (enter(waiting))
            begin();
    }
    WaitResult await_resume();

private:
    struct Member final : TaskWatcher
    {
        void taskEnded(TaskStateBase &task) noexcept override { wait->memberEnded(task); }
        Wait *wait = nullptr;
    };
    void begin();
    void memberEnded(TaskStateBase &task) noexcept;
    bool isSatisfied() const noexcept;
    void stopWaiting() noexcept override;
    void timeIsUp() noexcept override;

    std::vector<AnyTask> m_tasks;
    std::deque<Member> m_members;
    std::optional<std::chrono::nanoseconds> m_timeout;
    WaitUntil m_until;
    WaitId m_id;
    std::size_t m_left = 0;
    bool m_oneFailed = false;
    bool m_recorded = false;
};

inline Wait wait(std::vector<AnyTask> tasks, std::optional<std::chrono::nanoseconds> timeout = {},
                 WaitUntil until = WaitUntil::AllCompleted)
{
    return Wait(std::move(tasks), timeout, until);
}

} // namespace coroscope
