// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/threadexecutor.h"

#include "core/trace/note.h"

namespace coroscope {

using namespace trace;

void JobBase::finish(std::uint64_t worker)
{
    m_inbox->post([job = shared_from_this(), worker] {
        job->m_done = true;
        while (!job->m_waiters.isEmpty())
            Leaf::wakeFirst(job->m_waiters, Cause::Job, worker);
    });
}

ThreadExecutor::ThreadExecutor(int threads, QString name)
    : m_name(std::move(name))
{
    m_threads.reserve(std::size_t(threads));
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back(&ThreadExecutor::work, this, i + 1);
}

ThreadExecutor::~ThreadExecutor()
{
    std::deque<std::shared_ptr<JobBase>> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_queue);
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
    for (const auto &job : dropped) {
        job->abandon();
        job->finish(0);
    }
}

std::shared_ptr<LoopInbox> ThreadExecutor::inboxOfThisThread()
{
    Loop *const loop = Loop::current();
    if (!loop)
        throw std::logic_error(
            "ThreadExecutor: this thread has no coroscope::Loop to bring the result back to");
    return loop->inbox();
}

void ThreadExecutor::submit(std::shared_ptr<JobBase> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void ThreadExecutor::work(int index)
{
    const std::uint32_t lane = newId();
    std::uint32_t announcedTo = 0;
    for (;;) {
        std::shared_ptr<JobBase> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            job = std::move(m_queue.front());
            m_queue.pop_front();
        }
        if (isRecording()) {
            if (const std::uint32_t epoch = trace::detail::epoch.load(); announcedTo != epoch) {
                announcedTo = epoch;
                record(lane, EventType::Created, Cause::None, std::uint16_t(EntityKind::Worker), 0, 0);
                recordText(lane, TextKind::Name, m_name + u' ' + QString::number(index));
            }
            record(lane, EventType::Resumed, Cause::Job, 0, job->m_submitter, 0);
            recordText(lane, TextKind::SliceLabel, job->m_name);
        }
        job->work();
        if (isRecording())
            record(lane, EventType::Suspended, Cause::None, std::uint16_t(WaitKind::Idle), 0, 0);
        job->finish(lane);
    }
}

} // namespace coroscope
