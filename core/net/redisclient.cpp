// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisclient.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QSslSocket>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::RedisClient)
};

constexpr qint64 readBuffer = 1 << 20; // what one turn of the loop reads at most

RedisCommand loginCommand(const RedisAddress &address)
{
    if (address.user.isEmpty())
        return {"AUTH", address.password};
    return {"AUTH", address.user, address.password};
}

} // namespace

RedisClient::RedisClient(RedisOptions options)
    : m_options(std::move(options))
    , m_reader(m_options.replyLimit)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(m_options.timeout);
    if (m_options.address.tls) {
        auto encrypted = std::make_unique<QSslSocket>();
        QObject::connect(encrypted.get(), &QSslSocket::encrypted, &m_timer, [this] { onConnected(); });
        QObject::connect(encrypted.get(), &QSslSocket::sslErrors, &m_timer,
                         [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
        m_socket = std::move(encrypted);
    } else {
        m_socket = std::make_unique<QTcpSocket>();
        QObject::connect(m_socket.get(), &QTcpSocket::connected, &m_timer, [this] { onConnected(); });
    }
    m_socket->setReadBufferSize(readBuffer);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    QObject::connect(m_socket.get(), &QTcpSocket::bytesWritten, &m_timer, [this] {
        if (m_timer.isActive()) // a large value is on its way
            m_timer.start();
    });
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onTimeout(); });
    QObject::connect(m_socket.get(), &QTcpSocket::readyRead, &m_timer, [this] { onReadyRead(); });
    QObject::connect(m_socket.get(), &QTcpSocket::errorOccurred, &m_timer, [this] { onSocketError(); });
}

RedisClient::~RedisClient() { close(); }

Error RedisClient::error(Error::Kind kind, const QString &what, const QString &advice) const
{
    return Error {.kind = kind, .what = what, .where = hostAndPort(), .advice = advice};
}

RedisPending RedisClient::connect()
{
    m_connecting = std::make_shared<RedisSlot>(QStringLiteral("connect %1").arg(hostAndPort()),
                                               trace::WaitKind::Socket);
    const RedisPending pending(m_connecting);
    const RedisAddress &address = m_options.address;
    m_timer.start();
    auto *const encrypted = qobject_cast<QSslSocket *>(m_socket.get());
    if (!encrypted) {
        m_socket->connectToHost(address.host, address.port);
        return pending;
    }
    try {
        encrypted->setSslConfiguration(m_options.tls.configuration());
        encrypted->connectToHostEncrypted(address.host, address.port);
    } catch (const Exception &e) {
        fail(e.error());
    }
    return pending;
}

void RedisClient::onConnected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QByteArray greeting;
    if (!m_options.address.password.isEmpty()) {
        greeting += encoded(loginCommand(m_options.address));
        ++m_loginReplies;
    }
    if (m_options.address.database != 0) {
        greeting += encoded({"SELECT", QByteArray::number(m_options.address.database)});
        ++m_loginReplies;
    }
    if (greeting.isEmpty()) {
        m_timer.stop();
        std::exchange(m_connecting, nullptr)->resolve(RedisReply::status("OK"));
        return;
    }
    m_socket->write(greeting);
}

RedisPending RedisClient::command(RedisCommand command)
{
    auto slot = std::make_shared<RedisSlot>(label(command), trace::WaitKind::Command);
    if (m_broken) {
        slot->reject(*m_broken);
    } else if (m_connecting || m_socket->state() != QAbstractSocket::ConnectedState) {
        slot->reject(error(Error::Kind::Input, Words::tr("not connected")));
    } else if (command.isEmpty() || breaksPairing(command)) {
        slot->reject(
            error(Error::Kind::Input, Words::tr("“%1” is no command with one reply").arg(label(command))));
    } else {
        if (m_slots.empty())
            m_timer.start();
        m_slots.push_back(slot);
        m_socket->write(encoded(command));
    }
    return RedisPending(std::move(slot));
}

void RedisClient::close()
{
    if (!m_broken)
        fail(error(Error::Kind::Lost, Words::tr("the connection was closed here")));
}

void RedisClient::onReadyRead()
{
    if (m_timer.isActive())
        m_timer.start();
    while (m_socket->bytesAvailable() > 0 && !m_broken) {
        constexpr qint64 piece = 64 * 1024; // what the reader keeps besides a large value
        m_reader.feed(m_socket->read(piece));
        while (auto reply = m_reader.next()) {
            deliver(std::move(*reply));
            if (m_broken)
                return;
        }
        if (m_reader.error()) {
            fail(error(m_reader.error()->kind, m_reader.error()->what));
            return;
        }
    }
}

void RedisClient::deliver(RedisReply reply)
{
    if (m_loginReplies > 0) {
        onLogin(reply, --m_loginReplies == 0);
        return;
    }
    if (m_slots.empty()) {
        const QString what = reply.isError() ? QString::fromUtf8(reply.bytes())
                                             : Words::tr("the server sent what nobody had asked for");
        fail(error(reply.isError() ? Error::Kind::Server : Error::Kind::Protocol, what));
        return;
    }
    const std::shared_ptr<RedisSlot> slot = m_slots.front();
    m_slots.pop_front();
    if (m_slots.empty())
        m_timer.stop();
    slot->resolve(std::move(reply));
}

void RedisClient::onLogin(const RedisReply &reply, bool isLast)
{
    if (reply.isError()) {
        const bool isPassword = !reply.bytes().contains("DB index");
        fail(error(isPassword ? Error::Kind::Login : Error::Kind::Server, QString::fromUtf8(reply.bytes()),
                   isPassword ? Words::tr("Check user and password") : QString()));
    } else if (isLast) {
        m_timer.stop();
        std::exchange(m_connecting, nullptr)->resolve(reply);
    }
}

void RedisClient::onTimeout()
{
    const auto seconds = double(m_options.timeout.count()) / 1000;
    const QString what = m_connecting ? Words::tr("no connection after %1 s")
                                      : Words::tr("no reply for %1 s");
    fail(error(Error::Kind::Timeout, what.arg(seconds)));
}

void RedisClient::onSocketError()
{
    onReadyRead(); // what came before the end counts
    if (m_broken)
        return;
    switch (m_socket->error()) {
    case QAbstractSocket::ConnectionRefusedError:
        fail(error(Error::Kind::Refused, Words::tr("connection refused"),
                   Words::tr("Check that the Redis server runs and that the port is right")));
        break;
    case QAbstractSocket::HostNotFoundError:
        fail(error(Error::Kind::Dns, Words::tr("host not found"),
                   Words::tr("Check the host's name and the network")));
        break;
    case QAbstractSocket::RemoteHostClosedError:
        fail(error(Error::Kind::Lost, Words::tr("the Redis server closed the connection")));
        break;
    case QAbstractSocket::SslHandshakeFailedError:
        fail(m_tlsErrors.isEmpty() ? error(Error::Kind::Tls, m_socket->errorString())
                                   : tlsError(m_tlsErrors, hostAndPort()));
        break;
    default:
        fail(error(Error::Kind::Lost, m_socket->errorString()));
        break;
    }
}

void RedisClient::fail(Error error)
{
    m_broken = error;
    m_timer.stop();
    m_socket->disconnect(&m_timer);
    m_socket->abort();
    if (m_connecting)
        std::exchange(m_connecting, nullptr)->reject(error);
    const auto waiting = std::exchange(m_slots, {});
    for (const std::shared_ptr<RedisSlot> &slot : waiting)
        slot->reject(error);
}

} // namespace coroscope::net
