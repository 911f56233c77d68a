// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/laneheader.h"

#include "ui/contrast.h"
#include "ui/selection.h"
#include "ui/theme.h"
#include "ui/timeline/lanestate.h"
#include "ui/timeline/slicetip.h"
#include "ui/timeline/timelinesearch.h"
#include "ui/timeline/timelineview.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

// What it draws; its doings with the mouse are in laneheader_mouse.cpp.
namespace coroscope::ui {

constexpr int leftMargin = 14;
constexpr int rightMargin = 12;
constexpr int indent = 16;
constexpr int deepest = 8; ///< further levels are not indented: names must stay readable
constexpr int triangleSize = 14;
constexpr int markSize = 12;
constexpr int longestName = 400; ///< letters that are looked at
constexpr int chipMargin = 8;
constexpr int chipHeight = 22;
constexpr double draggedOpacity = 0.4;

LaneHeader::LaneHeader(TimelineView &view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
{
    setAccessibleName(tr("Names of the lanes"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    connect(&view, &TimelineView::lanesChanged, this, &LaneHeader::followDrag);
    connect(&view, &TimelineView::changed, this, [this] {
        if (m_drag)
            moveDrag(); // the wheel may have scrolled
    });
}

LaneGeometry LaneHeader::geometry() const
{
    return {m_view.lanes().size(), m_view.lanes().topLanes(), height(), m_view.scroll()};
}

QString LaneHeader::nameText(std::size_t row) const
{
    const model::Task *task = m_view.store().task(m_view.lanes().lane(row).task);
    return task ? task->name.simplified() : QString();
}

static TimeRange seenOf(const TimelineView &view)
{
    return {std::max(view.range().begin, view.session().begin), std::min(view.range().end, view.now())};
}

QString LaneHeader::stateText(std::size_t row) const
{
    const auto task = m_view.moment().task(m_view.lanes().lane(row).task);
    return task ? laneState(m_view.moment(), *task, seenOf(m_view)).text : QString();
}

static int nameLeft(const Lane &lane) { return leftMargin + std::min(lane.depth, deepest) * indent; }

QRect LaneHeader::triangleRect(int y, const Lane &lane) const
{
    return {nameLeft(lane) - 4, y + (LaneGeometry::pitch - triangleSize) / 2, triangleSize, triangleSize};
}

static void drawTriangle(QPainter &painter, const QRectF &box, bool expanded, const QColor &color)
{
    const QPointF c = box.center();
    QPolygonF triangle;
    if (expanded)
        triangle << c + QPointF(-4, -2.5) << c + QPointF(4, -2.5) << c + QPointF(0, 3.5);
    else
        triangle << c + QPointF(-2.5, -4) << c + QPointF(-2.5, 4) << c + QPointF(3.5, 0);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(triangle);
    painter.restore();
}

static void drawPin(QPainter &painter, QPointF center, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.2));
    painter.drawLine(center, center + QPointF(0, 5));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(center - QPointF(0, 2), 2.6, 2.6);
    painter.restore();
}

/// "!" for blocking, "?" for a wait that nobody will end.
static void drawWarning(QPainter &painter, const QRectF &box, const Theme &theme, const QFont &font,
                        bool blocks)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(blocks ? theme.blocking : theme.dimText);
    painter.drawEllipse(box);
    QFont letter = font;
    letter.setPixelSize(9);
    letter.setWeight(QFont::Bold);
    painter.setFont(letter);
    painter.setPen(blocks ? theme.onSolid : theme.base);
    painter.drawText(box, Qt::AlignCenter, blocks ? QStringLiteral("!") : QStringLiteral("?"));
    painter.restore();
}

/// Where a lane would be dropped.
static void drawDropLine(QPainter &painter, const Theme &theme, QPointF from, double right)
{
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(theme.base);
    painter.drawLine(from + QPointF(3, 0), QPointF(right, from.y()));
    painter.drawEllipse(from, 3, 3);
}

/// What is dragged, at the pointer.
static void drawChip(QPainter &painter, const Theme &theme, QPointF at, const QRectF &within,
                     const QString &name)
{
    const QSizeF size(painter.fontMetrics().horizontalAdvance(name) + 2 * chipMargin, chipHeight);
    const double x = std::clamp(at.x(), 0.0, std::max(0.0, within.width() - size.width() - 2));
    const double y = std::clamp(at.y(), 0.0, std::max(0.0, within.height() - size.height() - 2));
    const QRectF chip(QPointF(x + 0.5, y + 0.5), size);
    painter.setPen(theme.border);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(chip, 4, 4);
    painter.setPen(theme.text);
    painter.drawText(chip, Qt::AlignCenter, name);
}

int LaneHeader::paintState(QPainter &painter, const Theme &theme, int y, std::size_t row) const
{
    const auto task = m_view.moment().task(m_view.lanes().lane(row).task);
    if (!task)
        return width() - rightMargin - 6; // not created yet
    const LaneState state = laneState(m_view.moment(), *task, seenOf(m_view));
    QFont font = this->font();
    font.setPixelSize(std::max(10, QFontInfo(font).pixelSize() - 1));
    painter.setFont(font);
    painter.setPen(toneColor(theme, state.tone));
    const QRect line(0, y, width() - rightMargin, LaneGeometry::pitch);
    int left = line.right() - QFontMetrics(font).horizontalAdvance(state.text) - 6;
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, state.text);
    const bool machine = task->entity == trace::EntityKind::Loop || task->entity == trace::EntityKind::Worker;
    const bool blocks = task->blocks > 0 && !machine;
    if (blocks || task->waitsForNobody) {
        left -= markSize;
        drawWarning(painter, QRectF(left, y + (LaneGeometry::pitch - markSize) / 2.0, markSize, markSize),
                    theme, font, blocks);
        left -= 6;
    }
    return left;
}

