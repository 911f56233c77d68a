// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqlvalue.h"

#include <QByteArrayView>
#include <QDate>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace coroscope::net {

/// A look at the row that was read last. Columns count from 0.
class MySqlRow
{
public:
    MySqlRow() = default; ///< none: the rows have ended
    MySqlRow(const MySqlColumns *columns, const char *const *cells, const unsigned long *lengths)
        : m_columns(columns)
        , m_cells(cells)
        , m_lengths(lengths)
    { }

    explicit operator bool() const { return m_cells; }
    qsizetype size() const { return m_cells ? qsizetype(m_columns->size()) : 0; }
    const MySqlColumns &columns() const { return *m_columns; }

    bool isNull(qsizetype column) const { return !m_cells[column]; }
    /// As the server sent it; empty for NULL.
    QByteArrayView bytes(qsizetype column) const { return {m_cells[column], qsizetype(m_lengths[column])}; }
    QString text(qsizetype column) const { return QString::fromUtf8(bytes(column)); }
    /// A number, text or bytes of its own, or NULL.
    MySqlValue value(qsizetype column) const;
    MySqlValues values() const;

    // None for NULL and for what isn't one.
    std::optional<qint64> toInteger(qsizetype column) const;
    std::optional<quint64> toUnsigned(qsizetype column) const;
    std::optional<double> toReal(qsizetype column) const;
    /// Of a DATE or the date of a DATETIME; none for "0000-00-00", too.
    std::optional<QDate> toDate(qsizetype column) const;
    /// Of a DATETIME or TIMESTAMP, to the millisecond, as the session's time zone says it (UTC here).
    std::optional<QDateTime> toDateTime(qsizetype column) const;
    /// Of a TIME: a span of up to 838 hours, or less than nothing.
    std::optional<std::chrono::microseconds> toSpan(qsizetype column) const;

private:
    const MySqlColumns *m_columns = nullptr;
    const char *const *m_cells = nullptr;
    const unsigned long *m_lengths = nullptr;
};

} // namespace coroscope::net
