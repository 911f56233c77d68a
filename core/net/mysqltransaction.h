// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlclient.h"

#include <functional>
#include <type_traits>

namespace coroscope::net {

/// Runs `body(client, arguments…)`, a coroutine, in a transaction: COMMIT when it returns, ROLLBACK when it
/// throws or is cancelled; what it threw goes on. If the connection broke meanwhile, as it does when a
/// statement under way is cancelled, the server rolls back by itself. Throws what BEGIN and COMMIT do.
template<class Body, class... Args>
auto inTransaction(MySqlClient client, Body body, Args... arguments)
    -> std::invoke_result_t<Body, MySqlClient, Args...>
{
    using Result = typename std::invoke_result_t<Body, MySqlClient, Args...>::value_type;
    co_await client.query("START TRANSACTION");
    std::exception_ptr error;
    if constexpr (std::is_void_v<Result>) {
        try {
            co_await std::invoke(body, client, std::move(arguments)...);
        } catch (...) {
            error = std::current_exception();
        }
        if (!error) {
            co_await client.query("COMMIT");
            co_return;
        }
    } else {
        std::optional<Result> result;
        try {
            result.emplace(co_await std::invoke(body, client, std::move(arguments)...));
        } catch (...) {
            error = std::current_exception();
        }
        if (!error) {
            co_await client.query("COMMIT");
            co_return std::move(*result);
        }
    }
    if (client.isOpen()) {
        try {
            co_await client.query("ROLLBACK");
        } catch (const Exception &) {
            // The connection is gone, and with it the transaction.
        }
    }
    std::rethrow_exception(error);
}

} // namespace coroscope::net
