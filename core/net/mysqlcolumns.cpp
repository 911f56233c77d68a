// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlresultstate.h"

namespace coroscope::net {

namespace {

constexpr unsigned binaryCharset = 63;

bool isBytes(const MYSQL_FIELD &field) { return field.charsetnr == binaryCharset; }

MySqlType typeOf(const MYSQL_FIELD &field)
{
    switch (field.type) {
    case MYSQL_TYPE_NULL:
        return MySqlType::Null;
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
        return field.flags & UNSIGNED_FLAG ? MySqlType::Unsigned : MySqlType::Integer;
    case MYSQL_TYPE_YEAR:
        return MySqlType::Integer;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
        return MySqlType::Real;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
        return MySqlType::Decimal;
    case MYSQL_TYPE_BIT:
        return MySqlType::Bit;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
        return MySqlType::Date;
    case MYSQL_TYPE_TIME:
    case MYSQL_TYPE_TIME2:
        return MySqlType::Time;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_DATETIME2:
    case MYSQL_TYPE_TIMESTAMP:
    case MYSQL_TYPE_TIMESTAMP2:
        return MySqlType::DateTime;
    case MYSQL_TYPE_GEOMETRY:
        return MySqlType::Blob;
    default:
        return isBytes(field) ? MySqlType::Blob : MySqlType::Text;
    }
}

/// How many characters a text column holds; libmariadb tells bytes of utf8mb4.
unsigned long characters(const MYSQL_FIELD &field)
{
    return isBytes(field) ? field.length : field.length / 4;
}

QString blobName(const MYSQL_FIELD &field)
{
    const unsigned long length = characters(field);
    const QString kind = isBytes(field) ? QStringLiteral("BLOB") : QStringLiteral("TEXT");
    constexpr unsigned long tiny = 0xff;
    constexpr unsigned long small = 0xffff;
    constexpr unsigned long medium = 0xffffff;
    if (length <= tiny)
        return QStringLiteral("TINY") + kind;
    if (length <= small)
        return kind;
    return (length <= medium ? QStringLiteral("MEDIUM") : QStringLiteral("LONG")) + kind;
}

QString nameOf(const MYSQL_FIELD &field)
{
    switch (field.type) {
    case MYSQL_TYPE_NULL:
        return QStringLiteral("NULL");
    case MYSQL_TYPE_TINY:
        return QStringLiteral("TINYINT");
    case MYSQL_TYPE_SHORT:
        return QStringLiteral("SMALLINT");
    case MYSQL_TYPE_INT24:
        return QStringLiteral("MEDIUMINT");
    case MYSQL_TYPE_LONG:
        return QStringLiteral("INT");
    case MYSQL_TYPE_LONGLONG:
        return QStringLiteral("BIGINT");
    case MYSQL_TYPE_YEAR:
        return QStringLiteral("YEAR");
    case MYSQL_TYPE_FLOAT:
        return QStringLiteral("FLOAT");
    case MYSQL_TYPE_DOUBLE:
        return QStringLiteral("DOUBLE");
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: {
        // Its length counts the sign and the point.
        const unsigned long digits = field.length - (field.flags & UNSIGNED_FLAG ? 0 : 1)
                                     - (field.decimals > 0 ? 1 : 0);
        return QStringLiteral("DECIMAL(%1,%2)").arg(digits).arg(field.decimals);
    }
    case MYSQL_TYPE_BIT:
        return QStringLiteral("BIT(%1)").arg(field.length);
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
        return QStringLiteral("DATE");
    case MYSQL_TYPE_TIME:
    case MYSQL_TYPE_TIME2:
        return QStringLiteral("TIME");
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_DATETIME2:
        return QStringLiteral("DATETIME");
    case MYSQL_TYPE_TIMESTAMP:
    case MYSQL_TYPE_TIMESTAMP2:
        return QStringLiteral("TIMESTAMP");
    case MYSQL_TYPE_GEOMETRY:
        return QStringLiteral("GEOMETRY");
    case MYSQL_TYPE_JSON:
        return QStringLiteral("JSON");
    case MYSQL_TYPE_STRING:
        if (field.flags & ENUM_FLAG)
            return QStringLiteral("ENUM");
        if (field.flags & SET_FLAG)
            return QStringLiteral("SET");
        return (isBytes(field) ? QStringLiteral("BINARY(%1)") : QStringLiteral("CHAR(%1)"))
            .arg(characters(field));
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
        return (isBytes(field) ? QStringLiteral("VARBINARY(%1)") : QStringLiteral("VARCHAR(%1)"))
            .arg(characters(field));
    default:
        return blobName(field);
    }
}

bool isNumber(MySqlType type)
{
    return type == MySqlType::Unsigned || type == MySqlType::Real || type == MySqlType::Decimal;
}

} // namespace

MySqlColumns columnsOf(MYSQL_RES *rows)
{
    MySqlColumns columns;
    const unsigned count = mysql_num_fields(rows);
    const MYSQL_FIELD *const fields = mysql_fetch_fields(rows);
    columns.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        const MYSQL_FIELD &field = fields[i];
        MySqlColumn column {.name = QString::fromUtf8(field.name, field.name_length),
                            .table = QString::fromUtf8(field.table, field.table_length),
                            .database = QString::fromUtf8(field.db, field.db_length),
                            .typeName = nameOf(field),
                            .type = typeOf(field),
                            .isNullable = !(field.flags & NOT_NULL_FLAG),
                            .isKey = (field.flags & PRI_KEY_FLAG) != 0};
        if (field.flags & UNSIGNED_FLAG && isNumber(column.type))
            column.typeName += QStringLiteral(" UNSIGNED");
        columns.push_back(std::move(column));
    }
    return columns;
}

} // namespace coroscope::net
