// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/rediscommand.h"

#include "core/net/escape.h"

namespace coroscope::net {

namespace {

QByteArray upper(const RedisCommand &command, qsizetype index)
{
    return index < command.size() ? command[index].toUpper() : QByteArray();
}

} // namespace

QByteArray encoded(const RedisCommand &command)
{
    qsizetype size = 16;
    for (const QByteArray &argument : command)
        size += argument.size() + 16;
    QByteArray out;
    out.reserve(size);
    out += '*' + QByteArray::number(command.size()) + "\r\n";
    for (const QByteArray &argument : command) {
        out += '$' + QByteArray::number(argument.size()) + "\r\n";
        out += argument;
        out += "\r\n";
    }
    return out;
}

QString label(const RedisCommand &command)
{
    if (command.isEmpty())
        return {};
    constexpr qsizetype argumentLimit = 32;
    QString text = escaped(command[0].toUpper(), argumentLimit);
    const RedisCommand shown = withoutSecret(command);
    if (shown.size() > 1) {
        QString argument = escaped(shown[1].first(qMin(shown[1].size(), argumentLimit)));
        if (shown[1].size() > argumentLimit)
            argument += QChar(0x2026);
        text += QLatin1Char(' ') + argument;
    }
    return text;
}

bool holdsSecret(const RedisCommand &command) { return withoutSecret(command).size() != command.size(); }

RedisCommand withoutSecret(const RedisCommand &command)
{
    const QByteArray name = upper(command, 0);
    if (name == "AUTH")
        return command.first(1);
    if (name == "HELLO" && command.size() > 2)
        return command.first(2);
    if (name == "MIGRATE") // host, port, key, db, timeout; then perhaps AUTH password
        return command.first(qMin<qsizetype>(command.size(), 6));
    if (name == "CONFIG" && upper(command, 1) == "SET") {
        for (qsizetype i = 2; i < command.size(); i += 2) {
            const QByteArray key = upper(command, i);
            if (key.contains("PASS") || key.contains("AUTH"))
                return command.first(2);
        }
    }
    if (name == "ACL" && upper(command, 1) == "SETUSER")
        return command.first(qMin<qsizetype>(command.size(), 3));
    return command;
}

bool breaksPairing(const RedisCommand &command)
{
    const QByteArray name = upper(command, 0);
    if (name == "CLIENT" && upper(command, 1) == "REPLY")
        return upper(command, 2) != "ON";
    return name == "SUBSCRIBE" || name == "PSUBSCRIBE" || name == "SSUBSCRIBE" || name == "UNSUBSCRIBE"
           || name == "PUNSUBSCRIBE" || name == "SUNSUBSCRIBE" || name == "MONITOR" || name == "SYNC"
           || name == "PSYNC" || (name == "HELLO" && upper(command, 1) == "3");
}

} // namespace coroscope::net
