// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/redisparts.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

Task<> execute(Stage stage, QUrl uri, int db)
{
    stage.print("开始执行:" + shown(uri));
    // Network I/O: connects, logs in with the password in the address, selects the database.
    net::RedisClient redis({.address = addressOf(uri, db)});
    co_await redis.connect();

    // Network I/O: a hash named car, with three pairs: {car: {key1: 1, key2: 2, key3: 3}}
    co_await redis.command({"HSET", "car", "key1", "1", "key2", "2", "key3", "3"});

    // Network I/O: reads it back.
    const net::RedisReply result = co_await redis.command({"HGETALL", "car"});
    stage.print(reprOfHash(result, stage.decodesResponses()));

    // Network I/O: says goodbye.
    co_await redis.command({"QUIT"});
    stage.print("执行结束:" + shown(uri));
}

} // namespace

Task<> coroscope::gallery::runRedis1(Stage stage) { co_await execute(stage, stage.redis().value(0), 1); }
