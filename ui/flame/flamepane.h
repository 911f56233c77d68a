// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/flame/flameview.h"
#include "ui/widgets/pacer.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace coroscope::ui {

class EmptyState;
class Pulse;
class Selection;

/// The flame graph of all tasks or of the selected one, by busy or by waiting time. It reads the store bit by
/// bit, only while it is seen.
class FlamePane : public QWidget
{
    Q_OBJECT
public:
    FlamePane(model::TraceStore &store, Pulse &pulse, Selection &selection, QWidget *parent = nullptr);

    FlameView *view() const { return m_view; }
    /// Nothing stands beside the pane's tab: the choices need more room.
    QWidget *corner() const { return m_corner; }

private:
    QWidget *buildHead();
    void startAnew();
    bool readOn();
    void showPicture();
    void showWords();
    TaskId wantedRoot() const;

    model::TraceStore &m_store;
    Selection &m_selection;
    Pacer m_pacer;
    TaskId m_root;
    model::FlameGraph m_graph;
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
