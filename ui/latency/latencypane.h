// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/latency.h"
#include "ui/timeline/rangedreading.h"

#include <QScrollArea>

#include <array>

class QComboBox;

namespace coroscope::ui {

class LatencyColumn;
class Selection;

/// How long slices, waits and scheduling delays are, over all tasks or one kind of them, of the session or of
/// what the timeline shows of it. It reads the store bit by bit, only while it is seen.
class LatencyPane : public QWidget
{
    Q_OBJECT
public:
    LatencyPane(model::TraceStore &store, Pulse &pulse, Selection &selection, const TimelineView &timeline,
                QWidget *parent = nullptr);

    LatencyColumn *column(model::Latency::Kind kind) const { return m_columns[std::size_t(kind)]; }
    QComboBox *scope() const { return m_scope; }
    RangeChoice *range() const { return m_range; }
    /// Nothing stands beside the pane's tab: the choices need more room.
    QWidget *corner() const { return m_corner; }

private:
    QWidget *buildHead();
    QWidget *buildColumns(Selection &selection);
    void startAnew();
    bool readOn();
    void showCategories();
    void showFigures();

    model::TraceStore &m_store;
    Pulse &m_pulse;
    Pacer m_pacer;
    RangeChoice *m_range;
    RangedReading<model::Latency> m_latency;
    QWidget *m_corner;
    QComboBox *m_scope; ///< its items' data: the category; invalid: all tasks
    std::array<LatencyColumn *, model::Latency::kinds> m_columns {};
};

} // namespace coroscope::ui
