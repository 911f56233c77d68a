// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queueschema.h"

#include <QCoreApplication>

#include <vector>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Queue)
};

constexpr int applicationId = 0x436f5251; // "CoRQ", in SQLite's header

/// Step n leads from version n to n + 1. A step that was released is never changed.
const std::vector<std::vector<QByteArray>> &steps()
{
    static const std::vector<std::vector<QByteArray>> all {
        {"CREATE TABLE item ("
         "id INTEGER PRIMARY KEY, position INTEGER NOT NULL, request TEXT NOT NULL,"
         "state TEXT NOT NULL, pause_reason TEXT NOT NULL, priority INTEGER NOT NULL,"
         "name TEXT, path TEXT, final_url TEXT, received INTEGER NOT NULL, total INTEGER,"
         "tries INTEGER NOT NULL, http_status INTEGER NOT NULL, resumed_from INTEGER NOT NULL,"
         "error TEXT, note TEXT, sha256 BLOB, seconds REAL NOT NULL, start_at INTEGER,"
         "batch TEXT,"
         "part_path TEXT, part_total INTEGER, part_etag BLOB, part_last_modified BLOB,"
         "part_final_url TEXT, part_proves_ranges INTEGER NOT NULL, part_pieces TEXT)",
         "CREATE INDEX item_position ON item (position)",
         "CREATE TABLE setting (name TEXT PRIMARY KEY, value)",
         "PRAGMA application_id = " + QByteArray::number(applicationId)},
    };
    return all;
}

int versionOf(QueueDatabase &database) { return int(database.number("PRAGMA user_version")); }

} // namespace

void requireOurQueue(QueueDatabase &database)
{
    const auto application = int(database.number("PRAGMA application_id"));
    const int version = versionOf(database);
    const bool isEmpty = application == 0 && version == 0
                         && database.number("SELECT count(*) FROM sqlite_master") == 0;
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
    if (database.text("PRAGMA quick_check(1)") != QLatin1String("ok"))
        throw net::Exception(damagedQueue(database.path()));
}

void migrateQueue(QueueDatabase &database)
{
    for (int version = versionOf(database); version < int(steps().size()); ++version) {
        database.inTransaction([&database, version] {
            for (const QByteArray &statement : steps()[std::size_t(version)])
                database.run(statement);
            database.run("PRAGMA user_version = " + QByteArray::number(version + 1));
        });
    }
}

} // namespace coroscope::download
