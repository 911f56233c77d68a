// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/widgets/dropdown.h"

#include "ui/theme.h"

#include <QPainter>

namespace coroscope::ui {

static void drawChevron(QWidget *field)
{
    constexpr double right = 13;
    constexpr double half = 4;
    QPainter painter(field);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(field->palette());
    const QColor color = field->isEnabled() ? theme.dimText : theme.border;
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const double x = field->width() - right;
    const double y = field->height() / 2. + 0.5;
    const QPointF line[] {{x - half, y - half / 2}, {x, y + half / 2}, {x + half, y - half / 2}};
    painter.drawPolyline(line, 3);
}

void ComboBox::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    drawChevron(this);
}

void DateTimeEdit::paintEvent(QPaintEvent *event)
{
    QDateTimeEdit::paintEvent(event);
    drawChevron(this);
}

} // namespace coroscope::ui
