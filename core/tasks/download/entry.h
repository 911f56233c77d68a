// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/task.h"
#include "core/tasks/download/partfile.h"
#include "core/tasks/download/places.h"
#include "core/tasks/download/queuestore.h"
#include "core/tasks/download/ratelimiter.h"
#include "core/tasks/download/result.h"
#include "core/tasks/download/retrypolicy.h"
#include "core/tasks/download/speedmeter.h"

#include <memory>

namespace coroscope::download {

/// Bytes that are written at once.
constexpr qint64 blockSize = 512 * 1024;

/// One item of the queue with all that its transfer has at hand. The engine owns it; its transfer holds a
/// share. One loop's thread.
struct Entry
{
    /// Why its task was cancelled.
    enum class Wish : std::uint8_t { None, Pause, Cancel, Remove, Restart, Suspend };

    StoredItem stored; ///< the row, and what is known of its part
    net::Credentials credentials;
    net::Credentials proxyCredentials;
    std::shared_ptr<PartFile> file; ///< open while a transfer writes it
    QByteArray modified; ///< when, as the last answer said: Last-Modified
    QByteArray body; ///< of a small file that is whole, until it is written; then there is no `file`
    std::vector<qint64> written; ///< of each piece: what the file has, durable or not
    std::vector<SpawnedTask<void>> helpers; ///< that fetch pieces beside the first
    std::exception_ptr pieceFailure; ///< of the first piece that gave up: the others end, too
    SpawnedTask<Result> task; ///< of the transfer under way
    RateLimiter limiter {{}, std::chrono::steady_clock::now()};
    SpeedMeter speed;
    RetryState retry {.tries = 0};
    qint64 highWater = 0; ///< more bytes than this were never there: what counts as progress
    int addition = 0; ///< with whom it was added in this process
    std::size_t mirror = 0; ///< the URL in use
    std::int64_t position = 0; ///< in the queue
    Wish wish = Wish::None;
    QDateTime startAfterStop; ///< Restart: not before then
    bool isWithKeeper = false; ///< who writes its row by himself: what is known here is older
    bool isHandedOver = false; ///< all is received: it waits for the disk alone
    QString host; ///< that its place is of, while it is under way
    bool isHeld = false; ///< run by who added it, not by the queue
    bool trustsSize = false; ///< the address was replaced by hand: the size alone proves the same file
    bool isUncut = false; ///< pieces didn't fit together: one connection for all of it
    bool isShownStale = true; ///< the list has yet to hear
    bool isStoredStale = true; ///< the database has yet to hear
    std::optional<std::chrono::steady_clock::time_point> activeSince;
    double secondsBefore = 0; ///< of earlier runs

    Item &item() { return stored.item; }
    const Item &item() const { return stored.item; }
    PartState &part() { return stored.part; }
    Rank rank() const { return {stored.item.priority, position}; }
    QUrl url() const { return stored.item.request.urls.value(qsizetype(mirror)); }
    /// Until the queue has heard how its task ended.
    bool isUnderWay() const { return bool(task); }
    void touch()
    {
        isShownStale = true;
        isStoredStale = true;
    }
    /// A file of one block isn't written until it is whole, unless it is slow to come.
    bool mayStayInMemory() const
    {
        const IfExists policy = item().request.options.ifExists;
        return !file && stored.part.pieces.size() == 1 && bytesThere() == 0 && !item().request.checksum
               && stored.part.total.value_or(0) <= blockSize
               && (policy == IfExists::Rename || policy == IfExists::Skip);
    }
    /// Bytes of the file that are there or on their way to it.
    qint64 bytesThere() const
    {
        qint64 sum = 0;
        for (const qint64 bytes : written)
            sum += bytes;
        return sum;
    }
};
using EntryPtr = std::shared_ptr<Entry>;

/// The same for requests of the same file to the same place.
struct FileKey
{
    QUrl url;
    QString folder;
    QString fileName; ///< chosen
    explicit FileKey(const Request &request)
        : url(request.url())
        , folder(request.folder)
        , fileName(request.fileName)
    { }
    friend bool operator==(const FileKey &, const FileKey &) = default;
};
inline std::size_t qHash(const FileKey &key, std::size_t seed = 0)
{
    return qHashMulti(seed, key.url, key.folder, key.fileName);
}

} // namespace coroscope::download
