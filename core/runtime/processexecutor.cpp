// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/processexecutor.h"

#include "core/runtime/workermain.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <limits>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace coroscope {

namespace {

QByteArray replyOf(const QByteArray &message)
{
    switch (MessageKind(message[0])) {
    case MessageKind::Result:
        return message.mid(1);
    case MessageKind::Exception: {
        const auto [typeName, text] = jobcodec::decode<std::tuple<QByteArray, QByteArray>>(message.mid(1));
        throw RemoteError(QString::fromUtf8(typeName), QString::fromUtf8(text));
    }
    case MessageKind::Ready:
        break;
    }
    throw jobcodec::Unreadable();
}

} // namespace

/// A thread of the pool with a process of its own. Where it sleeps it sees to it that a process that died is
/// reaped, and one that died at work replaced.
class ProcessExecutor::ProcessWorker final : public Worker
{
public:
    ProcessWorker(int index, const ProcessExecutorOptions &options)
        : m_program {options.program, options.arguments, options.messageLimit, options.startLimit}
        , m_name(options.name + u' ' + QString::number(index))
        , m_wake(::eventfd(0, EFD_CLOEXEC))
    {
        if (!m_wake)
            throw BrokenProcessPool("a ProcessExecutor: no descriptors are left");
    }

    int pid() const noexcept { return m_pid; }
    void prepare() override
    {
        m_whyNot = {};
        if (m_process && m_process->hasEnded())
            letGo();
        if (m_process)
            return;
        try {
            m_process.emplace(m_program);
            m_pid = m_process->pid();
        } catch (...) {
            m_whyNot = std::current_exception(); // the job is told
        }
    }
    QString laneName() const override
    {
        return m_process ? QStringLiteral("%1 (pid %2)").arg(m_name).arg(m_process->pid()) : m_name;
    }
    void park() override
    {
        if (std::exchange(m_diedAtWork, false))
            prepare();
        for (;;) {
            pollfd polled[] = {{m_wake.number(), POLLIN, 0},
                               {m_process ? m_process->endDescriptor() : -1, POLLIN, 0}};
            ::poll(polled, 2, -1);
            if (polled[1].revents)
                letGo();
            std::uint64_t count = 0;
            if (polled[0].revents && ::read(m_wake.number(), &count, sizeof count) > 0)
                return;
        }
    }
    void unpark() override
    {
        const std::uint64_t one = 1;
        (void)!::write(m_wake.number(), &one, sizeof one);
    }

    QByteArray call(const QByteArray &request, std::stop_token stop)
    {
        if (m_whyNot)
            std::rethrow_exception(m_whyNot);
        QByteArray message;
        try {
            message = m_process->exchange(request, std::move(stop));
        } catch (...) {
            m_diedAtWork = m_process->wasReady(); // one that can't start is tried again by the next job only
            letGo();
            throw;
        }
        try {
            return replyOf(message);
        } catch (const jobcodec::Unreadable &) {
            discard();
        }
    }
    [[noreturn]] void discard()
    {
        const int pid = m_process->pid();
        m_diedAtWork = true;
        letGo();
        throw BrokenProcessPool("the worker process " + std::to_string(pid)
                                + " sent a result that can't be read, and was killed");
    }

private:
    void letGo()
    {
        m_pid = -1;
        m_process.reset();
    }

    const WorkerProgram m_program;
    const QString m_name;
    OwnDescriptor m_wake;
    std::optional<WorkerProcess> m_process;
    std::exception_ptr m_whyNot; // there is none
    std::atomic<int> m_pid = -1;
    bool m_diedAtWork = false;
};

QByteArray detail::callInProcess(Worker &worker, const QByteArray &request, std::stop_token stop)
{
    return static_cast<ProcessExecutor::ProcessWorker &>(worker).call(request, std::move(stop));
}

void detail::discardProcess(Worker &worker)
{
    static_cast<ProcessExecutor::ProcessWorker &>(worker).discard();
}

QByteArray detail::requestFor(const ProcessFunctionBase &function, const QByteArray &arguments,
                              std::size_t limit)
{
    if (std::size_t(arguments.size()) > limit)
        throw std::length_error("the arguments of " + std::string(function.name()) + " are over the limit of "
                                + std::to_string(limit) + " bytes");
    return jobcodec::encode(WorkerRequest(function.name(), arguments, quint32(limit)));
}

RemoteError::RemoteError(QString typeName, QString text)
    : std::runtime_error((text.isEmpty() ? typeName : typeName + QStringLiteral(": ") + text).toStdString())
    , m_typeName(std::move(typeName))
    , m_text(std::move(text))
{ }

ProcessExecutor::ProcessExecutor(int processes, ProcessExecutorOptions options)
    : m_messageLimit(std::min<std::size_t>(options.messageLimit, std::size_t(1) << 30))
{
    options.messageLimit = m_messageLimit;
    m_pool = std::make_shared<WorkerPool>(options.name, processes, options.capacity,
                                          [this, &options](int index) {
                                              auto worker = std::make_unique<ProcessWorker>(index, options);
                                              m_workers.push_back(worker.get());
                                              return worker;
                                          });
}

ProcessExecutor::~ProcessExecutor() { m_pool->shutDown(); }

std::vector<int> ProcessExecutor::pids() const
{
    std::vector<int> pids;
    for (const ProcessWorker *const worker : m_workers)
        if (const int pid = worker->pid(); pid > 0)
            pids.push_back(pid);
    return pids;
}

} // namespace coroscope
