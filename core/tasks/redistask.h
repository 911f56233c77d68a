// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/rediscommand.h"
#include "core/net/redisreply.h"
#include "core/tasks/launch.h"

#include <QCoroTask>

namespace coroscope::tasks {

struct RedisResult
{
    QList<net::RedisCommand> commands;
    std::vector<net::RedisReply> replies; ///< one for each command
};

/// The last reply: "{key1: 1, key2: 2, key3: 3}", "OK".
QString toTraceText(const RedisResult &result);
/// All replies, as redis-cli prints them to a pipe.
QByteArray toPipeText(const RedisResult &result);

/// Connects, runs the commands one after the other or pipelined, closes. A command that the server answers
/// with an error doesn't keep the next from running, as in redis-cli; the task then fails with the first of
/// these errors. Throws net::Exception.
QCoro::Task<RedisResult> runRedis(RedisSpec spec, TaskContext context);

} // namespace coroscope::tasks
