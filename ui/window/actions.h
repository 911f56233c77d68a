// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme.h"

#include <QObject>

class QAction;
class QActionGroup;
class QMenuBar;
class QToolBar;

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
    QAction *sleep;
    QAction *runAgain;
    QAction *cancel;
    QAction *cancelAll;
    QAction *clearFinished;
    QAction *find;
    QAction *freeze;
    QAction *panes; ///< shows the tabs at the bottom
    QAction *inspector; ///< shows the inspector
    QActionGroup *theme; ///< each holds its ThemeChoice as data
    QAction *resetLayout;
    QAction *keys;
    QAction *about;

    void fill(QMenuBar &bar) const;
    void fill(QToolBar &bar) const;
    void checkTheme(ThemeChoice choice) const;
};

} // namespace coroscope::ui
