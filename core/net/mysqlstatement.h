// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlresult.h"

#include <QCoroTask>

#include <memory>

namespace coroscope::net {

class MySqlStatementState;

/// A statement that the server knows, to be executed with parameters, again and again. A value: copies stand
/// for the same statement, which is given back when the last goes. As MySqlClient: one thing at a time.
class MySqlStatement
{
public:
    explicit MySqlStatement(std::shared_ptr<MySqlStatementState> state);

    qsizetype parameterCount() const;
    /// One value for each ?: NULL, a number, text or bytes; a date or time as text. Each is only ever a
    /// value, whatever it holds.
    QCoro::Task<MySqlResult> execute(MySqlValues parameters = {});

private:
    std::shared_ptr<MySqlStatementState> m_state;
};

} // namespace coroscope::net
