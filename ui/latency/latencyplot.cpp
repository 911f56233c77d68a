// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/latency/latencyplot.h"

#include "ui/durations.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

using model::Time;

constexpr int mostBars = 40;
constexpr double axisGap = 3;

LatencyPlot::LatencyPlot(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LatencyPlot::show(const model::LengthHistogram &histogram, const QString &category)
{
    m_bars = histogram.bars(mostBars);
    m_category = category;
    m_marks.clear();
    if (histogram.count() > 0) {
        m_marks = {{tr("p50"), histogram.percentile(0.5)},
                   {tr("p90"), histogram.percentile(0.9)},
                   {tr("p99"), histogram.percentile(0.99)}};
    }
    QStringList lines;
    for (const auto &bar : m_bars) {
        if (bar.count > 0)
            lines << textOf(bar);
    }
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    update();
}

QString LatencyPlot::textOf(const model::LengthHistogram::Bar &bar) const
{
    return tr("%1 of %2 to %3", "how many, from which to which length")
        .arg(QLocale().toString(bar.count), formatDuration(bar.from), formatDuration(bar.to));
}

QRectF LatencyPlot::plotRect() const
{
    const double line = fontMetrics().height();
    return QRectF(rect()).adjusted(0, line, 0, -line - axisGap);
}

double LatencyPlot::x(Time length) const
{
    const auto log = [](Time t) { return std::log(double(std::max<std::int64_t>(t.count(), 1))); };
    const double low = log(m_bars.front().from);
    const double high = log(m_bars.back().to);
    const QRectF plot = plotRect();
    if (high <= low)
        return plot.left();
    return plot.left() + std::clamp((log(length) - low) / (high - low), 0.0, 1.0) * plot.width();
}

QRectF LatencyPlot::barRect(std::size_t index) const
{
    std::uint64_t most = 1;
    for (const auto &bar : m_bars)
        most = std::max(most, bar.count);
    const QRectF plot = plotRect();
    const double slot = plot.width() / double(m_bars.size());
    const std::uint64_t count = m_bars[index].count;
    // However few: what is there is seen.
    const double height = count ? std::max(2.0, double(count) / double(most) * plot.height()) : 0;
    // All of one length are one bar, not a wall.
    const double width = std::min(slot, plot.width() / 8);
    return {plot.left() + double(index) * slot, plot.bottom() - height, std::max(1.0, width - 1), height};
}

void LatencyPlot::drawAxis(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QRectF plot = plotRect();
    painter.setPen(theme.border);
    painter.drawLine(QPointF(plot.left(), plot.bottom() + 0.5), QPointF(plot.right(), plot.bottom() + 0.5));
    const QRectF axis(plot.left(), plot.bottom() + axisGap, plot.width(), fontMetrics().height());
    const QString low = formatDuration(m_bars.front().from);
    const QString high = formatDuration(m_bars.back().to);
    painter.setPen(theme.dimText);
    painter.drawText(axis, Qt::AlignLeft, low);
    if (m_bars.size() == 1 && low == high)
        return;
    painter.drawText(axis, Qt::AlignRight, high);
    // Powers of ten, where they have room between both ends.
    double from = axis.left() + fontMetrics().horizontalAdvance(low) + 8;
    const double to = axis.right() - fontMetrics().horizontalAdvance(high) - 8;
    for (std::int64_t ns = 1; ns < m_bars.back().to.count() && ns < std::int64_t(1e18); ns *= 10) {
        if (Time {ns} <= m_bars.front().from)
            continue;
        const double at = x(Time {ns});
        painter.setPen(theme.border);
        painter.drawLine(QPointF(at, plot.bottom() + 1), QPointF(at, plot.bottom() + axisGap));
        const QString text = formatDuration(Time {ns}).remove(QStringLiteral(".00"));
        const double half = fontMetrics().horizontalAdvance(text) / 2.0;
        if (at - half < from || at + half > to)
            continue;
        painter.setPen(theme.dimText);
        painter.drawText(QRectF(at - half - 1, axis.top(), 2 * half + 2, axis.height()), Qt::AlignCenter,
                         text);
        from = at + half + 8;
    }
}

void LatencyPlot::drawMarks(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QRectF plot = plotRect();
    double free = plot.right() + 1; // names are put from the right: the highest percentile matters most
    for (auto mark = m_marks.rbegin(); mark != m_marks.rend(); ++mark) {
        const double at = std::min(std::floor(x(mark->at)), plot.right() - 1) + 0.5;
        painter.setPen(QPen(theme.dimText, 1, Qt::DashLine));
        painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()));
        const double width = fontMetrics().horizontalAdvance(mark->name);
        const double left = std::clamp(at - width / 2, plot.left(), std::max(plot.left(), free - width));
        if (left + width > free || std::abs(left + width / 2 - at) > width)
            continue;
        painter.setPen(theme.text);
        painter.drawText(QPointF(left, plot.top() - fontMetrics().descent()), mark->name);
        free = left - 5;
    }
}

void LatencyPlot::paintEvent(QPaintEvent *)
{
    if (m_bars.empty())
        return;
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    drawAxis(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_category.isEmpty() ? theme.accent : theme.category(m_category));
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        if (m_bars[i].count > 0)
            painter.drawRect(barRect(i));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    drawMarks(painter);
}

QString LatencyPlot::textAt(const QPoint &pos) const
{
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const QRectF bar = barRect(i);
        if (pos.x() >= bar.left() && pos.x() < bar.right() + 1 && m_bars[i].count > 0)
            return textOf(m_bars[i]);
    }
    return {};
}

bool LatencyPlot::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = textAt(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace coroscope::ui