void LaneHeader::paintRow(QPainter &painter, const Theme &theme, const LaneGeometry &geometry,
                          std::size_t row) const
{
    const Lane &lane = m_view.lanes().lane(row);
    if (!m_view.store().task(lane.task))
        return;
    const int y = geometry.top(row);
    const bool selected = m_view.lanes().rowOf(m_view.selection().task()) == row;
    const bool hovered = m_view.lanes().rowOf(m_view.selection().hovered()) == row;
    const QRect line(0, y, width(), LaneGeometry::pitch);
    if (selected)
        painter.fillRect(line, theme.selectedRow);
    else if (hovered)
        painter.fillRect(line, theme.hoveredRow);
    if (selected)
        painter.fillRect(QRect(0, y, 3, LaneGeometry::pitch),
                         focusProxy() && focusProxy()->hasFocus() ? theme.accent : theme.text);

    const bool dragged = m_drag && m_drag->moves(row);
    painter.setOpacity(dragged ? draggedOpacity : 1);
    const int right = paintState(painter, theme, y, row);
    if (m_view.lanes().isPinned(row))
        drawPin(painter, QPointF(7.5, y + LaneGeometry::pitch / 2.0), theme.dimText);
    int left = nameLeft(lane);
    if (lane.expandable()) {
        drawTriangle(painter, triangleRect(y, lane), lane.expanded(), theme.dimText);
        left += triangleSize;
    }
    QFont font = this->font();
    if (selected)
        font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(m_view.moment().exists(lane.task) ? theme.text : theme.dimText);
    const QString name = QFontMetrics(font).elidedText(nameText(row).left(longestName), Qt::ElideRight,
                                                       right - left);
    const QRect text(left, y, right - left, LaneGeometry::pitch);
    paintFound(painter, theme, text, name, row);
    painter.drawText(text, Qt::AlignVCenter, name);
    painter.setOpacity(1);
}

void LaneHeader::paintFound(QPainter &painter, const Theme &theme, const QRect &line, const QString &name,
                            std::size_t row) const
{
    using Highlight = TimelineSearch::Highlight;
    const Highlight highlight = m_search ? m_search->ofName(m_view.lanes().lane(row).task) : Highlight::None;
    if (highlight == Highlight::None)
        return;
    const auto at = name.indexOf(m_search->text(), 0, Qt::CaseInsensitive);
    const QFontMetrics metrics(painter.font());
    const int left = at < 0 ? 0 : metrics.horizontalAdvance(name.left(at));
    const int length = metrics.horizontalAdvance(at < 0 ? name : name.mid(at, m_search->text().size()));
    const QRect box(line.left() + left - 1, line.top() + 4, length + 2, line.height() - 8);
    painter.fillRect(box, mixed(theme.accent, theme.base, highlight == Highlight::Current ? 0.45 : 0.22));
}

void LaneHeader::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const LaneGeometry geometry = this->geometry();
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    const auto paint = [&](LaneGeometry::Rows rows) {
        for (std::size_t row = rows.first; row < rows.last; ++row)
            paintRow(painter, theme, geometry, row);
    };
    painter.setClipRect(QRect(0, geometry.pinnedHeight(), width(), height()));
    paint(geometry.scrolledRows());
    painter.setClipping(false);
    paint(geometry.pinnedRows());
    if (const auto y = geometry.separator())
        painter.fillRect(QRect(0, *y, width(), 1), mixed(theme.border, theme.base, 0.6));
    if (m_drag)
        paintDrag(painter, theme, geometry);
}

void LaneHeader::paintDrag(QPainter &painter, const Theme &theme, const LaneGeometry &geometry) const
{
    const auto row = m_view.lanes().rowOf(m_drag->lane());
    if (!row)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    if (const auto y = m_drag->line(geometry))
        drawDropLine(painter, theme,
                     QPointF(nameLeft(m_view.lanes().lane(*row)) - 4, std::clamp(*y, 2, height() - 2)),
                     width());
    const QString name = QFontMetrics(font()).elidedText(nameText(*row).left(longestName), Qt::ElideRight,
                                                         width() - 2 * chipMargin - 40);
    painter.setFont(font());
    drawChip(painter, theme, m_pointer + QPoint(14, 6), QRectF(rect()), name);
}

bool LaneHeader::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const auto row = m_drag ? std::nullopt : geometry().rowAt(help->pos().y())) {
        const TipContext context {m_view.store(), Theme::of(palette()), m_view.now()};
        QToolTip::showText(help->globalPos(), laneTip(context, m_view.lanes().lane(*row).task), this,
                           QRect(0, geometry().top(*row), width(), LaneGeometry::pitch));
    } else {
        QToolTip::hideText();
        event->ignore();
    }
    return true;
}

} // namespace coroscope::ui
