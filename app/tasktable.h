// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

namespace coroscope::app {

/// All spawned tasks as a table of text, children indented below their parent, no line longer than `width`
/// columns where the names leave room for that. Ends with a line of totals.
QString taskTable(const model::TraceStore &store, int width);

} // namespace coroscope::app
