// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqltidy.h"

#include "core/net/mysqlhandle.h"

namespace coroscope::net {

QCoro::Task<void> tidyMySql(std::shared_ptr<MySqlHandle> handle)
{
    while (MYSQL_RES *const rows = handle->takeLeftRows()) {
        const auto start = [&] { return mysql_free_result_start(rows); };
        const auto go = [&](int events) { return mysql_free_result_cont(rows, events); };
        co_await MySqlCall(*handle, MySqlPhase::Tidy, start, go);
    }
    my_bool failed = 0;
    while (MYSQL_STMT *const statement = handle->takeStatementWithRows()) {
        const auto start = [&] { return mysql_stmt_free_result_start(&failed, statement); };
        const auto go = [&](int events) { return mysql_stmt_free_result_cont(&failed, statement, events); };
        co_await MySqlCall(*handle, MySqlPhase::Tidy, start, go);
    }
    while (mysql_more_results(handle->mysql())) {
        int code = 0;
        const auto start = [&] { return mysql_next_result_start(&code, handle->mysql()); };
        const auto go = [&](int events) { return mysql_next_result_cont(&code, handle->mysql(), events); };
        co_await MySqlCall(*handle, MySqlPhase::Tidy, start, go);
        if (code != 0)
            break; // the next statement meets what is wrong
        if (MYSQL_RES *const rows = mysql_use_result(handle->mysql())) {
            const auto skip = [&] { return mysql_free_result_start(rows); };
            const auto goOn = [&](int events) { return mysql_free_result_cont(rows, events); };
            co_await MySqlCall(*handle, MySqlPhase::Tidy, skip, goOn);
        }
    }
    while (MYSQL_STMT *const statement = handle->takeLeftStatement()) {
        const auto start = [&] { return mysql_stmt_close_start(&failed, statement); };
        const auto go = [&](int events) { return mysql_stmt_close_cont(&failed, statement, events); };
        co_await MySqlCall(*handle, MySqlPhase::Tidy, start, go);
    }
}

} // namespace coroscope::net
