// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/histogramview.h"

#include "ui/durations.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace coroscope::ui {

static constexpr int barsHeight = 52;

HistogramView::HistogramView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Lengths of the slices"));
}

void HistogramView::show(std::vector<SliceStatistics::Bar> bars, const QByteArray &category)
{
    m_bars = std::move(bars);
    m_category = category;
    QStringList lines;
    for (const SliceStatistics::Bar &bar : m_bars) {
        if (bar.count > 0)
            lines << textOf(bar);
    }
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    update();
}

QSize HistogramView::sizeHint() const { return {240, barsHeight + 4 + fontMetrics().height()}; }

QString HistogramView::textOf(const SliceStatistics::Bar &bar)
{
    return (bar.count == 1 ? tr("1 slice of %1 to %2")
                           : tr("%Ln slices of %1 to %2", nullptr, int(bar.count)))
        .arg(formatDuration(bar.from), formatDuration(bar.to));
}

QRectF HistogramView::barRect(std::size_t index) const
{
    std::uint64_t most = 1;
    for (const SliceStatistics::Bar &bar : m_bars)
        most = std::max(most, bar.count);
    const double slot = std::min(28.0, double(width()) / double(m_bars.size()));
    const std::uint64_t count = m_bars[index].count;
    const double height = count ? std::max(2.0, double(count) / double(most) * barsHeight) : 0;
    return {double(index) * slot, barsHeight - height, std::max(1.0, slot - 2), height};
}

void HistogramView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    painter.setPen(theme.dimText);
    const QRectF axis(0, barsHeight + 4, width(), fontMetrics().height());
    if (m_bars.empty())
        return;
    const QRectF last = barRect(m_bars.size() - 1);
    painter.drawText(axis, Qt::AlignLeft, formatDuration(m_bars.front().from));
    const QString longest = formatDuration(m_bars.back().to);
    const double right = std::max(last.right(), 2.5 * fontMetrics().horizontalAdvance(longest));
    painter.drawText(QRectF(0, axis.top(), right, axis.height()), Qt::AlignRight, longest);
    painter.setPen(theme.border);
    painter.drawLine(QPointF(0, barsHeight + 0.5), QPointF(right, barsHeight + 0.5));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.category(m_category));
    for (std::size_t i = 0; i < m_bars.size(); ++i)
        painter.drawRoundedRect(barRect(i), 1.5, 1.5);
}

bool HistogramView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const QRectF bar = barRect(i);
        if (help->pos().x() >= bar.left() && help->pos().x() < bar.right() + 2) {
            QToolTip::showText(help->globalPos(), textOf(m_bars[i]), this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace coroscope::ui
