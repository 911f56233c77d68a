// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include "ui/tasks/taskwords.h"

#include "core/model/moment.h"

namespace coroscope::ui {

/// What stands right-aligned beside a lane's name.
struct LaneState
{
    QString text; ///< "63 %", "done", "41 % busy"
    Tone tone = Tone::Dim;
};

/// Of a task at a moment; `seen` is the stretch that a loop's or worker's share of busy time is taken of.
LaneState laneState(const model::Moment &moment, const model::Task &task, TimeRange seen);

} // namespace coroscope::ui
