// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/causechain.h"
#include "ui/timeline/lanelayout.h"

#include <optional>

namespace coroscope::ui {

enum class StepTo : std::uint8_t {
    Next,
    Previous,
};

// A lane's slices are those of its task and of the coroutines that are drawn in it, in order of their begins.

/// The slice of the lane beside one of them; nothing at its ends.
/// O((slices passed + coroutines that lived meanwhile) · log slices).
std::optional<SliceRef> sliceBeside(const LaneLayout &lanes, const model::TraceStore &store, std::size_t row,
                                    SliceRef of, StepTo to);
/// The first one that begins after `time`, or the last one up to it.
std::optional<SliceRef> sliceBeside(const LaneLayout &lanes, const model::TraceStore &store, std::size_t row,
                                    Time time, StepTo to);

} // namespace coroscope::ui
