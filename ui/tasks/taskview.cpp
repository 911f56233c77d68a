// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/taskview.h"

#include "ui/plaintable.h"
#include "ui/selection.h"
#include "ui/tasks/taskcommands.h"
#include "ui/tasks/taskdelegate.h"
#include "ui/tasks/tasklistmodel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace coroscope::ui {

TaskView::TaskView(TaskListModel &model, Selection &selection, TaskCommands &commands, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_selection(selection)
    , m_commands(commands)
    , m_delegate(new TaskDelegate(this))
{
    setModel(&model);
    setItemDelegate(m_delegate);
    makePlain(*this);
    model.setActive(false); // until shown

    connect(&selection, &Selection::changed, this, &TaskView::followSelection);
    connect(&selection, &Selection::hoverChanged, this, [this] {
        m_delegate->setHovered(m_selection.hovered());
        viewport()->update();
    });
    connect(&model, &TaskListModel::refreshed, this, &TaskView::followSelection);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { m_selection.reveal(m_model.taskAt(index.row())); });
}

std::vector<TaskId> TaskView::selectedTasks() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    std::vector<TaskId> tasks;
    for (const int row : rows)
        tasks.push_back(m_model.taskAt(row));
    return tasks;
}

QString TaskView::selectedText() const
{
    QStringList lines;
    for (const TaskId task : selectedTasks()) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            const QString text = m_model.index(m_model.rowOf(task), column).data().toString();
            if (!isColumnHidden(column) && !(text.isEmpty() && column == 0))
                cells << text;
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

void TaskView::followSelection()
{
    const int row = m_model.rowOf(m_selection.task());
    if (row < 0) {
        if (m_model.taskAt(currentIndex().row()) != m_selection.task())
            selectionModel()->clear();
        return;
    }
    if (currentIndex().row() == row)
        return;
    const QModelIndex index = m_model.index(row, std::max(0, currentIndex().column()));
    const int x = horizontalScrollBar()->value();
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (isVisible())
        scrollTo(index);
    horizontalScrollBar()->setValue(x);
}

/// Called after what a person did, not when the current row changes: rows that leave change it too.
void TaskView::leadSelection()
{
    if (const TaskId task = m_model.taskAt(currentIndex().row()))
        m_selection.select(task);
}

void TaskView::contextMenuEvent(QContextMenuEvent *event)
{
    const std::vector<TaskId> tasks = selectedTasks();
    if (tasks.empty())
        return;
    QMenu menu(this);
    m_commands.populate(menu, tasks, selectedText());
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    menu.exec(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void TaskView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(selectedText());
    } else if (event->matches(QKeySequence::Delete)) {
        m_commands.cancel(selectedTasks());
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
               && currentIndex().isValid()) {
        m_selection.reveal(m_model.taskAt(currentIndex().row()));
    } else if (event->key() == Qt::Key_Space || (event->key() == Qt::Key_Slash && !event->modifiers())) {
        event->ignore(); // the window's keys, not the view's search by typing
    } else {
        QTableView::keyPressEvent(event);
        leadSelection();
    }
}

void TaskView::mousePressEvent(QMouseEvent *event)
{
    QTableView::mousePressEvent(event);
    leadSelection();
}

void TaskView::mouseMoveEvent(QMouseEvent *event)
{
    m_selection.hover(m_model.taskAt(indexAt(event->position().toPoint()).row()));
    QTableView::mouseMoveEvent(event);
}

void TaskView::leaveEvent(QEvent *event)
{
    m_selection.hover({});
    QTableView::leaveEvent(event);
}

void TaskView::showEvent(QShowEvent *event)
{
    m_model.setActive(true);
    QTableView::showEvent(event);
    followSelection();
    if (currentIndex().isValid())
        scrollTo(currentIndex());
}

void TaskView::hideEvent(QHideEvent *event)
{
    m_model.setActive(false);
    QTableView::hideEvent(event);
}

void TaskView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRows(*this);
    QTableView::changeEvent(event);
}

} // namespace coroscope::ui
