// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/outcomes/sidemodel.h"

#include "ui/durations.h"
#include "ui/tasks/taskfilter.h"

namespace coroscope::ui {

SideModel::SideModel(Side side, model::TraceStore &store, Pulse &pulse, QObject *parent)
    : TaskListModel(store, pulse, parent)
    , m_side(side)
{ }

void SideModel::setWait(WaitId wait)
{
    m_wait = wait;
    refreshNow();
}

void SideModel::setFilterText(const QString &text)
{
    m_text = text;
    refreshNow();
}

int SideModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : 3; }

std::vector<TaskId> SideModel::wantedRows() const
{
    const TaskMatcher matcher({.text = m_text, .calledCoroutines = bool(m_wait)});
    const model::Moment &at = moment();
    std::vector<TaskId> rows;
    const auto add = [&](TaskId id) {
        const model::Task *now = at.store().task(id);
        if (!now || !matcher.mayMatch(*now) || !at.exists(id) || at.hasEnded(id) != (m_side == Side::Done))
            return;
        if (m_text.isEmpty() || matcher.matches(*at.task(id)))
            rows.push_back(id);
    };
    if (!m_wait)
        std::ranges::for_each(at.tasks(), add);
    else if (const auto wait = at.wait(m_wait))
        std::ranges::for_each(wait->members, add);
    if (m_side == Side::Done) {
        std::ranges::sort(rows, {}, [&at](TaskId id) {
            return std::pair(at.store().task(id)->ended.value_or(model::Time {}), id);
        });
    }
    return rows;
}

QVariant SideModel::data(const QModelIndex &index, int role) const
{
    const TaskId id = taskAt(index.row());
    const auto task = moment().task(id);
    if (!task)
        return {};
    const bool ended = model::hasEnded(task->state);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case Name:
            return task->name;
        case What:
            return ended ? outcomeText(*task) : waitText(moment(), *task, pulse().now());
        case Elapsed:
            return formatDuration(timesOf(*task, pulse().now()).total);
        }
        return {};
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == Elapsed ? Qt::AlignRight : Qt::AlignLeft));
    case TaskIdRole:
        return id.value;
    case ToneRole:
        return int(index.column() == Elapsed         ? Tone::Dim
                   : index.column() == What && ended ? outcomeTone(*task)
                                                     : Tone::Normal);
    case CategoryRole:
        return index.column() == Name ? QVariant(task->category.toUtf8()) : QVariant();
    default:
        return {};
    }
}

QVariant SideModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case What:
        return m_side == Side::Done ? tr("Result") : tr("Waits for");
    default:
        return tr("Time");
    }
}

} // namespace coroscope::ui
