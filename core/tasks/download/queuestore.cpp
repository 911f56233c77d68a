// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queuestore.h"

#include "core/tasks/download/diskerror.h"
#include "core/tasks/download/folder.h"
#include "core/tasks/download/queuerow.h"
#include "core/tasks/download/queueschema.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Queue)
};

constexpr mode_t ownersOnly = 0600;
constexpr qint64 mostTransfers = 1000; // that a file may claim

/// SQLite would make it for all to read. One that is there already is not even opened: closing it would take
/// the locks of this process's other connections away.
void makeFile(const QString &path)
{
    const QFileInfo info(path);
    makeWritableFolder(info.absolutePath());
    if (info.exists() && !info.isFile())
        throw net::Exception(unusableQueue(Words::tr("this is no file"), path));
    const int fd = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                          ownersOnly);
    if (fd >= 0)
        ::close(fd);
    else if (errno != EEXIST)
        throw net::Exception(diskError(errno, Words::tr("the queue of downloads can't be made"), path));
}

/// Two that open a file at the same moment may keep each other out. After this, one has it.
std::unique_ptr<QueueDatabase> openLocked(const QString &path)
{
    constexpr int tries = 6;
    for (int i = 1;; ++i) {
        try {
            auto database = std::make_unique<QueueDatabase>(path);
            database->run(QStringLiteral("PRAGMA locking_mode = EXCLUSIVE"));
            requireOurQueue(*database);
            // In this mode, the lock stays when the transaction ends.
            database->inTransaction([] { }, QStringLiteral("BEGIN EXCLUSIVE"));
            return database;
        } catch (const QueueInUse &) {
            if (i == tries)
                throw;
        }
        QThread::msleep(QRandomGenerator::global()->bounded(5, 60));
    }
}

QString placeholders(qsizetype count)
{
    return QStringList(count, QStringLiteral("?")).join(QLatin1Char(','));
}

QString insertOrUpdate(const QStringList &columns)
{
    QStringList updates;
    for (const QString &column : columns)
        updates << QStringLiteral("%1=excluded.%1").arg(column);
    return QStringLiteral("INSERT INTO item (id, position, %1) VALUES (%2) ON CONFLICT (id) DO UPDATE SET %3")
        .arg(columns.join(QLatin1Char(',')), placeholders(columns.size() + 2),
             updates.join(QLatin1Char(',')));
}

void bind(QSqlQuery &query, int &at, const QVariantList &values)
{
    for (const QVariant &value : values)
        query.bindValue(at++, value);
}

} // namespace

std::variant<std::unique_ptr<QueueStore>, net::Error> QueueStore::open(const QString &path)
{
    try {
        return std::unique_ptr<QueueStore>(new QueueStore(path));
    } catch (const net::Exception &e) {
        return e.error();
    }
}

QueueStore::QueueStore(const QString &path)
{
    makeFile(path);
    m_database = openLocked(path);
    ::chmod(QFile::encodeName(path).constData(), ownersOnly);
    const QString mode = m_database->value(QStringLiteral("PRAGMA journal_mode = WAL")).toString();
    // Without a write-ahead log, only more syncing keeps a power cut from damaging the file.
    const bool hasLog = mode == QLatin1String("wal");
    m_database->run(hasLog ? QStringLiteral("PRAGMA synchronous = NORMAL")
                           : QStringLiteral("PRAGMA synchronous = FULL"));
    migrateQueue(*m_database);
}

QueueStore::~QueueStore() = default;

std::vector<StoredItem> QueueStore::load()
{
    const QStringList columns = requestColumns() + outcomeColumns() + partColumns();
    QSqlQuery &query = m_database->prepared(
        QStringLiteral("SELECT id, %1 FROM item ORDER BY position, id").arg(columns.join(QLatin1Char(','))));
    m_database->run(query);
    std::vector<StoredItem> items;
    items.reserve(m_database->value(QStringLiteral("SELECT count(*) FROM item")).toULongLong());
    QVariantList values(columns.size());
    while (m_database->next(query)) {
        for (int i = 0; i < int(columns.size()); ++i)
            values[i] = query.value(i + 1);
        auto item = storedItemFrom(ItemId {query.value(0).toLongLong()}, values);
        if (!item)
            throw net::Exception(damagedQueue(m_database->path()));
        items.push_back(std::move(*item));
    }
    return items;
}

