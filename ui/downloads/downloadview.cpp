// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/downloads/downloadview.h"

#include "core/model/tracestore.h"
#include "ui/downloads/downloadcommands.h"
#include "ui/downloads/downloaddelegate.h"
#include "ui/downloads/downloadmodel.h"
#include "ui/plaintable.h"
#include "ui/selection.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace coroscope::ui {

using download::Item;
using download::ItemId;

DownloadView::DownloadView(DownloadModel &model, const download::DownloadList &list,
                           const model::TraceStore &store, Selection &selection, DownloadCommands &commands,
                           QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_list(list)
    , m_store(store)
    , m_selection(selection)
    , m_commands(commands)
    , m_delegate(new DownloadDelegate(this))
{
    setModel(&model);
    setItemDelegate(m_delegate);
    setDragEnabled(true);
    setDragDropMode(InternalMove);
    setDragDropOverwriteMode(false);
    setDropIndicatorShown(true);
    makePlain(*this);
    commands.actions().listenIn(this);

    connect(&selection, &Selection::changed, this, &DownloadView::followSelection);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &DownloadView::remember);
    connect(&model, &QAbstractItemModel::modelReset, this, &DownloadView::recall);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_commands.setTargets(selectedItems()); });
    connect(&model, &QAbstractItemModel::dataChanged, this, [this] {
        const Item *item = m_laneless ? m_model.itemAt(currentIndex().row()) : nullptr;
        if (item && item->id == m_laneless && item->task && !m_selection.task())
            leadSelection();
    });
    connect(this, &QTableView::doubleClicked, this, &DownloadView::act);
}

std::vector<ItemId> DownloadView::selectedItems() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::vector<ItemId> items;
    for (const int row : rows) {
        if (const Item *item = m_model.itemAt(row))
            items.push_back(item->id);
    }
    return items;
}

void DownloadView::followSelection()
{
    if (m_isLeading)
        return;
    const Item *item = nullptr;
    for (TaskId task = m_selection.task(); task && !item;) {
        item = m_list.ofTask(task);
        const model::Task *known = m_store.task(task);
        task = known ? known->parent : TaskId {};
    }
    const int row = item ? m_model.rowOf(item->id) : -1;
    if (row < 0) {
        selectionModel()->clearSelection();
        return;
    }
    const QModelIndex index = m_model.index(row, std::max(0, currentIndex().column()));
    if (selectionModel()->isSelected(index))
        return;
    const int x = horizontalScrollBar()->value();
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
    horizontalScrollBar()->setValue(x);
}

/// Called after what a person did, not when the current row changes: rows that leave change it too.
void DownloadView::leadSelection()
{
    const Item *item = m_model.itemAt(currentIndex().row());
    if (!item || !selectionModel()->isSelected(currentIndex()))
        return;
    m_laneless = item->task ? ItemId {} : item->id;
    m_isLeading = true;
    m_selection.select(item->task);
    m_isLeading = false;
}

void DownloadView::remember()
{
    m_selectedItems = selectedItems();
    m_currentRow = currentIndex().row();
    m_currentColumn = std::max(0, currentIndex().column());
    const Item *current = m_model.itemAt(m_currentRow);
    m_currentItem = current ? current->id : ItemId {};
}

void DownloadView::recall()
{
    std::vector<int> rows;
    for (const ItemId id : std::exchange(m_selectedItems, {})) {
        if (const int row = m_model.rowOf(id); row >= 0)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    QItemSelection selection;
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        selection.select(m_model.index(rows[i], 0), m_model.index(rows[end - 1], m_model.columnCount() - 1));
        i = end;
    }
    int current = m_model.rowOf(m_currentItem);
    if (current < 0 && m_currentRow >= 0)
        current = std::min(m_currentRow, m_model.rowCount() - 1);
    if (current >= 0) {
        selectionModel()->setCurrentIndex(m_model.index(current, m_currentColumn),
                                          QItemSelectionModel::NoUpdate);
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_commands.setTargets(selectedItems());
}

void DownloadView::act(const QModelIndex &index)
{
    const Item *item = m_model.itemAt(index.row());
    if (item && !m_commands.open(item->id) && item->task)
        m_selection.reveal(item->task);
}

void DownloadView::hover(int row)
{
    m_delegate->setHoveredRow(row);
    const Item *item = m_model.itemAt(row);
    m_selection.hover(item ? item->task : TaskId {});
    viewport()->update();
}

void DownloadView::contextMenuEvent(QContextMenuEvent *event)
{
    if (selectedItems().empty())
        return;
    QMenu menu(this);
    m_commands.actions().fillContext(menu);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    menu.exec(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void DownloadView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        act(currentIndex());
    } else if (event->key() == Qt::Key_Space || (event->key() == Qt::Key_Slash && !event->modifiers())) {
        event->ignore(); // the window's keys, not the view's search by typing
    } else {
        QTableView::keyPressEvent(event);
        leadSelection();
    }
}

void DownloadView::mousePressEvent(QMouseEvent *event)
{
    QTableView::mousePressEvent(event);
    leadSelection();
}

void DownloadView::mouseMoveEvent(QMouseEvent *event)
{
    hover(indexAt(event->position().toPoint()).row());
    QTableView::mouseMoveEvent(event);
}

void DownloadView::leaveEvent(QEvent *event)
{
    hover(-1);
    QTableView::leaveEvent(event);
}

void DownloadView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRows(*this);
    QTableView::changeEvent(event);
}

} // namespace coroscope::ui
