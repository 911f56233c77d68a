// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/timerrounding.h"

#include <algorithm>
#include <ranges>

namespace coroscope::dispatch {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {
constexpr milliseconds steps[] {2ms, 5ms, 10ms, 20ms, 50ms, 100ms, 200ms, 500ms, 1000ms};
}

milliseconds stepOf(milliseconds interval, Qt::TimerType type)
{
    if (type == Qt::PreciseTimer || interval == 0ms)
        return 0ms;
    if (type == Qt::VeryCoarseTimer)
        return 1s;
    // Rounding moves by half a step at most: a step of a tenth of the interval is 5 %.
    for (const milliseconds step : std::views::reverse(steps)) {
        if (step * 10 <= interval)
            return step;
    }
    return 0ms;
}

MonotonicTime roundedTo(milliseconds step, MonotonicTime ideal, MonotonicTime now)
{
    if (step == 0ms)
        return ideal;
    const MonotonicTime length = step;
    const MonotonicTime nearest = (ideal + length / 2) / length * length;
    return nearest > now ? nearest : (now / length + 1) * length;
}

} // namespace coroscope::dispatch
