// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include "ui/tasks/taskwords.h"

#include "core/model/tracestore.h"

namespace coroscope::ui {

/// What stands right-aligned beside a lane's name.
struct LaneState
{
    QString text; ///< "63 %", "done", "41 % busy"
    Tone tone = Tone::Dim;
};

/// `seen` is the stretch that a loop's or worker's share of busy time is taken of.
LaneState laneState(const model::TraceStore &store, const model::Task &task, TimeRange seen);

} // namespace coroscope::ui
