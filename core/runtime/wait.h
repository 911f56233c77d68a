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
class [[nodiscard]] Wait : public Leaf
{
public:
    Wait(std::vector<AnyTask> tasks, std::optional<std::chrono::nanoseconds> timeout, WaitUntil until);
    Wait(const Wait &) = delete;
    Wait &operator=(const Wait &) = delete;
    virtual ~Wait();
    trace::WaitNote traceNote() const { return {trace::WaitKind::Wait, m_id.value}; }
    bool await_ready();
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (enter(waiting))
            begin();
    }
    WaitResult await_resume();

protected:
    enum class Counts { Failed, FailedAndCancelled };
    /// For awaiters that are more particular about what ends the wait.
    Wait(std::vector<AnyTask> tasks, WaitUntil until, Counts asFailed);
    const std::vector<AnyTask> &tasks() const noexcept { return m_tasks; }
    bool isWatching() const noexcept { return m_watching; }
    /// The one that failed first; null if none did.
    TaskStateBase *firstFailed() const noexcept { return m_firstFailed; }
    /// To be called first by await_resume().
    void end();

private:
    struct Member final : TaskWatcher
    {
        void taskEnded(TaskStateBase &task) noexcept override { wait->memberEnded(task); }
        Wait *wait = nullptr;
    };
    void begin();
    void memberEnded(TaskStateBase &task) noexcept;
    void noteEnded(TaskStateBase &task) noexcept;
    bool isSatisfied() const noexcept;
    void stopWaiting() noexcept override;
    void timeIsUp() noexcept override;

    std::vector<AnyTask> m_tasks;
    std::deque<Member> m_members;
    std::optional<std::chrono::nanoseconds> m_timeout;
    WaitUntil m_until;
    WaitId m_id;
    std::size_t m_left = 0;
    TaskStateBase *m_firstFailed = nullptr;
    Counts m_asFailed = Counts::Failed;
    bool m_recorded = false;
    bool m_watching = false;
};

inline Wait wait(std::vector<AnyTask> tasks, std::optional<std::chrono::nanoseconds> timeout = {},
                 WaitUntil until = WaitUntil::AllCompleted)
{
    return Wait(std::move(tasks), timeout, until);
}

} // namespace coroscope
