// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlconnect.h"

#include "core/net/hostlookup.h"
#include "core/net/mysqltlsconnect.h"

#include <QCoreApplication>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::MySqlClient)
};

using Handle = std::shared_ptr<MySqlHandle>;
using Addresses = QList<QHostAddress>;

QCoro::Task<bool> connectPlain(Handle handle, QByteArray ip)
{
    handle->renew();
    const MySqlAddress &address = handle->options().address;
    const QByteArray database = address.database.toUtf8();
    const QByteArray socket = address.socket.toLocal8Bit();
    MYSQL *connected = nullptr;
    const auto start = [&] {
        return mysql_real_connect_start(&connected, handle->mysql(),
                                        socket.isEmpty() ? ip.constData() : nullptr, address.user.constData(),
                                        address.password.constData(),
                                        database.isEmpty() ? nullptr : database.constData(), address.port,
                                        socket.isEmpty() ? nullptr : socket.constData(), 0);
    };
    const auto go = [&](int events) { return mysql_real_connect_cont(&connected, handle->mysql(), events); };
    co_await MySqlCall(*handle, MySqlPhase::Connect, start, go);
    co_return connected != nullptr;
}

QCoro::Task<bool> connectEncrypted(Handle handle, QByteArray ip)
{
    MySqlTlsConnect connecting(*handle, ip);
    while (!connecting.isDone())
        co_await connecting.wait();
    if (connecting.isTimedOut())
        throw Exception(handle->timeoutError(MySqlPhase::Connect));
    co_return connecting.isConnected();
}

} // namespace

QCoro::Task<void> connectMySql(Handle handle)
{
    if (handle->state() != MySqlHandle::State::New)
        throw Exception(handle->error(Error::Kind::Input, Words::tr("connected once already")));
    const MySqlOptions &options = handle->options();
    handle->setConnectDeadline(std::chrono::steady_clock::now() + options.connectTimeout);
    Addresses addresses {QHostAddress()};
    if (options.address.socket.isEmpty())
        addresses = co_await lookUpHost(options.address.host, options.connectTimeout);
    std::optional<MySqlException> failure;
    for (const QHostAddress &address : addresses) {
        const QByteArray ip = address.toString().toLatin1();
        bool isConnected = false;
        if (options.address.tls == MySqlTls::Disabled)
            isConnected = co_await connectPlain(handle, ip);
        else
            isConnected = co_await connectEncrypted(handle, ip);
        if (isConnected) {
            handle->opened();
            co_return;
        }
        failure = handle->failure();
        if (failure->error().kind != Error::Kind::Refused && failure->error().kind != Error::Kind::Lost)
            break; // a server was there
    }
    handle->breakOff(MySqlHandle::Kill::No);
    throw *failure;
}

} // namespace coroscope::net
