// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/lanelayout.h"

#include <optional>

namespace coroscope::ui {

/// Where a lane is sent among its siblings, or a pinned one among the pinned.
enum class LaneMove : std::uint8_t {
    Up,
    Down,
    ToTop,
    ToBottom,
};

// A gap is a place between LaneLayout::siblingRows(): before the one of that number, or, one past the last,
// after it.

/// The gap that a move leads to; nothing if the lane is there already, or stands alone.
std::optional<std::size_t> gapFor(const LaneLayout &lanes, std::size_t row, LaneMove move);
/// The arrangement with the lane in a gap, its children with it; nothing if it is there already. Siblings
/// that are hidden keep their places beside those that are seen. O(siblings · log siblings).
std::optional<LaneArrangement> withLaneMoved(const LaneLayout &lanes, std::size_t row, std::size_t gap);

} // namespace coroscope::ui
