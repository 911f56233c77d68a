// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/transfer.h"

#include "core/net/escape.h"
#include "core/net/httptransfer.h"
#include "core/runtime/wait.h"
#include "core/tasks/download/checksum.h"
#include "core/tasks/download/filename.h"
#include "core/tasks/download/httpdate.h"
#include "core/tasks/download/pieces.h"
#include "core/tasks/download/receiver.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Transfer)
};

using net::Error;

bool isWhole(const Piece &piece, qint64 written) { return piece.end && piece.first + written >= *piece.end; }

std::optional<std::size_t> firstLacking(const Entry &entry)
{
    for (std::size_t i = 0; i < entry.stored.part.pieces.size(); ++i) {
        if (!isWhole(entry.stored.part.pieces[i], entry.written[i]))
            return i;
    }
    return std::nullopt;
}

void startHelpers(const EntryPtr &entry, const ToolsPtr &tools, std::size_t after)
{
    for (std::size_t i = after + 1; i < entry->written.size(); ++i) {
        if (!isWhole(entry->part().pieces[i], entry->written[i]))
            startPiece(entry, tools, i);
    }
}

/// All pieces that lack something. The first failure ends the others.
QCoro::Task<void> fetchPieces(EntryPtr entry, ToolsPtr tools, std::size_t first)
{
    std::exception_ptr failure;
    entry->pieceFailure = nullptr;
    try {
        startHelpers(entry, tools, first);
        co_await fetchPiece(entry, tools, first);
        for (std::size_t i = 0; i < entry->helpers.size(); ++i) {
            const SpawnedTask<void> helper = entry->helpers[i];
            co_await helper;
        }
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        // Cancelled by a piece that gave up, or by somebody who has a wish.
        if (entry->pieceFailure && entry->wish == Entry::Wish::None)
            failure = entry->pieceFailure;
        entry->pieceFailure = failure;
        const std::vector<AnyTask> others(entry->helpers.begin(), entry->helpers.end());
        for (const AnyTask &other : others)
            other.cancel();
        if (!others.empty())
            co_await wait(others);
    }
    entry->helpers.clear();
    entry->pieceFailure = nullptr;
    if (failure)
        std::rethrow_exception(failure);
}

/// What is left of an earlier process's part, opened; or a fresh start.
QCoro::Task<void> takeUpPart(EntryPtr entry, ToolsPtr tools)
{
    PartState &part = entry->part();
    if (part.path.isEmpty() || entry->file) {
        if (entry->written.size() != part.pieces.size() || part.pieces.empty())
            startOver(*entry);
        co_return;
    }
    qint64 atLeast = 0;
    for (const Piece &piece : part.pieces)
        atLeast = piece.durable > 0 ? std::max(atLeast, piece.first + piece.durable) : atLeast;
    if (!entry->item().request.options.resume) {
        const auto removal = tools->disk->remove({}, part.path);
        co_await removal;
        startOver(*entry);
        co_return;
    }
    const auto opening = tools->disk->reopen(part.path, atLeast, part.total);
    entry->file = co_await opening;
    if (!entry->file) {
        startOver(*entry);
        co_return;
    }
    entry->written.clear();
    for (const Piece &piece : part.pieces)
        entry->written.push_back(piece.durable);
    entry->highWater = entry->bytesThere();
}

/// Throws if the file isn't what its checksum says.
QCoro::Task<void> verify(EntryPtr entry, ToolsPtr tools)
{
    const std::optional<Checksum> wanted = entry->item().request.checksum;
    if (!wanted)
        co_return;
    trace::print(Words::tr("checking %1").arg(entry->item().name));
    const auto hashing = tools->disk->digest(entry->file->path(), wanted->algorithm);
    const QByteArray digest = co_await hashing;
    if (digest != wanted->digest) {
        throw net::Exception(
            {.kind = Error::Kind::Checksum,
             .what = Words::tr("the checksum is wrong: %1").arg(checksumText({wanted->algorithm, digest})),
             .where = net::shownUrl(entry->url()),
             .advice = Words::tr("The file was changed on its way, or the checksum is of "
                                 "another file")});
    }
    if (wanted->algorithm == QCryptographicHash::Sha256)
        entry->item().sha256 = digest;
}

/// A file of a chosen name that is there already needs no request.
std::optional<AlreadyThere> existingFile(const Entry &entry, const Tools &tools)
{
    const Request &request = entry.item().request;
    if (request.options.ifExists != IfExists::Skip || request.fileName.isEmpty())
        return std::nullopt;
    const QString path = QDir(request.folder).filePath(safeFileName(request.fileName));
    if (!QFileInfo(path).isFile() || policyFor(entry, tools, path) == IfExists::Rename)
        return std::nullopt;
    return AlreadyThere(path, Words::tr("the file is there already"));
}

Result skipped(Entry &entry, const AlreadyThere &found)
{
    const QString &path = found.path();
    entry.item().path = path;
    entry.item().note = Words::tr("skipped: %1").arg(found.why());
    return {.url = entry.url(),
            .path = path,
            .bytes = QFileInfo(path).size(),
            .httpStatus = entry.item().httpStatus,
            .skipped = true};
}

