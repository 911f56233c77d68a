// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/style.h"

#include "ui/theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace coroscope::ui {

Style::Style()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{ }

static void drawCheck(QPainter *painter, const QRectF &box, const QColor &color)
{
    const double s = box.width();
    painter->setPen(QPen(color, s / 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] {box.topLeft() + QPointF(0.25 * s, 0.53 * s),
                            box.topLeft() + QPointF(0.43 * s, 0.71 * s),
                            box.topLeft() + QPointF(0.76 * s, 0.31 * s)};
    painter->drawPolyline(points, 3);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (element != PE_IndicatorCheckBox) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const Theme &theme = Theme::of(option->palette);
    const bool checked = option->state & State_On;
    const bool enabled = option->state & State_Enabled;
    const bool focused = option->state & State_HasFocus;
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(enabled ? 1 : 0.5);
    painter->setPen(checked || focused ? theme.accent : theme.dimText);
    painter->setBrush(checked ? theme.accent : theme.base);
    painter->drawRoundedRect(box, 3, 3);
    if (checked)
        drawCheck(painter, box, theme.onAccent);
    painter->restore();
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *data) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace coroscope::ui
