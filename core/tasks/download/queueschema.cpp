// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queueschema.h"

#include <QCoreApplication>
#include <QStringList>

#include <vector>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Queue)
};

constexpr int applicationId = 0x436f5251; // "CoRQ", in SQLite's header

/// Step n leads from version n to n + 1. A step that was released is never changed.
const std::vector<QStringList> &steps()
{
    static const std::vector<QStringList> all {
        {QStringLiteral("CREATE TABLE item ("
                        "id INTEGER PRIMARY KEY, position INTEGER NOT NULL, request TEXT NOT NULL,"
                        "state TEXT NOT NULL, pause_reason TEXT NOT NULL, priority INTEGER NOT NULL,"
                        "name TEXT, path TEXT, final_url TEXT, received INTEGER NOT NULL, total INTEGER,"
                        "tries INTEGER NOT NULL, http_status INTEGER NOT NULL, resumed_from INTEGER NOT NULL,"
                        "error TEXT, note TEXT, sha256 BLOB, seconds REAL NOT NULL, start_at INTEGER,"
                        "batch TEXT,"
                        "part_path TEXT, part_total INTEGER, part_etag BLOB, part_last_modified BLOB,"
                        "part_final_url TEXT, part_proves_ranges INTEGER NOT NULL, part_pieces TEXT)"),
         QStringLiteral("CREATE INDEX item_position ON item (position)"),
         QStringLiteral("CREATE TABLE setting (name TEXT PRIMARY KEY, value)"),
         QStringLiteral("PRAGMA application_id = %1").arg(applicationId)},
    };
    return all;
}

int versionOf(QueueDatabase &database)
{
    return database.value(QStringLiteral("PRAGMA user_version")).toInt();
}

} // namespace

void requireOurQueue(QueueDatabase &database)
{
    const int application = database.value(QStringLiteral("PRAGMA application_id")).toInt();
    const int version = versionOf(database);
    const bool isEmpty = application == 0 && version == 0
                         && database.value(QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt() == 0;
    if (application != applicationId && !isEmpty) {
        throw net::Exception(
            unusableQueue(Words::tr("this file is another program's, not a queue of downloads"),
                          database.path()));
    }
    if (version > int(steps().size()) || version < 0) {
        net::Error error = unusableQueue(Words::tr("this queue of downloads was made by a newer Coroscope"),
                                         database.path());
        error.advice = Words::tr("Use that one, or name another file: this one is left as it is");
        throw net::Exception(error);
    }
    const QString state = database.value(QStringLiteral("PRAGMA quick_check(1)")).toString();
    if (state != QLatin1String("ok"))
        throw net::Exception(damagedQueue(database.path()));
}

void migrateQueue(QueueDatabase &database)
{
    for (int version = versionOf(database); version < int(steps().size()); ++version) {
        database.inTransaction([&database, version] {
            for (const QString &statement : steps()[std::size_t(version)])
                database.run(statement);
            database.run(QStringLiteral("PRAGMA user_version = %1").arg(version + 1));
        });
    }
}

} // namespace coroscope::download
