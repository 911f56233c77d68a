// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/contrast.h"
#include "ui/durations.h"
#include "ui/selection.h"
#include "ui/timeline/heldstretches.h"
#include "ui/timeline/lanearea.h"
#include "ui/timeline/notemarks.h"
#include "ui/timeline/playheadmark.h"
#include "ui/timeline/ruler.h"
#include "ui/timeline/timelinesearch.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

LanePainter &LaneArea::painterFor(double pixelRatio)
{
    const Theme &theme = Theme::of(palette());
    if (!m_painter || m_painterRatio != pixelRatio || &m_painter->theme() != &theme) {
        m_painter = std::make_unique<LanePainter>(theme, font(), pixelRatio);
        m_painterRatio = pixelRatio;
    }
    return *m_painter;
}

void LaneArea::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (!m_frameTimesShown)
        return paint(painter, devicePixelRatioF());
    const auto begin = std::chrono::steady_clock::now();
    paint(painter, devicePixelRatioF());
    m_frameTimes.add(std::chrono::steady_clock::now() - begin, m_spans);
    painter.setFont(font());
    m_frameTimes.paint(painter, Theme::of(palette()), rect());
}

void LaneArea::setFrameTimesShown(bool shown)
{
    m_frameTimesShown = shown;
    m_frameTimes = {};
    update();
}

