// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlrow.h"
#include "core/trace/clock.h"

#include <mutex>

namespace coroscope::tasks {

/// Rows of a statement, for the window to look at while they come. The observed loop appends, the window
/// reads; any thread. It keeps as many as a person may look through, and counts the rest. When they came is
/// told in readings of trace::Clock.
class ResultTable
{
public:
    static constexpr qint64 mostRows = 100'000;
    static constexpr qint64 mostBytes = qint64(128) << 20;

    /// Once, before any row.
    void setColumns(net::MySqlColumns columns, std::uint64_t ticks = trace::Clock::ticks());
    /// Not at an earlier time than what came before.
    void append(const net::MySqlRow &row, std::uint64_t ticks = trace::Clock::ticks());

    /// Empty while the server hasn't answered.
    net::MySqlColumns columns() const;
    /// Rows that are kept.
    qint64 rowCount() const;
    /// Rows that came.
    qint64 totalCount() const;

    struct Counts
    {
        bool hasColumns = false;
        qint64 kept = 0;
        qint64 total = 0; ///< beyond the kept ones to some thousand
    };
    /// What had come by then.
    Counts countsBy(std::uint64_t ticks) const;

    /// A cell of a kept row.
    net::MySqlValue value(qint64 row, std::size_t column) const;

private:
    static constexpr qint64 chunkRows = 1000;
    static constexpr qint64 uncountedRows = 4096;

    /// The bytes of a thousand rows, one after the other.
    struct Chunk
    {
        QByteArray bytes;
        std::vector<std::size_t> ends; ///< of each cell, from the first of the chunk
        std::vector<bool> nulls;
    };

    mutable std::mutex m_mutex;
    net::MySqlColumns m_columns;
    std::uint64_t m_columnsCame = 0;
    std::vector<Chunk> m_chunks;
    std::vector<std::uint64_t> m_came; ///< the kept rows
    std::vector<std::uint64_t> m_restCame; ///< each uncountedRows of the others
    qint64 m_bytes = 0;
    qint64 m_kept = 0;
    qint64 m_total = 0;
};

} // namespace coroscope::tasks
