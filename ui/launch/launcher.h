// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"
#include "ui/launch/launchhistory.h"

#include <QDialog>
#include <QPointer>

class QWidget;

namespace coroscope::ui {

class LaunchDialog;
class Selection;

/// Opens the launch forms, one at a time, posts what they make, and selects the task that comes of it.
class Launcher : public QObject
{
    Q_OBJECT
public:
    Launcher(tasks::Session &session, Selection &selection, QSettings &settings, QWidget *window);

    /// `lines`: URLs to begin with.
    void openDownload(const QString &lines = {});
    void openRedis();
    void openMySql();
    void openCrawl();
    void openSleep();

signals:
    /// A statement is on its way whose rows somebody may want to see.
    void statementLaunched();
    /// Downloads are on their way into the queue.
    void downloadsAdded();

private:
    void open(LaunchDialog *dialog);
    void show(QDialog *dialog);

    tasks::Session &m_session;
    Selection &m_selection;
    QSettings &m_settings;
    LaunchHistory m_history;
    QWidget *m_window;
    QPointer<QDialog> m_dialog;
    bool m_selectNext = false;
};

} // namespace coroscope::ui
