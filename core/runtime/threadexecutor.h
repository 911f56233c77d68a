// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"
#include "core/trace/note.h"
#include "core/trace/strings.h"

#include <QString>

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <type_traits>
#include <vector>

namespace coroscope {

/// A job's part that doesn't depend on its result. The worker runs it; everything else is the loop's
/// thread's.
class JobBase : public std::enable_shared_from_this<JobBase>
{
public:
    virtual ~JobBase() = default;
    bool isDone() const noexcept { return m_done; }
    const QString &name() const noexcept { return m_name; }
    ReadyQueue &waiters() noexcept { return m_waiters; }

protected:
    JobBase(QString name, std::shared_ptr<LoopInbox> inbox, std::uint64_t submitter)
        : m_name(std::move(name))
        , m_inbox(std::move(inbox))
        , m_submitter(submitter)
    { }
    /// On a worker's thread.
    virtual void work() noexcept = 0;
    virtual void abandon() noexcept = 0;

private:
    friend class ThreadExecutor;
    void finish(std::uint64_t worker);

    QString m_name;
    std::shared_ptr<LoopInbox> m_inbox;
    std::uint64_t m_submitter;
    ReadyQueue m_waiters;
    bool m_done = false;
};

template<class R>
class JobState : public JobBase
{
    struct Nothing
    { };

public:
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
    void abandon() noexcept override
    {
        m_error = std::make_exception_ptr(
            std::runtime_error("the executor was shut down before the job began"));
    }
    std::optional<std::conditional_t<std::is_void_v<R>, Nothing, R>> m_value;
    std::exception_ptr m_error;
};

/// A function at work on another thread. `co_await job` gives its result or throws what it threw. Cancelling
/// who waits doesn't stop the function: its result is dropped.
template<class R>
class Job
{
public:
    explicit Job(std::shared_ptr<JobState<R>> state)
        : m_state(std::move(state))
    { }
    bool isDone() const noexcept { return m_state->isDone(); }
    R result() const { return m_state->result(); }

    class [[nodiscard]] Awaiter final : public Leaf
    {
    public:
        explicit Awaiter(std::shared_ptr<JobState<R>> state)
            : m_state(std::move(state))
        { }
        trace::WaitNote traceNote() const
        {
            return {trace::WaitKind::Job, trace::intern(m_state->name()).value};
        }
        bool await_ready() const noexcept { return m_state->isDone(); }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiting)
        {
            if (enter(waiting))
                waitIn(m_state->waiters());
        }
        R await_resume()
        {
            leave();
            return m_state->result();
        }

    private:
        std::shared_ptr<JobState<R>> m_state;
    };
    Awaiter operator co_await() const { return Awaiter(m_state); }

private:
    std::shared_ptr<JobState<R>> m_state;
};

/// A fixed number of threads that run functions, each a lane of its own in the trace. Submit from a loop's
/// thread; the result comes back to that loop. The destructor lets running jobs end and drops those that have
/// not begun.
class ThreadExecutor
{
public:
    explicit ThreadExecutor(int threads, QString name = QStringLiteral("worker"));
    ~ThreadExecutor();
    ThreadExecutor(const ThreadExecutor &) = delete;
    ThreadExecutor &operator=(const ThreadExecutor &) = delete;

    /// Queues `function(arguments…)`, first come, first served. What is captured must not be touched by the
    /// caller meanwhile.
    template<class F, class... Args>
    auto run(QString jobName, F function, Args... arguments)
    {
        using R = std::invoke_result_t<F, Args...>;
        class Call final : public JobState<R>
        {
        public:
            Call(QString name, std::shared_ptr<LoopInbox> inbox, std::uint64_t submitter, F f, Args... a)
                : JobState<R>(std::move(name), std::move(inbox), submitter)
                , m_function(std::move(f))
                , m_arguments(std::move(a)...)
            { }

        private:
            void work() noexcept override
            {
                try {
                    if constexpr (std::is_void_v<R>) {
                        std::apply(std::move(m_function), std::move(m_arguments));
                        this->m_value.emplace();
                    } else {
                        this->m_value.emplace(std::apply(std::move(m_function), std::move(m_arguments)));
                    }
                } catch (...) {
                    this->m_error = std::current_exception();
                }
            }
            F m_function;
            std::tuple<Args...> m_arguments;
        };
        auto call = std::make_shared<Call>(std::move(jobName), inboxOfThisThread(),
                                           trace::currentTask().value, std::move(function),
                                           std::move(arguments)...);
        submit(call);
        return Job<R>(call);
    }

private:
    static std::shared_ptr<LoopInbox> inboxOfThisThread();
    void submit(std::shared_ptr<JobBase> job);
    void work(int index);

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::shared_ptr<JobBase>> m_queue;
    std::vector<std::thread> m_threads;
    QString m_name;
    bool m_stopping = false;
};

} // namespace coroscope
