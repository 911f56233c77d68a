// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <utility>

namespace coroscope {

/// The process that was at work on a job is gone: it crashed, exited, was killed from outside, didn't start,
/// or sent what isn't a reply (then it was killed).
class BrokenProcessPool : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A descriptor, closed at the end.
class OwnDescriptor
{
public:
    OwnDescriptor() = default;
    explicit OwnDescriptor(int number) noexcept
        : m_number(number)
    { }
    OwnDescriptor(OwnDescriptor &&other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    { }
    OwnDescriptor &operator=(OwnDescriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~OwnDescriptor();
    int number() const noexcept { return m_number; }
    explicit operator bool() const noexcept { return m_number >= 0; }

private:
    int m_number = -1;
};

struct WorkerProgram
{
    QString path; ///< empty: this program itself, as it was when it started
    QStringList arguments; ///< then these
    std::size_t messageLimit; ///< bytes
    std::chrono::milliseconds startLimit;
};

/// A worker process and the socket to it, as its parent sees them. For one thread; the process is killed when
/// that thread ends, however it ends (PR_SET_PDEATHSIG), and when its socket closes it ends by itself.
///
/// Messages both ways: a length (4 bytes, big-endian), then so many bytes. To the worker: the function's name
/// and the arguments. From it: a kind (MessageKind), then its text, result or exception.
class WorkerProcess
{
public:
    /// Starts it; does not wait until it is ready. Throws BrokenProcessPool.
    explicit WorkerProcess(const WorkerProgram &program);
    /// Kills it, and waits for its end.
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess &) = delete;
    WorkerProcess &operator=(const WorkerProcess &) = delete;

    int pid() const noexcept { return m_pid; }
    /// Readable once it has ended; -1 where the system has no pidfd_open().
    int endDescriptor() const noexcept { return m_end.number(); }
    bool hasEnded() const;
    /// It has once said that it is ready.
    bool wasReady() const noexcept { return m_wasReady; }

    /// Sends a request and waits for the reply's message. Throws BrokenProcessPool, or CancelledError if
    /// `stop` was requested (which kills the process); after either, the process is to be thrown away.
    QByteArray exchange(const QByteArray &request, std::stop_token stop);

private:
    void sendSome(QByteArrayView &rest);
    enum class Received { Something, NothingMore };
    Received receiveSome();
    std::optional<QByteArray> takeMessage();
    [[noreturn]] void breakOff(const QString &why);
    QString reap() noexcept;

    const WorkerProgram m_program;
    int m_pid = -1;
    OwnDescriptor m_socket;
    OwnDescriptor m_end;
    QByteArray m_received;
    bool m_wasReady = false;
    bool m_isReaped = false;
};

} // namespace coroscope
