// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisreply.h"

namespace coroscope::net {

RedisReply RedisReply::integer(qint64 value) { return {Type::Integer, value}; }
RedisReply RedisReply::status(QByteArray text) { return {Type::Status, std::move(text)}; }
RedisReply RedisReply::error(QByteArray text) { return {Type::Error, std::move(text)}; }
RedisReply RedisReply::bulk(QByteArray bytes) { return {Type::Bulk, std::move(bytes)}; }
RedisReply RedisReply::array(Elements elements) { return {Type::Array, std::move(elements)}; }

qint64 RedisReply::toInteger() const
{
    const auto *value = std::get_if<qint64>(&m_value);
    return value ? *value : 0;
}

const QByteArray &RedisReply::bytes() const
{
    static const QByteArray empty;
    const auto *value = std::get_if<QByteArray>(&m_value);
    return value ? *value : empty;
}

const RedisReply::Elements &RedisReply::elements() const
{
    static const Elements empty;
    const auto *value = std::get_if<Elements>(&m_value);
    return value ? *value : empty;
}

void RedisReply::append(RedisReply element)
{
    if (auto *value = std::get_if<Elements>(&m_value))
        value->push_back(std::move(element));
}

} // namespace coroscope::net
