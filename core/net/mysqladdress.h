// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <variant>

namespace coroscope::net {

/// How a connection to a MySQL server is encrypted.
enum class MySqlTls : std::uint8_t {
    Disabled, ///< not at all
    Required, ///< or there is no connection; the server's certificate isn't looked at
    VerifyIdentity, ///< Required, and the certificate is trusted and is the host's
};

/// Where a MySQL or MariaDB server is, and who asks.
struct MySqlAddress
{
    QString host {};
    quint16 port = 3306;
    QString socket {}; ///< path of a Unix socket, which then counts instead of host and port
    QString database {}; ///< empty: none
    QByteArray user {}; ///< empty: the name of who runs this program
    QByteArray password {}; ///< empty: none
    MySqlTls tls = MySqlTls::Disabled;

    /// "host:3306", "[::1]:3306", the socket's path: what messages say.
    QString hostAndPort() const;
    friend bool operator==(const MySqlAddress &, const MySqlAddress &) = default;
};

/// mysql://[user[:password]@]host[:port][/database][?ssl-mode=…][&socket=…], each part percent-encoded;
/// ssl-mode is disabled, required or verify-identity, as MySQL's own programs call them. An Error says which
/// part is wrong and never holds the password.
std::variant<MySqlAddress, Error> parseMySqlUrl(const QUrl &url);

} // namespace coroscope::net
