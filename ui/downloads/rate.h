// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>
#include <variant>

namespace coroscope::ui {

/// What stands for a speed limit as typed: none, so many bytes a second, or that it can't be read.
struct UnreadableRate
{ };
using TypedRate = std::variant<std::optional<qint64>, UnreadableRate>;

/// "2M", "256 kB/s", "1.5 MB", "500000"; "", "0", "no limit": none. k, M and G are powers of 1000, as all
/// sizes in the window; Ki, Mi and Gi of 1024.
TypedRate parseRate(const QString &text);
/// "no limit", "256 kB/s": as parseRate() reads it.
QString rateText(std::optional<qint64> bytesPerSecond);

} // namespace coroscope::ui
