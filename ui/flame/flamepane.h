// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/flame/flameview.h"
#include "ui/timeline/rangedreading.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace coroscope::ui {

class EmptyState;
class Pulse;
class Selection;

/// The flame graph of all tasks or of the selected one, by busy or by waiting time, of the session or of what
/// the timeline shows of it. It reads the store bit by bit, only while it is seen.
class FlamePane : public QWidget
{
    Q_OBJECT
public:
    FlamePane(model::TraceStore &store, Pulse &pulse, Selection &selection, const TimelineView &timeline,
              QWidget *parent = nullptr);

    FlameView *view() const { return m_view; }
    RangeChoice *range() const { return m_range; }
    /// Nothing stands beside the pane's tab: the choices need more room.
    QWidget *corner() const { return m_corner; }

private:
    QWidget *buildHead();
    void startAnew();
    bool readOn();
    void showPicture();
    void showWords();
    QString emptyText() const;
    TaskId wantedRoot() const;

    model::TraceStore &m_store;
    Pulse &m_pulse;
    Selection &m_selection;
    Pacer m_pacer;
    RangeChoice *m_range;
    TaskId m_root;
    RangedReading<model::FlameGraph> m_graph;
    QPushButton *m_busy;
    QPushButton *m_waiting;
    QComboBox *m_scope;
    QLineEdit *m_search;
    QLabel *m_found;
    QLabel *m_line; ///< the frame under the pointer, or the focused one
    FlameView *m_view;
    EmptyState *m_empty;
    QWidget *m_corner;
};

} // namespace coroscope::ui
