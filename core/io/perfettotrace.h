// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exportsink.h"
#include "core/model/tracestore.h"

namespace coroscope::io {

/// Writes a session as a Perfetto trace: TracePackets with a TrackDescriptor a lane and TrackEvents, after
/// the schema at https://github.com/google/perfetto, protos/perfetto/trace. It goes out packet by packet.
///
/// All lanes are tracks below one that is named after `program`, in the order of the lanes. Where a task
/// wakes another there is an instant "wakes NAME" in its slice, from which a flow leads to the resumption.
void writePerfettoTrace(const model::TraceStore &store, const QString &program, ExportSink &sink);

} // namespace coroscope::io
