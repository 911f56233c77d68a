// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace coroscope::net {

/// "0.5", "2s", "250ms", "1m30s", "1h" as a person types it; a number alone is seconds. Nothing if it is
/// none.
std::optional<std::chrono::nanoseconds> parseDuration(const QString &text);
/// "0.5 s", "2 s", "1 m 30 s": exact, and shortest.
QString durationText(std::chrono::nanoseconds duration);

} // namespace coroscope::net
