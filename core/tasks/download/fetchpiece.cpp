// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/pieces.h"

#include "core/net/duration.h"
#include "core/runtime/notifier.h"
#include "core/tasks/download/tryfailed.h"
#include "core/trace/strings.h"

#include <QCoreApplication>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Transfer)
};

using net::Error;

struct Failure
{
    std::exception_ptr exception;
    Error error;
    std::optional<std::chrono::seconds> retryAfter;
};

/// Another mirror may have what this one hasn't.
bool takeNextMirror(Entry &entry)
{
    const auto mirrors = std::size_t(entry.item().request.urls.size());
    if (mirrors < 2)
        return false;
    entry.mirror = (entry.mirror + 1) % mirrors;
    return entry.mirror != 0;
}

/// Bytes that were never there before are progress: what failed then doesn't count against the tries.
void noteProgress(Entry &entry)
{
    const qint64 there = entry.bytesThere();
    if (there <= entry.highWater)
        return;
    entry.highWater = there;
    entry.retry.tries = 1;
}

Error withReason(Error error, const RetryRefusal &refusal)
{
    if (!refusal.text.isEmpty())
        error.advice = refusal.text;
    return error;
}

} // namespace

void startPiece(const EntryPtr &entry, const ToolsPtr &tools, std::size_t index)
{
    const SpawnOptions options(Words::tr("GET %1, piece %2").arg(entry->item().name).arg(index + 1),
                               "download");
    const SpawnedTask<void> piece = spawn(options, fetchPiece, entry, tools, index);
    entry->helpers.push_back(piece);
    piece.onDone([entry, piece] {
        const bool isOfNow = std::ranges::find(entry->helpers, piece) != entry->helpers.end();
        if (piece.isCancelled() || !piece.error() || !isOfNow || entry->pieceFailure)
            return;
        entry->pieceFailure = piece.error();
        if (TaskStateBase *const transfer = Loop::current()->findTask(entry->item().task))
            transfer->cancel({});
    });
}

QCoro::Task<void> fetchPiece(EntryPtr entry, ToolsPtr tools, std::size_t index)
{
    for (;;) {
        std::optional<Failure> failure;
        try {
            co_await tryPiece(entry, tools, index);
        } catch (const LoginNeeded &refused) {
            failure = Failure {std::current_exception(), refused.error(), {}};
        } catch (const TryFailed &failed) {
            failure = Failure {std::current_exception(), failed.error(), failed.retryAfter()};
        } catch (const net::Exception &failed) {
            failure = Failure {std::current_exception(), failed.error(), {}};
        }
        if (!failure)
            co_return;

        ++entry->retry.tries;
        noteProgress(*entry);
        Item &item = entry->item();
        item.error = failure->error.text();
        const Options &options = item.request.options;
        if (verdictOf(failure->error) == Verdict::Fail) { // a login that lacks, too
            if (!takeNextMirror(*entry))
                std::rethrow_exception(failure->exception);
            continue;
        }
        const auto plan = planRetry(options, entry->retry, failure->error, failure->retryAfter,
                                    tools->random());
        if (const auto *refusal = std::get_if<RetryRefusal>(&plan))
            throw net::Exception(withReason(failure->error, *refusal));
        takeNextMirror(*entry);
        auto pause = std::get<RetryPlan>(plan).wait;
        if (!failure->retryAfter)
            pause = std::chrono::ceil<std::chrono::milliseconds>(pause * tools->haste);
        entry->retry.spentWaiting += pause;
        item.state = ItemState::Waiting;
        item.nextStart = QDateTime::currentDateTime().addMSecs(pause.count());
        const QString span = net::durationText(std::chrono::round<std::chrono::milliseconds>(pause));
        trace::print(Words::tr("%1: next try in %2").arg(item.error, span));
        entry->touch();
        tools->changed(*entry);
        Notifier nobody; // a sleep that says what for
        co_await nobody.waitFor(pause, trace::WaitKind::Notifier,
                                trace::intern(
                                    Words::tr("next try in %1: %2").arg(span, failure->error.what)));
    }
}

} // namespace coroscope::download
