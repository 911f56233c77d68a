// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"

#include <QObject>

class QAction;
class QMenu;
class QSettings;
class QToolBar;
class QWidget;

namespace coroscope::ui {

class ExportCommand;

/// The commands for recordings: open one, save the session as one, write one as the session goes, export it.
class RecordingCommands : public QObject
{
    Q_OBJECT
public:
    /// All outlive it. `window`: over which the forms stand.
    RecordingCommands(tasks::Session &session, QSettings &settings, QWidget *window);

    void fill(QMenu &file) const;
    void fill(QToolBar &bar) const;

    /// Asks where to, and says what came of it.
    void save();
    void setRecording(bool wanted);

signals:
    /// A person has chosen a recording.
    void openWanted(const QString &file);
    void said(const QString &message);

private:
    void open();
    void update();
    QString folder() const;
    QString chooseTarget(const QString &title);
    void keepFolder(const QString &file);

    tasks::Session &m_session;
    QSettings &m_settings;
    QWidget *m_window;
    QAction *m_open;
    QAction *m_save;
    QAction *m_record;
    ExportCommand *m_export;
};

} // namespace coroscope::ui