void QueueStore::save(const std::vector<StoredItem> &items)
{
    static const QString sql = insertOrUpdate(requestColumns() + outcomeColumns() + partColumns());
    m_database->inTransaction([this, &items] {
        qint64 position = m_database->value(QStringLiteral("SELECT max(position) FROM item")).toLongLong();
        QSqlQuery &query = m_database->prepared(sql);
        for (const StoredItem &stored : items) {
            if (!stored.item.isLasting)
                continue;
            int at = 0;
            bind(query, at, {qint64(stored.item.id.value), ++position});
            bind(query, at, requestValues(stored.item));
            bind(query, at, outcomeValues(stored.item));
            bind(query, at, partValues(stored.part));
            m_database->run(query);
        }
    });
}

void QueueStore::saveProgress(const std::vector<StoredProgress> &items)
{
    static const QString sql = QStringLiteral(
                                   "UPDATE item SET received=?, total=coalesce(?, total), %1=? WHERE id=?")
                                   .arg(partColumns().join(QLatin1String("=?,")));
    m_database->inTransaction([this, &items] {
        QSqlQuery &query = m_database->prepared(sql);
        for (const StoredProgress &progress : items) {
            const QVariantList part = partValues(progress.part);
            int at = 0;
            bind(query, at, {progress.received, part[partColumns().indexOf(QLatin1String("part_total"))]});
            bind(query, at, part);
            bind(query, at, {qint64(progress.id.value)});
            m_database->run(query);
        }
    });
}

void QueueStore::saveOutcome(const std::vector<StoredItem> &items)
{
    static const QString sql = QStringLiteral("UPDATE item SET %1=?,%2=? WHERE id=?")
                                   .arg(outcomeColumns().join(QLatin1String("=?,")),
                                        partColumns().join(QLatin1String("=?,")));
    m_database->inTransaction([this, &items] {
        QSqlQuery &query = m_database->prepared(sql);
        for (const StoredItem &stored : items) {
            int at = 0;
            bind(query, at, outcomeValues(stored.item));
            bind(query, at, partValues(stored.part));
            bind(query, at, {qint64(stored.item.id.value)});
            m_database->run(query);
        }
    });
}

void QueueStore::remove(const std::vector<ItemId> &ids)
{
    m_database->inTransaction([this, &ids] {
        QSqlQuery &query = m_database->prepared(QStringLiteral("DELETE FROM item WHERE id=?"));
        for (const ItemId id : ids) {
            query.bindValue(0, qint64(id.value));
            m_database->run(query);
        }
    });
}

void QueueStore::setOrder(const std::vector<ItemId> &order)
{
    m_database->inTransaction([this, &order] {
        QSqlQuery &query = m_database->prepared(QStringLiteral("UPDATE item SET position=? WHERE id=?"));
        qint64 position = 0;
        for (const ItemId id : order) {
            query.bindValue(0, ++position);
            query.bindValue(1, qint64(id.value));
            m_database->run(query);
        }
    });
}

Limits QueueStore::limits()
{
    Limits limits;
    QSqlQuery &query = m_database->prepared(QStringLiteral("SELECT name, value FROM setting"));
    m_database->run(query);
    while (m_database->next(query)) {
        const QString name = query.value(0).toString();
        const qint64 value = query.value(1).toLongLong();
        if (name == QLatin1String("transfers"))
            limits.transfers = int(std::clamp<qint64>(value, 1, mostTransfers));
        else if (name == QLatin1String("per_host"))
            limits.perHost = int(std::clamp<qint64>(value, 1, mostTransfers));
        else if (name == QLatin1String("bytes_per_second") && value > 0)
            limits.bytesPerSecond = value;
    }
    return limits;
}

void QueueStore::setLimits(const Limits &limits)
{
    m_database->inTransaction([this, &limits] {
        QSqlQuery &query = m_database->prepared(
            QStringLiteral("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"));
        const QVariant rate = limits.bytesPerSecond ? QVariant(*limits.bytesPerSecond) : QVariant();
        const QVariantList rows[] = {{QStringLiteral("transfers"), limits.transfers},
                                     {QStringLiteral("per_host"), limits.perHost},
                                     {QStringLiteral("bytes_per_second"), rate}};
        for (const QVariantList &row : rows) {
            int at = 0;
            bind(query, at, row);
            m_database->run(query);
        }
    });
}

} // namespace coroscope::download
