// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/briefspin.h"
#include "core/trace/ids.h"

#include <QString>

#include <atomic>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace coroscope {

class JobBase;

/// An executor's queue has no room. `co_await executor.submit(…)` waits for it instead.
class QueueFull : public std::runtime_error
{
public:
    QueueFull()
        : std::runtime_error("the executor's queue is full: await submit() to wait for room")
    { }
};

/// The executor was destroyed before the job began.
class ExecutorShutDown : public std::runtime_error
{
public:
    ExecutorShutDown()
        : std::runtime_error("the executor was shut down before the job began")
    { }
};

/// What a pool's thread is besides a thread. One for each, used by it alone but for unpark().
class Worker
{
public:
    virtual ~Worker() = default;
    /// Before each job.
    virtual void prepare() { }
    /// The name of its lane in the trace, from the next job on.
    virtual QString laneName() const = 0;
    /// Sleeps until unpark(). One unpark(), one return.
    virtual void park() = 0;
    /// Any thread.
    virtual void unpark() = 0;
};

/// The threads of an executor and their queue. A job goes one way through three lists: *outside* (who
/// submitted it waits for room), *pending* (bounded), *claimed* (a thread is free for it, and on its way). So
/// it is known at once, not by chance, whether a job runs; and a queue of capacity c with n threads takes n +
/// c jobs.
///
/// Threads are started when jobs need them, and the one that slept last is woken first. A thread that has
/// ended a job looks out for the next one for at most 50 µs before it sleeps; never more than one thread of a
/// pool does (briefspin.h). All functions may be called on any thread.
class WorkerPool
{
public:
    using MakeWorker = std::function<std::unique_ptr<Worker>(int index)>; ///< index: 1, 2 …
    WorkerPool(QString name, int threads, std::size_t capacity, const MakeWorker &makeWorker);
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    enum class WhenFull { Refuse, Wait };
    /// Queues a job. False: there is no room, and it was refused or waits outside for it.
    bool add(const std::shared_ptr<JobBase> &job, WhenFull whenFull);
    /// Takes a job out that has not begun. False if it has.
    bool takeBack(JobBase &job);
    /// What who waits for room waits for, in the trace.
    StringId roomLabel() const;

    /// Asks the running jobs to stop, waits until they have ended, and fails those that have not begun. Once,
    /// by the executor's destructor.
    void shutDown();

private:
    using JobList = std::list<std::shared_ptr<JobBase>>;
    /// What is to be done once the lock is open.
    struct AfterLock
    {
        std::vector<std::shared_ptr<Worker>> wake;
        JobList admitted;
        void run();
    };
    void moveUp(AfterLock &after);
    void move(JobList &from, JobList &to);
    bool takeOut(JobBase &job, JobList &into);
    void wakeSomebody(AfterLock &after);
    void work(int index);
    std::shared_ptr<JobBase> take(int index, bool comesFromJob);
    void release(int index);

    const QString m_name;
    const std::size_t m_capacity;
    std::vector<std::shared_ptr<Worker>> m_workers;

    std::mutex m_mutex;
    JobList m_claimed;
    JobList m_pending;
    JobList m_outside;
    std::vector<std::shared_ptr<JobBase>> m_running; // by thread
    std::vector<std::thread> m_threads; // those that were started
    std::vector<int> m_parked;
    std::size_t m_busy = 0; // claimed or running
    std::size_t m_looking = 0; // threads that will look into m_claimed without being woken
    bool m_spinning = false;
    bool m_stopping = false;
    std::atomic<bool> m_isWorkThere = false; // for who spins
    BriefSpin m_spin {std::chrono::microseconds(50)};
};

} // namespace coroscope
