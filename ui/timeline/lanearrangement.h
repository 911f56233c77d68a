// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <QString>

#include <vector>

namespace coroscope::ui {

enum class LaneSort : std::uint8_t {
    Start, ///< in order of creation
    Busy, ///< the busiest first
    Name,
};

/// How a person wants the lanes of tasks; those of loops and workers stay as they are.
struct LaneArrangement
{
    LaneSort sort = LaneSort::Start; ///< of siblings: the tree stays a tree
    QString filter; ///< lanes whose name doesn't hold it are hidden, unless one below them does
    std::vector<TaskId> pinned; ///< on top, in that order, and never hidden
    /// An order made by hand: siblings stand as they do here, whatever the sort; those that are not in it,
    /// such as new ones, come after them, sorted.
    std::vector<TaskId> byHand {};

    /// A new root comes last.
    bool appends() const { return sort == LaneSort::Start && filter.isEmpty(); }
    friend bool operator==(const LaneArrangement &, const LaneArrangement &) = default;
};

} // namespace coroscope::ui
