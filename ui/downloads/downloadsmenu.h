// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QPushButton;
class QSettings;
class QWidget;

namespace coroscope::ui {

class BatchEnd;
class ClipboardWatch;
class DownloadsPane;

/// The menu of downloads, and what goes on behind it: the watched clipboard, the batch's end, the computer
/// kept awake.
class DownloadsMenu : public QObject
{
    Q_OBJECT
public:
    /// `add`: the window's action that opens the add dialog. All live in `window`.
    DownloadsMenu(tasks::Session &session, QSettings &settings, DownloadsPane &pane, QAction *add,
                  QWidget *window);

    QMenu *menu() const { return m_menu; }
    /// Offers links that were copied elsewhere, for some time; for the status bar.
    QPushButton *offer() const { return m_offer; }
    BatchEnd &end() const { return *m_end; }

signals:
    /// The add dialog is to open with these lines.
    void addWanted(const QString &lines);
    /// A sentence for the status bar.
    void said(const QString &message);
    void quitWanted();

private:
    void paste();
    void watchClipboard(bool on);
    void showOffer(const QString &links, int count);
    void openSettings();
    void fillEnd();

    tasks::Session &m_session;
    QSettings &m_settings;
    QWidget *m_window;
    QMenu *m_menu;
    ClipboardWatch *m_watch;
    BatchEnd *m_end;
    QActionGroup *m_endActions;
    QPushButton *m_offer;
    QString m_offered;
};

} // namespace coroscope::ui
