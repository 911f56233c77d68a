// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QObject>

class QMenu;

namespace coroscope::ui {

class Selection;

/// What can be done to some tasks, and the menu that offers it.
class TaskCommands : public QObject
{
    Q_OBJECT
public:
    TaskCommands(tasks::Session &session, Selection &selection, QObject *parent = nullptr);

    void cancel(const std::vector<TaskId> &tasks);
    void runAgain(const std::vector<TaskId> &tasks);
    /// The loop runs until the (only) task has been resumed once.
    void runToNext(const std::vector<TaskId> &tasks);
    bool canCancel(const std::vector<TaskId> &tasks) const;
    bool canRunAgain(const std::vector<TaskId> &tasks) const;
    bool canRunToNext(const std::vector<TaskId> &tasks) const;

    /// Fills `menu` for `tasks`; `rowText` is what "copy row" copies.
    void populate(QMenu &menu, const std::vector<TaskId> &tasks, const QString &rowText);

private:
    bool canResume(TaskId task) const;
    void addCopy(QMenu &menu, const QString &title, const QString &text);
    QString urlOf(TaskId task) const;

    tasks::Session &m_session;
    Selection &m_selection;
};

} // namespace coroscope::ui
