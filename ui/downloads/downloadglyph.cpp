// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadglyph.h"

#include "ui/theme.h"
#include "ui/timeline/outcomeglyph.h"

#include <QPainter>

namespace coroscope::ui {

using download::ItemState;

void drawDownloadGlyph(QPainter &painter, const QRectF &box, ItemState state, const Theme &theme)
{
    const QColor hue = theme.hue(QLatin1String("download")).text;
    const double line = box.width() / 6;
    const QRectF ring = box.adjusted(line, line, -line, -line);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (state) {
    case ItemState::Queued:
        painter.setPen(QPen(theme.dimText, line));
        painter.drawEllipse(ring);
        break;
    case ItemState::Scheduled:
        painter.setPen(QPen(theme.dimText, line, Qt::SolidLine, Qt::RoundCap));
        painter.drawEllipse(ring);
        painter.drawLine(box.center(), QPointF(box.center().x(), ring.top() + line));
        painter.drawLine(box.center(), QPointF(ring.right() - line, box.center().y()));
        break;
    case ItemState::Active:
        painter.setPen(Qt::NoPen);
        painter.setBrush(hue);
        painter.drawEllipse(box.adjusted(line / 2, line / 2, -line / 2, -line / 2));
        break;
    case ItemState::Waiting:
        painter.setPen(QPen(hue, line));
        painter.drawEllipse(ring);
        painter.setPen(Qt::NoPen);
        painter.setBrush(hue);
        painter.drawPie(ring, 90 * 16, 180 * 16);
        break;
    case ItemState::Paused: {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.dimText);
        const double bar = box.width() / 4;
        painter.drawRect(QRectF(box.left() + bar * 0.5, box.top(), bar, box.height()));
        painter.drawRect(QRectF(box.right() - bar * 1.5, box.top(), bar, box.height()));
        break;
    }
    case ItemState::Done:
        drawOutcomeGlyph(painter, box, model::TaskState::Done, theme.good);
        break;
    case ItemState::Failed:
        drawOutcomeGlyph(painter, box, model::TaskState::Failed, theme.bad);
        break;
    case ItemState::Cancelled:
        drawOutcomeGlyph(painter, box, model::TaskState::Cancelled, theme.cancelled);
        break;
    }
    painter.restore();
}

} // namespace coroscope::ui