void LaneArea::paint(QPainter &painter, double pixelRatio)
{
    LanePainter &lanes = painterFor(pixelRatio);
    const Theme &theme = lanes.theme();
    const LaneGeometry geometry = this->geometry();
    m_spans = 0;
    painter.fillRect(rect(), theme.base);
    paintGrid(painter, theme);
    painter.setClipRect(QRect(0, geometry.pinnedHeight(), width(), height()));
    paintRows(painter, lanes, geometry.scrolledRows(), pixelRatio);
    painter.setClipping(false);
    paintRows(painter, lanes, geometry.pinnedRows(), pixelRatio);
    if (const auto y = geometry.separator())
        painter.fillRect(QRect(0, *y, width(), 1), mixed(theme.border, theme.base, 0.6));
    paintHeldStretches(painter, theme,
                       heldStretches(m_view.store().marks(), scale(), height(), m_view.now(),
                                     QFontMetricsF(painter.font())));
    paintLost(painter, theme);
    const PlayheadMark playhead {m_view.playhead(), scale()};
    playhead.paintVeil(painter, theme, height());
    paintRegion(painter, theme);
    if (m_notes)
        m_notes->paintLines(painter, theme, scale(), height());
    paintNow(painter, theme);
    playhead.paintLine(painter, theme, height());
    paintArrows(painter, theme);
    if (m_focusShown) {
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void LaneArea::paintGrid(QPainter &painter, const Theme &theme) const
{
    QPen pen(theme.grid, 1);
    pen.setDashPattern({2, 4});
    painter.setPen(pen);
    for (const Tick &tick : ticks(scale(), leastTickDistance)) {
        const int x = static_cast<int>(std::lround(scale().x(tick.time)));
        painter.drawLine(x, 0, x, height());
    }
}

void LaneArea::paintRows(QPainter &painter, LanePainter &lanes, LaneGeometry::Rows rows, double pixelRatio)
{
    const Theme &theme = lanes.theme();
    const LaneGeometry geometry = this->geometry();
    const auto selected = m_view.lanes().rowOf(m_view.selection().task());
    const auto hovered = m_view.lanes().rowOf(m_view.selection().hovered());
    LaneShaper shaper(context(pixelRatio));
    for (std::size_t row = rows.first; row < rows.last; ++row) {
        LanePainter::Row target;
        target.center = geometry.center(row);
        target.width = width();
        target.task = m_view.lanes().lane(row).task;
        target.ground = selected == row ? theme.selectedRow : hovered == row ? theme.hoveredRow : theme.base;
        if (target.ground != theme.base)
            painter.fillRect(QRect(0, geometry.top(row), width(), LaneGeometry::pitch), target.ground);
        shaper.shape(m_view.lanes(), row, m_shapes);
        m_spans += m_shapes.shapes.size();
        lanes.draw(painter, target, m_view.store(), m_shapes);
        paintFound(painter, theme, target.center);
        const auto slice = m_view.selection().slice();
        if (selected != row || !slice)
            continue;
        for (const LaneShape &shape : m_shapes.shapes) {
            if (shape.kind < LaneShape::Kind::Mixed || shape.task != m_view.selection().task()
                || shape.slice > *slice || shape.slice + shape.count <= *slice)
                continue;
            painter.setPen(QPen(theme.text, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(shape.left - 1.5, target.center - LaneGeometry::barHeight / 2 - 1.5,
                                    shape.right - shape.left + 2, LaneGeometry::barHeight + 2));
        }
    }
}

/// A frame around what is found, with what is read in it left as it is.
void LaneArea::paintFound(QPainter &painter, const Theme &theme, int center) const
{
    if (!m_search || m_search->hits().empty())
        return;
    for (const LaneShape &shape : m_shapes.shapes) {
        const auto highlight = m_search->ofShape(shape);
        if (highlight == TimelineSearch::Highlight::None)
            continue;
        const bool current = highlight == TimelineSearch::Highlight::Current;
        const double half = LaneGeometry::barHeight / 2.0 + (current ? 1 : 0);
        painter.setPen(QPen(theme.accent, current ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(std::floor(shape.left) + 0.5, center - half + 0.5,
                                std::max(2.0, std::ceil(shape.right - shape.left) - 1), 2 * half - 1));
    }
}

void LaneArea::paintLost(QPainter &painter, const Theme &theme) const
{
    QColor color = theme.bad;
    color.setAlphaF(0.25F);
    for (const model::Mark &mark : m_view.store().marks()) {
        const double left = scale().x(mark.begin);
        const double right = std::max(left + 3, scale().x(mark.end));
        if (mark.kind == model::Mark::Kind::Lost && right > 0 && left < width())
            painter.fillRect(QRectF(std::floor(left), 0, std::ceil(right - left), height()),
                             QBrush(color, Qt::BDiagPattern));
    }
}

void LaneArea::paintNow(QPainter &painter, const Theme &theme) const
{
    const double x = std::round(scale().x(m_view.now()));
    if (x >= 0 && x < width())
        painter.fillRect(QRectF(x, 0, 1, height()), mixed(theme.text, theme.base, 0.75));
}

void LaneArea::paintRegion(QPainter &painter, const Theme &theme) const
{
    const auto region = m_view.region();
    if (!region)
        return;
    const double left = std::clamp(scale().x(region->begin), -2.0, width() + 2.0);
    const double right = std::clamp(scale().x(region->end), -2.0, width() + 2.0);
    QColor color = theme.accent;
    color.setAlphaF(0.12F);
    painter.fillRect(QRectF(left, 0, right - left, height()), color);
    painter.fillRect(QRectF(std::round(left), 0, 1, height()), theme.accent);
    painter.fillRect(QRectF(std::round(right) - 1, 0, 1, height()), theme.accent);

    QFont small = font();
    small.setPixelSize(11);
    small.setWeight(QFont::DemiBold);
    painter.setFont(small);
    const QString text = formatDuration(region->length());
    const double textWidth = QFontMetricsF(small).horizontalAdvance(text) + 16;
    const double x = std::clamp((left + right - textWidth) / 2, 4.0, std::max(4.0, width() - textWidth - 4));
    const QRectF box(x, height() - 26, textWidth, 20); // how long it is; the rest is in the panel
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.flag);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(theme.onFlag);
    painter.drawText(box, Qt::AlignCenter, text);
    painter.restore();
}

std::vector<CauseArrow> LaneArea::arrows() const
{
    const Selection &selection = m_view.selection();
    std::vector<SliceRef> slices;
    if (const auto slice = selection.slice())
        slices.push_back({selection.task(), *slice});
    if (const auto from = m_navigation.cameFrom())
        slices.push_back(*from);
    if (m_hovered)
        slices.push_back({m_hovered->task, m_hovered->slice});
    std::vector<CauseArrow> arrows;
    for (auto slice = slices.begin(); slice != slices.end(); ++slice) {
        if (std::find(slices.begin(), slice, *slice) != slice)
            continue;
        if (const auto arrow = causeArrow(m_view.store(), slice->task, slice->slice))
            arrows.push_back(*arrow);
    }
    return arrows;
}

void LaneArea::paintArrows(QPainter &painter, const Theme &theme) const
{
    for (const CauseArrow &arrow : arrows())
        paintArrow(painter, theme, arrow);
}

void LaneArea::paintArrow(QPainter &painter, const Theme &theme, const CauseArrow &arrow) const
{
    const auto from = m_view.lanes().rowOf(arrow.from);
    const auto to = m_view.lanes().rowOf(arrow.to);
    if (!from || !to || *from == *to)
        return;
    const LaneGeometry geometry = this->geometry();
    const bool down = *to > *from;
    const double edge = LaneGeometry::barHeight / 2.0 * (down ? 1 : -1);
    const QPointF start(scale().x(arrow.fromTime), geometry.center(*from) + edge);
    const QPointF tip(scale().x(arrow.toTime), geometry.center(*to) - edge);
    constexpr double far = 5000; // a path of millions of pixels would take its time
    if (std::max(start.x(), tip.x()) < -far || std::min(start.x(), tip.x()) > width() + far
        || std::abs(start.x() - tip.x()) > far)
        return;
    const double bend = std::max(10.0, std::abs(tip.y() - start.y()) * 0.45) * (down ? 1 : -1);
    QPainterPath path(start);
    path.cubicTo(start + QPointF(0, bend), tip - QPointF(0, bend), tip);
    const double head = down ? -6 : 6;
    QPolygonF triangle {tip, tip + QPointF(-4, head), tip + QPointF(4, head)};

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.base, 4));
    painter.drawPath(path);
    painter.setPen(QPen(theme.text, 1.6));
    painter.drawPath(path);
    painter.setPen(QPen(theme.base, 1));
    painter.setBrush(theme.text);
    painter.drawPolygon(triangle);
    painter.drawEllipse(start, 3, 3);
    painter.restore();
}

} // namespace coroscope::ui
