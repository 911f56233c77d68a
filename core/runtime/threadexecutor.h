// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/job.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <tuple>
#include <type_traits>
#include <utility>

namespace coroscope {

namespace detail {

// The plain call is asked for first: a function that takes anything would take a stop_token, too.
template<class F, class... Args>
inline constexpr bool takesStopToken = std::conjunction_v<std::negation<std::is_invocable<F, Args...>>,
                                                          std::is_invocable<F, std::stop_token, Args...>>;

template<class F, class... Args>
struct ThreadResult : std::invoke_result<F, Args...>
{ };
template<class F, class... Args>
    requires takesStopToken<F, Args...>
struct ThreadResult<F, Args...> : std::invoke_result<F, std::stop_token, Args...>
{ };

template<class F, class... Args>
class ThreadCall final : public JobState<typename ThreadResult<F, Args...>::type>
{
    using R = typename ThreadResult<F, Args...>::type;
    static constexpr bool hasToken = takesStopToken<F, Args...>;
    struct Nothing
    { };

public:
    ThreadCall(QString name, std::shared_ptr<WorkerPool> pool, F function, Args... arguments)
        : JobState<R>(std::move(name), std::move(pool))
        , m_call(std::in_place, std::move(function), std::tuple<Args...>(std::move(arguments)...))
    { }

private:
    R call()
    {
        return std::apply(
            [this](Args &&...arguments) -> R {
                if constexpr (hasToken)
                    return std::invoke(std::move(m_call->first), m_stop.get_token(),
                                       std::forward<Args>(arguments)...);
                else
                    return std::invoke(std::move(m_call->first), std::forward<Args>(arguments)...);
            },
            std::move(m_call->second));
    }
    void work(Worker &) noexcept override
    {
        try {
            if constexpr (std::is_void_v<R>) {
                call();
                this->m_value.emplace();
            } else {
                this->m_value.emplace(call());
            }
        } catch (...) {
            this->m_error = std::current_exception();
        }
    }
    bool takesStop() const noexcept override { return hasToken; }
    void stop() noexcept override
    {
        if constexpr (hasToken)
            m_stop.request_stop();
    }

    std::optional<std::pair<F, std::tuple<Args...>>> m_call;
    [[no_unique_address]] std::conditional_t<hasToken, std::stop_source, Nothing> m_stop;
};

} // namespace detail

/// A fixed number of threads that run functions, each a lane of its own in the trace (concurrent.futures'
/// ThreadPoolExecutor, with a bounded queue). Use it on a loop's thread, or on several: a result comes back
/// to the loop that submitted the job, through its ready queue.
///
/// A function whose first parameter is a std::stop_token is told to stop when the last task that waits for it
/// is cancelled, by Job::requestStop(), and when the executor is destroyed; callbacks of the token run on the
/// thread that says so. Before it has begun it then never does (CancelledError).
///
/// The destructor blocks until the running jobs have ended; those that have not begun fail with
/// ExecutorShutDown. A round trip takes some 5 µs while jobs follow each other closely, because then the
/// loop and one thread look out for each other for 30 and 50 µs before they sleep (briefspin.h: never idly
/// for longer); from sleep it takes 40 to 90 µs.
class ThreadExecutor
{
public:
    /// More than this waits for a thread only where something runs away.
    static constexpr std::size_t defaultCapacity = 65'536;

    /// `name`: of the lanes, with their number. `capacity`: how many jobs may wait for a thread.
    explicit ThreadExecutor(int threads, QString name = QStringLiteral("worker"),
                            std::size_t capacity = defaultCapacity);
    ~ThreadExecutor();
    ThreadExecutor(const ThreadExecutor &) = delete;
    ThreadExecutor &operator=(const ThreadExecutor &) = delete;

    /// Queues `function(arguments…)`, first come, first served; throws QueueFull. A job without a name leaves
    /// no trace. What is captured must not be touched by the caller meanwhile.
    template<class F, class... Args>
    auto run(QString jobName, F function, Args... arguments)
    {
        auto job = makeJob(std::move(jobName), std::move(function), std::move(arguments)...);
        if (!m_pool->add(job, WorkerPool::WhenFull::Refuse))
            throw QueueFull();
        Loop::current()->expectAnswer();
        return Job(toState(std::move(job)));
    }
    /// As run(), but awaited, and waits for room: `const auto job = co_await executor.submit(…)`.
    template<class F, class... Args>
    auto submit(QString jobName, F function, Args... arguments)
    {
        return Submission(m_pool,
                          toState(makeJob(std::move(jobName), std::move(function), std::move(arguments)...)));
    }

private:
    template<class F, class... Args>
    auto makeJob(QString jobName, F function, Args... arguments)
    {
        return std::make_shared<detail::ThreadCall<F, Args...>>(std::move(jobName), m_pool,
                                                                std::move(function), std::move(arguments)...);
    }
    template<class Call>
    static auto toState(std::shared_ptr<Call> call)
    {
        return std::shared_ptr<JobState<typename Call::Result>>(std::move(call));
    }

    std::shared_ptr<WorkerPool> m_pool;
};

/// On the default executor of this thread's loop: `co_await runInExecutor("resize", resize, picture)`.
template<class F, class... Args>
auto runInExecutor(QString jobName, F function, Args... arguments)
{
    Loop *const loop = Loop::current();
    if (!loop)
        throw std::logic_error("runInExecutor: this thread has no coroscope::Loop");
    return loop->executor().run(std::move(jobName), std::move(function), std::move(arguments)...);
}

} // namespace coroscope
