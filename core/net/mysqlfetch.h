// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlrow.h"
#include "core/net/mysqlwait.h"

namespace coroscope::net {

class MySqlResultState;

/// Awaits one row. Its result must outlive it.
class [[nodiscard]] MySqlFetch final : public MySqlWait
{
public:
    explicit MySqlFetch(MySqlResultState &state);
    ~MySqlFetch() { giveUp(); }
    bool await_ready();
    /// The row, or one that is false after the last. Throws Exception, MySqlException.
    MySqlRow await_resume();

private:
    int proceed(int events) override;

    MySqlResultState &m_state;
    char **m_row = nullptr;
    int m_code = 0; ///< of a prepared statement's fetch
    bool m_isOver = false; ///< there were no more rows already
};

} // namespace coroscope::net
