// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/tasklistmodel.h"

#include <QElapsedTimer>

#include <algorithm>

namespace coroscope::ui {

namespace {

/// From what cost on a refresh is paced.
constexpr qint64 cheap = 1'500'000;
constexpr int pace = 9;

} // namespace

TaskListModel::TaskListModel(model::TraceStore &store, Pulse &pulse, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_pulse(pulse)
{
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (mayFollow())
            refreshNow();
    });
    connect(&pulse, &Pulse::frozenChanged, this, [this](bool frozen) {
        if (!frozen && m_stale)
            refreshSoon();
    });
    connect(&pulse, &Pulse::beat, this, &TaskListModel::onBeat);
    connect(&pulse, &Pulse::tick, this, &TaskListModel::onTick);
    connect(&pulse, &Pulse::momentChanged, this, &TaskListModel::onMoment);
    m_refresh.start(0);
}

int TaskListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

TaskId TaskListModel::taskAt(int row) const
{
    return row >= 0 && std::size_t(row) < m_rows.size() ? m_rows[std::size_t(row)] : TaskId {};
}

int TaskListModel::rowOf(TaskId task) const { return m_index.rowOf(task); }

void TaskListModel::setActive(bool active)
{
    m_active = active;
    if (active)
        freshen();
}

void TaskListModel::freshen()
{
    if (m_stale)
        refreshNow();
}

void TaskListModel::refreshSoon()
{
    m_stale = true;
    if (!m_active || m_refresh.isActive())
        return;
    if (m_lastCost < cheap)
        refreshNow();
    else
        m_refresh.start(
            std::chrono::ceil<std::chrono::milliseconds>(std::chrono::nanoseconds(m_lastCost * pace)));
}

void TaskListModel::refreshNow()
{
    m_refresh.stop();
    m_stale = false;
    QElapsedTimer cost;
    cost.start();
    setRows(wantedRows());
    m_lastCost = cost.nsecsElapsed();
    emit refreshed();
}

/// A frozen picture stands still, but for a playhead in it.
bool TaskListModel::mayFollow() const { return !m_pulse.isFrozen() || moment().isPast(); }

void TaskListModel::onMoment()
{
    refreshSoon();
    if (m_active && !m_rows.empty())
        emit dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
}

void TaskListModel::onBeat(const model::ChangeSet &changes)
{
    if (moment().isPast() && !changes.cleared)
        return;
    if ((changes.cleared || !changes.forgotten.empty()) && m_active) {
        refreshNow(); // what is gone must not be shown a moment longer
    } else if (!m_active || m_stale || !onlyAppends()) {
        refreshSoon();
    } else if (!changes.created.empty()) {
        std::vector<TaskId> tasks;
        for (const TaskId id : changes.created) {
            const model::Task *task = m_store.task(id);
            if (task && rowOf(id) < 0 && accepts(*task))
                tasks.push_back(id);
        }
        append(tasks);
        emit refreshed();
    }
    touch(changes.changed);
}

void TaskListModel::onTick()
{
    if (!m_active || m_rows.empty() || moment().isPast())
        return;
    const auto [first, last] = tickingColumns();
    emit dataChanged(index(0, first), index(int(m_rows.size()) - 1, last), {Qt::DisplayRole});
}

void TaskListModel::touch(const std::vector<TaskId> &tasks)
{
    int first = int(m_rows.size());
    int last = -1;
    for (const TaskId id : tasks) {
        const int row = rowOf(id);
        if (row >= 0) {
            first = std::min(first, row);
            last = std::max(last, row);
        }
    }
    // One signal for the span: a view repaints the rows that are seen, however many there are.
    if (last >= 0)
        emit dataChanged(index(first, 0), index(last, columnCount() - 1));
}

void TaskListModel::append(const std::vector<TaskId> &tasks)
{
    if (tasks.empty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + tasks.size()) - 1);
    for (const TaskId id : tasks) {
        m_index.set(id, std::int32_t(m_rows.size()));
        m_rows.push_back(id);
    }
    endInsertRows();
}

/// Brings the rows to `next` by: moving what goes to the end, removing it, putting what stays in order,
/// inserting what comes at the end, moving that to its place. Steps that do nothing are left out.
void TaskListModel::setRows(std::vector<TaskId> next)
{
    if (next == m_rows)
        return;
    const std::size_t shown = m_rows.size();
    if (next.size() > shown && std::equal(m_rows.begin(), m_rows.end(), next.begin())) {
        append({next.begin() + std::ptrdiff_t(shown), next.end()});
        return;
    }
    std::vector<bool> wanted;
    for (const TaskId id : next) {
        if (wanted.size() <= id.value)
            wanted.resize(std::max<std::size_t>(id.value + 1, wanted.size() * 2));
        wanted[id.value] = true;
    }
    const auto stays = [&wanted](TaskId id) { return id.value < wanted.size() && wanted[id.value]; };

    std::vector<TaskId> kept;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(kept), stays);
    if (const std::size_t count = shown - kept.size(); count > 0) {
        std::size_t first = std::size_t(std::find_if_not(m_rows.begin(), m_rows.end(), stays)
                                        - m_rows.begin());
        const auto block = std::span(m_rows).subspan(first);
        if (std::any_of(block.begin(), block.begin() + std::ptrdiff_t(std::min(count, block.size())),
                        stays)) {
            std::vector<TaskId> order = kept;
            std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(order), std::not_fn(stays));
            permute(std::move(order));
            first = kept.size();
        }
        beginRemoveRows({}, int(first), int(first + count) - 1);
        assign(std::move(kept));
        endRemoveRows();
    }
    std::vector<TaskId> staying;
    std::vector<TaskId> coming;
    for (const TaskId id : next)
        (rowOf(id) >= 0 ? staying : coming).push_back(id);
    if (staying != m_rows)
        permute(staying);
    append(coming);
    if (next != m_rows)
        permute(std::move(next));
}

void TaskListModel::permute(std::vector<TaskId> next)
{
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<TaskId> tasks;
    for (const QModelIndex &index : before)
        tasks.push_back(taskAt(index.row()));
    assign(std::move(next));
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(rowOf(tasks[std::size_t(i)]), before[i].column());
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void TaskListModel::assign(std::vector<TaskId> rows)
{
    m_rows = std::move(rows);
    m_index.assign(m_rows);
}

} // namespace coroscope::ui
