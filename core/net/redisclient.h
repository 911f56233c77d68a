// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/redisaddress.h"
#include "core/net/rediscommand.h"
#include "core/net/redispending.h"
#include "core/net/redisreader.h"
#include "core/net/tlssettings.h"

#include <QSslError>
#include <QTcpSocket>
#include <QTimer>

#include <deque>

namespace coroscope::net {

struct RedisOptions
{
    RedisAddress address;
    TlsSettings tls {};
    std::chrono::milliseconds timeout {10000}; ///< for connecting, and between bytes while replies are owed
    qint64 replyLimit = RedisReader::defaultLimit;
};

/// One connection to a Redis server, on the thread of a Loop.
///
/// Replies come in the order of the commands, so each command owns a slot in a queue until its reply comes,
/// even if nobody waits for it any more: a cancelled command leaves the stream in step. When the
/// connection breaks, all waiting commands fail with the same Error, which names host and port and never the
/// password. It is not mended: make another client.
class RedisClient
{
public:
    explicit RedisClient(RedisOptions options);
    ~RedisClient();
    RedisClient(const RedisClient &) = delete;
    RedisClient &operator=(const RedisClient &) = delete;

    /// Connects, logs in and selects the database. Awaiting it gives "OK" or throws Exception.
    RedisPending connect();
    /// Sends at once, also while other commands wait (pipelining). Awaiting it gives the reply, the server's
    /// error replies included, or throws Exception if the connection fails.
    RedisPending command(RedisCommand command);
    /// Ends the connection; commands that wait fail.
    void close();

    QString hostAndPort() const { return m_options.address.hostAndPort(); }

private:
    void onConnected();
    void onReadyRead();
    void onSocketError();
    void onTimeout();
    void onLogin(const RedisReply &reply, bool isLast);
    void deliver(RedisReply reply);
    void fail(Error error);
    Error error(Error::Kind kind, const QString &what, const QString &advice = {}) const;

    RedisOptions m_options;
    RedisReader m_reader;
    std::shared_ptr<RedisSlot> m_connecting;
    std::deque<std::shared_ptr<RedisSlot>> m_slots; ///< commands whose reply is owed, oldest first
    int m_loginReplies = 0; ///< how many of the next replies answer AUTH and SELECT
    std::optional<Error> m_broken;
    QList<QSslError> m_tlsErrors;
    QTimer m_timer;
    std::unique_ptr<QTcpSocket> m_socket; ///< a QSslSocket for TLS: only that loads the TLS library
};

} // namespace coroscope::net