/// The entry's row without what was asked for, which the database has already: it takes longer to copy than
/// all else.
StoredItem outcomeOf(Entry &entry)
{
    Request request = std::exchange(entry.item().request, {});
    StoredItem outcome = entry.stored;
    entry.item().request = std::move(request);
    return outcome;
}

/// What fails leaves nothing that could be gone on with.
QCoro::Task<QString> deliver(EntryPtr entry, ToolsPtr tools, std::optional<QDateTime> modified)
{
    std::exception_ptr failure;
    try {
        const QString path = co_await tools->disk->deliver(planOf(*entry, *tools),
                                                           std::exchange(entry->body, {}), outcomeOf(*entry),
                                                           modified);
        co_return path;
    } catch (...) {
        failure = std::current_exception();
    }
    startOver(*entry);
    std::rethrow_exception(failure);
}

QCoro::Task<void> fetchWhole(EntryPtr entry, ToolsPtr tools)
{
    for (;;) {
        bool isOutdated = false;
        try {
            co_await takeUpPart(entry, tools);
            for (auto lacking = firstLacking(*entry); lacking; lacking = firstLacking(*entry))
                co_await fetchPieces(entry, tools, *lacking);
        } catch (const PartOutdated &) {
            isOutdated = true;
        }
        if (!isOutdated)
            co_return;
        // Servers behind one name may each have an ETag of their own: pieces would never fit.
        entry->isUncut = entry->isUncut || entry->part().pieces.size() > 1;
        co_await dropPart(entry, tools);
    }
}

} // namespace

IfExists policyFor(const Entry &entry, const Tools &tools, const QString &path)
{
    const auto named = tools.named.constFind(path);
    const bool isAnothers = named != tools.named.cend() && named->item != entry.item().id
                            && named->addition == entry.addition;
    return isAnothers ? IfExists::Rename : entry.item().request.options.ifExists;
}

void startOver(Entry &entry)
{
    entry.part() = {};
    entry.part().pieces = {Piece {}};
    entry.written = {0};
    entry.body.clear();
    entry.item().received = 0;
    entry.item().resumedFrom = 0;
}

QCoro::Task<void> dropPart(EntryPtr entry, ToolsPtr tools)
{
    const auto removal = tools->disk->remove(std::exchange(entry->file, {}), entry->part().path);
    startOver(*entry);
    entry->touch();
    tools->changed(*entry); // the database first: what it says of a part must never be more than is there
    co_await removal;
}

QCoro::Task<Result> transfer(EntryPtr entry, ToolsPtr tools)
{
    const QString folder = entry->item().request.folder;
    tools->folders.require(folder);
    if (const auto found = existingFile(*entry, *tools))
        co_return skipped(*entry, *found);

    std::optional<AlreadyThere> there;
    const auto mirrors = std::size_t(entry->item().request.urls.size());
    const std::size_t most = std::max<std::size_t>(mirrors, 2); // a mirror may have other bytes: each once
    for (std::size_t attempt = 1;; ++attempt) {
        std::exception_ptr mismatch;
        try {
            co_await fetchWhole(entry, tools);
            co_await verify(entry, tools);
        } catch (const AlreadyThere &found) {
            there = found;
        } catch (const net::Exception &failure) {
            if (failure.error().kind != Error::Kind::Checksum)
                throw;
            mismatch = std::current_exception();
        }
        if (!mismatch)
            break;
        co_await dropPart(entry, tools);
        if (attempt == most)
            std::rethrow_exception(mismatch);
        entry->mirror = (entry->mirror + 1) % mirrors;
    }
    if (there)
        co_return skipped(*entry, *there);

    Item &item = entry->item();
    item.total = entry->bytesThere();
    item.received = *item.total;
    item.error.clear();
    entry->isWithKeeper = true; // until the engine knows
    const QByteArray &date = entry->modified.isEmpty() ? entry->part().lastModified : entry->modified;
    const auto modified = parseHttpDate(date, QDateTime::currentDateTimeUtc());
    tools->handedOver(*entry);
    // Nothing of the file is lost when who waits here is cancelled: its name comes all the same.
    const QString wanted = QDir(item.request.folder).filePath(item.name);
    const IfExists policy = policyFor(*entry, *tools, wanted);
    if (entry->file)
        item.path = co_await tools->disk->finish(entry->file, outcomeOf(*entry), policy, modified);
    else
        item.path = co_await deliver(entry, tools, modified);
    item.name = QFileInfo(item.path).fileName();
    if (item.request.options.ifExists != IfExists::Rename)
        tools->named.insert(item.path, {item.id, entry->addition});
    entry->file.reset();
    entry->part() = {};
    co_return {.url = item.finalUrl, .path = item.path, .bytes = *item.total, .httpStatus = item.httpStatus};
}

} // namespace coroscope::download
