// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlerror.h"

#include <QCoreApplication>

#include <cerrno>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::MySqlError)
};

// Of mysqld_error.h and errmsg.h, which not every build has.
enum Code : unsigned {
    DatabaseAccessDenied = 1044,
    AccessDenied = 1045,
    AccountLocked = 4151,
    TransportRequired = 3159,
    SocketRefused = 2002,
    ConnectionRefused = 2003,
    UnknownHost = 2005,
    ServerGone = 2006,
    ServerLost = 2013,
    TlsFailed = 2026,
    PluginMissing = 2059,
    LibraryFirst = 2000,
    LibraryLast = 2999,
};

/// "Can't connect to server on '::1' (111)": the last number is errno.
int systemError(const QByteArray &text)
{
    const qsizetype from = text.lastIndexOf('(');
    const qsizetype to = text.lastIndexOf(')');
    return from >= 0 && to > from ? text.sliced(from + 1, to - from - 1).toInt() : 0;
}

Error connectionError(const QByteArray &text)
{
    switch (systemError(text)) {
    case ECONNREFUSED:
    case ENOENT:
        return {.kind = Error::Kind::Refused,
                .what = Words::tr("connection refused"),
                .advice = Words::tr("Check that the MySQL server runs and that the port is right")};
    default:
        return {.kind = Error::Kind::Lost,
                .what = QString::fromUtf8(text),
                .advice = Words::tr("Check the host's name and the network")};
    }
}

Error errorFor(unsigned code, const QByteArray &sqlState, const QByteArray &text, bool hidesText)
{
    switch (code) {
    case SocketRefused:
    case ConnectionRefused:
        return connectionError(text);
    case UnknownHost:
        return {.kind = Error::Kind::Dns, .what = Words::tr("host not found")};
    case ServerGone:
        return {.kind = Error::Kind::Lost, .what = Words::tr("the MySQL server closed the connection")};
    case ServerLost:
        return {.kind = Error::Kind::Lost, .what = Words::tr("the connection to the MySQL server was lost")};
    case TlsFailed:
        return {.kind = Error::Kind::Tls, .what = QString::fromUtf8(text)};
    default:
        break;
    }
    Error error {.kind = Error::Kind::Server};
    if (code >= LibraryFirst && code <= LibraryLast) {
        error.kind = code == PluginMissing ? Error::Kind::Login : Error::Kind::Protocol;
        error.what = QString::fromUtf8(text);
        return error;
    }
    error.what = QStringLiteral("%1 (%2)").arg(code).arg(QString::fromLatin1(sqlState));
    if (!hidesText)
        error.what += QStringLiteral(": ") + QString::fromUtf8(text);
    if (code == AccessDenied || code == DatabaseAccessDenied || code == AccountLocked) {
        error.kind = Error::Kind::Login;
        error.advice = Words::tr("Check user and password");
    } else if (code == TransportRequired) {
        error.kind = Error::Kind::Tls;
        error.advice = Words::tr("Add ?ssl-mode=required to the address");
    }
    return error;
}

} // namespace

MySqlException::MySqlException(Error error, unsigned code, QByteArray sqlState)
    : Exception(std::move(error))
    , m_code(code)
    , m_sqlState(std::move(sqlState))
{ }

MySqlException mySqlException(unsigned code, const QByteArray &sqlState, const QByteArray &text,
                              const QString &where, bool hidesText)
{
    Error error = errorFor(code, sqlState, text, hidesText);
    error.where = where;
    return {std::move(error), code, sqlState};
}

} // namespace coroscope::net
