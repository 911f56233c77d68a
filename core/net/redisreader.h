// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/net/redisreply.h"

#include <QByteArrayView>

#include <memory>
#include <optional>

struct redisReader;

namespace coroscope::net {

/// Makes replies of the bytes that a Redis server sends (RESP2), however they are cut.
///
/// hiredis' reader reads what isn't an array. Its stack is 9 deep in the releases that Debian carries, so the
/// nesting is kept here: up to maximumDepth, without recursion. A reply that would take more than
/// the limit of bytes is refused as soon as its size is known, not after it was received.
class RedisReader
{
public:
    static constexpr int maximumDepth = 32;
    static constexpr qint64 defaultLimit = qint64(512) << 20; ///< Redis' own limit of a string

    explicit RedisReader(qint64 limit = defaultLimit);
    ~RedisReader();

    /// Bytes as they came; any number of them.
    void feed(QByteArrayView bytes);
    /// The next whole reply; nothing if more bytes are needed, or after an error.
    std::optional<RedisReply> next();
    /// Protocol and Limit errors are final: the stream has no known position any more.
    const std::optional<Error> &error() const { return m_error; }

private:
    struct Free
    {
        void operator()(redisReader *reader) const;
    };
    struct Level
    {
        RedisReply array;
        qint64 missing = 0;
    };
    enum class Step : std::uint8_t { Value, Continue, Stop };

    Step step(RedisReply &value);
    Step readHeader(RedisReply &value);
    Step readScalar(RedisReply &value);
    Step fail(Error::Kind kind, const QString &what);
    qint64 available() const;

    std::unique_ptr<redisReader, Free> m_reader;
    qint64 m_limit;
    qint64 m_taken = 0; ///< bytes of the reply under way that have been read
    bool m_inScalar = false; ///< hiredis has begun a value and waits for the rest
    std::vector<Level> m_levels; ///< arrays under way, outermost first
    std::optional<Error> m_error;
};

} // namespace coroscope::net
