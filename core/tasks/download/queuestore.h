// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/tasks/download/item.h"

#include <memory>
#include <variant>

namespace coroscope::download {

class QueueDatabase;
class RequestTexts;

/// A range of the file that one connection fetches: [first, end), to the file's end where there is none.
struct Piece
{
    qint64 first = 0;
    std::optional<qint64> end {};
    qint64 durable = 0; ///< [first, first + durable) is on the disk for sure
    friend bool operator==(const Piece &, const Piece &) = default;
};

/// What has to be known of an unfinished file to go on with it.
struct PartState
{
    QString path {}; ///< of NAME.part; empty: there is none yet
    std::optional<qint64> total {};
    QByteArray etag {};
    QByteArray lastModified {};
    QUrl finalUrl {}; ///< that the bytes came from; kept without user and password
    bool provesRanges = false; ///< the server has shown that it can send parts
    std::vector<Piece> pieces {};
    friend bool operator==(const PartState &, const PartState &) = default;
};

struct StoredItem
{
    Item item;
    PartState part {};
};

/// What is written most often.
struct StoredProgress
{
    ItemId id {};
    PartState part {};
    qint64 received = 0;
};

/// One that is done, and of which all else was written before.
struct NamedFile
{
    ItemId id {};
    QString path {};
};

/// The queue in a SQLite file, which survives the process and the machine. It may lag behind what is on the
/// disk, never lead: data has to be brought to the disk before the offset that names it is stored. After a
/// power cut the last transactions may be missing, each whole or not at all.
///
/// Without secrets: see requestjson.h. What belongs to a process alone (speed, lane, time left) isn't kept.
/// Used on the thread that opened it. All functions throw net::Exception with the file, the reason and what
/// to do: Kind::DiskFull where there is no room, else Kind::Disk; what they were to change is unchanged then.
class QueueStore
{
public:
    /// Opens or makes the file (mode 0600, its folder, too) and keeps others out until this object, or the
    /// process, ends. A file that is in use, damaged, another program's or a newer version's is an error
    /// that says so, and is left as it is.
    static std::variant<std::unique_ptr<QueueStore>, net::Error> open(const QString &path);
    ~QueueStore();
    Q_DISABLE_COPY_MOVE(QueueStore)

    /// In the queue's order. What was under way or waited for its next try is queued.
    std::vector<StoredItem> load();
    /// New ones stand at the end, in this order; those that are known keep their places. Passes over items
    /// that aren't lasting. One transaction, as each of these is.
    void save(const std::vector<StoredItem> &items);
    /// Of items that are known; others are passed over. The item's total is the part's, where it has one.
    void saveProgress(const std::vector<StoredProgress> &items);
    /// All of items that are known but for what a transfer doesn't change: the request, the batch, priority
    /// and start. Others are passed over.
    void saveOutcome(const std::vector<StoredItem> &items);
    /// The same; and that those are done.
    void saveOutcome(const std::vector<const StoredItem *> &items, const std::vector<NamedFile> &done);
    void remove(const std::vector<ItemId> &ids);
    /// Of all items.
    void setOrder(const std::vector<ItemId> &order);

    Limits limits();
    void setLimits(const Limits &limits);

private:
    explicit QueueStore(const QString &path);
    void writeOutcome(const StoredItem &stored);
    void writeDone(const NamedFile &file);

    std::unique_ptr<QueueDatabase> m_database;
    std::unique_ptr<RequestTexts> m_texts;
};

} // namespace coroscope::download
