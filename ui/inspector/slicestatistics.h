// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <array>

namespace coroscope::ui {

/// How long the slices of one task are: percentiles and a histogram, read from the store bit by bit.
///
/// Lengths fall into buckets an eighth of an octave wide, so that a percentile is at most 9 % off.
class SliceStatistics
{
public:
    struct Bar
    {
        model::Time from {};
        model::Time to {};
        std::uint64_t count = 0;
    };

    /// Reads the slices that ended since the last call, at most `budget`; another task starts anew, as does
    /// an earlier moment. True if there are more.
    bool read(const model::Moment &moment, TaskId task, std::uint32_t budget = 20'000);

    std::uint64_t count() const { return m_count; }
    /// `share` of the slices are this long or shorter. Zero without slices.
    model::Time percentile(double share) const;
    /// The bars of a histogram on a logarithmic axis, as fine as `most` of them allow; none without slices.
    std::vector<Bar> bars(int most) const;

private:
    static constexpr int perOctave = 8;
    static constexpr int bucketCount = 48 * perOctave;
    static int bucketOf(model::Time length);
    static model::Time lowerBound(int bucket);

    TaskId m_task;
    std::uint32_t m_next = 0;
    std::uint64_t m_count = 0;
    std::array<std::uint64_t, bucketCount> m_buckets {};
};

} // namespace coroscope::ui
