// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <Qt>

#include <chrono>

namespace coroscope::dispatch {

/// A time of the monotonic clock.
using MonotonicTime = std::chrono::nanoseconds;

/// The step of the clock that a timer may be moved to, so that timers of about the same time fire together.
/// As Qt promises: PreciseTimer isn't moved (zero); CoarseTimer by at most 5 % of its interval, which below
/// 20 ms is nothing; VeryCoarseTimer, and CoarseTimer from 10 s, by at most half a second.
std::chrono::milliseconds stepOf(std::chrono::milliseconds interval, Qt::TimerType type);

/// When a timer fires that is due at `ideal`: at the multiple of `step` next to it that lies after `now`.
MonotonicTime roundedTo(std::chrono::milliseconds step, MonotonicTime ideal, MonotonicTime now);

} // namespace coroscope::dispatch
