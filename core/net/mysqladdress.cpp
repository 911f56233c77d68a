// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqladdress.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <optional>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::MySqlAddress)
};

Error wrong(const QString &what, const QString &advice)
{
    return Error {.kind = Error::Kind::Input, .what = what, .advice = advice};
}

QString example() { return Words::tr("Write it as mysql://user:password@host:3306/database"); }

QByteArray decoded(const QString &encoded) { return QByteArray::fromPercentEncoding(encoded.toUtf8()); }

std::optional<Error> readQuery(const QUrl &url, MySqlAddress &address)
{
    for (const auto &[key, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded)) {
        if (key == QLatin1String("socket")) {
            address.socket = value;
        } else if (key == QLatin1String("ssl-mode")) {
            const QString mode = value.toLower();
            if (mode == QLatin1String("disabled"))
                address.tls = MySqlTls::Disabled;
            else if (mode == QLatin1String("required"))
                address.tls = MySqlTls::Required;
            else if (mode == QLatin1String("verify-identity") || mode == QLatin1String("verify_identity"))
                address.tls = MySqlTls::VerifyIdentity;
            else
                return wrong(Words::tr("“%1” is no ssl-mode").arg(value),
                             Words::tr("It is disabled, required or verify-identity"));
        } else {
            return wrong(Words::tr("“%1” is no option of a MySQL address").arg(key),
                         Words::tr("After the ? there can be ssl-mode and socket"));
        }
    }
    if (!address.socket.isEmpty() && address.tls != MySqlTls::Disabled)
        return wrong(Words::tr("a Unix socket isn't encrypted"), Words::tr("Leave socket or ssl-mode out"));
    return {};
}

} // namespace

QString MySqlAddress::hostAndPort() const
{
    if (!socket.isEmpty())
        return socket;
    const bool isIpv6 = host.contains(QLatin1Char(':'));
    return (isIpv6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(host).arg(port);
}

std::variant<MySqlAddress, Error> parseMySqlUrl(const QUrl &url)
{
    if (!url.isValid())
        return wrong(Words::tr("not a MySQL address"), example());
    const QString scheme = url.scheme().toLower();
    if (scheme != QLatin1String("mysql") && scheme != QLatin1String("mariadb"))
        return wrong(Words::tr("a MySQL address starts with mysql://"), example());

    MySqlAddress address;
    address.host = url.host(QUrl::FullyDecoded);
    if (address.host.isEmpty())
        return wrong(Words::tr("the address names no host"), example());
    if (url.port() == 0)
        return wrong(Words::tr("port 0 can't be connected to"), example());
    address.port = quint16(url.port(3306));
    // Not QUrl::FullyDecoded: a password is any bytes.
    address.user = decoded(url.userName(QUrl::FullyEncoded));
    address.password = decoded(url.password(QUrl::FullyEncoded));
    if (address.user.contains('\0') || address.password.contains('\0'))
        return wrong(Words::tr("a zero byte in user or password"), example());
    if (address.user.isEmpty() && !address.password.isEmpty())
        return wrong(Words::tr("a password without a user"), example());

    address.database = QString::fromUtf8(decoded(url.path(QUrl::FullyEncoded)));
    if (address.database.startsWith(QLatin1Char('/')))
        address.database.remove(0, 1);
    if (address.database.contains(QLatin1Char('/')) || address.database.contains(QChar::Null))
        return wrong(Words::tr("“%1” is not the name of one database").arg(address.database), example());
    if (url.hasFragment())
        return wrong(Words::tr("a MySQL address takes no # part"), example());
    if (auto error = readQuery(url, address))
        return *error;
    return address;
}

} // namespace coroscope::net
