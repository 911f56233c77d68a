// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/taskspane.h"

#include "ui/tasks/tasktablemodel.h"
#include "ui/tasks/taskview.h"
#include "ui/widgets/emptystate.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSettings>
#include <QToolButton>

#include <numeric>

namespace coroscope::ui {

static constexpr int columnWidths[taskColumnCount] = {30, 56, 84, 190, 80, 74, 74, 74, 56, 110, 100};
static constexpr auto headerKey = "tasks/header-1";

TasksPane::TasksPane(model::TraceStore &store, Pulse &pulse, Selection &selection, TaskCommands &commands,
                     QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_pulse(pulse)
    , m_model(new TaskTableModel(store, pulse, this))
    , m_view(new TaskView(*m_model, selection, commands, this))
    , m_empty(new EmptyState({}, m_view))
    , m_corner(new QWidget(this))
    , m_count(new QLabel(m_corner))
    , m_states(new QToolButton(m_corner))
{
    m_view->setObjectName(QStringLiteral("tasks"));
    m_view->setAccessibleName(tr("Tasks"));
    m_view->setSortingEnabled(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);

    QHeaderView *header = m_view->horizontalHeader();
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(30);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &TasksPane::showColumnMenu);
    resetLayout();
    buildCorner();
    m_empty->follow(m_model);
    connect(m_model, &TaskListModel::refreshed, this, &TasksPane::showCount);
    showCount();
}

void TasksPane::buildCorner()
{
    m_corner->setObjectName(QStringLiteral("tasksCorner"));
    auto *layout = new QHBoxLayout(m_corner);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addStretch();
    layout->addWidget(m_count);
    layout->addWidget(m_states);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_states->setText(tr("States ▾"));
    m_states->setAccessibleName(tr("States"));
    m_states->setProperty("flat", true);
    m_states->setPopupMode(QToolButton::InstantPopup);
    m_states->setToolTip(tr("Which states the table shows"));
    auto *menu = new QMenu(m_states);
    const auto check = [this, menu](const QString &text, bool checked, auto apply) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(checked);
        connect(action, &QAction::toggled, this, [this, apply](bool on) {
            TaskFilter filter = m_model->filter();
            apply(filter, on);
            m_model->setFilter(filter);
        });
    };
    for (std::size_t state = 0; state < m_model->filter().states.size(); ++state) {
        check(stateText(model::TaskState(state)), true,
              [state](TaskFilter &filter, bool on) { filter.states.set(state, on); });
    }
    menu->addSeparator();
    check(tr("called coroutines too"), false,
          [](TaskFilter &filter, bool on) { filter.calledCoroutines = on; });
    m_states->setMenu(menu);
}

void TasksPane::setFilterText(const QString &text)
{
    TaskFilter filter = m_model->filter();
    filter.text = text;
    m_model->setFilter(filter);
}

void TasksPane::showColumnMenu(const QPoint &position)
{
    QHeaderView *header = m_view->horizontalHeader();
    QMenu menu(this);
    for (int column = 0; column < taskColumnCount; ++column) {
        QAction *action = menu.addAction(column == 0 ? tr("Warnings") : columnTitle(TaskColumn(column)));
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(TaskColumn(column) != TaskColumn::Name);
        connect(action, &QAction::toggled, header,
                [header, column](bool on) { header->setSectionHidden(column, !on); });
    }
    menu.addSeparator();
    menu.addAction(tr("Reset Columns"), this, &TasksPane::resetLayout);
    menu.exec(header->mapToGlobal(position));
}

TaskId TasksPane::firstTask()
{
    m_model->freshen();
    return m_model->taskAt(0);
}

void TasksPane::resetLayout()
{
    QHeaderView *header = m_view->horizontalHeader();
    for (int column = 0; column < taskColumnCount; ++column) {
        header->moveSection(header->visualIndex(column), column);
        header->setSectionHidden(column, false);
        header->resizeSection(column, columnWidths[column]);
    }
    m_view->sortByColumn(int(TaskColumn::Id), Qt::AscendingOrder);
}

/// What there is to choose from, at the moment that is shown.
std::uint32_t TasksPane::countAll() const
{
    if (m_pulse.moment().isPast()) {
        const model::Membership sets = m_pulse.moment().membership();
        return std::uint32_t(sets.done.size() + sets.pending.size());
    }
    const auto states = m_store.figures().tasksByState;
    return std::accumulate(states.begin(), states.end(), std::uint32_t(0));
}

void TasksPane::showCount()
{
    const int shown = m_model->rowCount();
    const bool filtered = !m_model->filter().isEmpty();
    const std::uint32_t all = filtered ? countAll() : 0;
    m_count->setText(filtered     ? tr("%1 of %n", nullptr, int(all)).arg(QLocale().toString(shown))
                     : shown == 1 ? tr("1 task")
                                  : tr("%Ln tasks", nullptr, shown));
    m_empty->setText(filtered ? tr("No task matches.\nClear the find field or choose more states.")
                              : tr("No tasks yet.\nStart the demo, a download, a Redis command or a sleep."));
}

void TasksPane::save(QSettings &settings) const
{
    settings.setValue(QLatin1String(headerKey), m_view->horizontalHeader()->saveState());
}

void TasksPane::restore(QSettings &settings)
{
    const QByteArray state = settings.value(QLatin1String(headerKey)).toByteArray();
    if (!state.isEmpty())
        m_view->horizontalHeader()->restoreState(state);
}

} // namespace coroscope::ui
