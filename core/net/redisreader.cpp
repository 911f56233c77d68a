// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisreader.h"

#include <hiredis/hiredis.h>

#include <charconv>

#include <QCoreApplication>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::RedisReader)
};

// hiredis calls these with one value at a time. It wants a pointer that isn't null for each.
void *createString(const redisReadTask *task, char *text, size_t length)
{
    QByteArray bytes(text, qsizetype(length));
    switch (task->type) {
    case REDIS_REPLY_STATUS:
        return new RedisReply(RedisReply::status(std::move(bytes)));
    case REDIS_REPLY_ERROR:
        return new RedisReply(RedisReply::error(std::move(bytes)));
    default:
        return new RedisReply(RedisReply::bulk(std::move(bytes)));
    }
}

void *createInteger(const redisReadTask *, long long value)
{
    return new RedisReply(RedisReply::integer(value));
}

void *createNil(const redisReadTask *) { return new RedisReply; }

void freeReply(void *reply) { delete static_cast<RedisReply *>(reply); }

redisReplyObjectFunctions functions()
{
    redisReplyObjectFunctions table {};
    table.createString = createString;
    table.createInteger = createInteger;
    table.createNil = createNil;
    table.freeObject = freeReply;
    return table;
}

redisReplyObjectFunctions functionTable = functions();

/// The number between a type byte and the line's end; nothing if it isn't one.
std::optional<qint64> number(QByteArrayView text)
{
    qint64 value = 0;
    const char *end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ec != std::errc {} || result.ptr != end)
        return std::nullopt;
    return value;
}

constexpr qsizetype longestHeader = 32; // "*" or "$", a 64-bit number, "\r\n"

} // namespace

void RedisReader::Free::operator()(redisReader *reader) const { redisReaderFree(reader); }

RedisReader::RedisReader(qint64 limit)
    : m_reader(redisReaderCreateWithFunctions(&functionTable))
    , m_limit(limit)
{ }

RedisReader::~RedisReader() = default;

void RedisReader::feed(QByteArrayView bytes)
{
    if (m_error)
        return;
    if (redisReaderFeed(m_reader.get(), bytes.data(), size_t(bytes.size())) != REDIS_OK)
        fail(Error::Kind::Limit, Words::tr("out of memory for a reply"));
}

qint64 RedisReader::available() const { return qint64(m_reader->len) - qint64(m_reader->pos); }

std::optional<RedisReply> RedisReader::next()
{
    RedisReply value;
    for (;;) {
        const Step result = step(value);
        if (result == Step::Stop)
            return std::nullopt;
        if (result == Step::Continue)
            continue;
        while (!m_levels.empty()) {
            Level &level = m_levels.back();
            level.array.append(std::move(value));
            if (--level.missing > 0)
                break;
            value = std::move(level.array);
            m_levels.pop_back();
            if (m_levels.empty())
                break;
        }
        if (m_levels.empty()) {
            m_taken = 0;
            return value;
        }
    }
}

RedisReader::Step RedisReader::step(RedisReply &value)
{
    if (m_error || available() <= 0)
        return Step::Stop;
    if (!m_inScalar) {
        const char type = m_reader->buf[m_reader->pos];
        if (type == '*' || type == '$') {
            const Step header = readHeader(value);
            if (type == '*' || header != Step::Value)
                return header;
        }
    }
    return readScalar(value);
}

/// Of an array: takes its header. Of a bulk: looks at its length before hiredis waits for that many bytes.
RedisReader::Step RedisReader::readHeader(RedisReply &value)
{
    const QByteArrayView seen(m_reader->buf + m_reader->pos, available());
    const qsizetype end = seen.first(qMin(seen.size(), longestHeader)).indexOf("\r\n");
    if (end < 0) {
        if (seen.size() < longestHeader)
            return Step::Stop;
        return fail(Error::Kind::Protocol, Words::tr("a reply's length isn't a number"));
    }
    const auto length = number(seen.sliced(1, end - 1));
    if (!length || *length < -1)
        return fail(Error::Kind::Protocol, Words::tr("a reply's length isn't a number"));
    if (seen[0] == '$') {
        if (*length > m_limit - m_taken)
            return fail(Error::Kind::Limit, Words::tr("the reply is larger than %1 bytes").arg(m_limit));
        return Step::Value;
    }

    m_reader->pos += size_t(end) + 2;
    m_taken += end + 2;
    // Each element takes three bytes at the least ("+\r\n"), so this array can't keep within the limit.
    if (*length > (m_limit - m_taken) / 3)
        return fail(Error::Kind::Limit, Words::tr("the reply is larger than %1 bytes").arg(m_limit));
    if (*length == -1) {
        value = RedisReply();
        return Step::Value;
    }
    if (m_levels.size() >= std::size_t(maximumDepth))
        return fail(Error::Kind::Limit,
                    Words::tr("the reply is nested deeper than %1 arrays").arg(maximumDepth));
    value = RedisReply::array({});
    if (*length == 0)
        return Step::Value;
    m_levels.push_back({std::move(value), *length});
    return Step::Continue;
}

RedisReader::Step RedisReader::readScalar(RedisReply &value)
{
    const qint64 before = available();
    void *object = nullptr;
    if (redisReaderGetReply(m_reader.get(), &object) != REDIS_OK)
        return fail(Error::Kind::Protocol, QString::fromUtf8(m_reader->errstr));
    m_taken += before - available();
    if (m_taken + available() > m_limit && !object)
        return fail(Error::Kind::Limit, Words::tr("the reply is larger than %1 bytes").arg(m_limit));
    m_inScalar = object == nullptr;
    if (!object)
        return Step::Stop;
    const std::unique_ptr<RedisReply> reply(static_cast<RedisReply *>(object));
    value = std::move(*reply);
    return Step::Value;
}

RedisReader::Step RedisReader::fail(Error::Kind kind, const QString &what)
{
    m_error = Error {.kind = kind, .what = what, .advice = {}};
    m_levels.clear();
    return Step::Stop;
}

} // namespace coroscope::net
