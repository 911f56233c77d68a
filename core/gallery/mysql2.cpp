// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/mysqlparts.h"
#include "core/runtime/wait.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

Task<> execute(Stage stage, QUrl uri)
{
    stage.print("开始执行:" + hostOf(uri));

    // At each of these awaits the other task goes on, with the other server.
    net::MySqlClient conn({.address = addressOf(uri)});
    co_await conn.connect();

    net::MySqlResult cur = co_await conn.query("select Host, User from user");

    const net::MySqlRows result = co_await cur.all();
    stage.print(reprOfRows(result));

    co_await conn.close();
    stage.print("执行结束:" + hostOf(uri));
}

} // namespace

Task<> coroscope::gallery::runMysql2(Stage stage)
{
    std::vector<AnyTask> tasks;
    for (const QUrl &uri : stage.mysql())
        tasks.push_back(spawn({hostOf(uri), "mysql"}, execute, stage, uri));
    co_await wait(tasks);
}
