// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QWidget;

namespace coroscope::ui {

/// The commands for downloads: their words, keys and places in the menus. What they do, DownloadCommands
/// decides. Keys that a table needs first hold in the downloads table alone.
struct DownloadActions
{
    explicit DownloadActions(QObject *owner);

    QAction *pause;
    QAction *resume;
    QAction *retry;
    QAction *cancel;
    QAction *remove;
    QAction *removeWithFile;
    QAction *undoRemove;
    QAction *clearEnded;
    QAction *pauseAll;
    QAction *resumeAll;

    QAction *open;
    QAction *openFolder;
    QAction *copyUrl;
    QAction *copyPath;
    QAction *copyError;

    QActionGroup *priority; ///< each holds its number as data
    QAction *toTop;
    QAction *up;
    QAction *down;
    QAction *toBottom;

    QAction *replaceUrl;
    QAction *limit;
    QAction *startAt;
    QAction *login;

    /// For the selected rows.
    void fillContext(QMenu &menu) const;
    /// The same by and by, and what concerns all.
    void fillMenu(QMenu &menu) const;
    /// Makes the keys work in `view`.
    void listenIn(QWidget *view) const;

private:
    void fillPriority(QMenu &menu) const;
    void fillOrder(QMenu &menu) const;
};

} // namespace coroscope::ui
