// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/receiver.h"

#include "core/runtime/sleep.h"
#include "core/tasks/download/bodywatch.h"
#include "core/tasks/download/progressmeter.h"
#include "core/tasks/download/rawreceiver.h"

#include <QCoreApplication>
#include <QDir>

namespace coroscope::download {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Transfer)
};

/// What the network brings at once: joining it to more would copy it.
constexpr qint64 worthWriting = 256 * 1024;
constexpr auto longestInMemory = 1s; // for a slow transfer

bool losesAll(const Entry &entry)
{
    return entry.wish == Entry::Wish::Cancel || entry.wish == Entry::Wish::Remove;
}

bool isOfTheDisk(const std::exception_ptr &failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (const net::Exception &error) {
        const auto kind = error.error().kind;
        return kind == net::Error::Kind::Disk || kind == net::Error::Kind::DiskFull;
    } catch (...) {
        return false;
    }
}

} // namespace

QCoro::Task<void> writeBlock(EntryPtr entry, ToolsPtr tools, std::size_t index, QByteArray block)
{
    if (!entry->file)
        co_await makePart(entry, tools);
    const qint64 size = block.size();
    const qint64 at = entry->part().pieces[index].first + entry->written[index];
    const auto writing = tools->disk->write(entry->file, entry->item().name, at, std::move(block));
    bool isCancelled = false;
    for (bool isOver = false; !isOver;) {
        try {
            co_await writing;
            isOver = true;
        } catch (const CancelledError &) {
            isCancelled = true;
            isOver = writing.isDone();
            if (isOver)
                writing.result();
        }
    }
    entry->written[index] += size; // the database hears of it at the next checkpoint
    if (isCancelled)
        throw CancelledError();
}

PartPlan planOf(const Entry &entry, const Tools &tools)
{
    const Item &item = entry.item();
    const QString path = QDir(item.request.folder).filePath(item.name);
    return {.folder = item.request.folder,
            .name = item.name,
            .ifExists = policyFor(entry, tools, path),
            .total = item.total};
}

QCoro::Task<void> hear(std::shared_ptr<net::HttpTransfer> http, StringId label,
                       std::chrono::nanoseconds silence, QUrl url)
{
    const bool heard = co_await http->activity(label, silence);
    if (!heard)
        failWithSilence(silence, url);
}

QCoro::Task<void> makePart(EntryPtr entry, ToolsPtr tools)
{
    entry->isWithKeeper = true;
    std::exception_ptr failure;
    MadePart made;
    try {
        made = co_await tools->disk->make(planOf(*entry, *tools), entry->stored);
    } catch (...) {
        failure = std::current_exception();
    }
    entry->isWithKeeper = false;
    if (failure)
        std::rethrow_exception(failure);
    entry->file = made.file;
    entry->part().path = made.file->path();
    entry->item().name = made.file->finalName();
    entry->isShownStale = true;
    if (made.error)
        throw net::Exception(*made.error);
    if (made.isCancelled)
        throw CancelledError();
}

QCoro::Task<void> receiveBody(EntryPtr entry, ToolsPtr tools, std::size_t index,
                              std::shared_ptr<net::HttpTransfer> http, std::optional<qint64> promised,
                              StringId label)
{
    if (const auto raw = entry->file ? http->takeOver() : nullptr) {
        co_await receiveRaw(entry, tools, index, http, raw, promised, label);
        co_return;
    }
    const Options options = entry->item().request.options;
    const QUrl url = entry->item().finalUrl;
    LowSpeedWatch lowSpeed(options.lowSpeed);
    ProgressMeter progress;
    QByteArray block;
    std::exception_ptr failure;
    try {
        auto lastWrite = Clock::now();
        auto lastByte = lastWrite;
        qint64 come = 0;
        for (;;) {
            const auto now = Clock::now();
            const Piece piece = entry->part().pieces[index];
            const qint64 there = entry->written[index] + block.size();
            const qint64 toPieceEnd = piece.end ? *piece.end - piece.first - there
                                                : std::numeric_limits<qint64>::max();
            const qint64 room = promised ? std::min(toPieceEnd, *promised - come) : toPieceEnd;
            const qint64 wanted = std::min({http->available(), room, blockSize - qint64(block.size())});
            const qint64 allowed = allowance(*entry, *tools, wanted, now);
            const QByteArray bytes = http->read(allowed);
            if (!bytes.isEmpty()) {
                entry->limiter.take(bytes.size(), now);
                tools->limiter.take(bytes.size(), now);
                come += bytes.size();
                lastByte = now;
                entry->item().received += bytes.size();
                entry->isShownStale = true;
                block = block.isEmpty() ? bytes : block + bytes;
                progress.update(std::uint64_t(entry->item().received), entry->item().total,
                                trace::ProgressUnit::Bytes);
            }
            lowSpeed.check(come, now, url);
            const bool isOver = (http->isOver() && http->available() == 0) || bytes.size() == room;
            const bool isWhole = isOver && (piece.end ? bytes.size() == toPieceEnd : !http->error());
            if (block.size() >= worthWriting || isOver
                || (!block.isEmpty() && now - lastWrite > longestInMemory)) {
                // An empty file is a file, too.
                if (isWhole && entry->mayStayInMemory()) {
                    entry->written[index] = block.size();
                    entry->body = std::exchange(block, {});
                    break;
                }
                co_await writeBlock(entry, tools, index, std::exchange(block, {}));
                lastWrite = Clock::now();
                lastByte = lastWrite;
            }
            if (isOver)
                break;
            if (http->available() > 0) {
                if (bytes.isEmpty()) {
                    co_await sleep(waitOf(*entry, *tools, now));
                    lastByte = Clock::now();
                    lowSpeed.wasHeldBack(come, lastByte);
                }
                continue;
            }
            const auto silence = lastByte + options.inactivity - Clock::now();
            auto patience = std::max<std::chrono::nanoseconds>(silence, 1ms);
            if (const auto verdict = lowSpeed.untilVerdict(Clock::now()))
                patience = std::min(patience, *verdict);
            if (!block.isEmpty())
                patience = std::min<std::chrono::nanoseconds>(patience, longestInMemory);
            const bool heard = co_await http->activity(label, patience);
            if (!heard && Clock::now() >= lastByte + options.inactivity)
                failWithSilence(options.inactivity, url);
        }
    } catch (...) {
        failure = std::current_exception();
    }
    if (!failure)
        co_return;
    if (!block.isEmpty() && !losesAll(*entry) && !isOfTheDisk(failure))
        co_await writeBlock(entry, tools, index, std::move(block));
    std::rethrow_exception(failure);
}

} // namespace coroscope::download
