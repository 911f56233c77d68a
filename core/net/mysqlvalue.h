// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace coroscope::net {

/// What a column holds, as far as a program cares.
enum class MySqlType : std::uint8_t {
    Null, ///< SELECT NULL
    Integer, ///< TINYINT … BIGINT, YEAR
    Unsigned, ///< the same, UNSIGNED
    Real, ///< FLOAT, DOUBLE
    Decimal, ///< DECIMAL, exact: its digits
    Bit, ///< BIT(n): a number as big-endian bytes
    Date, ///< "2026-01-31", also "0000-00-00"
    Time, ///< "-838:59:59.000000": a span
    DateTime, ///< "2026-01-31 23:59:59.123456"; DATETIME, TIMESTAMP
    Text, ///< in UTF-8
    Blob, ///< bytes without a character set; geometry
};

/// A result's column.
struct MySqlColumn
{
    QString name {}; ///< as the statement calls it
    QString table {}; ///< that it comes from; empty: an expression
    QString database {};
    QString typeName {}; ///< "BIGINT UNSIGNED", "VARCHAR(80)", "BLOB"
    MySqlType type = MySqlType::Text;
    bool isNullable = true;
    bool isKey = false; ///< part of the primary key

    friend bool operator==(const MySqlColumn &, const MySqlColumn &) = default;
};
using MySqlColumns = std::vector<MySqlColumn>;

/// A value of its own: NULL, a number, text, or bytes. DECIMAL, dates and times are text, which alone loses
/// nothing of them. Also a prepared statement's parameter.
using MySqlValue = std::variant<std::monostate, qint64, quint64, double, QString, QByteArray>;
using MySqlValues = std::vector<MySqlValue>;

inline bool isNull(const MySqlValue &value) { return std::holds_alternative<std::monostate>(value); }

/// What the server sent for one cell of such a column, as a value of its own.
MySqlValue toValue(MySqlType type, QByteArrayView bytes);

/// For a person, on one line: "NULL", "42", "localhost", "0x00ff… (1,024 bytes)".
QString toText(const MySqlValue &value);

/// Rows that were read whole.
struct MySqlRows
{
    MySqlColumns columns;
    std::vector<MySqlValues> rows;
};

} // namespace coroscope::net
