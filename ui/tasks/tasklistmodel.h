// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/pulse.h"
#include "ui/tasks/rowindex.h"
#include "ui/tasks/taskwords.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace coroscope::ui {

/// A table with a row for each of some tasks of a store, as at the pulse's moment. Subclasses say which, in
/// which order, and what their cells show.
///
/// Rows come, go and move in batches: at most four signals a refresh, never a reset while the store only
/// grows. A refresh that is expensive is paced so that it takes a tenth of the thread's time at most.
class TaskListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        TaskIdRole = Qt::UserRole, ///< uint
        ToneRole, ///< Tone, of a text that isn't normal
        CategoryRole, ///< QByteArray: draw the kind's square
        ProgressRole, ///< double, 0…1: draw a bar
        WarningRole, ///< true: draw the mark
    };

    TaskListModel(model::TraceStore &store, Pulse &pulse, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    /// None outside of the table.
    TaskId taskAt(int row) const;
    /// -1 where the task isn't shown.
    int rowOf(TaskId task) const;
    /// Only an active model follows the store; one that isn't seen need not.
    void setActive(bool active);
    /// Follows now, active or not.
    void freshen();

signals:
    /// Rows or their order changed.
    void refreshed();

protected:
    virtual std::vector<TaskId> wantedRows() const = 0;
    /// Whether new tasks can only come at the end and none moves: then a beat costs by what it brings.
    virtual bool onlyAppends() const { return false; }
    virtual bool accepts(const model::Task &task) const { return isListed(task); }
    /// The columns whose text changes as time goes by.
    virtual std::pair<int, int> tickingColumns() const { return {0, columnCount() - 1}; }

    void refreshSoon();
    void refreshNow();
    const model::Moment &moment() const { return m_pulse.moment(); }
    const Pulse &pulse() const { return m_pulse; }

private:
    void onBeat(const model::ChangeSet &changes);
    void onTick();
    void onMoment();
    bool mayFollow() const;
    void touch(const std::vector<TaskId> &tasks);
    void setRows(std::vector<TaskId> next);
    void append(const std::vector<TaskId> &tasks);
    void permute(std::vector<TaskId> next);
    void assign(std::vector<TaskId> rows);

    model::TraceStore &m_store;
    Pulse &m_pulse;
    std::vector<TaskId> m_rows;
    RowIndex m_index;
    QTimer m_refresh;
    bool m_active = true;
    bool m_stale = true;
    qint64 m_lastCost = 0; ///< ns
};

} // namespace coroscope::ui
