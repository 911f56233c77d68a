// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <QTableView>

#include <vector>

namespace coroscope::ui {

class Selection;
class TaskCommands;
class TaskDelegate;
class TaskListModel;

/// A table of tasks that shares the window's selection and hovering, with the tasks' context menu.
/// Enter or a double click shows the task on the timeline, Delete cancels, Ctrl+C copies rows.
class TaskView : public QTableView
{
    Q_OBJECT
public:
    TaskView(TaskListModel &model, Selection &selection, TaskCommands &commands, QWidget *parent = nullptr);

    /// In the order of the rows.
    std::vector<TaskId> selectedTasks() const;
    /// The selected rows as shown, columns separated by tabs.
    QString selectedText() const;

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void followSelection();
    void leadSelection();

    TaskListModel &m_model;
    Selection &m_selection;
    TaskCommands &m_commands;
    TaskDelegate *m_delegate;
};

} // namespace coroscope::ui
