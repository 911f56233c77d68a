// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/slice.h"
#include "ui/timeline/timescale.h"

#include <QFontMetricsF>
#include <QRectF>

#include <span>
#include <vector>

class QPainter;

namespace coroscope::ui {

struct Theme;

/// A stretch of time in which the loop was held, as the timeline draws it.
struct HeldStretch
{
    QRectF band;
    QString caption; ///< "held · 3.00 s", "held" where that doesn't fit, empty where nothing does
    QRectF captionBox; ///< inside of the band's visible part, at its lower end
};

/// Up to when a mark reaches: one that is open, to now.
Time endOf(const model::Mark &mark, Time now);
/// Whether the loop was held at any time in `range`.
bool wasHeld(std::span<const model::Mark> marks, TimeRange range, Time now);
/// Those of `marks` that are seen in an area `height` high. Bands end at most a few pixels outside of it.
std::vector<HeldStretch> heldStretches(std::span<const model::Mark> marks, const TimeScale &scale, int height,
                                       Time now, const QFontMetricsF &font);
void paintHeldStretches(QPainter &painter, const Theme &theme, const std::vector<HeldStretch> &stretches);

} // namespace coroscope::ui
