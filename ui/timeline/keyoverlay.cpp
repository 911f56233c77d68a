// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/keyoverlay.h"

#include "ui/theme.h"
#include "ui/timeline/timelinekeys.h"

#include <QPainter>

#include <algorithm>

namespace coroscope::ui {

constexpr int padding = 18;
constexpr int lineHeight = 22;
constexpr int titleHeight = 28;
constexpr int keysWidth = 108;

KeyOverlay::KeyOverlay(QWidget *parent)
    : QWidget(parent)
{
    QStringList lines;
    for (const KeyHint &hint : timelineKeyHints())
        lines << QStringLiteral("%1: %2").arg(hint.keys.join(QLatin1Char(' ')), hint.meaning);
    setAccessibleName(tr("Keys of the timeline"));
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    hide();
}

int KeyOverlay::meaningWidth() const
{
    int widest = 0;
    for (const KeyHint &hint : timelineKeyHints())
        widest = std::max(widest, fontMetrics().horizontalAdvance(hint.meaning));
    return widest;
}

int KeyOverlay::columnWidth() const { return keysWidth + meaningWidth() + padding; }

int KeyOverlay::columns() const
{
    const int available = parentWidget()->width() - 2 * padding;
    const int inOne = static_cast<int>(timelineKeyHints().size()) * lineHeight + titleHeight + 2 * padding;
    const int wanted = inOne <= parentWidget()->height() ? 1 : 2;
    return std::clamp(std::min(wanted, available / columnWidth()), 1, 2);
}

QSize KeyOverlay::sizeHint() const
{
    const int count = static_cast<int>(timelineKeyHints().size());
    const int lines = (count + columns() - 1) / columns();
    return {columns() * columnWidth() + padding, lines * lineHeight + titleHeight + 2 * padding};
}

void KeyOverlay::place()
{
    const QSize size = sizeHint().boundedTo(parentWidget()->size());
    setGeometry(QRect(QPoint((parentWidget()->width() - size.width()) / 2,
                             (parentWidget()->height() - size.height()) / 2),
                      size));
}

void KeyOverlay::paintKeys(QPainter &painter, const Theme &theme, QPoint at, const QStringList &keys) const
{
    QFont small = font();
    small.setPixelSize(11);
    small.setWeight(QFont::Medium);
    painter.setFont(small);
    for (const QString &key : keys) {
        const int width = std::max(20, painter.fontMetrics().horizontalAdvance(key) + 12);
        const QRectF cap(at.x() + 0.5, at.y() + 2.5, width - 1, lineHeight - 5);
        painter.setPen(theme.border);
        painter.setBrush(theme.base);
        painter.drawRoundedRect(cap, 4, 4);
        painter.setPen(theme.text);
        painter.drawText(cap, Qt::AlignCenter, key);
        at.rx() += width + 5;
    }
}

void KeyOverlay::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = theme.raised;
    ground.setAlphaF(0.94F);
    painter.setPen(theme.border);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QRect(padding, padding - 4, width() - 2 * padding, lineHeight), Qt::AlignVCenter,
                     tr("Keys of the timeline"));

    const auto hints = timelineKeyHints();
    const int lines = (static_cast<int>(hints.size()) + columns() - 1) / columns();
    const int column = columnWidth();
    for (int i = 0; i < static_cast<int>(hints.size()); ++i) {
        const int x = padding + i / lines * column;
        const int y = padding + titleHeight - 4 + i % lines * lineHeight;
        paintKeys(painter, theme, QPoint(x, y), hints[static_cast<std::size_t>(i)].keys);
        painter.setFont(font());
        painter.setPen(theme.text);
        painter.drawText(QRect(x + keysWidth, y, column - keysWidth, lineHeight), Qt::AlignVCenter,
                         hints[static_cast<std::size_t>(i)].meaning);
    }
}

void KeyOverlay::mousePressEvent(QMouseEvent *) { hide(); }

} // namespace coroscope::ui
