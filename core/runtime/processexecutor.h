// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/job.h"
#include "core/runtime/processfunction.h"
#include "core/runtime/workerprocess.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace coroscope {

/// A function in a worker process threw: `what()` is "TYPE: TEXT".
class RemoteError : public std::runtime_error
{
public:
    RemoteError(QString typeName, QString text);
    /// As in the source: "std::out_of_range".
    const QString &typeName() const noexcept { return m_typeName; }
    const QString &text() const noexcept { return m_text; }

private:
    QString m_typeName;
    QString m_text;
};

struct ProcessExecutorOptions
{
    QString name = QStringLiteral("worker"); ///< of the lanes: "worker 1 (pid 4711)"
    std::size_t capacity = 65'536; ///< how many jobs may wait for a process
    std::size_t messageLimit = std::size_t(64) << 20; ///< bytes of all arguments of a job, and of its result
    std::chrono::milliseconds startLimit = std::chrono::seconds(10); ///< for a process to become ready
    QString program; ///< of the workers; empty: this program, as it was when it started
    QStringList arguments = {QStringLiteral("--worker")};
};

namespace detail {

/// Any worker of a ProcessExecutor: sends the request to its process and gives the encoded result.
QByteArray callInProcess(Worker &worker, const QByteArray &request, std::stop_token stop);
/// Throws std::length_error for a request over the limit.
QByteArray requestFor(const ProcessFunctionBase &function, const QByteArray &arguments, std::size_t limit);
/// The result is no value of the promised type: the process is not to be trusted any more.
[[noreturn]] void discardProcess(Worker &worker);

template<class R>
class ProcessCall final : public JobState<R>
{
public:
    ProcessCall(QString name, std::shared_ptr<WorkerPool> pool, QByteArray request)
        : JobState<R>(std::move(name), std::move(pool))
        , m_request(std::move(request))
    { }

private:
    void work(Worker &worker) noexcept override
    {
        try {
            const QByteArray result = callInProcess(worker, m_request, m_stop.get_token());
            m_request.clear();
            try {
                if constexpr (std::is_void_v<R>) {
                    (void)jobcodec::decode<std::tuple<>>(result);
                    this->m_value.emplace();
                } else {
                    this->m_value.emplace(jobcodec::decode<R>(result));
                }
            } catch (...) {
                discardProcess(worker);
            }
        } catch (...) {
            this->m_error = std::current_exception();
        }
    }
    bool takesStop() const noexcept override { return true; }
    void stop() noexcept override { m_stop.request_stop(); }

    QByteArray m_request;
    std::stop_source m_stop;
};

} // namespace detail

/// A fixed number of processes that run functions (concurrent.futures' ProcessPoolExecutor, with a bounded
/// queue): each the program itself, started with `--worker` when jobs need it (main() must call
/// runAsWorker(), core/runtime/workermain.h), and a lane of its own in the trace. A result comes back to the
/// loop that submitted the job, through its ready queue; nothing here blocks the loop but the destructor, for
/// as long as it takes to kill.
///
/// - A function's exception arrives as RemoteError.
/// - A process that dies fails the one job that it was at work on, with BrokenProcessPool; another takes its
///   place, and all other jobs go on (concurrent.futures breaks the whole pool instead).
/// - A job that nobody waits for any more because who did was cancelled, or that Job::requestStop() is called
///   for, is taken back; if it has begun, its process is killed and replaced.
/// - The destructor kills: running jobs give CancelledError, those that have not begun ExecutorShutDown. No
///   child is left, not as a zombie either; should this program die, its workers do, too.
///
/// Workers inherit standard output and error, the environment and the current folder, and no other
/// descriptor. A round trip takes about 0.1 ms.
class ProcessExecutor
{
public:
    explicit ProcessExecutor(int processes, ProcessExecutorOptions options = {});
    ~ProcessExecutor();
    ProcessExecutor(const ProcessExecutor &) = delete;
    ProcessExecutor &operator=(const ProcessExecutor &) = delete;

    /// Queues `function(arguments…)`, first come, first served. Throws QueueFull, and std::length_error for
    /// arguments over the limit. A job without a name leaves no trace.
    template<class R, class... Args, class... Given>
    Job<std::decay_t<R>> run(QString jobName, const ProcessFunction<R(Args...)> &function,
                             Given &&...arguments)
    {
        auto job = makeJob(std::move(jobName), function, std::forward<Given>(arguments)...);
        if (!m_pool->add(job, WorkerPool::WhenFull::Refuse))
            throw QueueFull();
        return Job<std::decay_t<R>>(std::move(job));
    }
    /// The function's name is the job's.
    template<class R, class... Args, class... Given>
    Job<std::decay_t<R>> run(const ProcessFunction<R(Args...)> &function, Given &&...arguments)
    {
        return run(QString::fromUtf8(function.name()), function, std::forward<Given>(arguments)...);
    }
    /// As run(), but awaited, and waits for room: `const auto job = co_await executor.submit(…)`.
    template<class R, class... Args, class... Given>
    Submission<std::decay_t<R>> submit(QString jobName, const ProcessFunction<R(Args...)> &function,
                                       Given &&...arguments)
    {
        return {m_pool, makeJob(std::move(jobName), function, std::forward<Given>(arguments)...)};
    }

    /// Of the processes that there are at this moment.
    std::vector<int> pids() const;

private:
    class ProcessWorker;
    friend QByteArray detail::callInProcess(Worker &, const QByteArray &, std::stop_token);
    friend void detail::discardProcess(Worker &);

    template<class R, class... Args, class... Given>
    std::shared_ptr<JobState<std::decay_t<R>>>
    makeJob(QString jobName, const ProcessFunction<R(Args...)> &function, Given &&...arguments)
    {
        static_assert(sizeof...(Args) == sizeof...(Given), "as many arguments as the function takes");
        using Arguments = typename ProcessFunction<R(Args...)>::Arguments;
        const QByteArray encoded = jobcodec::encode(Arguments(std::forward<Given>(arguments)...));
        return std::make_shared<detail::ProcessCall<std::decay_t<R>>>(std::move(jobName), m_pool,
                                                                      detail::requestFor(function, encoded,
                                                                                         m_messageLimit));
    }

    std::size_t m_messageLimit;
    std::vector<ProcessWorker *> m_workers; // the pool's
    std::shared_ptr<WorkerPool> m_pool;
};

} // namespace coroscope
