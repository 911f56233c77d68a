// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace coroscope::ui {

class TimelineView;

/// Pixels between two marks of time, at least.
constexpr double leastTickDistance = 80;

/// The moments above the lanes, the flag of "now", gaps where events were lost. Dragging it moves in time.
class Ruler : public QWidget
{
    Q_OBJECT
public:
    explicit Ruler(TimelineView &view, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    TimelineView &m_view;
    double m_dragX = 0;
};

} // namespace coroscope::ui
