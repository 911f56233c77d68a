// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tasks/tasklistmodel.h"

namespace coroscope::ui {

enum class Side { Done, Pending };

/// One of the two sets: the tasks of the store, or the members of one wait(), that ended or did not yet.
class SideModel : public TaskListModel
{
    Q_OBJECT
public:
    enum Column { Name, What, Elapsed };

    SideModel(Side side, model::TraceStore &store, Pulse &pulse, QObject *parent = nullptr);

    /// None: all tasks.
    void setWait(WaitId wait);
    void setFilterText(const QString &text);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    std::vector<TaskId> wantedRows() const override;
    std::pair<int, int> tickingColumns() const override { return {What, Elapsed}; }

private:
    Side m_side;
    WaitId m_wait;
    QString m_text;
};

} // namespace coroscope::ui
