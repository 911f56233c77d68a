// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlclient.h"
#include "core/net/mysqlservice.h"
#include "tests/support/looptest.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace coroscope::test {

/// A mariadbd that has started; null if it didn't.
inline std::unique_ptr<net::MySqlService> startedMySql(net::MySqlServiceOptions options = {})
{
    auto service = std::make_unique<net::MySqlService>(std::move(options));
    QSignalSpy ready(service.get(), &net::MySqlService::ready);
    QSignalSpy failed(service.get(), &net::MySqlService::failed);
    service->start();
    constexpr int patience = 60000;
    const bool isDecided = QTest::qWaitFor([&] { return ready.count() + failed.count() > 0; }, patience);
    return isDecided && service->isReady() ? std::move(service) : nullptr;
}

inline net::MySqlOptions optionsOf(const net::MySqlService &service)
{
    return {.address = std::get<net::MySqlAddress>(net::parseMySqlUrl(service.url()))};
}

inline net::Error errorOf(const AnyTask &task)
{
    const auto thrown = thrownBy<net::Exception>(task);
    return thrown ? thrown->error() : net::Error {};
}

inline QCoro::Task<> connectMySqlClient(net::MySqlClient client) { co_await client.connect(); }

inline QCoro::Task<net::MySqlRows> askMySql(net::MySqlClient client, QByteArray sql)
{
    net::MySqlResult result = co_await client.query(std::move(sql));
    net::MySqlRows rows = co_await result.all();
    co_return rows;
}

inline QCoro::Task<net::MySqlRows> askMySqlOnce(net::MySqlOptions options, QByteArray sql)
{
    net::MySqlClient client(std::move(options));
    co_await client.connect();
    net::MySqlRows rows = co_await askMySql(client, std::move(sql));
    co_await client.close();
    co_return rows;
}

} // namespace coroscope::test
