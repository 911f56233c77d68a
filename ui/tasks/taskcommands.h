// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QObject>

class QMenu;

namespace coroscope::ui {

class Pulse;
class Selection;

/// What can be done to some tasks, and the menu that offers it.
class TaskCommands : public QObject
{
    Q_OBJECT
public:
    TaskCommands(tasks::Session &session, Selection &selection, QObject *parent = nullptr);

    /// While `pulse` shows a past moment, nothing can be done that the present is needed for.
    void follow(const Pulse &pulse) { m_pulse = &pulse; }
    /// Why nothing can be done right now, in a sentence; empty where nothing stands in the way.
    QString obstacle() const;

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
    const Pulse *m_pulse = nullptr;
};

} // namespace coroscope::ui
