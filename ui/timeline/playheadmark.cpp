// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/playheadmark.h"

#include "ui/durations.h"
#include "ui/replay/playhead.h"
#include "ui/theme.h"
#include "ui/timeline/ruler.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

constexpr double reach = 5; ///< beside the line, in pixels
constexpr double tip = 4; ///< the handle's point

std::optional<double> PlayheadMark::x() const
{
    if (!playhead || !playhead->isOn())
        return {};
    return std::round(scale.x(playhead->time()));
}

QString PlayheadMark::text() const
{
    return formatMoment(playhead->time(), std::max(tickStep(scale, leastTickDistance) / 20, Time {1}));
}

std::optional<QRectF> PlayheadMark::handle(const QFont &font, int height) const
{
    const auto x = this->x();
    if (!x || *x < 0 || *x > scale.width())
        return {};
    const double width = QFontMetricsF(font).horizontalAdvance(text()) + 14;
    const double left = std::clamp(*x - width / 2, 0.0, std::max(0.0, scale.width() - width));
    return QRectF(left, 1, width, height - 1 - tip);
}

bool PlayheadMark::isGrippedAt(double at, const QFont &font, int height) const
{
    const auto box = handle(font, height);
    return box && ((at >= box->left() && at <= box->right()) || std::abs(at - *x()) <= reach);
}

void PlayheadMark::paintHandle(QPainter &painter, const Theme &theme, const QFont &font, int height) const
{
    const auto box = handle(font, height);
    if (!box)
        return;
    const double x = *this->x();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(*box, 3, 3);
    painter.drawPolygon(QPolygonF {{x - tip, box->bottom() - 0.5},
                                   {x + tip + 1, box->bottom() - 0.5},
                                   {x + 0.5, box->bottom() + tip}});
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme.onAccent);
    painter.drawText(*box, Qt::AlignCenter, text());
    painter.restore();
}

void PlayheadMark::paintVeil(QPainter &painter, const Theme &theme, int height) const
{
    const auto x = this->x();
    if (!x || *x >= scale.width())
        return;
    QColor veil = theme.base;
    veil.setAlphaF(0.66F);
    const double left = std::max(0.0, *x + 1);
    painter.fillRect(QRectF(left, 0, scale.width() - left, height), veil);
}

void PlayheadMark::paintLine(QPainter &painter, const Theme &theme, int height) const
{
    const auto x = this->x();
    if (x && *x >= -1 && *x <= scale.width())
        painter.fillRect(QRectF(*x, 0, 2, height), theme.accent);
}

} // namespace coroscope::ui
