// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace coroscope::net {

/// A command's name and its arguments; any bytes.
using RedisCommand = QList<QByteArray>;

/// As it goes over the wire.
QByteArray encoded(const RedisCommand &command);

/// For lanes and messages: name and first argument, shortened; "AUTH" and its like without any argument.
QString label(const RedisCommand &command);

/// True if its arguments may hold a password: AUTH, HELLO … AUTH, CONFIG SET requirepass, ACL SETUSER …
bool holdsSecret(const RedisCommand &command);
/// The command without the arguments that may hold a password: ("AUTH"), ("CONFIG", "SET").
RedisCommand withoutSecret(const RedisCommand &command);

/// True for commands that turn a connection into a stream of messages, which is not a reply for each
/// command: SUBSCRIBE and its like, MONITOR, SYNC, PSYNC, CLIENT REPLY OFF or SKIP, HELLO 3.
bool breaksPairing(const RedisCommand &command);

/// Splits a line as redis-cli does: blanks; "double quotes" with \n \r \t \b \a \xHH; 'single quotes' with
/// \'. Nothing if a quote isn't closed or isn't followed by a blank.
std::optional<RedisCommand> splitCommandLine(QByteArrayView line);
/// The inverse: quotes what needs quotes.
QByteArray joinCommandLine(const RedisCommand &command);

} // namespace coroscope::net
