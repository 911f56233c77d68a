// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlclose.h"

#include "core/net/mysqlhandle.h"
#include "core/runtime/notifier.h"
#include "core/trace/strings.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace coroscope::net {

namespace {

/// The connection's socket, kept open while libmariadb closes its own.
class Line
{
public:
    explicit Line(int descriptor)
        : m_descriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0))
        , m_socketNotifier(m_descriptor, QSocketNotifier::Read)
    {
        m_socketNotifier.setEnabled(false);
        QObject::connect(&m_socketNotifier, &QSocketNotifier::activated, &m_socketNotifier, [this] {
            m_socketNotifier.setEnabled(false);
            m_notifier.notify(trace::Cause::Socket);
        });
    }
    ~Line()
    {
        m_socketNotifier.setEnabled(false);
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;

    bool isOpen() const
    {
        char rest[1024]; // of what nobody reads
        ssize_t got = 0;
        do {
            got = ::recv(m_descriptor, rest, sizeof rest, MSG_DONTWAIT);
        } while (got > 0);
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    }
    Notifier::Awaiter wait(std::chrono::nanoseconds limit, StringId label)
    {
        m_socketNotifier.setEnabled(true);
        return m_notifier.waitFor(limit, trace::WaitKind::Socket, label);
    }

private:
    int m_descriptor;
    QSocketNotifier m_socketNotifier;
    Notifier m_notifier;
};

} // namespace

QCoro::Task<void> closeMySql(std::shared_ptr<MySqlHandle> handle)
{
    if (!handle->isOpen() || handle->isRunning()) { // the server has more to say than we care to hear
        handle->breakOff(MySqlHandle::Kill::No);
        co_return;
    }
    const auto label = trace::intern(QStringLiteral("close %1").arg(handle->where()));
    const auto deadline = std::chrono::steady_clock::now() + handle->options().closeTimeout;
    Line line(mysql_get_socket(handle->mysql()));
    {
        const MySqlHandle::Use use(*handle);
        const auto start = [&] { return mysql_close_start(handle->mysql()); };
        const auto go = [&](int events) { return mysql_close_cont(handle->mysql(), events); };
        co_await MySqlCall(*handle, MySqlPhase::Close, start, go);
    }
    handle->closed();
    while (line.isOpen()) {
        const auto left = deadline - std::chrono::steady_clock::now();
        if (left.count() <= 0)
            co_return;
        co_await line.wait(left, label);
    }
}

} // namespace coroscope::net
