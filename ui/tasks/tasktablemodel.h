// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tasks/taskcolumn.h"
#include "ui/tasks/taskfilter.h"
#include "ui/tasks/tasklistmodel.h"

namespace coroscope::ui {

/// The tasks table: filtered and sorted here, with the keys read once for each sorting.
class TaskTableModel : public TaskListModel
{
    Q_OBJECT
public:
    TaskTableModel(model::TraceStore &store, Pulse &pulse, QObject *parent = nullptr);

    void setFilter(const TaskFilter &filter);
    const TaskFilter &filter() const { return m_filter; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

protected:
    std::vector<TaskId> wantedRows() const override;
    bool onlyAppends() const override;
    bool accepts(const model::Task &task) const override;
    std::pair<int, int> tickingColumns() const override;

private:
    bool isWanted(TaskId id) const;
    QString toolTip(const model::Task &task, TaskColumn column) const;

    TaskFilter m_filter;
    TaskMatcher m_matcher {m_filter};
    TaskColumn m_sortedBy = TaskColumn::Id;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

} // namespace coroscope::ui
