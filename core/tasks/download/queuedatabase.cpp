// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queuedatabase.h"

#include "core/tasks/download/diskerror.h"

#include <QCoreApplication>
#include <QSqlError>

#include <atomic>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Queue)
};

// SQLite's result codes: the low byte of what a query's error says.
enum Result {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    Corrupt = 11,
    Full = 13,
    CantOpen = 14,
    NotADatabase = 26,
};

[[noreturn]] void fail(const QSqlError &error, const QString &path)
{
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case Busy:
    case Locked:
        throw QueueInUse(path);
    case Full:
        throw net::Exception(diskFullError(path));
    case Corrupt:
        throw net::Exception(damagedQueue(path));
    case NotADatabase:
        throw net::Exception(unusableQueue(Words::tr("this file is no queue of downloads"), path));
    case ReadOnly:
    case CantOpen:
        throw net::Exception({.kind = net::Error::Kind::Disk,
                              .what = Words::tr("the queue of downloads can't be opened for writing"),
                              .where = path,
                              .advice = Words::tr("Choose a place that you may write to")});
    default:
        throw net::Exception(
            {.kind = net::Error::Kind::Disk,
             .what = Words::tr("the queue of downloads can't be used: %1").arg(error.databaseText()),
             .where = path,
             .advice = Words::tr("Check the disk")});
    }
}

QString nextName()
{
    static std::atomic<int> last = 0;
    return QStringLiteral("coroscope-queue-%1").arg(++last);
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

QueueDatabase::QueueDatabase(QString path)
    : m_path(std::move(path))
    , m_name(nextName())
{
    const QString driver = QStringLiteral("QSQLITE");
    if (!QSqlDatabase::isDriverAvailable(driver)) {
        throw net::Exception({.kind = net::Error::Kind::Program,
                              .what = Words::tr("Qt's driver for SQLite is missing"),
                              .where = m_path,
                              .advice = Words::tr("Install it: on Debian it is libqt6sql6-sqlite")});
    }
    m_database = QSqlDatabase::addDatabase(driver, m_name);
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=0"));
    if (!m_database.open()) {
        const QSqlError error = m_database.lastError();
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
        fail(error, m_path);
    }
}

QueueDatabase::~QueueDatabase()
{
    m_prepared.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

QSqlQuery &QueueDatabase::prepared(const QString &sql)
{
    const auto known = m_prepared.find(sql);
    if (known != m_prepared.end())
        return known->second;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        fail(query.lastError(), m_path);
    return m_prepared.emplace(sql, std::move(query)).first->second;
}

void QueueDatabase::run(QSqlQuery &query)
{
    if (!query.exec())
        fail(query.lastError(), m_path);
}

bool QueueDatabase::next(QSqlQuery &query)
{
    if (query.next())
        return true;
    if (query.lastError().isValid()) // half of a queue would look like a whole one
        fail(query.lastError(), m_path);
    return false;
}

void QueueDatabase::run(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        fail(query.lastError(), m_path);
}

QVariant QueueDatabase::value(const QString &sql)
{
    QSqlQuery &query = prepared(sql);
    run(query);
    const QVariant found = next(query) ? query.value(0) : QVariant();
    query.finish();
    return found;
}

void QueueDatabase::inTransaction(const std::function<void()> &work, const QString &begin)
{
    run(begin);
    try {
        work();
        run(QStringLiteral("COMMIT"));
    } catch (...) {
        QSqlQuery(m_database).exec(QStringLiteral("ROLLBACK")); // may be done already: a full disk does it
        throw;
    }
}

} // namespace coroscope::download
