// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/transfer.h"

namespace coroscope::download {

/// Gives up where fewer bytes than a limit come for as long as it says.
class LowSpeedWatch
{
public:
    explicit LowSpeedWatch(std::optional<LowSpeed> limit)
        : m_limit(limit)
    { }
    std::optional<std::chrono::nanoseconds> untilVerdict(std::chrono::steady_clock::time_point now) const;
    /// `bytes`: that came since it was made. Throws net::Exception (Timeout).
    void check(qint64 bytes, std::chrono::steady_clock::time_point now, const QUrl &url);
    /// More had come than the limits let through: the server isn't slow. The time begins anew.
    void wasHeldBack(qint64 bytes, std::chrono::steady_clock::time_point now)
    {
        m_start = now;
        m_bytes = bytes;
    }

private:
    std::optional<LowSpeed> m_limit;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    qint64 m_bytes = 0;
};

/// Throws net::Exception (Timeout).
[[noreturn]] void failWithSilence(std::chrono::nanoseconds silence, const QUrl &url);

/// Until all limits allow so much that it is worth while.
std::chrono::nanoseconds waitOf(const Entry &entry, const Tools &tools,
                                std::chrono::steady_clock::time_point now);

/// Of so many bytes that could be taken, how many may be now: all, or enough to be worth while, or none. Byte
/// by byte, as the limits would allow it, the loop would do nothing else.
qint64 allowance(const Entry &entry, const Tools &tools, qint64 wanted,
                 std::chrono::steady_clock::time_point now);

} // namespace coroscope::download
