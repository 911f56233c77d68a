// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/heldstretches.h"

#include "ui/durations.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::HeldStretches)
};

constexpr double outside = 2; // an edge that isn't to be seen
constexpr double margin = 8; // at each side of a caption
constexpr double captionHeight = 18;

} // namespace

Time endOf(const model::Mark &mark, Time now) { return mark.open ? std::max(mark.end, now) : mark.end; }

bool wasHeld(std::span<const model::Mark> marks, TimeRange range, Time now)
{
    return std::ranges::any_of(marks, [&](const model::Mark &mark) {
        return mark.kind == model::Mark::Kind::Held && mark.begin < range.end
               && endOf(mark, now) > range.begin;
    });
}

std::vector<HeldStretch> heldStretches(std::span<const model::Mark> marks, const TimeScale &scale, int height,
                                       Time now, const QFontMetricsF &font)
{
    std::vector<HeldStretch> stretches;
    for (const model::Mark &mark : marks) {
        if (mark.kind != model::Mark::Kind::Held)
            continue;
        const Time end = endOf(mark, now);
        const double left = std::clamp(std::floor(scale.x(mark.begin)), -outside, scale.width() + outside);
        const double right = std::clamp(std::max(std::ceil(scale.x(end)), left + 1), -outside,
                                        scale.width() + outside);
        if (right <= 0 || left >= scale.width())
            continue;
        HeldStretch stretch;
        stretch.band = QRectF(left, 0, right - left, height);
        const QRectF seen(std::max(left, 0.0), 0, std::min(right, scale.width()) - std::max(left, 0.0),
                          height);
        for (const QString &caption :
             {Words::tr("held · %1").arg(formatDuration(end - mark.begin)), Words::tr("held")}) {
            const double width = font.horizontalAdvance(caption) + 2 * margin;
            if (width + 4 > seen.width())
                continue;
            stretch.caption = caption;
            stretch.captionBox = QRectF(std::round(seen.center().x() - width / 2), height - captionHeight - 6,
                                        width, captionHeight);
            break;
        }
        stretches.push_back(stretch);
    }
    return stretches;
}

void paintHeldStretches(QPainter &painter, const Theme &theme, const std::vector<HeldStretch> &stretches)
{
    QColor shade = theme.dimText;
    shade.setAlphaF(0.14F);
    QColor edge = theme.dimText;
    edge.setAlphaF(0.6F);
    painter.save();
    for (const HeldStretch &stretch : stretches) {
        painter.fillRect(stretch.band, shade);
        if (stretch.band.width() < 4)
            continue;
        painter.fillRect(QRectF(stretch.band.left(), 0, 1, stretch.band.height()), edge);
        painter.fillRect(QRectF(stretch.band.right() - 1, 0, 1, stretch.band.height()), edge);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (const HeldStretch &stretch : stretches) {
        if (stretch.caption.isEmpty())
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.flag);
        painter.drawRoundedRect(stretch.captionBox, 4, 4);
        painter.setPen(theme.onFlag);
        painter.drawText(stretch.captionBox, Qt::AlignCenter, stretch.caption);
    }
    painter.restore();
}

} // namespace coroscope::ui
