// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/mysqlparts.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

Task<> execute(Stage stage, QUrl uri)
{
    // Network I/O: connects and logs in.
    net::MySqlClient conn({.address = addressOf(uri)});
    co_await conn.connect();

    // Network I/O: runs the statement. Its result is the cursor.
    net::MySqlResult cur = co_await conn.query("select Host, User from user");

    // Network I/O: fetches the rows.
    const net::MySqlRows result = co_await cur.all();
    stage.print(reprOfRows(result));

    // Network I/O: closes the connection.
    co_await conn.close();
}

} // namespace

Task<> coroscope::gallery::runMysql1(Stage stage) { co_await execute(stage, stage.mysql().value(0)); }
