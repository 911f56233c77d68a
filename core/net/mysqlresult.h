// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlfetch.h"

#include <QCoroTask>

#include <memory>

namespace coroscope::net {

class MySqlResultState;

/// What a statement gave: rows, which come as they are asked for, or a number of changed rows.
///
///     for (;;) {
///         const MySqlRow row = co_await result.next();
///         if (!row)
///             break;
///         …
///     }
///
/// The server is held up while nobody asks (back-pressure): what is in memory is one row, and what the system
/// buffers. A value: copies stand for the same result. If the last goes before all rows were read, the
/// connection's next statement skips the rest first.
class MySqlResult
{
public:
    explicit MySqlResult(std::shared_ptr<MySqlResultState> state);

    /// Empty for statements without rows.
    const MySqlColumns &columns() const;
    bool hasRows() const { return !columns().empty(); }
    /// The next row; one that is false after the last. It is valid until the next is asked for. Awaiting it
    /// goes on at once while rows are there, with a break for others from time to time.
    MySqlFetch next();
    /// All that come, as values of their own.
    QCoro::Task<MySqlRows> all();
    /// After the last row: goes on to the next result, where a procedure has several. False: there is none.
    QCoro::Task<bool> nextResult();

    /// How many rows were changed; known at once, for statements without rows.
    quint64 affectedRows() const;
    /// The first AUTO_INCREMENT that was made; 0: none.
    quint64 insertId() const;
    unsigned warnings() const;

private:
    std::shared_ptr<MySqlResultState> m_state;
};

} // namespace coroscope::net
