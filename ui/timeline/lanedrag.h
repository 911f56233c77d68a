// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/lanegeometry.h"
#include "ui/timeline/lanelayout.h"

#include <optional>
#include <vector>

namespace coroscope::ui {

/// A lane that is dragged to another place among its siblings. Nothing moves until it is dropped: a move of
/// the pointer costs O(log siblings).
class LaneDrag
{
public:
    LaneDrag(const LaneLayout &lanes, TaskId lane);

    TaskId lane() const { return m_lane; }
    /// There are places for it.
    bool isPossible() const { return m_rows.size() > 1; }
    /// Other lanes than before. False if this one is gone.
    bool follow(const LaneLayout &lanes);
    /// The pointer is at `y`.
    void moveTo(const LaneGeometry &geometry, int y);
    /// As LaneMove's; nothing where a drop would change nothing.
    std::optional<std::size_t> gap() const;
    /// Where it would be dropped, in pixels of the view; if that isn't seen, at the edge before it.
    std::optional<int> line(const LaneGeometry &geometry) const;
    /// The row is moved: the lane's, or one below it in the tree.
    bool moves(std::size_t row) const { return row >= m_row && row < m_blockEnd; }
    /// By how much the lanes should be scrolled at the next step, with the pointer there: faster the nearer
    /// it is to an edge.
    int scrollStep(const LaneGeometry &geometry) const;

private:
    struct Zone
    {
        int top;
        int bottom;
    };
    /// Where lanes like it are seen.
    Zone zone(const LaneGeometry &geometry) const;
    int edge(const LaneGeometry &geometry, std::size_t gap) const;

    TaskId m_lane;
    std::size_t m_row = 0;
    std::size_t m_blockEnd = 0; ///< of the lane
    std::vector<std::size_t> m_rows; ///< of the siblings
    std::size_t m_end = 0; ///< one past the last sibling's block
    std::size_t m_own = 0; ///< the lane's place among them
    bool m_pinned = false;
    std::size_t m_gap = 0;
    int m_y = 0;
};

} // namespace coroscope::ui
