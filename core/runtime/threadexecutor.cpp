// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/threadexecutor.h"

#include "core/trace/frame.h"
#include "core/trace/note.h"

#include <utility>

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
    // The lane stands on the thread's stack of slices, below the coroutines that a job may call.
    FrameInfo lane;
    lane.id = newId();
    lane.hasOwner = true;
    lane.owner = nullptr;
    std::uint32_t namedTo = 0;
    const auto announce = [&] {
        if (!ringForEvent())
            return;
        if (lane.announcedTo != thisThread.announcement) {
            lane.announcedTo = thisThread.announcement;
            record(lane.id, EventType::Created, Cause::None, std::uint16_t(EntityKind::Worker), 0, 0);
        }
        if (std::exchange(namedTo, thisThread.epoch) != thisThread.epoch)
            recordText(lane.id, TextKind::Name, m_name + u' ' + QString::number(index));
    };
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
        announce();
        beginSlice(lane, Cause::Job, job->m_submitter);
        thisThread.base = &lane;
        if (isRecording())
            recordText(lane.id, TextKind::SliceLabel, job->m_name);
        job->work();
        thisThread.base = nullptr;
        endSlice(lane, WaitKind::Idle, 0, 0);
        job->finish(lane.id);
    }
}

} // namespace coroscope
