// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

class QPainter;
class QRectF;

namespace coroscope::ui {

struct Theme;

/// A download's state as a shape and a color: ring waits for a place, clock for its time, dot runs, half a
/// dot waits for another try, two bars paused, and the outcomes as everywhere.
void drawDownloadGlyph(QPainter &painter, const QRectF &box, download::ItemState state, const Theme &theme);

} // namespace coroscope::ui
