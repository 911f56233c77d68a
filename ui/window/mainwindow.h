// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/loopkind.h"
#include "core/tasks/session.h"
#include "ui/pulse.h"
#include "ui/replay/playhead.h"
#include "ui/selection.h"
#include "ui/theme.h"

#include <QMainWindow>

class QDockWidget;
class QLineEdit;
class QSettings;

namespace coroscope::ui {

struct Actions;
class AwaitsPane;
class ConsolePane;
class DownloadsMenu;
class DownloadsPane;
class FlamePane;
class FuturesPane;
class GalleryPane;
class InspectorPane;
class LatencyPane;
class Launcher;
class MomentBadge;
class OutcomesPane;
class PaneTabs;
class RecordingCommands;
class RowsPane;
class StatusLine;
class Stepping;
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
    Playhead &playhead() { return m_playhead; }
    /// The timeline shows all there is, from the session's first event to now.
    void showWholeSession();
    /// A recording goes on, or does no more: the timeline keeps to what happens last, or stays.
    void setFollowing(bool following);
    /// A widget in the status line that is shown for some time only; the window becomes its parent.
    void addOffer(QWidget *widget);
    /// Opens the download form with what was dropped, pasted or passed: URLs, one a line.
    void openDownload(const QString &urls);
    /// Brings the list of downloads to the front of the panes.
    void showDownloads();
    /// Opens the gallery at an example.
    void showExample(const QString &id);
    /// Closes without asking what becomes of downloads that run: they are kept for the next start.
    void closeUnasked();

signals:
    /// A recording was chosen or dropped: a window of its own is wanted for it.
    void openWanted(const QString &file);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void addRetentionMenu();
    void buildToolBar();
    void buildDocks();
    void connectActions();
    void connectTimeline();
    void connectReplay();
    void connectSession();
    void connectDownloads();
    void connectGallery();
    void addNavigationKeys();

    TimelineView *makeTimelineView();
    static ThemeChoice applySavedTheme(const QSettings &settings);
    void chooseTheme(ThemeChoice choice);
    void chooseLoop(dispatch::LoopKind loop);
    void setFrozen(bool frozen);
    void setGalleryShown(bool shown);
    void resetLayout();
    void restore();
    void save();
    int runningDownloads() const;
    void askWhetherToQuit(int running);
    void applyFilter(const QString &text);
    void goToFirstHit();
    void focusNext();
    void updateActions();
    void showBadge();
    void say(const QString &message);
    std::vector<TaskId> selectedTasks() const;
    bool downloadsHaveFocus() const;

    tasks::Session &m_session;
    QSettings &m_settings;
    ThemeChoice m_theme; ///< applied before any widget is made, for their fonts
    Selection m_selection;
    Pulse m_pulse;
    Playhead m_playhead;
    std::unique_ptr<Actions> m_actions;
    StatusLine *m_status;
    TaskCommands *m_commands;
    Stepping *m_stepping;
    RecordingCommands *m_recordings;
    Launcher *m_launcher;
    TimelineView *m_timelineView;
    TimelineWidget *m_timeline;
    QLineEdit *m_find;
    OutcomesPane *m_outcomes;
    TasksPane *m_tasks;
    FuturesPane *m_futures;
    DownloadsPane *m_downloads; ///< none where the session has no queue
    DownloadsMenu *m_downloadsMenu; ///< with the pane
    RowsPane *m_rows;
    ConsolePane *m_console;
    FlamePane *m_flame;
    LatencyPane *m_latency;
    AwaitsPane *m_awaits;
    InspectorPane *m_inspector;
    GalleryPane *m_gallery;
    PaneTabs *m_tabs;
    MomentBadge *m_badge; ///< beside the tabs
    QDockWidget *m_panesDock;
    QDockWidget *m_inspectorDock;
    QDockWidget *m_galleryDock;
    bool m_inspectorGaveWay = false; ///< to the gallery
    bool m_isQuitAgreed = false;
};

} // namespace coroscope::ui
