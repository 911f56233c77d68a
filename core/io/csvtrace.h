// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exportsink.h"
#include "core/model/tracestore.h"

namespace coroscope::io {

/// Writes each slice as a record of comma-separated values, lane by lane, under a header record:
///
/// task, name, kind, thread, begin_ns, end_ns, cause, causer, wait, wait_text, site, ready_ns, outcome
///
/// Times are nanoseconds since the session's start. `causer` is the id of a task, or of a future where the
/// cause is "future"; empty if there is none. `wait` and what follows it speak of the wait after the slice;
/// `ready_ns` is when that was over. `outcome` stands in a task's last slice alone: "done", "failed",
/// "cancelled", "lost", or "running" for one that isn't over yet.
void writeCsvTrace(const model::TraceStore &store, ExportSink &sink);

} // namespace coroscope::io
