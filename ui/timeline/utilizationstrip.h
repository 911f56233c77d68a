// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"
#include "ui/timeline/timescale.h"

#include <QRectF>
#include <QString>

#include <span>
#include <vector>

/// What the overview says of a loop's use, beyond its bars.
namespace coroscope::ui {

/// The stretches in which one slice blocked its loop, in pixels from left to right, none narrower than two;
/// those that touch are put together. `height` of the strip.
std::vector<QRectF> blockedStretches(std::span<const model::Mark> marks, const TimeScale &scale,
                                     double height);

/// "1.20 s to 1.24 s: the loop ran coroutines for 41 % of it", and who blocked it there.
QString utilizationTip(const model::TraceStore &store, TimeRange range);

} // namespace coroscope::ui
