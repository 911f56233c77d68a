// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include <QFont>
#include <QRectF>

#include <optional>

class QPainter;

namespace coroscope::ui {

class Playhead;
struct Theme;

/// The playhead as a timeline draws it: a handle with the time in the ruler, a line through the lanes, and a
/// veil over what lies after it. Null playheads and those that are off draw nothing.
struct PlayheadMark
{
    const Playhead *playhead;
    TimeScale scale;

    /// In a ruler that is `height` high; nothing where the playhead is out of sight.
    std::optional<QRectF> handle(const QFont &font, int height) const;
    /// Whether a press at `x` grips the handle.
    bool isGrippedAt(double x, const QFont &font, int height) const;
    void paintHandle(QPainter &painter, const Theme &theme, const QFont &font, int height) const;
    void paintVeil(QPainter &painter, const Theme &theme, int height) const;
    void paintLine(QPainter &painter, const Theme &theme, int height) const;

private:
    std::optional<double> x() const;
    QString text() const;
};

} // namespace coroscope::ui
