// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace coroscope::download {

/// A token bucket for bytes. It begins empty, fills with `bytesPerSecond`, and holds what a tenth of a second
/// brings, but 16 KiB at least: so much may go at once after a pause. What is taken beyond that is a debt,
/// which is waited for. No rate, or one of 0: no limit.
///
/// A transfer under several limits may take the least that is available(), takes it from each, and waits for
/// the longest waitFor(). Has no clock: the caller says what time it is. Not thread-safe.
class RateLimiter
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    RateLimiter(std::optional<qint64> bytesPerSecond, TimePoint now);

    std::optional<qint64> rate() const { return m_rate; }
    /// From now on; what had gathered or is owed counts on, up to one bucket of the new size.
    void setRate(std::optional<qint64> bytesPerSecond, TimePoint now);

    /// Bytes that may be taken at once; the largest number without a limit.
    qint64 available(TimePoint now) const;
    void take(qint64 bytes, TimePoint now);
    /// Until it is worth while to take: 0 if a fiftieth of a second's bytes, or a single one, is there.
    std::chrono::nanoseconds waitFor(TimePoint now) const;

private:
    double bucket() const;
    double tokensAt(TimePoint now) const;
    void settle(TimePoint now);

    std::optional<qint64> m_rate;
    double m_tokens = 0; ///< at m_settled; negative: a debt
    TimePoint m_settled;
};

} // namespace coroscope::download
