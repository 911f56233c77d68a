// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/latency.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace coroscope::ui {

class LatencyPlot;

/// One of the latencies: its histogram, its percentiles in words, and the way to who is behind them.
class LatencyColumn : public QWidget
{
    Q_OBJECT
public:
    LatencyColumn(model::Latency::Kind kind, QWidget *parent = nullptr);

    /// What the figures are of: the session by now or by a past moment, or a range of it.
    enum class Extent : std::uint8_t { Session, Past, Range };
    void show(const model::Latency &latency, const std::optional<QString> &category, Extent extent);
    LatencyPlot *plot() const { return m_plot; }

protected:
    void resizeEvent(QResizeEvent *event) override;

signals:
    /// The task and slice at the 99th percentile are wanted on the timeline.
    void wanted(coroscope::TaskId task, std::uint32_t slice);

private:
    void showWords();

    model::Latency::Kind m_kind;
    QLabel *m_count;
    LatencyPlot *m_plot;
    QLabel *m_left;
    QLabel *m_right; ///< in a narrow column all figures stand in the left one
    QStringList m_figures; ///< p50, p90, p99, max
    QPushButton *m_show;
    std::optional<model::Latency::Example> m_example;
};

} // namespace coroscope::ui
