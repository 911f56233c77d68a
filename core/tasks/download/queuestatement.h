// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace coroscope::download {

/// A statement of a SQLite connection, which outlives it. SQLite's own interface and not Qt's: a row of the
/// queue has some twenty values, and Qt takes longer to hand each over than SQLite does to store it.
///
/// Values are bound in the order of their places; a null string or array becomes NULL. What goes wrong is
/// said when the statement is run.
class QueueStatement
{
public:
    /// Not valid: ask the connection why.
    QueueStatement(sqlite3 *database, const QByteArray &sql);
    bool isValid() const { return m_statement != nullptr; }

    void bind(qint64 number);
    void bind(double number);
    void bind(const QString &text);
    void bindText(QByteArrayView utf8);
    void bind(const QByteArray &bytes);
    void bind(std::optional<qint64> number);
    void bindNull();

    /// SQLite's result code. The first value is bound next.
    int step();
    void reset();

    // Of the row that step() has come to; columns count from 0.
    qint64 number(int column) const;
    std::optional<qint64> numberOrNull(int column) const;
    double real(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_bound = 0;
};

} // namespace coroscope::download
