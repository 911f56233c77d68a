// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <map>

namespace coroscope::download {

/// One connection to a SQLite file, under a name of its own. For the thread that made it. All functions throw
/// net::Exception: Kind::DiskFull where there is no room, else Kind::Disk.
class QueueDatabase
{
public:
    explicit QueueDatabase(QString path);
    ~QueueDatabase();
    Q_DISABLE_COPY_MOVE(QueueDatabase)

    const QString &path() const { return m_path; }
    /// To be run, again and again, with other values: each text is prepared once. Not to outlive the
    /// connection.
    QSqlQuery &prepared(const QString &sql);
    void run(QSqlQuery &query);
    /// The next row; false after the last one.
    bool next(QSqlQuery &query);
    void run(const QString &sql);
    /// Of the first column of the first row; invalid if there is none.
    QVariant value(const QString &sql);
    /// All of a transaction, or nothing of it.
    void inTransaction(const std::function<void()> &work, const QString &begin = QStringLiteral("BEGIN"));

private:
    QString m_path;
    QString m_name; ///< of the connection
    QSqlDatabase m_database;
    std::map<QString, QSqlQuery> m_prepared;
};

/// Another process, or another connection of this one, has the file.
class QueueInUse : public net::Exception
{
public:
    explicit QueueInUse(const QString &path);
};

/// The file isn't what it should be; it is left as it is.
net::Error unusableQueue(const QString &what, const QString &path);
/// As it is when the disk or a program damaged it.
net::Error damagedQueue(const QString &path);

} // namespace coroscope::download
