// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/taskcommands.h"

#include "ui/pulse.h"
#include "ui/selection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace coroscope::ui {

TaskCommands::TaskCommands(tasks::Session &session, Selection &selection, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_selection(selection)
{ }

QString TaskCommands::obstacle() const
{
    return m_pulse && m_pulse->moment().isPast()
               ? tr("A past moment is shown: go back to the present to do this.")
               : QString();
}

void TaskCommands::cancel(const std::vector<TaskId> &tasks)
{
    if (!obstacle().isEmpty())
        return;
    for (const TaskId id : tasks) {
        const model::Task *task = m_session.store().task(id);
        if (task && !model::hasEnded(task->state))
            m_session.post(tasks::Cancel {id});
    }
}

void TaskCommands::runAgain(const std::vector<TaskId> &tasks)
{
    for (const TaskId id : tasks) {
        if (const auto spec = m_session.specOf(id))
            m_session.post(tasks::Launch {*spec});
    }
}

void TaskCommands::runToNext(const std::vector<TaskId> &tasks)
{
    if (canRunToNext(tasks))
        m_session.post(tasks::RunToNext {tasks.front()});
}

bool TaskCommands::canCancel(const std::vector<TaskId> &tasks) const
{
    return m_session.takesCommands() && obstacle().isEmpty()
           && std::any_of(tasks.begin(), tasks.end(), [this](TaskId id) { return canResume(id); });
}

bool TaskCommands::canRunToNext(const std::vector<TaskId> &tasks) const
{
    return m_session.takesCommands() && obstacle().isEmpty() && tasks.size() == 1 && canResume(tasks.front());
}

bool TaskCommands::canResume(TaskId id) const
{
    const model::Task *task = m_session.store().task(id);
    return task && !model::hasEnded(task->state) && task->entity != trace::EntityKind::Loop
           && task->entity != trace::EntityKind::Worker;
}

bool TaskCommands::canRunAgain(const std::vector<TaskId> &tasks) const
{
    return m_session.takesCommands() && std::any_of(tasks.begin(), tasks.end(), [this](TaskId id) {
               return m_session.specOf(id).has_value();
           });
}

void TaskCommands::populate(QMenu &menu, const std::vector<TaskId> &tasks, const QString &rowText)
{
    QAction *cancel = menu.addAction(tr("Cancel"), this, [=, this] { this->cancel(tasks); });
    cancel->setEnabled(canCancel(tasks));
    QAction *again = menu.addAction(tr("Run Again"), this, [=, this] { runAgain(tasks); });
    again->setEnabled(canRunAgain(tasks));
    QAction *next = menu.addAction(tr("Run to Next Resumption"), this, [=, this] { runToNext(tasks); });
    next->setEnabled(canRunToNext(tasks));
    if (const QString why = obstacle(); !why.isEmpty()) {
        menu.setToolTipsVisible(true);
        cancel->setToolTip(why);
        next->setToolTip(why);
    }
    menu.addSeparator();
    const model::Moment present(m_session.store());
    const auto first = tasks.empty() ? nullptr : (m_pulse ? m_pulse->moment() : present).task(tasks.front());
    QAction *show = menu.addAction(tr("Show on the Timeline"), this,
                                   [this, id = tasks.empty() ? TaskId {} : tasks.front()] {
                                       m_selection.reveal(id);
                                   });
    show->setEnabled(first != nullptr);
    menu.addSeparator();
    if (first) {
        addCopy(menu, tr("Copy Name"), first->name);
        addCopy(menu, tr("Copy Result"), first->result);
        addCopy(menu, tr("Copy Error"), first->error);
        addCopy(menu, tr("Copy URL"), urlOf(first->id));
    }
    addCopy(menu, tasks.size() > 1 ? tr("Copy Rows") : tr("Copy Row"), rowText);
}

void TaskCommands::addCopy(QMenu &menu, const QString &title, const QString &text)
{
    if (!text.isEmpty())
        menu.addAction(title, this, [text] { QGuiApplication::clipboard()->setText(text); });
}

QString TaskCommands::urlOf(TaskId task) const
{
    const auto spec = m_session.specOf(task);
    if (!spec)
        return {};
    if (const auto *download = std::get_if<tasks::DownloadSpec>(&*spec))
        return download->url.toString(QUrl::FullyEncoded);
    if (const auto *redis = std::get_if<tasks::RedisSpec>(&*spec))
        return redis->url.toString(QUrl::RemovePassword | QUrl::FullyEncoded);
    if (const auto *mysql = std::get_if<tasks::MySqlSpec>(&*spec))
        return mysql->url.toString(QUrl::RemovePassword | QUrl::FullyEncoded);
    return {};
}

} // namespace coroscope::ui
