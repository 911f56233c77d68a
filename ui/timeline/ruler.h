// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace coroscope::ui {

class NoteMarks;
class TimelineView;
struct PlayheadMark;

/// Pixels between two marks of time, at least.
constexpr double leastTickDistance = 80;

/// The moments above the lanes, the flag of "now", gaps where events were lost. Dragging it moves in time.
/// A click on a mark goes to it, a double click edits its note. Shift+click sets the playhead; its handle can
/// be dragged.
class Ruler : public QWidget
{
    Q_OBJECT
public:
    Ruler(TimelineView &view, NoteMarks &notes, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    PlayheadMark mark() const;
    QFont smallFont() const;
    bool movesPlayhead(const QMouseEvent &event) const;
    void scrub(double x);

    TimelineView &m_view;
    NoteMarks &m_notes;
    double m_dragX = 0;
    bool m_scrubs = false; ///< the drag moves the playhead
};

} // namespace coroscope::ui
