// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/tlssettings.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace coroscope::net {

struct HttpHeader
{
    QByteArray name;
    QByteArray value;
    friend bool operator==(const HttpHeader &, const HttpHeader &) = default;
};

/// A login. Never stored, shown or traced.
struct Credentials
{
    QString user {};
    QString password {};
    QByteArray bearer {}; ///< a token, instead of user and password
    bool isEmpty() const { return user.isEmpty() && bearer.isEmpty(); }
    friend bool operator==(const Credentials &, const Credentials &) = default;
};

/// How a server is reached. Without secrets: a proxy's password stands in Credentials, a server's in a netrc
/// file or in Credentials.
struct HttpAccess
{
    TlsSettings tls {};
    /// "http://host:port", "socks5://host:port" (names resolved there: "socks5h"); "none": no proxy; empty:
    /// the system's, but none for this computer itself.
    QString proxy {};
    QString netrcFile {}; ///< empty: none is read
    QString cookiesFile {}; ///< Netscape's format, read only; empty: none
    bool http2 = false; ///< where the server offers it over TLS
    friend bool operator==(const HttpAccess &, const HttpAccess &) = default;
};

/// One GET. A value.
struct HttpGet
{
    QUrl url {};
    HttpAccess access {};
    Credentials credentials {}; ///< for the server; before what netrc says
    Credentials proxyCredentials {};
    QList<HttpHeader> headers {}; ///< further ones
    std::optional<qint64> rangeFirst {}; ///< "Range: bytes=first-[last]"
    std::optional<qint64> rangeLast {}; ///< included
    QByteArray ifRange {}; ///< the value of If-Range; empty: none
};

} // namespace coroscope::net
