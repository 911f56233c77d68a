// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <QWidget>

class QLabel;
class QSettings;
class QToolButton;

namespace coroscope::model {
class TraceStore;
}

namespace coroscope::ui {

class EmptyState;
class Pulse;
class Selection;
class TaskCommands;
class TaskTableModel;
class TaskView;

/// The tasks table with its choice of states and columns.
class TasksPane : public QWidget
{
    Q_OBJECT
public:
    TasksPane(model::TraceStore &store, Pulse &pulse, Selection &selection, TaskCommands &commands,
              QWidget *parent = nullptr);

    TaskView *view() const { return m_view; }
    /// What stands beside the pane's tab: the count and the choice of states.
    QWidget *corner() const { return m_corner; }
    void setFilterText(const QString &text);
    /// The task in the first row; none in an empty table.
    TaskId firstTask();
    void resetLayout();
    void save(QSettings &settings) const;
    void restore(QSettings &settings);

private:
    void buildCorner();
    void showColumnMenu(const QPoint &position);
    std::uint32_t countAll() const;
    void showCount();

    model::TraceStore &m_store;
    Pulse &m_pulse;
    TaskTableModel *m_model;
    TaskView *m_view;
    EmptyState *m_empty;
    QWidget *m_corner;
    QLabel *m_count;
    QToolButton *m_states;
};

} // namespace coroscope::ui
