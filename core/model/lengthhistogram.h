// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <vector>

namespace coroscope::model {

/// Counts lengths in cells that grow with the length: 64 to each doubling, so any length is known to 1/64.
class LengthHistogram
{
public:
    struct Bar
    {
        Time from {};
        Time to {};
        std::uint64_t count = 0;
    };

    void add(Time length);
    std::uint64_t count() const noexcept { return m_count; }
    Time total() const noexcept { return m_total; }
    Time shortest() const noexcept { return m_shortest; }
    Time longest() const noexcept { return m_longest; }
    /// The length that `share` (0…1) of all don't exceed; 0 ns if there are none.
    Time percentile(double share) const;
    /// `bars` bars of equal ratio from the shortest to the longest length; fewer if the lengths are alike.
    std::vector<Bar> bars(int bars) const;

private:
    std::vector<std::uint32_t> m_cells;
    std::uint64_t m_count = 0;
    Time m_total {};
    Time m_shortest {};
    Time m_longest {};
};

} // namespace coroscope::model
