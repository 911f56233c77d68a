// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/outcomeglyph.h"

#include <QPainter>

namespace coroscope::ui {

void drawOutcomeGlyph(QPainter &painter, const QRectF &box, model::TaskState state, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, box.width() / 6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    switch (state) {
    case model::TaskState::Done: {
        const QPointF tick[] {at(0.08, 0.55), at(0.36, 0.85), at(0.92, 0.18)};
        painter.drawPolyline(tick, 3);
        break;
    }
    case model::TaskState::Failed:
    case model::TaskState::Lost:
        painter.drawLine(at(0.15, 0.15), at(0.85, 0.85));
        painter.drawLine(at(0.15, 0.85), at(0.85, 0.15));
        break;
    case model::TaskState::Cancelled:
        painter.drawEllipse(at(0.5, 0.5), box.width() * 0.44, box.height() * 0.44);
        painter.drawLine(at(0.2, 0.8), at(0.8, 0.2));
        break;
    default:
        break;
    }
    painter.restore();
}

} // namespace coroscope::ui
