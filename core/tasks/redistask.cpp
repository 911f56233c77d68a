// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/redistask.h"

#include "core/net/redisclient.h"
#include "core/trace/note.h"

namespace coroscope::tasks {

namespace {

constexpr std::size_t mostPrinted = 100; // lines in the console

net::RedisOptions optionsFor(const RedisSpec &spec)
{
    const auto address = net::parseRedisUrl(spec.url);
    if (const auto *error = std::get_if<net::Error>(&address))
        throw net::Exception(*error);
    return {.address = std::get<net::RedisAddress>(address),
            .tls = {spec.insecure, spec.caFile},
            .timeout = spec.timeout};
}

void printReply(const RedisResult &result)
{
    const std::size_t index = result.replies.size() - 1;
    if (index >= mostPrinted)
        return;
    const net::RedisCommand &command = result.commands[qsizetype(index)];
    trace::print(
        QStringLiteral("%1 → %2").arg(net::label(command), toTraceText(command, result.replies[index])));
}

void requireNoError(const RedisResult &result, const QString &where)
{
    for (std::size_t i = 0; i < result.replies.size(); ++i) {
        if (!result.replies[i].isError())
            continue;
        QString what = QString::fromUtf8(result.replies[i].bytes());
        if (result.replies.size() > 1)
            what = QStringLiteral("%1: %2").arg(net::label(result.commands[qsizetype(i)]), what);
        throw net::Exception({.kind = net::Error::Kind::Server, .what = what, .where = where});
    }
}

} // namespace

QString toTraceText(const RedisResult &result)
{
    if (result.replies.empty())
        return {};
    return toTraceText(result.commands.back(), result.replies.back());
}

QByteArray toPipeText(const RedisResult &result)
{
    QByteArray text;
    for (const net::RedisReply &reply : result.replies)
        text += toPipeText(reply);
    return text;
}

QCoro::Task<RedisResult> runRedis(RedisSpec spec, TaskContext context)
{
    const net::RedisOptions options = optionsFor(spec);
    while (options.address.tls && !context.tls->isLoaded())
        co_await context.tls->loading();
    net::RedisClient client(options);
    co_await client.connect();
    RedisResult result {.commands = spec.commands, .replies = {}};
    std::deque<net::RedisPending> pending;
    for (const net::RedisCommand &command : spec.commands) {
        pending.push_back(client.command(command));
        if (spec.pipelined)
            continue;
        result.replies.push_back(co_await pending.front());
        pending.pop_front();
        printReply(result);
    }
    for (; !pending.empty(); pending.pop_front()) {
        result.replies.push_back(co_await pending.front());
        printReply(result);
    }
    client.close();
    context.book->setOutput(trace::currentTask(), toPipeText(result));
    requireNoError(result, client.hostAndPort());
    co_return result;
}

} // namespace coroscope::tasks
