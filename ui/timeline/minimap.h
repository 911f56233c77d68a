// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include "core/model/notes.h"

#include <QElapsedTimer>
#include <QWidget>

#include <vector>

namespace coroscope::ui {

class NoteMarks;
class TimelineView;

/// How busy the whole session was, where one slice blocked a loop, and which part of it is seen. A drag moves
/// or resizes that part, a click brings it there, and one on a mark to the mark; a tool tip says the figures.
class Minimap : public QWidget
{
    Q_OBJECT
public:
    Minimap(TimelineView &view, NoteMarks &notes, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    /// The seen part, in pixels.
    QRectF windowRect() const;
    /// The stretch that is more than is kept, in pixels; empty where nothing was forgotten.
    QRectF forgottenRect() const;
    /// The loop's use at a pixel, who blocked it there, and whether it is forgotten.
    QString tipAt(double x) const;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    enum class Grip { None, Window, Left, Right };
    Grip gripAt(double x) const;
    TimeScale scale() const;
    model::NoteId noteAt(double x) const;
    void drag(double x);
    const std::vector<float> &utilization();

    TimelineView &m_view;
    NoteMarks &m_notes;
    Grip m_grip = Grip::None;
    double m_dragX = 0;

    // What was drawn last: reading it anew for each frame would show nothing more.
    std::vector<float> m_utilization;
    TimeRange m_utilizationRange;
    quint64 m_utilizationRevision = 0;
    QElapsedTimer m_utilizationAge;
};

} // namespace coroscope::ui
