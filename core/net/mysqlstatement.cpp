// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlstatement.h"

#include "core/net/mysqlresultstate.h"
#include "core/net/mysqltidy.h"

#include <QCoreApplication>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::MySqlStatement)
};

constexpr qsizetype cellSize = 512; // to begin with; any number fits

struct Binder
{
    MYSQL_BIND &bind;
    QByteArray &text;

    void operator()(std::monostate) const { bind.buffer_type = MYSQL_TYPE_NULL; }
    void operator()(const qint64 &value) const { number(MYSQL_TYPE_LONGLONG, &value); }
    void operator()(const quint64 &value) const
    {
        number(MYSQL_TYPE_LONGLONG, &value);
        bind.is_unsigned = 1;
    }
    void operator()(const double &value) const { number(MYSQL_TYPE_DOUBLE, &value); }
    void operator()(const QString &value) const
    {
        text = value.toUtf8();
        bytes(MYSQL_TYPE_STRING, text);
    }
    void operator()(const QByteArray &value) const { bytes(MYSQL_TYPE_BLOB, value); }

private:
    void number(enum_field_types type, const void *value) const
    {
        bind.buffer_type = type;
        bind.buffer = const_cast<void *>(value); // it is only read
    }
    void bytes(enum_field_types type, const QByteArray &value) const
    {
        bind.buffer_type = type;
        bind.buffer = const_cast<char *>(value.constData());
        bind.buffer_length = static_cast<unsigned long>(value.size());
        bind.length_value = bind.buffer_length;
        bind.length = &bind.length_value;
    }
};

QCoro::Task<MySqlResult> runStatement(std::shared_ptr<MySqlStatementState> state, MySqlValues parameters)
{
    MySqlHandle &handle = *state->handle;
    const MySqlHandle::Use use(handle);
    if (handle.hasLeftovers())
        co_await tidyMySql(state->handle);
    state->bindParameters(std::move(parameters));
    handle.beginStatement(state->sql);
    int failed = 0;
    const auto start = [&] { return mysql_stmt_execute_start(&failed, state->statement); };
    const auto go = [&](int events) { return mysql_stmt_execute_cont(&failed, state->statement, events); };
    co_await MySqlCall(handle, MySqlPhase::Execute, start, go);
    if (failed != 0)
        throw handle.failure(state->statement);
    co_return MySqlResult(std::make_shared<MySqlResultState>(state));
}

} // namespace

MySqlStatementState::MySqlStatementState(std::shared_ptr<MySqlHandle> owner)
    : handle(std::move(owner))
    , statement(mysql_stmt_init(handle->mysql()))
{
    if (!statement)
        throw std::bad_alloc();
}

MySqlStatementState::~MySqlStatementState() { handle->leaveOver(statement); }

void MySqlStatementState::bindParameters(MySqlValues values)
{
    const std::size_t wanted = mysql_stmt_param_count(statement);
    if (values.size() != wanted)
        throw Exception(
            handle->error(Error::Kind::Input, Words::tr("the statement takes %1 parameters, not %2")
                                                  .arg(wanted)
                                                  .arg(values.size())));
    m_parameters = std::move(values);
    m_texts.assign(wanted, QByteArray());
    m_parameterBinds.assign(wanted, MYSQL_BIND {});
    for (std::size_t i = 0; i < wanted; ++i)
        std::visit(Binder {m_parameterBinds[i], m_texts[i]}, m_parameters[i]);
    if (wanted > 0 && mysql_stmt_bind_param(statement, m_parameterBinds.data()) != 0)
        throw handle->failure(statement);
}

void MySqlStatementState::bindColumns(std::size_t count)
{
    cells.assign(count, nullptr);
    lengths.assign(count, 0);
    m_nulls.assign(count, 0);
    m_columnBinds.assign(count, MYSQL_BIND {});
    m_buffers.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        m_buffers[i].resize(qMax(m_buffers[i].size(), cellSize));
        MYSQL_BIND &bind = m_columnBinds[i];
        bind.buffer_type = MYSQL_TYPE_STRING;
        bind.buffer = m_buffers[i].data();
        bind.buffer_length = static_cast<unsigned long>(m_buffers[i].size());
        bind.length = &lengths[i];
        bind.is_null = &m_nulls[i];
    }
    mysql_stmt_bind_result(statement, m_columnBinds.data());
}

void MySqlStatementState::takeRow(bool isTruncated)
{
    bool hasGrown = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (isTruncated && m_nulls[i] == 0 && qsizetype(lengths[i]) > m_buffers[i].size()) {
            m_buffers[i].resize(qsizetype(lengths[i]));
            m_columnBinds[i].buffer = m_buffers[i].data();
            m_columnBinds[i].buffer_length = lengths[i];
            mysql_stmt_fetch_column(statement, &m_columnBinds[i], unsigned(i), 0);
            hasGrown = true;
        }
        cells[i] = m_nulls[i] != 0 ? nullptr : m_buffers[i].constData();
    }
    if (hasGrown)
        mysql_stmt_bind_result(statement, m_columnBinds.data());
}

MySqlStatement::MySqlStatement(std::shared_ptr<MySqlStatementState> state)
    : m_state(std::move(state))
{ }

qsizetype MySqlStatement::parameterCount() const
{
    return qsizetype(mysql_stmt_param_count(m_state->statement));
}

QCoro::Task<MySqlResult> MySqlStatement::execute(MySqlValues parameters)
{
    return runStatement(m_state, std::move(parameters));
}

} // namespace coroscope::net
