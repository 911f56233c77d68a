// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/retrypolicy.h"

#include "core/tasks/download/httpdate.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::download {

using namespace std::chrono_literals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::RetryPolicy)
};

constexpr std::chrono::seconds longestRetryAfter = std::chrono::years(10);

bool isPassing(int httpStatus)
{
    constexpr int passing[] = {408, 429, 500, 502, 503, 504, 522, 524};
    return std::ranges::find(passing, httpStatus) != std::end(passing);
}

/// To two units at most: "45 s", "15 min", "2 h 5 min", "3 d".
QString spanText(std::chrono::milliseconds span)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(span);
    if (seconds < 2min)
        return Words::tr("%1 s").arg(seconds.count());
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(span);
    if (minutes < 2h)
        return Words::tr("%1 min").arg(minutes.count());
    if (minutes >= 48h)
        return Words::tr("%1 d").arg(std::chrono::ceil<std::chrono::days>(span).count());
    const auto rest = minutes % 1h;
    const QString hours = Words::tr("%1 h").arg(minutes / 1h);
    return rest == 0min ? hours : Words::tr("%1 %2 min").arg(hours).arg(rest.count());
}

QString pastBudgetText(const Options &options, const RetryState &state, std::chrono::milliseconds wait,
                       bool isServers)
{
    const QString budget = spanText(options.retryBudget);
    if (!isServers)
        return Words::tr("The waits between the tries would take more than %1 in all").arg(budget);
    if (state.spentWaiting > 0ms) {
        return Words::tr(
                   "The server wants to be asked again in %1, after %2 of waiting; all waits together may "
                   "take %3")
            .arg(spanText(wait), spanText(state.spentWaiting), budget);
    }
    return Words::tr("The server wants to be asked again in %1; the waits may take %2 in all")
        .arg(spanText(wait), budget);
}

} // namespace

Verdict verdictOf(const net::Error &error)
{
    using Kind = net::Error::Kind;
    switch (error.kind) {
    case Kind::Dns:
    case Kind::Refused:
    case Kind::Lost:
    case Kind::Timeout:
    case Kind::Truncated:
    case Kind::Protocol:
        return Verdict::Retry;
    case Kind::Http:
        return isPassing(error.httpStatus) ? Verdict::Retry : Verdict::Fail;
    default:
        return Verdict::Fail;
    }
}

std::chrono::milliseconds backOff(int tryNumber, double random01)
{
    constexpr std::chrono::milliseconds longest = 10min;
    constexpr int doublings = 10; // 1 s × 2¹⁰ is past the longest
    const auto full = std::min<std::chrono::milliseconds>(1s * (1 << std::clamp(tryNumber - 1, 0, doublings)),
                                                          longest);
    const double share = 0.5 + 0.5 * std::clamp(random01, 0.0, 1.0);
    return std::chrono::milliseconds(qint64(double(full.count()) * share));
}

std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &header, const QDateTime &now)
{
    const QByteArray text = header.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    if (std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        bool fits = false;
        const qint64 seconds = text.toLongLong(&fits);
        return fits ? std::min(std::chrono::seconds(seconds), longestRetryAfter) : longestRetryAfter;
    }
    const auto date = parseHttpDate(text, now);
    if (!date)
        return std::nullopt;
    const auto wait = std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(now.msecsTo(*date)));
    return std::clamp(wait, 0s, longestRetryAfter);
}

std::variant<RetryPlan, RetryRefusal> planRetry(const Options &options, const RetryState &state,
                                                const net::Error &error,
                                                std::optional<std::chrono::seconds> retryAfter,
                                                double random01)
{
    using Reason = RetryRefusal::Reason;
    if (verdictOf(error) == Verdict::Fail)
        return RetryRefusal {};
    if (state.tries > options.retries) {
        return RetryRefusal {Reason::TriesUsedUp, state.tries == 1
                                                      ? Words::tr("No other try was allowed")
                                                      : Words::tr("All %1 tries failed").arg(state.tries)};
    }
    const std::chrono::milliseconds wait = retryAfter ? std::min(*retryAfter, longestRetryAfter)
                                                      : backOff(state.tries, random01);
    if (wait > options.retryBudget - state.spentWaiting)
        return RetryRefusal {Reason::PastBudget,
                             pastBudgetText(options, state, wait, retryAfter.has_value())};
    return RetryPlan {wait};
}

} // namespace coroscope::download
