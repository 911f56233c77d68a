// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/tasktablemodel.h"

#include "ui/quantities.h"

#include <algorithm>

namespace coroscope::ui {

TaskTableModel::TaskTableModel(model::TraceStore &store, Pulse &pulse, QObject *parent)
    : TaskListModel(store, pulse, parent)
{ }

void TaskTableModel::setFilter(const TaskFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_matcher = TaskMatcher(filter);
    refreshNow();
}

int TaskTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : taskColumnCount;
}

QVariant TaskTableModel::data(const QModelIndex &index, int role) const
{
    const TaskId id = taskAt(index.row());
    const auto task = moment().task(id);
    if (!task)
        return {};
    const auto column = TaskColumn(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(moment(), *task, column, pulse().now());
    case Qt::ToolTipRole:
        return toolTip(*task, column);
    case Qt::AccessibleTextRole:
        return column == TaskColumn::Warnings ? toolTip(*task, column)
                                              : cellText(moment(), *task, column, pulse().now());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    case TaskIdRole:
        return id.value;
    case ToneRole:
        if (column == TaskColumn::Name)
            return {};
        return int(column == TaskColumn::State ? stateTone(task->state)
                   : isNumber(column)          ? Tone::Normal
                                               : Tone::Dim);
    case CategoryRole:
        return column == TaskColumn::Name ? QVariant(task->category.toUtf8()) : QVariant();
    case ProgressRole:
        if (const auto part = fraction(task->progress);
            part && column == TaskColumn::State && !model::hasEnded(task->state))
            return *part;
        return {};
    case WarningRole:
        return column == TaskColumn::Warnings && !warningsOf(moment(), *task).empty();
    default:
        return {};
    }
}

QString TaskTableModel::toolTip(const model::Task &task, TaskColumn column) const
{
    switch (column) {
    case TaskColumn::Warnings: {
        QStringList lines;
        for (const Warning &warning : warningsOf(moment(), task))
            lines << warning.text;
        return lines.join(QLatin1Char('\n'));
    }
    case TaskColumn::State:
        return model::hasEnded(task.state) ? outcomeText(task) : waitText(moment(), task, pulse().now());
    case TaskColumn::Location: {
        const model::Location &place = moment().store().location(task.location);
        return task.location ? tr("%1\n%2:%3").arg(place.function, place.file).arg(place.line) : QString();
    }
    default:
        return cellText(moment(), task, column, pulse().now());
    }
}

QVariant TaskTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = TaskColumn(section);
    switch (role) {
    case Qt::DisplayRole:
        return columnTitle(column);
    case Qt::ToolTipRole:
        return columnTip(column);
    case Qt::AccessibleTextRole:
        return column == TaskColumn::Warnings ? tr("Warnings") : columnTitle(column);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

void TaskTableModel::sort(int column, Qt::SortOrder order)
{
    m_sortedBy = column < 0 ? TaskColumn::Id : TaskColumn(column);
    m_order = order;
    refreshNow();
}

/// What a past task did is read from its slices: not more of it than is asked for, where there may be many.
bool TaskTableModel::isWanted(TaskId id) const
{
    if (!moment().isPast() || !m_filter.text.trimmed().isEmpty()) {
        const auto task = moment().task(id);
        return task && m_matcher.matches(*task);
    }
    const model::Task *task = moment().store().task(id);
    const auto standing = task && m_matcher.mayMatch(*task) ? moment().standing(id) : std::nullopt;
    return standing && m_filter.states.test(std::size_t(standing->state));
}

std::vector<TaskId> TaskTableModel::wantedRows() const
{
    std::vector<TaskId> rows;
    for (const TaskId id : moment().tasks()) {
        if (isWanted(id))
            rows.push_back(id);
    }
    const bool ascending = m_order == Qt::AscendingOrder;
    if (m_sortedBy == TaskColumn::Id) {
        if (!ascending)
            std::reverse(rows.begin(), rows.end());
        return rows;
    }
    const model::Time now = pulse().now();
    std::vector<std::pair<SortKey, TaskId>> keyed;
    keyed.reserve(rows.size());
    for (const TaskId id : rows)
        keyed.emplace_back(sortKey(moment(), *moment().task(id), m_sortedBy, now), id);
    std::sort(keyed.begin(), keyed.end(), [ascending](const auto &a, const auto &b) {
        if (!(a.first == b.first))
            return ascending ? a.first < b.first : b.first < a.first;
        return a.second < b.second;
    });
    std::ranges::transform(keyed, rows.begin(), [](const auto &row) { return row.second; });
    return rows;
}

bool TaskTableModel::onlyAppends() const
{
    return m_sortedBy == TaskColumn::Id && m_order == Qt::AscendingOrder && m_filter.isEmpty();
}

bool TaskTableModel::accepts(const model::Task &task) const { return m_matcher.matches(task); }

std::pair<int, int> TaskTableModel::tickingColumns() const
{
    return {int(TaskColumn::Total), int(TaskColumn::Waiting)};
}

} // namespace coroscope::ui
