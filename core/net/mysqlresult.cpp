// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlresult.h"

#include "core/net/mysqlfetch.h"
#include "core/net/mysqlresultstate.h"

namespace coroscope::net {

namespace {

using State = std::shared_ptr<MySqlResultState>;

QCoro::Task<MySqlRows> readAll(State state)
{
    MySqlRows all {.columns = state->columns, .rows = {}};
    for (;;) {
        const MySqlRow row = co_await MySqlFetch(*state);
        if (!row)
            co_return all;
        all.rows.push_back(row.values());
    }
}

QCoro::Task<bool> goToNextResult(State state)
{
    MySqlHandle &handle = *state->handle;
    if (!handle.isOpen() || state->statement || !state->hasEnded || !mysql_more_results(handle.mysql()))
        co_return false;
    const MySqlHandle::Use use(handle);
    int failed = 0;
    const auto start = [&] { return mysql_next_result_start(&failed, handle.mysql()); };
    const auto go = [&](int events) { return mysql_next_result_cont(&failed, handle.mysql(), events); };
    co_await MySqlCall(handle, MySqlPhase::Query, start, go);
    if (failed > 0)
        throw handle.failure();
    state->takeResult();
    co_return true;
}

} // namespace

MySqlResultState::MySqlResultState(std::shared_ptr<MySqlHandle> owner)
    : handle(std::move(owner))
{
    takeResult();
}

void MySqlResultState::takeResult()
{
    MYSQL *const mysql = handle->mysql();
    if (rows)
        mysql_free_result(std::exchange(rows, nullptr)); // read to its end: no call
    columns.clear();
    rows = mysql_use_result(mysql);
    affectedRows = 0;
    insertId = mysql_insert_id(mysql);
    warnings = mysql_warning_count(mysql);
    hasEnded = !rows;
    if (rows) {
        columns = columnsOf(rows);
        handle->beginRows(rows);
        return;
    }
    if (mysql_field_count(mysql) != 0)
        throw handle->failure();
    affectedRows = mysql_affected_rows(mysql);
    endRows();
}

MySqlResultState::MySqlResultState(std::shared_ptr<MySqlStatementState> executed)
    : handle(executed->handle)
    , statement(std::move(executed))
    , insertId(mysql_stmt_insert_id(statement->statement))
    , warnings(mysql_warning_count(handle->mysql()))
{
    MYSQL_RES *const description = mysql_stmt_result_metadata(statement->statement);
    if (!description) {
        affectedRows = mysql_stmt_affected_rows(statement->statement);
        handle->endStatement();
        return;
    }
    columns = columnsOf(description);
    mysql_free_result(description);
    statement->bindColumns(columns.size());
    handle->beginRows(statement->statement);
    hasEnded = false;
}

MySqlResultState::~MySqlResultState()
{
    if (rows)
        handle->leaveOver(rows);
    else if (statement && !hasEnded)
        handle->leaveRowsOver(statement->statement);
}

void MySqlResultState::endRows()
{
    hasEnded = true;
    handle->endRows();
    if (!mysql_more_results(handle->mysql()))
        handle->endStatement();
}

MySqlFetch::MySqlFetch(MySqlResultState &state)
    : MySqlWait(*state.handle, MySqlPhase::Fetch)
    , m_state(state)
{ }

bool MySqlFetch::await_ready()
{
    m_isOver = m_state.hasEnded;
    if (m_isOver)
        return true;
    handle().requireFree();
    handle().beforeCall();
    m_status = m_state.statement ? mysql_stmt_fetch_start(&m_code, m_state.statement->statement)
                                 : mysql_fetch_row_start(&m_row, m_state.rows);
    if (m_status != 0) {
        m_state.rowsInARow = 0;
        return false;
    }
    constexpr int most = 500; // then others have their turn
    if (++m_state.rowsInARow < most)
        return true;
    m_state.rowsInARow = 0;
    return false;
}

int MySqlFetch::proceed(int events)
{
    return m_state.statement ? mysql_stmt_fetch_cont(&m_code, m_state.statement->statement, events)
                             : mysql_fetch_row_cont(&m_row, m_state.rows, events);
}

MySqlRow MySqlFetch::await_resume()
{
    finish();
    if (m_isOver)
        return {};
    if (MySqlStatementState *const statement = m_state.statement.get()) {
        if (m_code == 0 || m_code == MYSQL_DATA_TRUNCATED) {
            statement->takeRow(m_code == MYSQL_DATA_TRUNCATED);
            return {&m_state.columns, statement->cells.data(), statement->lengths.data()};
        }
        m_state.endRows();
        if (m_code != MYSQL_NO_DATA)
            throw handle().failure(statement->statement);
        return {};
    }
    if (m_row)
        return {&m_state.columns, m_row, mysql_fetch_lengths(m_state.rows)};
    m_state.endRows();
    if (mysql_errno(handle().mysql()) != 0)
        throw handle().failure();
    return {};
}

MySqlResult::MySqlResult(State state)
    : m_state(std::move(state))
{ }

const MySqlColumns &MySqlResult::columns() const { return m_state->columns; }

MySqlFetch MySqlResult::next() { return MySqlFetch(*m_state); }

QCoro::Task<MySqlRows> MySqlResult::all() { return readAll(m_state); }

QCoro::Task<bool> MySqlResult::nextResult() { return goToNextResult(m_state); }

quint64 MySqlResult::affectedRows() const { return m_state->affectedRows; }

quint64 MySqlResult::insertId() const { return m_state->insertId; }

unsigned MySqlResult::warnings() const { return m_state->warnings; }

} // namespace coroscope::net
