// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlclient.h"

#include "core/net/mysqlclose.h"
#include "core/net/mysqlconnect.h"
#include "core/net/mysqlresultstate.h"
#include "core/net/mysqltidy.h"

#include <sys/socket.h>

namespace coroscope::net {

namespace {

using Handle = std::shared_ptr<MySqlHandle>;

QCoro::Task<MySqlResult> runQuery(Handle handle, QByteArray sql)
{
    const MySqlHandle::Use use(*handle);
    if (handle->hasLeftovers())
        co_await tidyMySql(handle);
    handle->beginStatement(sql);
    int failed = 0;
    const auto start = [&] {
        return mysql_real_query_start(&failed, handle->mysql(), sql.constData(),
                                      static_cast<unsigned long>(sql.size()));
    };
    const auto go = [&](int events) { return mysql_real_query_cont(&failed, handle->mysql(), events); };
    co_await MySqlCall(*handle, MySqlPhase::Query, start, go);
    if (failed != 0)
        throw handle->failure();
    co_return MySqlResult(std::make_shared<MySqlResultState>(handle));
}

QCoro::Task<MySqlStatement> prepareStatement(Handle handle, QByteArray sql)
{
    const MySqlHandle::Use use(*handle);
    if (handle->hasLeftovers())
        co_await tidyMySql(handle);
    handle->beginStatement(sql);
    const auto state = std::make_shared<MySqlStatementState>(handle);
    state->sql = sql;
    int failed = 0;
    const auto start = [&] {
        return mysql_stmt_prepare_start(&failed, state->statement, sql.constData(),
                                        static_cast<unsigned long>(sql.size()));
    };
    const auto go = [&](int events) { return mysql_stmt_prepare_cont(&failed, state->statement, events); };
    co_await MySqlCall(*handle, MySqlPhase::Prepare, start, go);
    if (failed != 0)
        throw handle->failure(state->statement);
    handle->endStatement();
    co_return MySqlStatement(state);
}

} // namespace

MySqlClient::MySqlClient(MySqlOptions options)
    : m_handle(std::make_shared<MySqlHandle>(std::move(options)))
{ }

QCoro::Task<void> MySqlClient::connect() { return connectMySql(m_handle); }

QCoro::Task<MySqlResult> MySqlClient::query(QByteArray sql) { return runQuery(m_handle, std::move(sql)); }

QCoro::Task<MySqlStatement> MySqlClient::prepare(QByteArray sql)
{
    return prepareStatement(m_handle, std::move(sql));
}

QCoro::Task<void> MySqlClient::close() { return closeMySql(m_handle); }

bool MySqlClient::isOpen() const { return m_handle->isOpen(); }

bool MySqlClient::isEncrypted() const { return m_handle->isEncrypted(); }

bool MySqlClient::isInTransaction() const
{
    return isOpen() && (m_handle->mysql()->server_status & SERVER_STATUS_IN_TRANS) != 0;
}

bool MySqlClient::isAlive() const
{
    if (!isOpen())
        return false;
    char byte = 0;
    const auto got = ::recv(mysql_get_socket(m_handle->mysql()), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

unsigned long MySqlClient::connectionId() const { return m_handle->connectionId(); }

QString MySqlClient::serverVersion() const
{
    return isOpen() ? QString::fromUtf8(mysql_get_server_info(m_handle->mysql())) : QString();
}

QString MySqlClient::hostAndPort() const { return m_handle->where(); }

} // namespace coroscope::net
