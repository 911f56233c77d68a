// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include "core/net/mysqlhandle.h"
#include "core/net/mysqlvalue.h"

namespace coroscope::net {

/// What a MySqlStatement's copies share: libmariadb's statement, and the memory that its parameters come from
/// and its rows go to. All values come as text, as those of other statements do, so that rows read alike.
class MySqlStatementState
{
public:
    explicit MySqlStatementState(std::shared_ptr<MySqlHandle> handle);
    ~MySqlStatementState();
    MySqlStatementState(const MySqlStatementState &) = delete;
    MySqlStatementState &operator=(const MySqlStatementState &) = delete;

    /// Throws Exception if they are too many or too few.
    void bindParameters(MySqlValues values);
    void bindColumns(std::size_t count);
    /// After a row was fetched: cells that were too large for their memory are fetched again.
    void takeRow(bool isTruncated);

    std::shared_ptr<MySqlHandle> handle;
    MYSQL_STMT *statement;
    QByteArray sql {};
    std::vector<const char *> cells {};
    std::vector<unsigned long> lengths {};

private:
    MySqlValues m_parameters;
    std::vector<QByteArray> m_texts; ///< of parameters, in UTF-8
    std::vector<MYSQL_BIND> m_parameterBinds;
    std::vector<MYSQL_BIND> m_columnBinds;
    std::vector<QByteArray> m_buffers;
    std::vector<my_bool> m_nulls;
};

} // namespace coroscope::net
