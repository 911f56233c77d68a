// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/redisclient.h"

#include <QUrl>

/// What the Redis examples need around redis.connect(), redis.command().
namespace coroscope::gallery {

/// Where the server is and who asks. `database` is that of an address that names none.
net::RedisAddress addressOf(const QUrl &uri, int database);

/// The reply to HGETALL as Python prints a dict: {'key1': '1'}, or as bytes {b'key1': b'1'}. Throws
/// net::Exception for an error reply.
QString reprOfHash(const net::RedisReply &reply, bool decodesResponses);

} // namespace coroscope::gallery
