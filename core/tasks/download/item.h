// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"
#include "core/trace/ids.h"

#include <QDateTime>

#include <compare>
#include <cstdint>
#include <vector>

namespace coroscope::download {

/// A row of the queue, for as long as the queue lives (across restarts, too). Zero means "none".
struct ItemId
{
    std::int64_t value = 0;
    constexpr explicit operator bool() const noexcept { return value != 0; }
    friend constexpr auto operator<=>(const ItemId &, const ItemId &) = default;
};
inline std::size_t qHash(ItemId id, std::size_t seed = 0) noexcept { return ::qHash(id.value, seed); }

enum class ItemState : std::uint8_t {
    Queued, ///< waits for a place
    Scheduled, ///< waits for its start time
    Active,
    Waiting, ///< for its next try
    Paused,
    Done,
    Failed,
    Cancelled,
};
constexpr bool hasEnded(ItemState state) { return state >= ItemState::Done; }

/// Why an item is paused, where it wasn't a person's wish.
enum class PauseReason : std::uint8_t { ByUser, DiskFull, NeedsLogin };

/// What is known of one transfer: a row as it is shown.
struct Item
{
    ItemId id {};
    Request request {}; ///< without credentials
    ItemState state = ItemState::Queued;
    PauseReason pauseReason = PauseReason::ByUser;
    int priority = 0; ///< higher goes first
    QString name {}; ///< of the file: as expected until the server has said, then for certain
    QString path {}; ///< of the finished file; empty before
    QUrl finalUrl {}; ///< after redirects; without user and password
    qint64 received = 0; ///< bytes of the file that are there
    std::optional<qint64> total {};
    double bytesPerSecond = 0; ///< smoothed; 0 unless active
    std::optional<std::chrono::seconds> timeLeft {};
    int tries = 0; ///< begun
    int httpStatus = 0; ///< of the last answer
    qint64 resumedFrom = 0; ///< bytes that were there before the last try
    QString error {}; ///< of the last try that failed, or why it is paused; a sentence for a person
    QString note {}; ///< "skipped: the file is there already", "certificate not verified"
    QByteArray sha256 {}; ///< raw; empty: not computed
    double seconds = 0; ///< from its first start to its end, or till now
    QDateTime nextStart {}; ///< Waiting, Scheduled: when it goes on
    TaskId task {}; ///< its lane, of the transfer under way or the last one; 0 in a new process
    QString batch {}; ///< what it was added with; may be empty
    bool isLasting = true; ///< false: not kept for the next start (the demo's)
};

/// Of the whole queue.
struct Limits
{
    int transfers = 16; ///< at once
    int perHost = 6;
    std::optional<qint64> bytesPerSecond {};
    friend bool operator==(const Limits &, const Limits &) = default;
};

struct Totals
{
    int queued = 0; ///< and scheduled
    int active = 0; ///< and waiting for another try
    int paused = 0;
    int done = 0;
    int failed = 0;
    int cancelled = 0;
    qint64 received = 0; ///< bytes, of all
    qint64 expected = 0; ///< bytes, of those whose size is known; the received ones of the others
    int unknownSizes = 0; ///< unfinished items whose size nobody knows yet
    double bytesPerSecond = 0;
    std::optional<std::chrono::seconds> timeLeft {};

    int unfinished() const { return queued + active + paused; }
    int all() const { return unfinished() + done + failed + cancelled; }
};

} // namespace coroscope::download
