// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/redisparts.h"
#include "core/runtime/wait.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

Task<> execute(Stage stage, QUrl uri, int db)
{
    stage.print("开始执行:" + shown(uri));

    // At each of these awaits the other task goes on, with the other server.
    net::RedisClient redis({.address = addressOf(uri, db)});
    co_await redis.connect();

    co_await redis.command({"HSET", "car", "key1", "1", "key2", "2", "key3", "3"});

    const net::RedisReply result = co_await redis.command({"HGETALL", "car"});
    stage.print(reprOfHash(result, stage.decodesResponses()));

    co_await redis.command({"QUIT"});
    stage.print("执行结束:" + shown(uri));
}

} // namespace

Task<> coroscope::gallery::runRedis2(Stage stage)
{
    std::vector<AnyTask> tasks;
    for (const QUrl &uri : stage.redis())
        tasks.push_back(spawn({shown(uri), "redis"}, execute, stage, uri, int(tasks.size()) + 1));
    co_await wait(tasks);
}
