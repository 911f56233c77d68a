// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/workerprocess.h"

#include "core/runtime/workermain.h"
#include "core/trace/cancellederror.h"

#include <QByteArrayView>
#include <QFile>
#include <QVarLengthArray>
#include <QtEndian>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace coroscope {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How often it is looked whether the process lives, where it can't be polled for.
constexpr milliseconds blindWait {100};

QString systemError(int code) { return QString::fromLocal8Bit(std::strerror(code)); }

/// Frees what posix_spawn() wants prepared.
struct SpawnPlan
{
    SpawnPlan()
    {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnPlan()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan &) = delete;
    SpawnPlan &operator=(const SpawnPlan &) = delete;

    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
};

int spawn(const WorkerProgram &program, int socket)
{
    SpawnPlan plan;
    posix_spawn_file_actions_addopen(&plan.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&plan.files, socket, workerSocket);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    // Ours are closed by exec; those of libraries may not be.
    posix_spawn_file_actions_addclosefrom_np(&plan.files, workerSocket + 1);
#endif
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&plan.attributes, &none);
    posix_spawnattr_setsigdefault(&plan.attributes, &all);
    posix_spawnattr_setflags(&plan.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    // This link still leads to the running program when its file was replaced by a newer one.
    const QByteArray path = program.path.isEmpty() ? QByteArrayLiteral("/proc/self/exe")
                                                   : QFile::encodeName(program.path);
    std::vector<QByteArray> words {program.path.isEmpty() ? QByteArray(program_invocation_name) : path};
    for (const QString &argument : program.arguments)
        words.push_back(argument.toLocal8Bit());
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    std::string isWorker = std::string(workerVariable) + "=1";
    std::vector<char *> environment {isWorker.data()};
    for (char **variable = environ; *variable; ++variable)
        environment.push_back(*variable);
    environment.push_back(nullptr);

    pid_t pid = -1;
    const int error = posix_spawn(&pid, path.constData(), &plan.files, &plan.attributes, pointers.data(),
                                  environment.data());
    if (error != 0)
        throw BrokenProcessPool(QStringLiteral("can't start the worker process %1: %2")
                                    .arg(QFile::decodeName(path), systemError(error))
                                    .toStdString());
    return pid;
}

QString signalInWords(int number)
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 32)
    if (const char *const name = sigabbrev_np(number))
        return QStringLiteral("SIG%1").arg(QLatin1StringView(name));
#endif
    return QStringLiteral("signal %1").arg(number);
}

} // namespace

OwnDescriptor::~OwnDescriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

WorkerProcess::WorkerProcess(const WorkerProgram &program)
    : m_program(program)
{
    if (::getenv(workerVariable))
        throw BrokenProcessPool("this process was started as a worker: its main() has to call "
                                "coroscope::runAsWorker() before anything else");
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw BrokenProcessPool(QStringLiteral("can't start a worker process: no socket: %1")
                                    .arg(systemError(errno))
                                    .toStdString());
    m_socket = OwnDescriptor(ends[0]);
    const OwnDescriptor itsSocket(ends[1]);
    ::fcntl(m_socket.number(), F_SETFL, O_NONBLOCK);
    m_pid = spawn(program, itsSocket.number());
#ifdef SYS_pidfd_open
    m_end = OwnDescriptor(int(::syscall(SYS_pidfd_open, m_pid, 0)));
#endif
}

WorkerProcess::~WorkerProcess()
{
    if (!m_isReaped)
        reap();
}

