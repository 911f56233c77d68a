// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisreply.h"

#include "core/net/escape.h"

namespace coroscope::net {

namespace {

void appendRaw(QByteArray &out, const RedisReply &reply)
{
    switch (reply.type()) {
    case RedisReply::Type::Nil:
        break;
    case RedisReply::Type::Integer:
        out += QByteArray::number(reply.toInteger());
        break;
    case RedisReply::Type::Status:
    case RedisReply::Type::Bulk:
        out += reply.bytes();
        break;
    case RedisReply::Type::Error: // redis-cli ends an error's own line, too
        out += reply.bytes();
        out += '\n';
        break;
    case RedisReply::Type::Array: {
        bool first = true;
        for (const RedisReply &element : reply.elements()) {
            if (!first)
                out += '\n';
            first = false;
            appendRaw(out, element);
        }
        break;
    }
    }
}

constexpr qsizetype textLimit = 4096; // characters; beyond it a text says how much is left out

void appendText(QString &out, const RedisReply &reply);

void appendElements(QString &out, const RedisReply::Elements &elements, bool pairs)
{
    out += QLatin1Char(pairs ? '{' : '[');
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const bool isValue = pairs && i % 2 == 1;
        if (i > 0)
            out += isValue ? QStringLiteral(": ") : QStringLiteral(", ");
        if (out.size() > textLimit && !isValue) {
            const std::size_t left = pairs ? (elements.size() - i) / 2 : elements.size() - i;
            out += QStringLiteral("… %1 more").arg(grouped(qint64(left)));
            break;
        }
        appendText(out, elements[i]);
    }
    out += QLatin1Char(pairs ? '}' : ']');
}

void appendText(QString &out, const RedisReply &reply)
{
    switch (reply.type()) {
    case RedisReply::Type::Nil:
        out += QStringLiteral("(nil)");
        break;
    case RedisReply::Type::Integer:
        out += QString::number(reply.toInteger());
        break;
    case RedisReply::Type::Status:
    case RedisReply::Type::Error:
    case RedisReply::Type::Bulk:
        out += escaped(reply.bytes(), textLimit);
        break;
    case RedisReply::Type::Array:
        appendElements(out, reply.elements(), false);
        break;
    }
}

bool answersInPairs(const QList<QByteArray> &command)
{
    if (command.isEmpty())
        return false;
    const QByteArray name = command[0].toUpper();
    return name == "HGETALL" || (name == "CONFIG" && command.size() > 1 && command[1].toUpper() == "GET");
}

} // namespace

QByteArray toPipeText(const RedisReply &reply)
{
    QByteArray out;
    appendRaw(out, reply);
    out += '\n';
    return out;
}

QString toTraceText(const RedisReply &reply)
{
    QString out;
    appendText(out, reply);
    return out;
}

QString toTraceText(const QList<QByteArray> &command, const RedisReply &reply)
{
    if (reply.type() != RedisReply::Type::Array || !answersInPairs(command))
        return toTraceText(reply);
    QString out;
    appendElements(out, reply.elements(), true);
    return out;
}

} // namespace coroscope::net
