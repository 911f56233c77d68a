// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

namespace coroscope::model {

/// When something next happened to `task`, or to any task, future or wait() if none is named: later than
/// `time`. What loops do is left out. O(tasks under way · log slices).
std::optional<Time> nextEvent(const TraceStore &store, Time time, TaskId task = {});
/// When something last happened before `time`.
std::optional<Time> previousEvent(const TraceStore &store, Time time, TaskId task = {});

} // namespace coroscope::model
