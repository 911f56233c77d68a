// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/lanelayout.h"
#include "ui/timeline/timescale.h"

#include <QWidget>

namespace coroscope::ui {

/// The lanes of one run that has ended, from its begin on, under a ruler that starts at 0.
class RunPicture : public QWidget
{
    Q_OBJECT
public:
    explicit RunPicture(model::TraceStore &store, QWidget *parent = nullptr);

    void setRun(TaskId first);
    /// How much time the whole width stands for.
    void setLength(Time length);
    Time length() const { return m_length; }
    /// The names of the lanes, from top to bottom.
    QStringList laneNames() const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void readLanes();
    void paintRuler(QPainter &painter, double width) const;

    model::TraceStore &m_store;
    TaskId m_first;
    Time m_length {1};
    LaneLayout m_layout;
    std::vector<std::size_t> m_rows; ///< those of the layout that belong to the run
};

} // namespace coroscope::ui
