// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/lanedrag.h"

#include <QBasicTimer>
#include <QWidget>

#include <optional>

namespace coroscope::ui {

struct Theme;
class TimelineSearch;
class TimelineView;

/// The column of names and states beside the lanes. A click selects, on a triangle it opens or closes. Lanes
/// are put in order by dragging.
class LaneHeader : public QWidget
{
    Q_OBJECT
public:
    explicit LaneHeader(TimelineView &view, QWidget *parent = nullptr);

    /// What is read in a row: "GET a.bin", "63 %".
    QString nameText(std::size_t row) const;
    QString stateText(std::size_t row) const;

    /// A lane that is being dragged stays where it was. False if none is.
    bool cancelDrag();

    /// What is found is highlighted; it must live as long as this.
    void setSearch(const TimelineSearch &search) { m_search = &search; }

signals:
    void taskContextMenuRequested(coroscope::TaskId task, const QPoint &globalPos);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    LaneGeometry geometry() const;
    void paintRow(QPainter &painter, const Theme &theme, const LaneGeometry &geometry, std::size_t row) const;
    /// What the state leaves of the row, from its left.
    int paintState(QPainter &painter, const Theme &theme, int y, std::size_t row) const;
    void paintDrag(QPainter &painter, const Theme &theme, const LaneGeometry &geometry) const;
    QRect triangleRect(int y, const Lane &lane) const;

    void beginDrag();
    void moveDrag();
    void followDrag();
    void endDrag();

    /// Behind the letters of a name that are searched for.
    void paintFound(QPainter &painter, const Theme &theme, const QRect &line, const QString &name,
                    std::size_t row) const;

    TimelineView &m_view;
    const TimelineSearch *m_search = nullptr;
    TaskId m_pressed; ///< the lane that may be dragged from here
    QPoint m_pressedAt;
    QPoint m_pointer; ///< while it is dragged
    std::optional<LaneDrag> m_drag;
    int m_scrollBefore = 0;
    QBasicTimer m_scrolling; ///< while the pointer is at an edge
};

} // namespace coroscope::ui
