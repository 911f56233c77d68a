// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queuestore.h"

#include "core/tasks/download/diskerror.h"
#include "core/tasks/download/folder.h"
#include "core/tasks/download/queuerow.h"
#include "core/tasks/download/queueschema.h"
#include "core/tasks/download/requestjson.h"

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
            database->run("PRAGMA locking_mode = EXCLUSIVE");
            requireOurQueue(*database);
            // In this mode, the lock stays when the transaction ends.
            database->inTransaction([] { }, "BEGIN EXCLUSIVE");
            return database;
        } catch (const QueueInUse &) {
            if (i == tries)
                throw;
        }
        QThread::msleep(QRandomGenerator::global()->bounded(5, 60));
    }
}

QByteArray placeholders(qsizetype count) { return QByteArrayList(count, "?").join(','); }

QByteArray insertOrUpdate(const QByteArrayList &columns)
{
    QByteArrayList updates;
    for (const QByteArray &column : columns)
        updates << column + "=excluded." + column;
    return "INSERT INTO item (id, position, " + columns.join(',') + ") VALUES ("
           + placeholders(columns.size() + 2) + ") ON CONFLICT (id) DO UPDATE SET " + updates.join(',');
}

/// "a=?,b=?"
QByteArray assignments(const QByteArrayList &columns) { return columns.join("=?,") + "=?"; }

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
    : m_texts(std::make_unique<RequestTexts>())
{
    makeFile(path);
    m_database = openLocked(path);
    ::chmod(QFile::encodeName(path).constData(), ownersOnly);
    // Without a write-ahead log, only more syncing keeps a power cut from damaging the file.
    const bool hasLog = m_database->text("PRAGMA journal_mode = WAL") == QLatin1String("wal");
    m_database->run(hasLog ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
    migrateQueue(*m_database);
    m_database->keepRoom();
}

QueueStore::~QueueStore() = default;

std::vector<StoredItem> QueueStore::load()
{
    const QByteArrayList columns = requestColumns() + outcomeColumns() + partColumns();
    std::vector<StoredItem> items;
    items.reserve(std::size_t(m_database->number("SELECT count(*) FROM item")));
    QueueStatement &query = m_database->prepared("SELECT id, " + columns.join(',')
                                                 + " FROM item ORDER BY position, id");
    while (m_database->next(query)) {
        auto item = storedItemFrom(query);
        if (!item) {
            query.reset();
            throw net::Exception(damagedQueue(m_database->path()));
        }
        items.push_back(std::move(*item));
    }
    return items;
}

void QueueStore::save(const std::vector<StoredItem> &items)
{
    static const QByteArray sql = insertOrUpdate(requestColumns() + outcomeColumns() + partColumns());
    m_database->inTransaction([this, &items] {
        qint64 position = m_database->number("SELECT max(position) FROM item");
        QueueStatement &statement = m_database->prepared(sql);
        for (const StoredItem &stored : items) {
            if (!stored.item.isLasting)
                continue;
            statement.bind(qint64(stored.item.id.value));
            statement.bind(++position);
            bindRequest(statement, stored.item, *m_texts);
            bindState(statement, stored);
            m_database->run(statement);
        }
    });
}

void QueueStore::saveProgress(const std::vector<StoredProgress> &items)
{
    static const QByteArray sql = "UPDATE item SET received=?, total=coalesce(?, total), "
                                  + assignments(partColumns()) + " WHERE id=?";
    m_database->inTransaction([this, &items] {
        QueueStatement &statement = m_database->prepared(sql);
        for (const StoredProgress &progress : items) {
            statement.bind(progress.received);
            statement.bind(progress.part.total);
            bindPart(statement, progress.part);
            statement.bind(qint64(progress.id.value));
            m_database->run(statement);
        }
    });
}

void QueueStore::saveOutcome(const std::vector<StoredItem> &items)
{
    m_database->inTransaction([this, &items] {
        for (const StoredItem &stored : items)
            writeOutcome(stored);
    });
}

void QueueStore::saveOutcome(const std::vector<const StoredItem *> &items, const std::vector<NamedFile> &done)
{
    m_database->inTransaction([this, &items, &done] {
        for (const NamedFile &file : done)
            writeDone(file);
        for (const StoredItem *stored : items)
            writeOutcome(*stored);
    });
}

void QueueStore::writeOutcome(const StoredItem &stored)
{
    static const QByteArray sql = "UPDATE item SET " + assignments(outcomeColumns() + partColumns())
                                  + " WHERE id=?";
    QueueStatement &statement = m_database->prepared(sql);
    bindState(statement, stored);
    statement.bind(qint64(stored.item.id.value));
    m_database->run(statement);
}

void QueueStore::writeDone(const NamedFile &file)
{
    static const QByteArray sql = "UPDATE item SET " + doneAssignments() + " WHERE id=?";
    QueueStatement &statement = m_database->prepared(sql);
    statement.bind(file.path);
    statement.bind(qint64(file.id.value));
    m_database->run(statement);
}

void QueueStore::remove(const std::vector<ItemId> &ids)
{
    m_database->inTransaction([this, &ids] {
        QueueStatement &statement = m_database->prepared("DELETE FROM item WHERE id=?");
        for (const ItemId id : ids) {
            statement.bind(qint64(id.value));
            m_database->run(statement);
        }
    });
}

void QueueStore::setOrder(const std::vector<ItemId> &order)
{
    m_database->inTransaction([this, &order] {
        QueueStatement &statement = m_database->prepared("UPDATE item SET position=? WHERE id=?");
        qint64 position = 0;
        for (const ItemId id : order) {
            statement.bind(++position);
            statement.bind(qint64(id.value));
            m_database->run(statement);
        }
    });
}

Limits QueueStore::limits()
{
    Limits limits;
    QueueStatement &query = m_database->prepared("SELECT name, value FROM setting");
    while (m_database->next(query)) {
        const QString name = query.text(0);
        const qint64 value = query.number(1);
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
        QueueStatement &statement = m_database->prepared(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)");
        const std::pair<const char *, std::optional<qint64>> rows[] = {{"transfers", limits.transfers},
                                                                       {"per_host", limits.perHost},
                                                                       {"bytes_per_second",
                                                                        limits.bytesPerSecond}};
        for (const auto &[name, value] : rows) {
            statement.bindText(name);
            statement.bind(value);
            m_database->run(statement);
        }
    });
}

} // namespace coroscope::download
