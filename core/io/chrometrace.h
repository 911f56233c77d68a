// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exportsink.h"
#include "core/model/tracestore.h"

namespace coroscope::io {

/// Writes a session in Chrome's Trace Event Format (JSON object form), which chrome://tracing, Perfetto's
/// viewer and Qt Creator open. It goes out piece by piece: memory is needed for one piece and for the lanes'
/// numbers.
///
/// A lane is a "thread", numbered in the order in which they stand; 0 is the session's own. Slices and waits
/// are complete events ("X"), waits of the category "wait" in a light color; an arrow runs from the slice of
/// the task that caused a resumption to that one ("s", "f"); printed lines are instants. Times are
/// microseconds with three decimals: exact.
void writeChromeTrace(const model::TraceStore &store, const QString &program, ExportSink &sink);

} // namespace coroscope::io
