// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

#include <QTableView>

#include <vector>

namespace coroscope::download {
class DownloadList;
}

namespace coroscope::model {
class TraceStore;
}

namespace coroscope::ui {

class DownloadCommands;
class DownloadDelegate;
class DownloadModel;
class Selection;

/// The table of downloads. It shares the window's selection: a row stands for its transfer's lane, and for
/// what that lane's task has spawned. Enter or a double click opens a finished file, and shows others on the
/// timeline. Rows are dragged in the order of the queue.
class DownloadView : public QTableView
{
    Q_OBJECT
public:
    DownloadView(DownloadModel &model, const download::DownloadList &list, const model::TraceStore &store,
                 Selection &selection, DownloadCommands &commands, QWidget *parent = nullptr);

    /// In the order of the rows.
    std::vector<download::ItemId> selectedItems() const;
    /// Selects the current row's lane; once it has one, if it has none yet.
    void leadSelection();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void followSelection();
    void remember();
    void recall();
    void act(const QModelIndex &index);
    void hover(int row);

    DownloadModel &m_model;
    const download::DownloadList &m_list;
    const model::TraceStore &m_store;
    Selection &m_selection;
    DownloadCommands &m_commands;
    DownloadDelegate *m_delegate;
    bool m_isLeading = false;
    download::ItemId m_laneless; ///< the selected row, while it has no lane
    // While the model resets:
    std::vector<download::ItemId> m_selectedItems;
    download::ItemId m_currentItem;
    int m_currentRow = -1;
    int m_currentColumn = 0;
};

} // namespace coroscope::ui
