// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"
#include "core/tasks/download/request.h"

#include <QDateTime>

#include <chrono>
#include <optional>
#include <variant>

namespace coroscope::download {

enum class Verdict : std::uint8_t { Retry, Fail };

/// Whether another try may help: after 408, 429, 500, 502, 503, 504, 522 and 524, and wherever the network or
/// the server's protocol broke. Not after any other answer, nor an untrusted certificate, nor what is wrong
/// here: the disk, the address, the redirects, a limit.
Verdict verdictOf(const net::Error &error);

/// How long to wait after try `tryNumber` (1: the first) failed, if the server doesn't say: "equal jitter",
/// w/2 + random01 × w/2 where w is 1 s, doubled with each try, up to 10 min. `random01` is in [0, 1).
std::chrono::milliseconds backOff(int tryNumber, double random01);

/// What a Retry-After header says, as seconds or as a date in any of HTTP's forms; 0 if that has passed.
/// Nothing if it is neither. At most ten years.
std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &header, const QDateTime &now);

struct RetryState
{
    int tries = 1; ///< begun, the one that failed included
    std::chrono::milliseconds spentWaiting {0}; ///< between those
};

struct RetryPlan
{
    std::chrono::milliseconds wait {0};
};

struct RetryRefusal
{
    enum class Reason : std::uint8_t {
        NotWorthIt, ///< another try would fail as well
        TriesUsedUp,
        PastBudget, ///< the wait leads past Options::retryBudget
    };
    Reason reason = Reason::NotWorthIt;
    QString text {}; ///< a sentence for a person; empty for NotWorthIt, where the error says it all
};

/// What to do after a try failed with `error`. The server's Retry-After, where it sent one, goes before the
/// back-off.
std::variant<RetryPlan, RetryRefusal> planRetry(const Options &options, const RetryState &state,
                                                const net::Error &error,
                                                std::optional<std::chrono::seconds> retryAfter,
                                                double random01);

} // namespace coroscope::download
