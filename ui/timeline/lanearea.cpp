// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanearea.h"

#include "ui/selection.h"
#include "ui/timeline/heldstretches.h"
#include "ui/timeline/slicetip.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

// The widget's doings with mouse and tool tips; what it draws is in lanearea_paint.cpp.
namespace coroscope::ui {

LaneArea::LaneArea(TimelineView &view, Navigation &navigation, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_navigation(navigation)
{
    setAccessibleName(tr("Timeline"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

LaneArea::~LaneArea() = default;

LaneGeometry LaneArea::geometry() const
{
    return {m_view.lanes().size(), m_view.lanes().topLanes(), height(), m_view.scroll()};
}

TimeScale LaneArea::scale() const { return {m_view.range(), double(width())}; }

LaneContext LaneArea::context(double pixelRatio) const
{
    return {.store = m_view.store(),
            .scale = scale(),
            .now = m_view.now(),
            .pixelRatio = pixelRatio,
            .letter = m_painter ? m_painter->letterWidth() : 6.2,
            .past = m_view.isReplaying() ? &m_view.moment() : nullptr};
}

LaneShapes LaneArea::shapesOf(std::size_t row) const
{
    LaneShapes shapes;
    LaneShaper(context(devicePixelRatioF())).shape(m_view.lanes(), row, shapes);
    return shapes;
}

std::optional<LaneShape> LaneArea::shapeAt(const QPoint &pos) const
{
    const auto row = geometry().rowAt(pos.y());
    if (!row)
        return {};
    const LaneShapes shapes = shapesOf(*row);
    const LaneShape *shape = shapes.at(pos.x());
    return shape ? std::optional(*shape) : std::nullopt;
}

QString LaneArea::tipAt(const QPoint &pos) const
{
    const TipContext context {m_view.store(), Theme::of(palette()), m_view.now()};
    if (const auto shape = shapeAt(pos))
        return sliceTip(context, *shape);
    const Time time = scale().time(pos.x());
    for (const model::Mark &mark : m_view.store().marks()) {
        if (mark.kind != model::Mark::Kind::Blocked && time >= mark.begin && time < endOf(mark, m_view.now()))
            return markTip(context, mark);
    }
    return {};
}

Time LaneArea::anchor() const
{
    const QPoint pointer = mapFromGlobal(QCursor::pos());
    const TimeRange range = m_view.range();
    return rect().contains(pointer) && underMouse() ? scale().time(pointer.x())
                                                    : range.begin + range.length() / 2;
}

bool LaneArea::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString tip = m_drag == Drag::None || m_drag == Drag::Pressed ? tipAt(help->pos()) : QString();
    if (tip.isEmpty()) {
        QToolTip::hideText();
        event->ignore();
    } else {
        QToolTip::showText(help->globalPos(), tip, this);
    }
    return true;
}

void LaneArea::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_painter.reset();
    QWidget::changeEvent(event);
}

void LaneArea::focusInEvent(QFocusEvent *event)
{
    m_focusShown = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
                   || event->reason() == Qt::ShortcutFocusReason;
    QWidget::focusInEvent(event);
    update();
    emit focusMoved();
}

void LaneArea::focusOutEvent(QFocusEvent *event)
{
    m_focusShown = false;
    QWidget::focusOutEvent(event);
    update();
    emit focusMoved();
}

void LaneArea::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressed = m_dragged = event->pos();
    m_drag = event->modifiers() & Qt::ShiftModifier ? Drag::Region : Drag::Pressed;
    if (m_drag == Drag::Region)
        m_view.setRegion({});
    else if (event->button() == Qt::LeftButton)
        select(event->pos());
}

void LaneArea::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint pos = event->pos();
    if (m_drag == Drag::Pressed && (pos - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
        QToolTip::hideText();
    }
    if (m_drag == Drag::Pan) {
        m_view.pan(double(m_dragged.x() - pos.x()) / std::max(1, width()));
        m_view.setScroll(std::clamp(m_view.scroll() + m_dragged.y() - pos.y(), 0, geometry().maxScroll()));
        m_dragged = pos;
    } else if (m_drag == Drag::Region) {
        const auto [left, right] = std::minmax(m_pressed.x(), pos.x());
        if (left < right)
            m_view.setRegion(TimeRange {scale().time(left), scale().time(right)});
    } else {
        hover(pos);
    }
}

void LaneArea::mouseReleaseEvent(QMouseEvent *)
{
    m_drag = Drag::None;
    unsetCursor();
}

void LaneArea::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const auto shape = shapeAt(event->pos());
    if (!shape)
        return;
    m_view.selection().select(shape->task, shape->slice == model::LaneSpan::beforeFirst
                                               ? std::nullopt
                                               : std::optional(shape->slice));
    m_navigation.zoomTo(withContext({shape->begin, shape->open ? m_view.now() : shape->end}), Jump::Slice);
}

void LaneArea::select(const QPoint &pos)
{
    const auto row = geometry().rowAt(pos.y());
    if (!row) {
        m_view.selection().clear();
        return;
    }
    const auto shape = shapeAt(pos);
    if (shape && shape->slice != model::LaneSpan::beforeFirst)
        m_view.selection().select(shape->task, shape->slice);
    else
        m_view.selection().select(m_view.lanes().lane(*row).task);
}

void LaneArea::hover(const QPoint &pos)
{
    const auto row = geometry().rowAt(pos.y());
    const auto shape = row ? shapeAt(pos) : std::nullopt;
    std::optional<Hovered> hovered;
    if (shape)
        hovered = Hovered {shape->task, shape->slice};
    m_view.selection().hover(row ? m_view.lanes().lane(*row).task : TaskId {});
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void LaneArea::leaveEvent(QEvent *)
{
    m_view.selection().hover({});
    m_hovered.reset();
    update();
}

void LaneArea::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse)
        select(event->pos());
    const TaskId task = m_view.selection().task();
    if (task)
        emit taskContextMenuRequested(task, event->globalPos());
}

} // namespace coroscope::ui
