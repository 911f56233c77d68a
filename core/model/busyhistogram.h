// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <vector>

namespace coroscope::model {

/// How much of each moment a thread was busy, in bounded memory: when time outgrows the buckets, they are
/// made twice as wide. Within a bucket the busy time counts as spread evenly.
class BusyHistogram
{
public:
    static constexpr std::size_t maxBuckets = 1u << 14;

    /// Periods come in order and don't overlap.
    void add(Time begin, Time end);
    /// Busy time in [from, to).
    Time busyIn(Time from, Time to) const;
    /// The error of busyIn() is below this at each end of the range.
    Time bucketWidth() const { return m_width; }
    std::size_t capacityBytes() const { return m_buckets.capacity() * sizeof(Time); }

private:
    void widenFor(Time end);

    Time m_width {1024};
    std::vector<Time> m_buckets;
};

} // namespace coroscope::model
