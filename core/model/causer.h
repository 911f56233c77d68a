// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

namespace coroscope::model {

/// The task, loop or worker that brought on a slice of `task`; none where nobody did, or who isn't told.
TaskId causerOf(const TraceStore &store, const Task &task, const Slice &slice);

} // namespace coroscope::model
