// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqltlsconnect.h"

#include "core/trace/strings.h"

#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace coroscope::net {

namespace {

/// What this thread connects, for libmariadb's hook, which is told of nothing.
struct Connecting
{
    MYSQL *mysql = nullptr;
    QByteArray hostName {}; ///< that the certificate must have
    std::chrono::steady_clock::time_point deadline {};
    int stop = -1;
    bool isTimedOut = false;

    /// Waits until the socket is ready: the events that are, 0 if the time is up or it is to stop.
    int wait(int descriptor, int events)
    {
        using namespace std::chrono;
        const auto left = ceil<milliseconds>(deadline - steady_clock::now()).count();
        pollfd descriptors[] = {{descriptor, 0, 0}, {stop, POLLIN, 0}};
        descriptors[0].events = short((events & MYSQL_WAIT_READ ? POLLIN : 0)
                                      | (events & MYSQL_WAIT_WRITE ? POLLOUT : 0));
        const int ready = left > 0 ? ::poll(descriptors, 2, int(left)) : 0;
        if (ready == 0)
            isTimedOut = true;
        if (ready <= 0 || descriptors[1].revents != 0)
            return 0;
        return events & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE);
    }

    /// It was connected to by an address; the certificate is compared with `mysql->host`.
    void giveName() const
    {
        if (!mysql->host || hostName == mysql->host)
            return;
        std::free(mysql->host);
        mysql->host = ::strdup(hostName.constData());
    }
};

thread_local Connecting *connecting = nullptr;

/// Called in the TLS handshake, whose certificate is looked at afterwards.
int waitInHandshake(my_socket descriptor, my_bool reads, int)
{
    if (!connecting)
        return 0;
    connecting->giveName();
    return connecting->wait(descriptor, reads ? MYSQL_WAIT_READ : MYSQL_WAIT_WRITE) != 0 ? 1 : 0;
}

} // namespace

MySqlTlsConnect::MySqlTlsConnect(MySqlHandle &handle, QByteArray ip)
    : m_handle(handle)
{
    if (::pipe2(m_stopPipe, O_CLOEXEC) != 0)
        throw Exception(handle.error(Error::Kind::Disk, QString::fromLocal8Bit(std::strerror(errno))));
    handle.renew();
    int (*const hook)(my_socket, my_bool, int) = waitInHandshake;
    mysql_optionsv(handle.mysql(), MARIADB_OPT_IO_WAIT, hook);
    m_thread = std::thread([this, ip = std::move(ip), inbox = Loop::current()->inbox()] { run(ip, inbox); });
}

MySqlTlsConnect::~MySqlTlsConnect()
{
    ::close(m_stopPipe[1]);
    m_thread.join();
    ::close(m_stopPipe[0]);
}

Notifier::Awaiter MySqlTlsConnect::wait()
{
    const auto label = trace::intern(QStringLiteral("connect %1").arg(m_handle.where()));
    return m_state->notifier.wait(trace::WaitKind::Socket, label);
}

void MySqlTlsConnect::run(QByteArray ip, std::shared_ptr<LoopInbox> inbox)
{
    const MySqlAddress &address = m_handle.options().address;
    MYSQL *const mysql = m_handle.mysql();
    Connecting here {.mysql = mysql,
                     .hostName = address.host.toUtf8(),
                     .deadline = m_handle.connectDeadline(),
                     .stop = m_stopPipe[0]};
    connecting = &here;
    const QByteArray database = address.database.toUtf8();
    MYSQL *connected = nullptr;
    int status = mysql_real_connect_start(&connected, mysql, ip.constData(), address.user.constData(),
                                          address.password.constData(),
                                          database.isEmpty() ? nullptr : database.constData(), address.port,
                                          nullptr, 0);
    while (status != 0) {
        const int events = here.wait(mysql_get_socket(mysql), status);
        here.giveName();
        if (events == 0)
            mariadb_cancel(mysql);
        status = mysql_real_connect_cont(&connected, mysql,
                                         events != 0 ? events : status | MYSQL_WAIT_TIMEOUT);
    }
    connecting = nullptr;
    m_state->isConnected = connected != nullptr;
    m_state->isTimedOut = here.isTimedOut;
    inbox->post([state = m_state] {
        state->isDone = true;
        state->notifier.notify(trace::Cause::Job);
    });
}

} // namespace coroscope::net
