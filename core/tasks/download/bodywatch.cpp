// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/bodywatch.h"

#include "core/net/duration.h"
#include "core/net/escape.h"
#include "core/net/httptransfer.h"

#include <QCoreApplication>

namespace coroscope::download {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Transfer)
};

using net::Error;

} // namespace

std::optional<std::chrono::nanoseconds> LowSpeedWatch::untilVerdict(Clock::time_point now) const
{
    if (!m_limit)
        return std::nullopt;
    return std::max<std::chrono::nanoseconds>(m_start + m_limit->duration - now, 1ms);
}

void LowSpeedWatch::check(qint64 bytes, Clock::time_point now, const QUrl &url)
{
    if (!m_limit || now < m_start + m_limit->duration)
        return;
    if (double(bytes - m_bytes) < double(m_limit->bytesPerSecond) * double(m_limit->duration.count())) {
        throw net::Exception(
            {.kind = Error::Kind::Timeout,
             .what = Words::tr("slower than %1 bytes a second for %2")
                         .arg(net::grouped(m_limit->bytesPerSecond), net::durationText(m_limit->duration)),
             .where = net::shownUrl(url)});
    }
    m_start = now;
    m_bytes = bytes;
}

void failWithSilence(std::chrono::nanoseconds silence, const QUrl &url)
{
    throw net::Exception({.kind = Error::Kind::Timeout,
                          .what = Words::tr("nothing came for %1").arg(net::durationText(silence)),
                          .where = net::shownUrl(url),
                          .advice = Words::tr("The server may be overloaded: try later")});
}

std::chrono::nanoseconds waitOf(const Entry &entry, const Tools &tools, Clock::time_point now)
{
    return std::max(entry.limiter.waitFor(now), tools.limiter.waitFor(now));
}

qint64 allowance(const Entry &entry, const Tools &tools, qint64 wanted, Clock::time_point now)
{
    const qint64 allowed = std::min(entry.limiter.available(now), tools.limiter.available(now));
    const bool isEnough = allowed >= wanted || waitOf(entry, tools, now) == 0ns;
    return isEnough ? std::min(allowed, wanted) : 0;
}

} // namespace coroscope::download
