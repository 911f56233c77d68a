// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/selection.h"
#include "ui/timeline/laneheader.h"
#include "ui/timeline/timelineview.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace coroscope::ui {

constexpr int scrollStepMs = 16;

void LaneHeader::mousePressEvent(QMouseEvent *event)
{
    if (cancelDrag() || event->buttons() != event->button())
        return; // another button than the one that drags
    const auto row = geometry().rowAt(event->pos().y());
    if (!row) {
        m_view.selection().clear();
        return;
    }
    const Lane lane = m_view.lanes().lane(*row);
    const bool onTriangle =
        triangleRect(geometry().top(*row), lane).adjusted(-4, -6, 4, 6).contains(event->pos());
    if (event->button() == Qt::LeftButton && lane.expandable() && onTriangle) {
        const Fold shut = lane.hasTasks ? Fold::Closed : Fold::Tasks;
        m_view.setFold(lane.task, lane.expanded() ? shut : opened(lane));
    } else {
        if (event->button() == Qt::LeftButton)
            m_pressed = lane.task;
        m_pressedAt = event->pos();
        m_view.selection().select(lane.task);
    }
}

void LaneHeader::mouseReleaseEvent(QMouseEvent *event)
{
    m_pressed = {};
    if (!m_drag || event->button() != Qt::LeftButton)
        return;
    m_pointer = event->pos();
    moveDrag();
    const TaskId lane = m_drag->lane();
    const auto gap = m_drag->gap();
    endDrag();
    if (gap)
        m_view.moveLane(lane, *gap);
}

void LaneHeader::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto row = geometry().rowAt(event->pos().y());
    if (!row)
        return;
    const Lane lane = m_view.lanes().lane(*row);
    if (triangleRect(geometry().top(*row), lane).adjusted(-4, -6, 4, 6).contains(event->pos()))
        mousePressEvent(event);
    else if (lane.expandable())
        m_view.setFold(lane.task, opened(lane) != lane.fold ? opened(lane) : closed(lane));
}

void LaneHeader::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->pos();
    if (m_pressed && event->buttons() & Qt::LeftButton
        && (m_pointer - m_pressedAt).manhattanLength() >= QApplication::startDragDistance())
        beginDrag();
    if (m_drag)
        return moveDrag();
    if (event->buttons() & Qt::LeftButton)
        return;
    const auto row = geometry().rowAt(m_pointer.y());
    m_view.selection().hover(row ? m_view.lanes().lane(*row).task : TaskId {});
}

void LaneHeader::beginDrag()
{
    const LaneDrag drag(m_view.lanes(), std::exchange(m_pressed, {}));
    if (!drag.isPossible())
        return;
    m_drag = drag;
    m_scrollBefore = m_view.scroll();
    m_view.selection().hover({});
    QToolTip::hideText();
    setCursor(Qt::ClosedHandCursor);
    setFocus(Qt::MouseFocusReason); // Escape must reach us
}

/// The pointer has come to m_pointer, or lanes have come there.
void LaneHeader::moveDrag()
{
    m_drag->moveTo(geometry(), m_pointer.y());
    if (m_drag->scrollStep(geometry()) == 0)
        m_scrolling.stop();
    else if (!m_scrolling.isActive())
        m_scrolling.start(scrollStepMs, this);
    update();
}

void LaneHeader::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_scrolling.timerId() || !m_drag)
        return QWidget::timerEvent(event);
    const LaneGeometry now = geometry();
    m_view.setScroll(std::clamp(m_view.scroll() + m_drag->scrollStep(now), 0, now.maxScroll()));
    moveDrag();
}

void LaneHeader::followDrag()
{
    if (!m_drag)
        return;
    if (m_drag->follow(m_view.lanes()) && m_drag->isPossible())
        moveDrag();
    else
        endDrag();
}

void LaneHeader::endDrag()
{
    m_drag.reset();
    m_scrolling.stop();
    unsetCursor();
    update();
}

bool LaneHeader::cancelDrag()
{
    m_pressed = {};
    if (!m_drag)
        return false;
    endDrag();
    m_view.setScroll(m_scrollBefore);
    return true;
}

void LaneHeader::leaveEvent(QEvent *) { m_view.selection().hover({}); }

void LaneHeader::hideEvent(QHideEvent *event)
{
    cancelDrag();
    QWidget::hideEvent(event);
}

void LaneHeader::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse && m_drag)
        return;
    if (const auto row = geometry().rowAt(event->pos().y())) {
        m_view.selection().select(m_view.lanes().lane(*row).task);
        emit taskContextMenuRequested(m_view.lanes().lane(*row).task, event->globalPos());
    }
}

} // namespace coroscope::ui
