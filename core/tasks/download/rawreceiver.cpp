// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/rawreceiver.h"

#include "core/runtime/sleep.h"
#include "core/tasks/download/bodywatch.h"
#include "core/tasks/download/pour.h"
#include "core/tasks/download/progressmeter.h"
#include "core/tasks/download/receiver.h"

namespace coroscope::download {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

/// What the job has done by now; nothing if it was cancelled before it began.
Poured resultOf(const Job<Poured> &pouring)
{
    try {
        return pouring.result();
    } catch (const CancelledError &) {
        return {};
    }
}

/// What a transfer owes to its limits for bytes that one of them allowed.
void charge(RateLimiter &limiter, bool wasLimited, qint64 bytes, Clock::time_point now)
{
    if (wasLimited) // else it was free, whatever limit came meanwhile
        limiter.take(bytes, now);
}

/// One turn of a thread. Cancelled, it is waited for: what has come counts.
QCoro::Task<Poured> pourSome(EntryPtr entry, ToolsPtr tools, std::size_t index, std::shared_ptr<Pour> pour,
                             std::shared_ptr<net::HttpTransfer> http, qint64 most)
{
    const bool isOneLimited = entry->limiter.rate().has_value();
    const bool areAllLimited = tools->limiter.rate().has_value();
    const qint64 at = entry->part().pieces[index].first + entry->written[index];
    const auto pouring = tools->disk->pour(std::move(pour), entry->item().name, at, most);
    bool isCancelled = false;
    while (!pouring.isDone()) {
        try {
            co_await pouring;
        } catch (const CancelledError &) {
            isCancelled = true;
        }
    }
    const Poured poured = resultOf(pouring);
    entry->written[index] += poured.bytes; // the database hears of it at the next checkpoint
    entry->item().received += poured.bytes;
    entry->isShownStale = true;
    const auto now = Clock::now();
    charge(entry->limiter, isOneLimited, poured.bytes, now);
    charge(tools->limiter, areAllLimited, poured.bytes, now);
    http->tookRaw(poured.bytes);
    if (poured.isClosed || poured.failure != 0)
        http->lostRaw(poured.failure);
    if (isCancelled)
        throw CancelledError();
    co_return poured;
}

/// What libcurl had of the body already.
QCoro::Task<void> writeFirst(EntryPtr entry, ToolsPtr tools, std::size_t index,
                             std::shared_ptr<net::HttpTransfer> http, qint64 room)
{
    QByteArray bytes = http->read(room);
    if (bytes.isEmpty())
        co_return;
    entry->item().received += bytes.size();
    co_await writeBlock(entry, tools, index, std::move(bytes));
}

/// Bytes of the body that the piece lacks, of those that were promised.
qint64 roomIn(const Entry &entry, std::size_t index, qint64 before, std::optional<qint64> promised)
{
    constexpr qint64 endless = std::numeric_limits<qint64>::max();
    const Piece &piece = entry.stored.part.pieces[index];
    const qint64 written = entry.written[index];
    return std::min(piece.end ? *piece.end - piece.first - written : endless,
                    promised ? *promised - (written - before) : endless);
}

} // namespace

QCoro::Task<void> receiveRaw(EntryPtr entry, ToolsPtr tools, std::size_t index,
                             std::shared_ptr<net::HttpTransfer> http, std::shared_ptr<net::RawBody> raw,
                             std::optional<qint64> promised, StringId label)
{
    const Options options = entry->item().request.options;
    const QUrl url = entry->item().finalUrl;
    const auto pour = std::make_shared<Pour>(std::move(raw), *entry->file);
    LowSpeedWatch lowSpeed(options.lowSpeed);
    ProgressMeter progress;
    const qint64 before = entry->written[index];
    auto lastByte = Clock::now();
    co_await writeFirst(entry, tools, index, http, roomIn(*entry, index, before, promised));
    for (;;) {
        const qint64 room = roomIn(*entry, index, before, promised);
        if (room <= 0 || http->isOver())
            co_return;
        const auto now = Clock::now();
        const qint64 allowed = allowance(*entry, *tools, room, now);
        if (allowed == 0) {
            co_await sleep(waitOf(*entry, *tools, now));
            lastByte = Clock::now();
            lowSpeed.wasHeldBack(entry->written[index] - before, lastByte);
            continue;
        }
        const Poured poured = co_await pourSome(entry, tools, index, pour, http, allowed);
        if (poured.diskFailure)
            throw net::Exception(*poured.diskFailure);
        const auto after = Clock::now();
        if (poured.bytes > 0)
            lastByte = after;
        progress.update(std::uint64_t(entry->item().received), entry->item().total,
                        trace::ProgressUnit::Bytes);
        lowSpeed.check(entry->written[index] - before, after, url);
        if (!poured.isDry)
            continue;
        http->awaitRaw();
        const auto silence = lastByte + options.inactivity - after;
        auto patience = std::max<std::chrono::nanoseconds>(silence, 1ms);
        if (const auto verdict = lowSpeed.untilVerdict(after))
            patience = std::min(patience, *verdict);
        const bool heard = co_await http->activity(label, patience);
        if (!heard && Clock::now() >= lastByte + options.inactivity)
            failWithSilence(options.inactivity, url);
    }
}

} // namespace coroscope::download
