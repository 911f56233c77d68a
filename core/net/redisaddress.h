// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <variant>

namespace coroscope::net {

/// Where a Redis server is, and who asks.
struct RedisAddress
{
    QString host {};
    quint16 port = 6379;
    int database = 0;
    QByteArray user {}; ///< empty: the default user
    QByteArray password {}; ///< empty: none
    bool tls = false;

    /// "host:6379", "[::1]:6379": what messages say.
    QString hostAndPort() const;
    friend bool operator==(const RedisAddress &, const RedisAddress &) = default;
};

/// redis://[user[:password]@]host[:port][/database] or rediss://…; "redis://:password@host" has no user.
std::variant<RedisAddress, Error> parseRedisUrl(const QUrl &url);

} // namespace coroscope::net
