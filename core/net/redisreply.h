// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstdint>
#include <variant>
#include <vector>

namespace coroscope::net {

/// One RESP2 reply, typed. A value; copies share their bytes.
class RedisReply
{
public:
    enum class Type : std::uint8_t { Nil, Integer, Status, Error, Bulk, Array };
    using Elements = std::vector<RedisReply>;

    RedisReply() = default; ///< nil
    static RedisReply integer(qint64 value);
    static RedisReply status(QByteArray text);
    static RedisReply error(QByteArray text);
    static RedisReply bulk(QByteArray bytes);
    static RedisReply array(Elements elements);

    Type type() const { return m_type; }
    bool isNil() const { return m_type == Type::Nil; }
    bool isError() const { return m_type == Type::Error; }
    /// Of an Integer; 0 of anything else.
    qint64 toInteger() const;
    /// Of a Status, Error or Bulk; empty of anything else.
    const QByteArray &bytes() const;
    /// Of an Array; empty of anything else.
    const Elements &elements() const;
    /// Adds to an Array.
    void append(RedisReply element);

    friend bool operator==(const RedisReply &a, const RedisReply &b)
    {
        return a.m_type == b.m_type && a.m_value == b.m_value;
    }

private:
    template<class V>
    RedisReply(Type type, V value)
        : m_type(type)
        , m_value(std::move(value))
    { }

    Type m_type = Type::Nil;
    std::variant<std::monostate, qint64, QByteArray, Elements> m_value;
};

/// As redis-cli prints a reply to a pipe, its last line feed included.
QByteArray toPipeText(const RedisReply &reply);

/// For a person, on one line and of bounded length: "(nil)", "3", "[a, b]".
QString toTraceText(const RedisReply &reply);
/// The same, knowing what was asked: field and value pairs read "{key1: 1, key2: 2}".
QString toTraceText(const QList<QByteArray> &command, const RedisReply &reply);

} // namespace coroscope::net
