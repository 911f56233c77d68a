// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/session.h"
#include "ui/pulse.h"
#include "ui/selection.h"
#include "ui/theme.h"

#include <QMainWindow>

class QDockWidget;
class QLineEdit;
class QSettings;

namespace coroscope::ui {

struct Actions;
class ConsolePane;
class FuturesPane;
class InspectorPane;
class Launcher;
class OutcomesPane;
class PaneTabs;
class TaskCommands;
class TasksPane;
class TimelineView;
class TimelineWidget;

/// The window on one session: it reads the session's store and posts commands, and knows nothing else of it.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// `session` and `settings` outlive the window. The theme that the settings name is applied to the
    /// application.
    MainWindow(tasks::Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    Selection &selection() { return m_selection; }
    /// The timeline shows all there is, from the session's first event to now.
    void showWholeSession();
    /// Opens the download form with what was dropped, pasted or passed: URLs, one a line.
    void openDownload(const QString &urls);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildToolBar();
    void buildDocks();
    void connectActions();
    void connectTimeline();
    void connectSession();
    void addNavigationKeys();

    static ThemeChoice applySavedTheme(const QSettings &settings);
    void chooseTheme(ThemeChoice choice);
    void setFrozen(bool frozen);
    void resetLayout();
    void restore();
    void save();
    void applyFilter(const QString &text);
    void goToFirstHit();
    void focusNext();
    void updateActions();
    void say(const QString &message);
    std::vector<TaskId> selectedTasks() const;

    tasks::Session &m_session;
    QSettings &m_settings;
    ThemeChoice m_theme; ///< applied before any widget is made, for their fonts
    Selection m_selection;
    Pulse m_pulse;
    std::unique_ptr<Actions> m_actions;
    TaskCommands *m_commands;
    Launcher *m_launcher;
    TimelineView *m_timelineView;
    TimelineWidget *m_timeline;
    QLineEdit *m_find;
    OutcomesPane *m_outcomes;
    TasksPane *m_tasks;
    FuturesPane *m_futures;
    ConsolePane *m_console;
    InspectorPane *m_inspector;
    PaneTabs *m_tabs;
    QDockWidget *m_panesDock;
    QDockWidget *m_inspectorDock;
};

} // namespace coroscope::ui
