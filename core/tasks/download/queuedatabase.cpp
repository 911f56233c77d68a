// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queuedatabase.h"

#include "core/tasks/download/diskerror.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Queue)
};

/// As SQLite's extended result codes have it: the rest says more.
constexpr int mainPart = 0xff;

[[noreturn]] void failWith(int code, const QString &text, const QString &path)
{
    switch (code & mainPart) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw QueueInUse(path);
    case SQLITE_FULL:
        throw net::Exception(diskFullError(path));
    case SQLITE_CORRUPT:
    case SQLITE_ERROR: // a table or column that isn't there
        throw net::Exception(damagedQueue(path));
    case SQLITE_NOTADB:
        throw net::Exception(unusableQueue(Words::tr("this file is no queue of downloads"), path));
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        throw net::Exception({.kind = net::Error::Kind::Disk,
                              .what = Words::tr("the queue of downloads can't be opened for writing"),
                              .where = path,
                              .advice = Words::tr("Choose a place that you may write to")});
    default:
        throw net::Exception({.kind = net::Error::Kind::Disk,
                              .what = Words::tr("the queue of downloads can't be used: %1").arg(text),
                              .where = path,
                              .advice = Words::tr("Check the disk")});
    }
}

} // namespace

QueueInUse::QueueInUse(const QString &path)
    : net::Exception({.kind = net::Error::Kind::Locked,
                      .what = Words::tr("another Coroscope uses this queue of downloads"),
                      .where = path,
                      .advice = Words::tr("Wait until it ends, or name another queue")})
{ }

net::Error unusableQueue(const QString &what, const QString &path)
{
    return {.kind = net::Error::Kind::Disk,
            .what = what,
            .where = path,
            .advice = Words::tr(
                "It is left as it is: name another file, or move this one away to begin with an "
                "empty queue")};
}

net::Error damagedQueue(const QString &path)
{
    return unusableQueue(Words::tr("the queue of downloads is damaged"), path);
}

void QueueDatabase::Close::operator()(sqlite3 *database) const { sqlite3_close_v2(database); }

QueueDatabase::QueueDatabase(QString path)
    : m_path(std::move(path))
{
    // Nobody asks how much memory SQLite has, and counting takes it a lock for each piece.
    [[maybe_unused]] static const int isUncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3 *database = nullptr;
    const int code = sqlite3_open_v2(QFile::encodeName(m_path).constData(), &database,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
                                         | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
                                     nullptr);
    m_database.reset(database);
    if (code != SQLITE_OK)
        fail();
}

QueueDatabase::~QueueDatabase() = default;

void QueueDatabase::fail()
{
    if (!m_database) // no memory for it
        failWith(SQLITE_NOMEM, QString::fromUtf8(sqlite3_errstr(SQLITE_NOMEM)), m_path);
    failWith(sqlite3_extended_errcode(m_database.get()), QString::fromUtf8(sqlite3_errmsg(m_database.get())),
             m_path);
}

QueueStatement &QueueDatabase::prepared(const QByteArray &sql)
{
    const auto known = m_prepared.find(sql);
    if (known != m_prepared.end())
        return known->second;
    QueueStatement statement(m_database.get(), sql);
    if (!statement.isValid())
        fail();
    return m_prepared.emplace(sql, std::move(statement)).first->second;
}

void QueueDatabase::run(QueueStatement &statement)
{
    while (next(statement)) { }
}

bool QueueDatabase::next(QueueStatement &statement)
{
    const int code = statement.step();
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        statement.reset();
        return false;
    }
    try {
        fail(); // half of a queue would look like a whole one
    } catch (...) {
        statement.reset();
        throw;
    }
}

void QueueDatabase::run(const QByteArray &sql) { run(prepared(sql)); }

qint64 QueueDatabase::number(const QByteArray &sql)
{
    QueueStatement &statement = prepared(sql);
    const qint64 found = next(statement) ? statement.number(0) : 0;
    statement.reset();
    return found;
}

QString QueueDatabase::text(const QByteArray &sql)
{
    QueueStatement &statement = prepared(sql);
    const QString found = next(statement) ? statement.text(0) : QString();
    statement.reset();
    return found;
}

void QueueDatabase::keepRoom()
{
    constexpr qint64 enough = 128 * 1024; // some transactions of some files each
    m_room = SpareRoom(QFileInfo(m_path).absolutePath(), enough);
}

void QueueDatabase::inTransaction(const std::function<void()> &work, const QByteArray &begin)
{
    try {
        tryTransaction(work, begin);
    } catch (const net::Exception &failure) {
        if (failure.error().kind != net::Error::Kind::DiskFull || !m_room.giveBack())
            throw;
        tryTransaction(work, begin);
    }
}

void QueueDatabase::tryTransaction(const std::function<void()> &work, const QByteArray &begin)
{
    run(begin);
    try {
        work();
        run("COMMIT");
    } catch (...) {
        QueueStatement(m_database.get(), "ROLLBACK").step(); // may be done already: a full disk does it
        throw;
    }
}

} // namespace coroscope::download
