// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

namespace coroscope::ui {

/// Relative luminance as WCAG 2 defines it, 0…1. Alpha is ignored.
double luminance(const QColor &color);
/// Contrast ratio as WCAG 2 defines it, 1…21.
double contrast(const QColor &a, const QColor &b);
/// `color` laid over `ground` with `share` (0…1) of it showing.
QColor mixed(const QColor &color, const QColor &ground, double share);
/// `color`, made darker or lighter in steps until it stands out from `ground` by `ratio`. Keeps the hue.
QColor standingOut(const QColor &color, const QColor &ground, double ratio);

} // namespace coroscope::ui
