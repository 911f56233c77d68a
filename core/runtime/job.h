// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"
#include "core/runtime/workerpool.h"
#include "core/trace/note.h"
#include "core/trace/strings.h"

#include <QString>

#include <atomic>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <type_traits>

namespace coroscope {

enum class JobPhase {
    Pending, ///< waits for a worker
    Running, ///< a worker is there for it
    Done,
};
/// As concurrent.futures says it: "pending", "running", "finished".
QString toText(JobPhase phase);

/// A job's part that doesn't depend on its result. A worker's thread runs it; what isn't said to be any
/// thread's is the loop's thread's.
class JobBase : public std::enable_shared_from_this<JobBase>
{
public:
    virtual ~JobBase() = default;
    const QString &name() const noexcept { return m_name; }
    /// The task that submitted it; 0 outside of one.
    std::uint64_t submitter() const noexcept { return m_submitter; }
    bool isDone() const noexcept { return m_done; }
    JobPhase phase() const noexcept
    {
        return m_done                                        ? JobPhase::Done
               : m_isClaimed.load(std::memory_order_relaxed) ? JobPhase::Running
                                                             : JobPhase::Pending;
    }
    void requestStop();

    // --- for awaiters --------------------------------------------------------------------------------
    ReadyQueue &waiters() noexcept { return m_waiters; }
    void addWaiter() noexcept { ++m_waiting; }
    void waiterServed() noexcept { --m_waiting; }
    /// It was cancelled, or its frame destroyed.
    void waiterGaveUp();

protected:
    JobBase(QString name, std::shared_ptr<WorkerPool> pool);
    /// On a worker's thread: does the work, keeps its result or error.
    virtual void work(Worker &worker) noexcept = 0;
    /// Instead of work(); any thread.
    virtual void fail(std::exception_ptr error) noexcept = 0;
    /// Whether the work can be told to end early.
    virtual bool takesStop() const noexcept { return false; }
    /// Tells it so; any thread.
    virtual void stop() noexcept { }

private:
    friend class WorkerPool;
    /// The loop learns that there is a result. Any thread; `worker`: the lane that made it, or 0.
    void finish(std::uint64_t worker);
    /// Who waited for room in the queue may go on. Any thread.
    void tellAdmitted();

    QString m_name;
    std::shared_ptr<WorkerPool> m_pool;
    std::shared_ptr<LoopInbox> m_inbox;
    std::uint64_t m_submitter;
    ReadyQueue m_waiters;
    int m_waiting = 0;
    bool m_done = false;
    std::atomic<bool> m_isClaimed = false;
    // The pool's, under its lock: the list that the job is in.
    std::list<std::shared_ptr<JobBase>> *m_list = nullptr;
    std::list<std::shared_ptr<JobBase>>::iterator m_place;
};

template<class R>
class JobState : public JobBase
{
    struct Nothing
    { };

public:
    using Result = R;
    using JobBase::JobBase;
    R result() const
    {
        if (!isDone())
            throw InvalidStateError("the job has not ended yet");
        if (m_error)
            std::rethrow_exception(m_error);
        if constexpr (!std::is_void_v<R>)
            return *m_value;
    }

protected:
    void fail(std::exception_ptr error) noexcept override { m_error = std::move(error); }
    std::optional<std::conditional_t<std::is_void_v<R>, Nothing, R>> m_value;
    std::exception_ptr m_error;
};

/// Work of an executor, on another thread or in another process. Copies share it; dropping it stops nothing.
/// `co_await job` gives a copy of its result or throws what it threw; any number of tasks of the loop that
/// submitted it may wait, and the ready queue resumes them. Use it on that loop's thread.
///
/// A task that is cancelled while it waits goes on at its turn, at once. If nobody else waits then, work that
/// can be stopped is (see requestStop()); other work runs on, and its result is dropped.
template<class R>
class Job
{
public:
    using value_type = R;

    explicit Job(std::shared_ptr<JobState<R>> state)
        : m_state(std::move(state))
    { }
    bool isDone() const noexcept { return m_state->isDone(); }
    JobPhase phase() const noexcept { return m_state->phase(); }
    const QString &name() const noexcept { return m_state->name(); }
    /// As co_await, if it is done; else InvalidStateError.
    R result() const { return m_state->result(); }
    /// A job that has not begun never does, and gives CancelledError. A running function that takes a
    /// std::stop_token sees it there; a process at work on it is killed. Anything else runs on.
    void requestStop() const { m_state->requestStop(); }
    /// The same for all handles to one job, another for every job alive.
    const void *identity() const noexcept { return m_state.get(); }

    class [[nodiscard]] Awaiter final : public Leaf
    {
    public:
        explicit Awaiter(std::shared_ptr<JobState<R>> state)
            : m_state(std::move(state))
        { }
        ~Awaiter() { giveUp(); }
        trace::WaitNote traceNote() const
        {
            return {trace::WaitKind::Job, trace::intern(m_state->name()).value};
        }
        bool await_ready() const noexcept { return m_state->isDone(); }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiting)
        {
            m_state->addWaiter();
            m_waits = true;
            if (enter(waiting))
                waitIn(m_state->waiters());
        }
        R await_resume()
        {
            if (std::exchange(m_waits, false))
                m_state->waiterServed();
            leave();
            return m_state->result();
        }

    private:
        void stopWaiting() noexcept override { giveUp(); }
        void giveUp() noexcept
        {
            if (std::exchange(m_waits, false))
                m_state->waiterGaveUp();
        }
        std::shared_ptr<JobState<R>> m_state;
        bool m_waits = false;
    };
    Awaiter operator co_await() const { return Awaiter(m_state); }

private:
    std::shared_ptr<JobState<R>> m_state;
};

/// Waits for room in an executor's queue, first come, first served: `co_await executor.submit(…)` gives the
/// Job. Cancelling who waits takes the job back; if it has begun meanwhile, it is told to stop. When the
/// executor is destroyed, who waits gets a Job that failed.
template<class R>
class [[nodiscard]] Submission final : public Leaf
{
public:
    Submission(std::shared_ptr<WorkerPool> pool, std::shared_ptr<JobState<R>> job)
        : m_pool(std::move(pool))
        , m_job(std::move(job))
    { }
    ~Submission() { giveUp(); }
    trace::WaitNote traceNote() const { return {trace::WaitKind::Notifier, m_pool->roomLabel().value}; }
    bool await_ready() { return m_pool->add(m_job, WorkerPool::WhenFull::Refuse); }
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting)
    {
        if (!enter(waiting))
            return;
        m_waits = true;
        waitIn(m_job->waiters());
        if (m_pool->add(m_job, WorkerPool::WhenFull::Wait))
            wake(trace::Cause::Notified); // room came since await_ready()
    }
    Job<R> await_resume()
    {
        m_waits = false;
        leave();
        return Job<R>(m_job);
    }

private:
    void stopWaiting() noexcept override { giveUp(); }
    void giveUp() noexcept
    {
        if (std::exchange(m_waits, false))
            m_job->requestStop();
    }
    std::shared_ptr<WorkerPool> m_pool;
    std::shared_ptr<JobState<R>> m_job;
    bool m_waits = false;
};

} // namespace coroscope
