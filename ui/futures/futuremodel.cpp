// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/futures/futuremodel.h"

#include "ui/durations.h"
#include "ui/pulse.h"
#include "ui/tasks/tasklistmodel.h"

#include <QCoreApplication>

namespace coroscope::ui {

using model::Future;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::FutureWords)
};

} // namespace

QString stateText(Future::State state)
{
    switch (state) {
    case Future::State::Pending:
        return Words::tr("pending");
    case Future::State::Done:
        return Words::tr("done");
    case Future::State::Failed:
        return Words::tr("failed");
    case Future::State::Cancelled:
        return Words::tr("cancelled");
    case Future::State::Dropped:
        return Words::tr("dropped");
    }
    return {};
}

QString outcomeText(const Future &future)
{
    switch (future.state) {
    case Future::State::Pending:
        return future.settable ? Words::tr("can be set by hand") : Words::tr("its task will set it");
    case Future::State::Done:
        return future.result.isEmpty() ? QStringLiteral("–") : future.result.left(1000).simplified();
    case Future::State::Failed:
        return future.error.left(1000).simplified();
    case Future::State::Cancelled:
        return Words::tr("cancelled");
    case Future::State::Dropped:
        return Words::tr("nobody can set it any more");
    }
    return {};
}

FutureModel::FutureModel(Pulse &pulse, QObject *parent)
    : QAbstractTableModel(parent)
    , m_pulse(pulse)
{
    connect(&pulse, &Pulse::beat, this, &FutureModel::onBeat);
    connect(&pulse, &Pulse::tick, this, [this] {
        if (!moment().isPast() && pendingCount() > 0)
            emit dataChanged(index(0, Age), index(rowCount() - 1, Age), {Qt::DisplayRole});
    });
    connect(&pulse, &Pulse::momentChanged, this, &FutureModel::onMoment);
    follow(true);
}

const model::Moment &FutureModel::moment() const { return m_pulse.moment(); }

FutureId FutureModel::futureAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[std::size_t(row)] : FutureId {};
}

int FutureModel::pendingCount() const
{
    return int(std::ranges::count_if(m_rows, [this](FutureId id) {
        const Future *future = moment().store().future(id);
        const model::Time resolved = future ? future->resolved.value_or(model::Time::max()) : model::Time {};
        return moment().isPast() ? resolved > moment().now()
                                 : future && future->state == Future::State::Pending;
    }));
}

void FutureModel::onBeat(const model::ChangeSet &changes)
{
    if (changes.cleared) {
        follow(true);
        return;
    }
    if (changes.trimmed)
        removeForgotten();
    if (moment().isPast())
        return;
    follow(false);
    // Who awaits a future changes with the tasks, which the list of changed futures need not tell.
    if (!m_rows.empty() && (!changes.futures.empty() || !changes.changed.empty())) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, Age));
        emit refreshed();
    }
}

/// Stretch by stretch from the end: what is selected stays so.
void FutureModel::removeForgotten()
{
    const auto isKnown = [this](FutureId id) { return moment().store().future(id) != nullptr; };
    for (auto end = m_rows.size(); end > 0;) {
        if (isKnown(m_rows[end - 1])) {
            --end;
            continue;
        }
        std::size_t first = end - 1;
        while (first > 0 && !isKnown(m_rows[first - 1]))
            --first;
        beginRemoveRows({}, int(first), int(end) - 1);
        m_rows.erase(m_rows.begin() + std::ptrdiff_t(first), m_rows.begin() + std::ptrdiff_t(end));
        endRemoveRows();
        end = first;
    }
}

void FutureModel::onMoment()
{
    follow(false);
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, Age));
    emit refreshed();
}

/// Where the forgotten are gone, futures come and go at the end alone.
void FutureModel::follow(bool anew)
{
    const std::span<const FutureId> now = moment().futures();
    const std::size_t shown = m_rows.size();
    if (anew) {
        beginResetModel();
        m_rows.assign(now.begin(), now.end());
        endResetModel();
        emit refreshed();
    } else if (now.size() > shown) {
        beginInsertRows({}, int(shown), int(now.size()) - 1);
        m_rows.insert(m_rows.end(), now.begin() + std::ptrdiff_t(shown), now.end());
        endInsertRows();
    } else if (now.size() < shown) {
        beginRemoveRows({}, int(now.size()), int(shown) - 1);
        m_rows.resize(now.size());
        endRemoveRows();
    }
}

int FutureModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FutureModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : Age + 1; }

QVariant FutureModel::data(const QModelIndex &index, int role) const
{
    const auto future = moment().future(futureAt(index.row()));
    if (!future)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return cellText(*future, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == Age ? Qt::AlignRight : Qt::AlignLeft));
    case TaskListModel::ToneRole: {
        const bool outcome = index.column() == Outcome || index.column() == State;
        if (outcome && (future->state == Future::State::Failed || future->state == Future::State::Dropped))
            return int(Tone::Bad);
        if (index.column() == State && future->state == Future::State::Done)
            return int(Tone::Good);
        if (index.column() == Name || (outcome && future->state == Future::State::Done))
            return {};
        return int(Tone::Dim);
    }
    default:
        return {};
    }
}

QString FutureModel::cellText(const Future &future, int column) const
{
    switch (column) {
    case State:
        return stateText(future.state);
    case Name:
        return future.name;
    case Type:
        return future.type;
    case Awaiting:
        return awaitingText(future);
    case Outcome:
        return outcomeText(future);
    case Age:
        return formatDuration(future.resolved.value_or(std::max(m_pulse.now(), future.created))
                              - future.created);
    }
    return {};
}

QString FutureModel::awaitingText(const Future &future) const
{
    QStringList names;
    for (const TaskId id : future.awaiting) {
        if (const model::Task *task = moment().store().task(id))
            names << task->name;
        if (names.size() == 5 && future.awaiting.size() > 5) {
            names << tr("%n more", nullptr, int(future.awaiting.size() - 5));
            break;
        }
    }
    return names.isEmpty() ? tr("nobody") : names.join(QStringLiteral(", "));
}

QVariant FutureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Age ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Name:
        return tr("Name");
    case Type:
        return tr("Type");
    case Awaiting:
        return tr("Awaited by");
    case Outcome:
        return tr("Result or exception");
    default:
        return tr("Age");
    }
}

} // namespace coroscope::ui
