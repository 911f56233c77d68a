// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/redisparts.h"

#include "core/gallery/pythonrepr.h"

namespace coroscope::gallery {

net::RedisAddress addressOf(const QUrl &uri, int database)
{
    const auto parsed = net::parseRedisUrl(uri);
    if (const auto *error = std::get_if<net::Error>(&parsed))
        throw net::Exception(*error);
    auto address = std::get<net::RedisAddress>(parsed);
    if (uri.path().size() <= 1)
        address.database = database;
    return address;
}

QString reprOfHash(const net::RedisReply &reply, bool decodesResponses)
{
    if (reply.isError())
        throw net::Exception({.kind = net::Error::Kind::Server, .what = QString::fromUtf8(reply.bytes())});
    const auto reprOf = [decodesResponses](const net::RedisReply &part) {
        return decodesResponses ? repr(QString::fromUtf8(part.bytes())) : repr(part.bytes());
    };
    const net::RedisReply::Elements &parts = reply.elements();
    QStringList pairs;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
        pairs << reprOf(parts[i]) + QStringLiteral(": ") + reprOf(parts[i + 1]);
    return u'{' + pairs.join(QStringLiteral(", ")) + u'}';
}

} // namespace coroscope::gallery
