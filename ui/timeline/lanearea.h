// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/causearrow.h"
#include "ui/timeline/frametimes.h"
#include "ui/timeline/lanegeometry.h"
#include "ui/timeline/lanepainter.h"
#include "ui/timeline/navigation.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace coroscope::ui {

class NoteMarks;
class TimelineSearch;

/// The lanes themselves: draws them, and turns the mouse's moves into calls of the view.
class LaneArea : public QWidget
{
    Q_OBJECT
public:
    LaneArea(TimelineView &view, Navigation &navigation, QWidget *parent = nullptr);
    ~LaneArea() override;

    LaneGeometry geometry() const;
    TimeScale scale() const;
    /// The slice or wait under a point of this widget.
    std::optional<LaneShape> shapeAt(const QPoint &pos) const;
    /// All that is drawn of a lane, in the order in which it is drawn.
    LaneShapes shapesOf(std::size_t row) const;
    /// What the tool tip at a point says, as rich text.
    QString tipAt(const QPoint &pos) const;
    /// What is found is highlighted; it must live as long as this.
    void setSearch(const TimelineSearch &search) { m_search = &search; }
    /// Marks are drawn through the lanes; they must live as long as this.
    void setNotes(const NoteMarks &notes) { m_notes = &notes; }
    /// How long pictures take is counted and shown.
    void setFrameTimesShown(bool shown);
    bool areFrameTimesShown() const { return m_frameTimesShown; }
    const FrameTimes &frameTimes() const { return m_frameTimes; }
    /// Where time is measured and zoomed at by keys: under the pointer, else in the middle.
    Time anchor() const;
    /// From what caused a slice to it: of the selected slice, of the one that the cause was asked of, of the
    /// one below the pointer.
    std::vector<CauseArrow> arrows() const;
    /// Draws the picture onto a painter as the widget shows it.
    void paint(QPainter &painter, double pixelRatio);

signals:
    void focusMoved();
    void taskContextMenuRequested(coroscope::TaskId task, const QPoint &globalPos);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    enum class Drag { None, Pressed, Pan, Region };

    LanePainter &painterFor(double pixelRatio);
    LaneContext context(double pixelRatio) const;
    void paintGrid(QPainter &painter, const Theme &theme) const;
    void paintRows(QPainter &painter, LanePainter &lanes, LaneGeometry::Rows rows, double pixelRatio);
    void paintFound(QPainter &painter, const Theme &theme, int center) const;
    void paintLost(QPainter &painter, const Theme &theme) const;
    void paintRegion(QPainter &painter, const Theme &theme) const;
    void paintNow(QPainter &painter, const Theme &theme) const;
    void paintArrows(QPainter &painter, const Theme &theme) const;
    void paintArrow(QPainter &painter, const Theme &theme, const CauseArrow &arrow) const;
    void select(const QPoint &pos);
    void hover(const QPoint &pos);

    struct Hovered
    {
        TaskId task;
        std::uint32_t slice = 0;
        friend bool operator==(const Hovered &, const Hovered &) = default;
    };

    TimelineView &m_view;
    Navigation &m_navigation;
    const TimelineSearch *m_search = nullptr;
    const NoteMarks *m_notes = nullptr;
    std::unique_ptr<LanePainter> m_painter;
    double m_painterRatio = 0;
    LaneShapes m_shapes; ///< a buffer
    std::size_t m_spans = 0; ///< in the last picture
    FrameTimes m_frameTimes;
    bool m_frameTimesShown = false;
    Drag m_drag = Drag::None;
    bool m_focusShown = false; ///< came by keyboard
    QPoint m_pressed;
    QPoint m_dragged;
    std::optional<Hovered> m_hovered;
};

} // namespace coroscope::ui
