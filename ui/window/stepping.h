// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QToolBar;

namespace coroscope::ui {

class Selection;
class TaskCommands;

/// How the loop is scheduled, for the status bar: "held: time stands still, 3 ready". Empty while it simply
/// runs.
QString schedulingText(tasks::Session &session);

/// The commands that hold the loop, step through its ready queue and slow it down: in a menu and on the tool
/// bar. The keys are those of the browsers' debuggers. What is checked and enabled follows the session.
class Stepping : public QObject
{
    Q_OBJECT
public:
    Stepping(tasks::Session &session, const Selection &selection, TaskCommands &commands, QObject *parent);
    ~Stepping() override;

    QMenu *menu() const { return m_menu.get(); }
    void fill(QToolBar &bar) const;
    /// The selection or its state has changed.
    void update();

private:
    void setTip(QAction *action, const QString &tip);

    tasks::Session &m_session;
    const Selection &m_selection;
    TaskCommands &m_commands;
    std::unique_ptr<QMenu> m_menu;
    QMenu *m_slow;
    QAction *m_hold;
    QAction *m_step;
    QAction *m_runToNext;
    QActionGroup *m_pace; ///< each holds its entries a second as data
};

} // namespace coroscope::ui
