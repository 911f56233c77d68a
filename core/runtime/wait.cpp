// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/wait.h"

#include "core/trace/note.h"

namespace coroscope {

using namespace trace;

Wait::Wait(std::vector<AnyTask> tasks, std::optional<std::chrono::nanoseconds> timeout, WaitUntil until)
    : m_tasks(std::move(tasks))
    , m_timeout(timeout)
    , m_until(until)
    , m_id {newId()}
{
    for (const AnyTask &task : m_tasks) {
        m_left += !task.isDone();
        m_oneFailed = m_oneFailed || (task.isDone() && task.error() && !task.isCancelled());
    }
}

Wait::~Wait() { stopWaiting(); }

bool Wait::isSatisfied() const noexcept
{
    if (m_left == 0)
        return true;
    return (m_until == WaitUntil::FirstCompleted && m_left < m_tasks.size())
           || (m_until == WaitUntil::FirstException && m_oneFailed);
}

bool Wait::await_ready()
{
    if (isRecording()) {
        m_recorded = true;
        record(thisThread.current ? thisThread.current->id : 0, EventType::WaitBegun, Cause::None,
               std::uint16_t(m_until), m_id.value,
               m_timeout ? std::uint64_t(m_timeout->count()) : ~std::uint64_t(0));
        for (const AnyTask &task : m_tasks)
            record(task.id().value, EventType::WaitMember, Cause::None, 0, m_id.value, 0);
    }
    return isSatisfied();
}

void Wait::begin()
{
    for (const AnyTask &task : m_tasks) {
        if (task.isDone())
            continue;
        Member &member = m_members.emplace_back();
        member.wait = this;
        task.state()->watch(member);
    }
    if (m_timeout)
        armTimer(*m_timeout);
}

void Wait::memberEnded(TaskStateBase &task) noexcept
{
    --m_left;
    m_oneFailed = m_oneFailed || (task.error() && !task.isCancelled());
    if (isSatisfied()) {
        stopWaiting();
        wake(Cause::Wait, task.id().value);
    }
}

void Wait::stopWaiting() noexcept
{
    for (Member &member : m_members)
        member.stopWatching();
}

void Wait::timeIsUp() noexcept
{
    stopWaiting();
    wake(Cause::Timeout);
}

WaitResult Wait::await_resume()
{
    WaitResult result;
    for (AnyTask &task : m_tasks)
        (task.isDone() ? result.done : result.pending).push_back(std::move(task));
    if (m_recorded && isRecording())
        record(thisThread.current ? thisThread.current->id : 0, EventType::WaitEnded, Cause::None, 0,
               m_id.value, result.done.size());
    leave();
    return result;
}

} // namespace coroscope
