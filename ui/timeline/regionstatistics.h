// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/causechain.h"
#include "ui/timeline/timescale.h"

#include <optional>
#include <vector>

namespace coroscope::ui {

/// What happened in a stretch of a session.
struct RegionStatistics
{
    /// A loop, or the tasks of one kind.
    struct Share
    {
        QString name; ///< of the loop; of a kind its category, perhaps empty
        Time busy {}; ///< while any of them ran
    };
    TimeRange range;
    TimeRange known; ///< the part of it that isn't forgotten: all figures are of that. Perhaps empty
    int tasks = 0; ///< lived in it; steps don't count
    int active = 0; ///< of them, ran in it
    std::uint64_t slices = 0; ///< that ran in it, of tasks and their steps
    Time p50 {}; ///< of their whole lengths, right to 1 %
    Time p99 {};
    Time longestLength {};
    std::optional<SliceRef> longest;
    std::vector<Share> loops;
    std::vector<Share> kinds; ///< the busiest first
};

/// Of `range` what is known, and nothing of before, even where some of it is still there: who reads figures
/// of a stretch takes them for whole.
TimeRange knownPart(const model::TraceStore &store, TimeRange range);
/// O(slices in it · log). What goes on is counted up to `now`.
RegionStatistics regionStatistics(const model::TraceStore &store, TimeRange range, Time now);

} // namespace coroscope::ui
