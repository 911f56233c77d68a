// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanegeometry.h"

#include <algorithm>

namespace coroscope::ui {

constexpr int margin = 5; ///< above the first lane and below the last
constexpr int gap = 7; ///< that the separator stands in

LaneGeometry::LaneGeometry(std::size_t rows, std::size_t machines, int viewHeight, int scroll)
    : m_rows(rows)
    , m_machines(std::min(rows, machines))
    , m_viewHeight(viewHeight)
    , m_headHeight(m_machines > 0 ? margin + static_cast<int>(m_machines) * pitch + gap : 0)
    , m_pinned(m_machines > 0 && m_headHeight * 5 <= viewHeight * 2)
{
    m_scroll = std::clamp(scroll, 0, maxScroll());
}

int LaneGeometry::unscrolledTop(std::size_t row) const
{
    const int number = static_cast<int>(row);
    return margin + number * pitch + (m_machines > 0 && row >= m_machines ? gap : 0);
}

int LaneGeometry::top(std::size_t row) const
{
    const bool fixed = m_pinned && row < m_machines;
    return unscrolledTop(row) - (fixed ? 0 : m_scroll);
}

std::optional<std::size_t> LaneGeometry::rowAt(int y) const
{
    const bool inPinned = y < pinnedHeight();
    int inContent = y + (inPinned ? 0 : m_scroll) - margin;
    std::size_t first = 0;
    if (m_machines > 0 && inContent >= static_cast<int>(m_machines) * pitch) {
        inContent -= static_cast<int>(m_machines) * pitch + gap;
        first = m_machines;
    }
    if (inContent < 0)
        return {};
    const std::size_t row = first + static_cast<std::size_t>(inContent / pitch);
    if (row >= m_rows || (inPinned && row >= m_machines))
        return {};
    return row;
}

std::optional<int> LaneGeometry::separator() const
{
    if (m_machines == 0)
        return {};
    return m_headHeight - gap / 2 - 1 - (m_pinned ? 0 : m_scroll);
}

int LaneGeometry::maxScroll() const
{
    const int content = m_rows > 0 ? unscrolledTop(m_rows - 1) + pitch + margin : 0;
    return std::max(0, content - m_viewHeight);
}

int LaneGeometry::scrollTo(std::size_t row) const
{
    if (m_pinned && row < m_machines)
        return m_scroll;
    const int top = unscrolledTop(row);
    const int highest = top + pitch + margin - m_viewHeight;
    const int lowest = top - pinnedHeight() - (m_pinned ? 0 : margin);
    return std::clamp(std::clamp(m_scroll, std::min(highest, lowest), lowest), 0, maxScroll());
}

LaneGeometry::Rows LaneGeometry::pinnedRows() const { return {0, m_pinned ? m_machines : 0}; }

LaneGeometry::Rows LaneGeometry::scrolledRows() const
{
    const std::size_t least = m_pinned ? m_machines : 0;
    const int above = m_scroll + pinnedHeight() - margin - (m_machines > 0 ? gap : 0);
    const int below = m_scroll + m_viewHeight - margin;
    const auto first = std::max(least, static_cast<std::size_t>(std::max(0, above / pitch)));
    const auto last = std::min(m_rows, static_cast<std::size_t>(std::max(0, below / pitch + 1)));
    return {std::min(first, last), last};
}

} // namespace coroscope::ui
