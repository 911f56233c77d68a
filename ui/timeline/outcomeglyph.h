// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/task.h"

class QColor;
class QPainter;
class QRectF;

namespace coroscope::ui {

/// ✓, ✕ or ⊘, drawn as lines: not every font has them, and color alone doesn't tell everybody. Nothing for a
/// task that hasn't ended.
void drawOutcomeGlyph(QPainter &painter, const QRectF &box, model::TaskState state, const QColor &color);

} // namespace coroscope::ui
