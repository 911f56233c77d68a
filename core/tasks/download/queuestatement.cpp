// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queuestatement.h"

#include <QStringEncoder>
#include <QVarLengthArray>

#include <sqlite3.h>

namespace coroscope::download {

namespace {

constexpr qsizetype usualLength = 512;

} // namespace

QueueStatement::QueueStatement(sqlite3 *database, const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v3(database, sql.constData(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                       nullptr);
    m_statement.reset(statement);
}

void QueueStatement::Finalize::operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }

void QueueStatement::bind(qint64 number) { sqlite3_bind_int64(m_statement.get(), ++m_bound, number); }

void QueueStatement::bind(double number) { sqlite3_bind_double(m_statement.get(), ++m_bound, number); }

void QueueStatement::bind(const QString &text)
{
    if (text.isNull())
        return bindNull();
    QStringEncoder toUtf8(QStringEncoder::Utf8);
    QVarLengthArray<char, usualLength> utf8(toUtf8.requiredSpace(text.size()));
    const char *const end = toUtf8.appendToBuffer(utf8.data(), text);
    bindText({utf8.data(), end});
}

void QueueStatement::bindText(QByteArrayView utf8)
{
    sqlite3_bind_text(m_statement.get(), ++m_bound, utf8.data(), int(utf8.size()), SQLITE_TRANSIENT);
}

void QueueStatement::bind(const QByteArray &bytes)
{
    if (bytes.isNull())
        return bindNull();
    sqlite3_bind_blob(m_statement.get(), ++m_bound, bytes.constData(), int(bytes.size()), SQLITE_TRANSIENT);
}

void QueueStatement::bind(std::optional<qint64> number)
{
    if (number)
        bind(*number);
    else
        bindNull();
}

void QueueStatement::bindNull() { sqlite3_bind_null(m_statement.get(), ++m_bound); }

int QueueStatement::step()
{
    m_bound = 0;
    return sqlite3_step(m_statement.get());
}

void QueueStatement::reset() { sqlite3_reset(m_statement.get()); }

qint64 QueueStatement::number(int column) const { return sqlite3_column_int64(m_statement.get(), column); }

std::optional<qint64> QueueStatement::numberOrNull(int column) const
{
    const bool isNull = sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
    return isNull ? std::nullopt : std::optional(number(column));
}

double QueueStatement::real(int column) const { return sqlite3_column_double(m_statement.get(), column); }

QString QueueStatement::text(int column) const
{
    const auto *const text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    return QString::fromUtf8(text, text ? sqlite3_column_bytes(m_statement.get(), column) : 0);
}

QByteArray QueueStatement::bytes(int column) const
{
    const auto *const bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return {bytes, bytes ? sqlite3_column_bytes(m_statement.get(), column) : 0};
}

} // namespace coroscope::download
