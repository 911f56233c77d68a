// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisaddress.h"

#include <QCoreApplication>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::RedisAddress)
};

Error wrong(const QString &what, const QString &advice)
{
    return Error {.kind = Error::Kind::Input, .what = what, .advice = advice};
}

QString example() { return Words::tr("Write it as redis://user:password@host:6379/0"); }

} // namespace

QString RedisAddress::hostAndPort() const
{
    const bool isIpv6 = host.contains(QLatin1Char(':'));
    return (isIpv6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(host).arg(port);
}

std::variant<RedisAddress, Error> parseRedisUrl(const QUrl &url)
{
    if (!url.isValid())
        return wrong(Words::tr("not a Redis address"), example());
    RedisAddress address;
    const QString scheme = url.scheme().toLower();
    if (scheme == QLatin1String("rediss"))
        address.tls = true;
    else if (scheme != QLatin1String("redis"))
        return wrong(QStringLiteral("a Redis address starts with redis:// or rediss://"), example());

    address.host = url.host(QUrl::FullyDecoded);
    if (address.host.isEmpty())
        return wrong(Words::tr("the address names no host"), example());
    if (url.port() == 0)
        return wrong(Words::tr("port 0 can't be connected to"), example());
    address.port = quint16(url.port(6379));
    // Not QUrl::FullyDecoded: a password is any bytes, a percent-encoded zero included.
    address.user = QByteArray::fromPercentEncoding(url.userName(QUrl::FullyEncoded).toUtf8());
    address.password = QByteArray::fromPercentEncoding(url.password(QUrl::FullyEncoded).toUtf8());
    if (!address.user.isEmpty() && address.password.isEmpty())
        return wrong(Words::tr("a user without a password"), example());

    QString path = url.path(QUrl::FullyDecoded);
    if (path.startsWith(QLatin1Char('/')))
        path.remove(0, 1);
    if (!path.isEmpty()) {
        bool isNumber = false;
        address.database = path.toInt(&isNumber);
        if (!isNumber || address.database < 0 || path.startsWith(QLatin1Char('+')))
            return wrong(Words::tr("“%1” is not the number of a database").arg(path), example());
    }
    if (url.hasQuery() || url.hasFragment())
        return wrong(Words::tr("a Redis address takes no ? or # part"), example());
    return address;
}

} // namespace coroscope::net
