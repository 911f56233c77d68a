// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/inspector/slicestatistics.h"

#include <QWidget>

namespace coroscope::ui {

/// The lengths of a task's slices, on a logarithmic axis.
class HistogramView : public QWidget
{
    Q_OBJECT
public:
    explicit HistogramView(QWidget *parent = nullptr);

    /// `category` gives the color.
    void show(std::vector<SliceStatistics::Bar> bars, const QByteArray &category);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRectF barRect(std::size_t index) const;
    static QString textOf(const SliceStatistics::Bar &bar);

    std::vector<SliceStatistics::Bar> m_bars;
    QByteArray m_category;
};

} // namespace coroscope::ui
