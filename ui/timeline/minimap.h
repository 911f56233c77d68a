// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/timescale.h"

#include <QElapsedTimer>
#include <QWidget>

#include <vector>

namespace coroscope::ui {

class TimelineView;

/// How busy the whole session was, and which part of it is seen. A drag moves or resizes that part, a click
/// brings it there.
class Minimap : public QWidget
{
    Q_OBJECT
public:
    explicit Minimap(TimelineView &view, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    /// The seen part, in pixels.
    QRectF windowRect() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    enum class Grip { None, Window, Left, Right };
    Grip gripAt(double x) const;
    TimeScale scale() const;
    void drag(double x);
    const std::vector<float> &utilization();

    TimelineView &m_view;
    Grip m_grip = Grip::None;
    double m_dragX = 0;

    // What was drawn last: reading it anew for each frame would show nothing more.
    std::vector<float> m_utilization;
    TimeRange m_utilizationRange;
    quint64 m_utilizationRevision = 0;
    QElapsedTimer m_utilizationAge;
};

} // namespace coroscope::ui
