// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/workerpool.h"

#include "core/runtime/job.h"
#include "core/runtime/workerlane.h"
#include "core/trace/strings.h"

#include <QCoreApplication>

#include <algorithm>
#include <system_error>
#include <utility>

namespace coroscope {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::WorkerPool)
};

} // namespace

void WorkerPool::AfterLock::run()
{
    for (const auto &worker : wake)
        worker->unpark();
    for (const auto &job : admitted)
        job->tellAdmitted();
}

WorkerPool::WorkerPool(QString name, int threads, std::size_t capacity, const MakeWorker &makeWorker)
    : m_name(std::move(name))
    , m_capacity(capacity)
    , m_running(std::size_t(std::max(threads, 1)))
{
    for (std::size_t i = 0; i < m_running.size(); ++i)
        m_workers.push_back(makeWorker(int(i) + 1));
    m_threads.reserve(m_running.size());
}

WorkerPool::~WorkerPool() = default;

StringId WorkerPool::roomLabel() const
{
    return trace::intern(Words::tr("room in the queue of %1").arg(m_name));
}

void WorkerPool::move(JobList &from, JobList &to)
{
    from.front()->m_list = &to;
    to.splice(to.end(), from, from.begin());
}

/// Fills the room that has come.
void WorkerPool::moveUp(AfterLock &after)
{
    for (;;) {
        if (!m_pending.empty() && m_busy < m_running.size()) {
            m_pending.front()->m_isClaimed.store(true, std::memory_order_relaxed);
            move(m_pending, m_claimed);
            ++m_busy;
            m_isWorkThere.store(true, std::memory_order_relaxed);
            wakeSomebody(after);
        } else if (!m_outside.empty() && (m_pending.size() < m_capacity || m_busy < m_running.size())) {
            after.admitted.push_back(m_outside.front());
            move(m_outside, m_pending);
        } else {
            return;
        }
    }
}

void WorkerPool::wakeSomebody(AfterLock &after)
{
    if (m_claimed.size() <= m_looking)
        return;
    if (!m_parked.empty()) {
        after.wake.push_back(m_workers[std::size_t(m_parked.back())]);
        m_parked.pop_back();
        ++m_looking;
    } else if (m_threads.size() < m_workers.size()) {
        try {
            m_threads.emplace_back(&WorkerPool::work, this, int(m_threads.size()));
            ++m_looking;
        } catch (const std::system_error &) {
            if (m_threads.empty())
                throw; // else those that are there will come to it
        }
    }
}

bool WorkerPool::add(const std::shared_ptr<JobBase> &job, WhenFull whenFull)
{
    AfterLock after;
    bool isQueued = true;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping) {
            job->fail(std::make_exception_ptr(ExecutorShutDown()));
            job->finish(0);
            return true;
        }
        // Nobody overtakes those who wait for room.
        isQueued = m_outside.empty() && (m_busy < m_running.size() || m_pending.size() < m_capacity);
        if (!isQueued && whenFull == WhenFull::Refuse)
            return false;
        JobList &list = isQueued ? m_pending : m_outside;
        job->m_place = list.insert(list.end(), job);
        job->m_list = &list;
        try {
            moveUp(after);
        } catch (...) {
            JobList out;
            takeOut(*job, out);
            throw;
        }
    }
    after.run();
    return isQueued;
}

bool WorkerPool::takeOut(JobBase &job, JobList &into)
{
    JobList *const list = std::exchange(job.m_list, nullptr);
    if (!list)
        return false;
    into.splice(into.end(), *list, job.m_place);
    if (list == &m_claimed) {
        --m_busy;
        m_isWorkThere.store(!m_claimed.empty(), std::memory_order_relaxed);
    }
    return true;
}

bool WorkerPool::takeBack(JobBase &job)
{
    AfterLock after;
    JobList out; // its job may be destroyed outside of the lock only
    {
        const std::lock_guard lock(m_mutex);
        if (!takeOut(job, out))
            return false;
        moveUp(after);
    }
    after.run();
    return true;
}

void WorkerPool::release(int index)
{
    AfterLock after;
    std::shared_ptr<JobBase> ended;
    {
        const std::lock_guard lock(m_mutex);
        ended = std::move(m_running[std::size_t(index)]);
        --m_busy;
        ++m_looking;
        if (!m_stopping)
            moveUp(after);
    }
    after.run();
}

std::shared_ptr<JobBase> WorkerPool::take(int index, bool comesFromJob)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (m_stopping) {
            --m_looking;
            return {};
        }
        if (!m_claimed.empty()) {
            --m_looking;
            std::shared_ptr<JobBase> job = std::move(m_claimed.front());
            m_claimed.pop_front();
            m_isWorkThere.store(!m_claimed.empty(), std::memory_order_relaxed);
            job->m_list = nullptr;
            m_running[std::size_t(index)] = job;
            return job;
        }
        if (std::exchange(comesFromJob, false) && !m_spinning && m_spin.isPromising()) {
            m_spinning = true;
            lock.unlock();
            m_spin.until([this] { return m_isWorkThere.load(std::memory_order_relaxed); });
            lock.lock();
            m_spinning = false;
            continue;
        }
        m_parked.push_back(index);
        --m_looking; // who unparks it counts it again
        lock.unlock();
        m_workers[std::size_t(index)]->park();
        lock.lock();
    }
}

void WorkerPool::work(int index)
{
    Worker &worker = *m_workers[std::size_t(index)];
    WorkerLane lane;
    bool comesFromJob = false;
    while (const std::shared_ptr<JobBase> job = take(index, comesFromJob)) {
        worker.prepare();
        const bool isTraced = !job->name().isEmpty();
        if (isTraced)
            lane.beginJob(job->name(), job->submitter(), worker.laneName());
        job->work(worker);
        if (isTraced)
            lane.endJob();
        release(index);
        job->finish(lane.id());
        comesFromJob = true;
    }
}

void WorkerPool::shutDown()
{
    JobList dropped;
    std::vector<std::shared_ptr<JobBase>> running;
    std::vector<int> parked;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_isWorkThere.store(true, std::memory_order_relaxed);
        for (JobList *const list : {&m_claimed, &m_pending, &m_outside})
            dropped.splice(dropped.end(), *list);
        for (const auto &job : dropped)
            job->m_list = nullptr;
        running = m_running;
        parked.swap(m_parked);
        m_looking += parked.size();
    }
    for (const int index : parked)
        m_workers[std::size_t(index)]->unpark();
    for (const auto &job : running)
        if (job)
            job->stop();
    for (std::thread &thread : m_threads)
        thread.join();
    m_workers.clear(); // the pool lives as long as handles to its jobs
    for (const auto &job : dropped) {
        job->fail(std::make_exception_ptr(ExecutorShutDown()));
        job->finish(0);
    }
}

} // namespace coroscope
