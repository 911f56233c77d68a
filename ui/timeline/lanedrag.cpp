// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanedrag.h"

#include <algorithm>

namespace coroscope::ui {

constexpr int scrollZone = 24; ///< at the edges
constexpr int fastest = 40; ///< pixels a step
constexpr int margin = 5; ///< that is left below the last sibling

LaneDrag::LaneDrag(const LaneLayout &lanes, TaskId lane)
    : m_lane(lane)
{
    if (follow(lanes))
        m_gap = m_own;
}

bool LaneDrag::follow(const LaneLayout &lanes)
{
    const auto row = lanes.rowOf(m_lane);
    m_rows = row && lanes.hasOwnLane(m_lane) ? lanes.siblingRows(*row) : std::vector<std::size_t> {};
    if (m_rows.empty())
        return false;
    m_row = *row;
    m_blockEnd = lanes.blockEnd(*row);
    m_end = lanes.blockEnd(m_rows.back());
    m_own = static_cast<std::size_t>(std::lower_bound(m_rows.begin(), m_rows.end(), *row) - m_rows.begin());
    m_pinned = lanes.isPinned(*row);
    m_gap = std::min(m_gap, m_rows.size());
    return true;
}

LaneDrag::Zone LaneDrag::zone(const LaneGeometry &geometry) const
{
    const int pinned = geometry.pinnedHeight();
    if (m_pinned)
        return {0, pinned > 0 ? pinned : geometry.viewHeight()};
    return {pinned, geometry.viewHeight()};
}

/// The upper end of a sibling, or after the last its lower one.
int LaneDrag::edge(const LaneGeometry &geometry, std::size_t gap) const
{
    return gap < m_rows.size() ? geometry.top(m_rows[gap]) : geometry.top(m_end - 1) + LaneGeometry::pitch;
}

void LaneDrag::moveTo(const LaneGeometry &geometry, int y)
{
    m_y = y;
    const auto [top, bottom] = zone(geometry);
    y = std::clamp(y, top, std::max(top, bottom - 1));
    if (y < edge(geometry, 0)) {
        m_gap = 0;
        return;
    }
    if (y >= edge(geometry, m_rows.size())) {
        m_gap = m_rows.size();
        return;
    }
    const auto below = std::upper_bound(m_rows.begin(), m_rows.end(), y,
                                        [&](int at, std::size_t row) { return at < geometry.top(row); });
    const auto place = static_cast<std::size_t>(below - m_rows.begin()) - 1;
    // The nearer end of the sibling with what is below it; if only one end is seen, that one.
    const int first = edge(geometry, place);
    const int last = edge(geometry, place + 1);
    const bool firstSeen = first >= top;
    const bool lastSeen = last <= bottom;
    const bool nearer = y - first <= last - y;
    m_gap = place + ((firstSeen == lastSeen ? nearer : firstSeen) ? 0 : 1);
}

std::optional<std::size_t> LaneDrag::gap() const
{
    return m_gap == m_own || m_gap == m_own + 1 ? std::nullopt : std::optional(m_gap);
}

std::optional<int> LaneDrag::line(const LaneGeometry &geometry) const
{
    const auto [top, bottom] = zone(geometry);
    return gap() ? std::optional(std::clamp(edge(geometry, m_gap), top, bottom)) : std::nullopt;
}

int LaneDrag::scrollStep(const LaneGeometry &geometry) const
{
    if (m_pinned && geometry.pinnedHeight() > 0)
        return 0;
    const int above = geometry.pinnedHeight() + scrollZone - m_y;
    const int below = m_y - (geometry.viewHeight() - scrollZone);
    const auto speed = [](int depth) { return std::clamp(depth / 2, 1, fastest); };
    // Beyond the siblings there is nothing to go to.
    if (above > 0)
        return edge(geometry, 0) < geometry.pinnedHeight() ? -speed(above) : 0;
    if (below > 0)
        return edge(geometry, m_rows.size()) > geometry.viewHeight() - margin ? speed(below) : 0;
    return 0;
}

} // namespace coroscope::ui
