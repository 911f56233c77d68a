// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/rediscommand.h"
#include "core/runtime/threadexecutor.h"
#include "core/tasks/batchtask.h"
#include "core/tasks/redistask.h"

#include <QCoroTask>

namespace coroscope::tasks {

/// HSET car …, HGETALL car.
QList<net::RedisCommand> carCommands();

/// Writes a car and reads it back, with a pipeline of counters in between. A server that pauses its clients
/// for `pause` stands for one that is far away.
QCoro::Task<RedisResult> visitCar(QUrl url, std::chrono::milliseconds pause);

/// Waits for a download and reads the file on a worker's thread; gives its SHA-256.
QCoro::Task<QString> checksum(SpawnedTask<DownloadResult> file, QString name,
                              std::shared_ptr<ThreadExecutor> executor);

/// Parses a page for 250 ms without a break, which blocks the loop; gives the number of its links.
QCoro::Task<QString> parseIndex();

} // namespace coroscope::tasks
