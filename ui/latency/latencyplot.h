// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/lengthhistogram.h"

#include <QWidget>

namespace coroscope::ui {

/// A histogram of lengths on a logarithmic axis, with its median and upper percentiles marked. As high as
/// there is room for.
class LatencyPlot : public QWidget
{
    Q_OBJECT
public:
    explicit LatencyPlot(QWidget *parent = nullptr);

    /// `category` gives the color.
    void show(const model::LengthHistogram &histogram, const QString &category);
    /// What the bar at a point stands for: "12 of 41.0 µs to 56.0 µs"; empty beside the bars.
    QString textAt(const QPoint &pos) const;

    QSize sizeHint() const override { return {200, 96}; }
    QSize minimumSizeHint() const override { return {90, 60}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Mark
    {
        QString name;
        model::Time at {};
    };
    /// Where bars stand: between the marks' names and the axis' figures.
    QRectF plotRect() const;
    double x(model::Time length) const;
    QRectF barRect(std::size_t index) const;
    QString textOf(const model::LengthHistogram::Bar &bar) const;
    void drawAxis(QPainter &painter) const;
    void drawMarks(QPainter &painter) const;

    std::vector<model::LengthHistogram::Bar> m_bars;
    std::vector<Mark> m_marks;
    QString m_category;
};

} // namespace coroscope::ui