bool WorkerProcess::hasEnded() const
{
    siginfo_t info {};
    return m_isReaped || ::waitid(P_PID, id_t(m_pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0
           || info.si_pid == m_pid;
}

/// Kills it if need be, waits for the end and says how it came.
QString WorkerProcess::reap() noexcept
{
    m_isReaped = true;
    ::kill(m_pid, SIGKILL);
    int status = 0;
    pid_t ended = -1;
    do
        ended = ::waitpid(m_pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    if (ended != m_pid)
        return QStringLiteral("is gone");
    if (WIFSIGNALED(status))
        return QStringLiteral("was killed by %1").arg(signalInWords(WTERMSIG(status)));
    return QStringLiteral("exited with code %1").arg(WEXITSTATUS(status));
}

void WorkerProcess::breakOff(const QString &why)
{
    const QString end = reap();
    throw BrokenProcessPool(
        QStringLiteral("the worker process %1 %2").arg(m_pid).arg(why.isEmpty() ? end : why).toStdString());
}

void WorkerProcess::sendSome(QByteArrayView &rest)
{
    while (!rest.isEmpty()) {
        const ssize_t sent = ::send(m_socket.number(), rest.data(), std::size_t(rest.size()), MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN)
                rest = {}; // it is gone, which is seen where it is read from
            return;
        }
        rest = rest.sliced(sent);
    }
}

WorkerProcess::Received WorkerProcess::receiveSome()
{
    char bytes[65536];
    const ssize_t count = ::recv(m_socket.number(), bytes, sizeof bytes, 0);
    if (count > 0) {
        m_received.append(bytes, count);
        return Received::Something;
    }
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return Received::Something;
    return Received::NothingMore;
}

std::optional<QByteArray> WorkerProcess::takeMessage()
{
    constexpr qsizetype prefix = sizeof(quint32);
    if (m_received.size() < prefix)
        return {};
    const auto length = qFromBigEndian<quint32>(m_received.constData());
    if (length == 0 || length > m_program.messageLimit)
        breakOff(QStringLiteral("sent what is not a message, and was killed"));
    if (std::size_t(m_received.size() - prefix) < length)
        return {};
    QByteArray message = m_received.mid(prefix, qsizetype(length));
    m_received.remove(0, prefix + qsizetype(length));
    return message;
}

QByteArray WorkerProcess::exchange(const QByteArray &request, std::stop_token stop)
{
    // Until it is reaped, its number is nobody else's.
    const std::stop_callback killIt(stop, [pid = m_pid] { ::kill(pid, SIGKILL); });
    const auto mustBeReadyBy = Clock::now() + m_program.startLimit;
    QByteArray framed(sizeof(quint32), Qt::Uninitialized);
    qToBigEndian(quint32(request.size()), framed.data());
    framed += request;
    QByteArrayView rest = framed;
    for (;;) {
        while (const std::optional<QByteArray> message = takeMessage()) {
            if (m_wasReady) {
                if (!m_received.isEmpty() || !rest.isEmpty())
                    breakOff(QStringLiteral("sent more than a reply, and was killed"));
                return *message;
            }
            if (*message != char(MessageKind::Ready) + QByteArray(workerGreeting))
                breakOff(QStringLiteral("is not a worker of this program, and was killed"));
            m_wasReady = true;
        }
        if (m_wasReady)
            sendSome(rest);

        milliseconds wait {-1};
        if (!m_wasReady) {
            wait = std::chrono::ceil<milliseconds>(mustBeReadyBy - Clock::now());
            if (wait <= milliseconds(0))
                breakOff(QStringLiteral("was not ready in time, and was killed"));
        }
        if (!m_end)
            wait = wait < milliseconds(0) ? blindWait : std::min(wait, blindWait);
        pollfd polled[] = {{m_socket.number(),
                            short(rest.isEmpty() || !m_wasReady ? POLLIN : POLLIN | POLLOUT), 0},
                           {m_end.number(), POLLIN, 0}};
        ::poll(polled, 2, int(wait.count()));
        const bool ended = polled[1].revents || (!m_end && hasEnded());
        // What a process sent before its end is still there to be read.
        Received received = Received::Something;
        if (polled[0].revents & ~POLLOUT)
            received = receiveSome();
        else if (ended)
            received = Received::NothingMore;
        if (received == Received::NothingMore) {
            if (stop.stop_requested()) {
                reap();
                throw CancelledError();
            }
            breakOff({});
        }
    }
}

} // namespace coroscope
