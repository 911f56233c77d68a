// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/ratelimiter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace coroscope::download {

namespace {

constexpr double smallestBucket = 16 * 1024;

std::optional<qint64> sanitized(std::optional<qint64> rate)
{
    return rate && *rate > 0 ? rate : std::nullopt;
}

} // namespace

RateLimiter::RateLimiter(std::optional<qint64> bytesPerSecond, TimePoint now)
    : m_rate(sanitized(bytesPerSecond))
    , m_settled(now)
{ }

double RateLimiter::bucket() const { return std::max(smallestBucket, double(*m_rate) / 10); }

double RateLimiter::tokensAt(TimePoint now) const
{
    const std::chrono::duration<double> passed = std::max(now, m_settled) - m_settled;
    return std::min(m_tokens + passed.count() * double(*m_rate), bucket());
}

void RateLimiter::settle(TimePoint now)
{
    if (m_rate)
        m_tokens = tokensAt(now);
    m_settled = std::max(now, m_settled);
}

void RateLimiter::setRate(std::optional<qint64> bytesPerSecond, TimePoint now)
{
    settle(now);
    m_rate = sanitized(bytesPerSecond);
    m_tokens = m_rate ? std::clamp(m_tokens, -bucket(), bucket()) : 0;
}

qint64 RateLimiter::available(TimePoint now) const
{
    if (!m_rate)
        return std::numeric_limits<qint64>::max();
    return std::max<qint64>(0, qint64(std::floor(tokensAt(now))));
}

void RateLimiter::take(qint64 bytes, TimePoint now)
{
    settle(now);
    if (m_rate)
        m_tokens -= double(std::max<qint64>(bytes, 0));
}

std::chrono::nanoseconds RateLimiter::waitFor(TimePoint now) const
{
    if (!m_rate)
        return {};
    const double worthWhile = std::max(1.0, double(*m_rate) / 50);
    const double missing = worthWhile - tokensAt(now);
    if (missing <= 0)
        return {};
    // Rounded up, or the one who waited might find a byte less and wait for nothing at all. An hour is enough
    // for a number that could overflow otherwise: who waits asks again.
    constexpr double longest = 3600e9;
    return std::chrono::nanoseconds(qint64(std::min(std::ceil(missing / double(*m_rate) * 1e9), longest)));
}

} // namespace coroscope::download
