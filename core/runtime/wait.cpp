// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/wait.h"

#include "core/trace/note.h"

#include <algorithm>

namespace coroscope {

using namespace trace;

Wait::Wait(std::vector<AnyTask> tasks, std::optional<std::chrono::nanoseconds> timeout, WaitUntil until)
    : Wait(std::move(tasks), until, Counts::Failed)
{
    m_timeout = timeout;
}

Wait::Wait(std::vector<AnyTask> tasks, WaitUntil until, Counts asFailed)
    : m_tasks(std::move(tasks))
    , m_until(until)
    , m_id {newId()}
    , m_left(m_tasks.size())
    , m_asFailed(asFailed)
{
    for (const AnyTask &task : m_tasks)
        if (task.isDone())
            noteEnded(*task.state());
}

Wait::~Wait() { stopWaiting(); }

bool Wait::isSatisfied() const noexcept
{
    if (m_left == 0)
        return true;
    return (m_until == WaitUntil::FirstCompleted && m_left < m_tasks.size())
           || (m_until == WaitUntil::FirstException && m_firstFailed);
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
    m_watching = true;
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

void Wait::noteEnded(TaskStateBase &task) noexcept
{
    --m_left;
    const bool failed = task.error() && (!task.isCancelled() || m_asFailed == Counts::FailedAndCancelled);
    if (failed && !m_firstFailed)
        m_firstFailed = &task;
}

void Wait::memberEnded(TaskStateBase &task) noexcept
{
    noteEnded(task);
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

void Wait::end()
{
    if (m_recorded && isRecording())
        record(thisThread.current ? thisThread.current->id : 0, EventType::WaitEnded, Cause::None, 0,
               m_id.value, std::uint64_t(std::ranges::count_if(m_tasks, &AnyTask::isDone)));
    leave();
}

WaitResult Wait::await_resume()
{
    end();
    WaitResult result;
    for (AnyTask &task : m_tasks)
        (task.isDone() ? result.done : result.pending).push_back(std::move(task));
    return result;
}

} // namespace coroscope
