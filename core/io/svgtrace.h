// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/exportsink.h"
#include "core/model/tracestore.h"

namespace coroscope::io {

/// Draws the whole session as an SVG 1.1 picture, 1,600 pixels wide: a ruler, and a row a lane with its name.
/// Running is solid, a wait is a tint with its reason, dashed is ready but not yet running; a red edge marks
/// what blocked its loop. What is narrower than two pixels is drawn together, so the file grows with the
/// lanes and not with the slices. Of very many lanes the first 2,000 are drawn, and the picture says so.
void writeSvgTrace(const model::TraceStore &store, const QString &program, ExportSink &sink);

} // namespace coroscope::io
