// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/slicecolumn.h"

namespace coroscope::model {

/// A task's row in time: what was before its first slice, its slices, and where it ends.
struct Lane
{
    Time created {};
    std::optional<Wait> firstWait; ///< met suspended when recording started
    std::optional<Time> firstReady; ///< woken before its first slice
    SliceColumn slices;
    std::optional<Time> ended;

    /// From here on all of it is known: its creation, or the first slice that isn't forgotten.
    Time knownSince() const { return slices.first() > 0 ? slices.beginOf(slices.first()) : created; }
    /// A forgotten slice is one without length, at knownSince().
    /// slice(LaneSpan::beforeFirst) is a slice without length, followed by the wait before the first one.
    Slice at(std::uint32_t index) const;
    /// What to draw of [from, to), see TraceStore::spans(). At most about three spans a resolution.
    void spans(Time from, Time to, Time resolution, std::vector<LaneSpan> &out) const;
};

} // namespace coroscope::model
