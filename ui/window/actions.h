// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/loopkind.h"
#include "ui/theme.h"

#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QToolBar;
class QToolButton;

namespace coroscope::ui {

/// The window's commands: their words, keys and places in menus and tool bar. What they do, the window
/// decides.
struct Actions
{
    explicit Actions(QObject *owner);

    QAction *quit;
    QAction *demo;
    QAction *download;
    QAction *redis;
    QAction *mysql;
    QAction *crawl;
    QAction *sleep;
    QAction *examples; ///< shows the gallery
    QAction *runAgain;
    QAction *cancel;
    QAction *cancelAll;
    QAction *clearFinished;
    QAction *find;
    QAction *freeze;
    QAction *replay; ///< checked while the playhead is on
    QAction *panes; ///< shows the tabs at the bottom
    QAction *inspector; ///< shows the inspector
    QActionGroup *theme; ///< each holds its ThemeChoice as data
    QActionGroup *loop; ///< for the next start; each holds its dispatch::LoopKind as data
    QAction *resetLayout;
    QAction *keys;
    QAction *about;

    /// `run`: the menu of what holds and steps the loop. `downloads`: that of the session's queue; null where
    /// there is none.
    /// Returns the first menu, to whose top others may add.
    QMenu *fill(QMenuBar &bar, QMenu *run, QMenu *downloads) const;
    void fill(QToolBar &bar) const;
    /// Into the menu bar that was filled.
    void addBelowClearFinished(const QMenuBar &bar, QMenu &menu) const;
    /// Why what needs the present can't be done; empty: it can.
    void explain(const QString &obstacle) const;
    void checkTheme(ThemeChoice choice) const;
    void checkLoop(dispatch::LoopKind choice) const;

private:
    QToolButton *otherTasks(QToolBar &bar) const;
};

} // namespace coroscope::ui
