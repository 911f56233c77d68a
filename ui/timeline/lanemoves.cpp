// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanemoves.h"

#include <QSet>

#include <algorithm>

namespace coroscope::ui {

static std::size_t placeOf(const std::vector<std::size_t> &rows, std::size_t row)
{
    return static_cast<std::size_t>(std::lower_bound(rows.begin(), rows.end(), row) - rows.begin());
}

std::optional<std::size_t> gapFor(const LaneLayout &lanes, std::size_t row, LaneMove move)
{
    const std::vector<std::size_t> rows = lanes.siblingRows(row);
    const std::size_t own = placeOf(rows, row);
    const bool up = move == LaneMove::Up || move == LaneMove::ToTop;
    if (rows.empty() || (up ? own == 0 : own + 1 == rows.size()))
        return {};
    switch (move) {
    case LaneMove::Up:
        return own - 1;
    case LaneMove::Down:
        return own + 2;
    case LaneMove::ToTop:
        return 0;
    case LaneMove::ToBottom:
        break;
    }
    return rows.size();
}

std::optional<LaneArrangement> withLaneMoved(const LaneLayout &lanes, std::size_t row, std::size_t gap)
{
    const std::vector<std::size_t> rows = lanes.siblingRows(row);
    const std::size_t own = placeOf(rows, row);
    gap = std::min(gap, rows.size());
    if (rows.empty() || gap == own || gap == own + 1)
        return {};
    const bool down = gap > own;
    const TaskId lane = lanes.lane(row).task;
    const TaskId beside = lanes.lane(rows[down ? gap - 1 : gap]).task;

    LaneArrangement wanted = lanes.arrangement();
    std::vector<TaskId> order = lanes.isPinned(row) ? wanted.pinned : lanes.siblings(row);
    std::erase(order, lane);
    order.insert(std::find(order.begin(), order.end(), beside) + (down ? 1 : 0), lane);
    if (lanes.isPinned(row)) {
        wanted.pinned = std::move(order);
        return wanted;
    }
    const QSet<TaskId> group(order.begin(), order.end());
    std::erase_if(wanted.byHand, [&](TaskId id) { return group.contains(id); });
    wanted.byHand.insert(wanted.byHand.end(), order.begin(), order.end());
    return wanted;
}

} // namespace coroscope::ui
