// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include "core/net/mysqlhandle.h"
#include "core/net/mysqlstatementstate.h"
#include "core/net/mysqlvalue.h"

namespace coroscope::net {

/// What a MySqlResult's copies share.
class MySqlResultState
{
public:
    /// Of a statement that was just sent as text. Throws MySqlException.
    explicit MySqlResultState(std::shared_ptr<MySqlHandle> handle);
    /// Of a prepared statement that was just executed.
    explicit MySqlResultState(std::shared_ptr<MySqlStatementState> statement);
    ~MySqlResultState();
    MySqlResultState(const MySqlResultState &) = delete;
    MySqlResultState &operator=(const MySqlResultState &) = delete;

    /// Takes what the server sent for a text statement, or for its next result.
    void takeResult();
    void endRows();

    std::shared_ptr<MySqlHandle> handle;
    std::shared_ptr<MySqlStatementState> statement {}; ///< null: it was sent as text
    MYSQL_RES *rows = nullptr; ///< of a text statement
    MySqlColumns columns {};
    bool hasEnded = true; ///< no more rows
    int rowsInARow = 0; ///< that were there without waiting
    quint64 affectedRows = 0;
    quint64 insertId = 0;
    unsigned warnings = 0;
};

/// From libmariadb's description of a result.
MySqlColumns columnsOf(MYSQL_RES *rows);

} // namespace coroscope::net
