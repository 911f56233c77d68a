// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/tasks/download/queuestatement.h"
#include "core/tasks/download/spareroom.h"

#include <functional>
#include <map>

namespace coroscope::download {

/// One connection to a SQLite file. For the thread that made it. All functions throw net::Exception:
/// Kind::DiskFull where there is no room, else Kind::Disk.
class QueueDatabase
{
public:
    explicit QueueDatabase(QString path);
    ~QueueDatabase();
    Q_DISABLE_COPY_MOVE(QueueDatabase)

    const QString &path() const { return m_path; }
    /// To be run, again and again, with other values: each text is prepared once. Not to outlive the
    /// connection.
    QueueStatement &prepared(const QByteArray &sql);
    /// Of one that gives no rows; it is ready to be bound anew then.
    void run(QueueStatement &statement);
    /// The next row, the first one to begin with; false after the last one.
    bool next(QueueStatement &statement);
    void run(const QByteArray &sql);
    /// Of the first column of the first row; 0 and empty if there is none.
    qint64 number(const QByteArray &sql);
    QString text(const QByteArray &sql);
    /// Keeps some room beside the file, for the last that is to be said of downloads that filled the disk.
    void keepRoom();
    /// All of a transaction, or nothing of it. Where the disk is full it is tried again once, in the room
    /// that was kept.
    void inTransaction(const std::function<void()> &work, const QByteArray &begin = "BEGIN");

private:
    [[noreturn]] void fail();
    void tryTransaction(const std::function<void()> &work, const QByteArray &begin);

    struct Close
    {
        void operator()(sqlite3 *database) const;
    };

    QString m_path;
    SpareRoom m_room;
    std::unique_ptr<sqlite3, Close> m_database;
    std::map<QByteArray, QueueStatement> m_prepared; ///< gone before the connection
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
