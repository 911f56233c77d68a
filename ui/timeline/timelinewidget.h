// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/causearrow.h"
#include "ui/timeline/laneshapes.h"
#include "ui/timeline/navigation.h"
#include "ui/timeline/notemarks.h"
#include "ui/timeline/timelinekeys.h"
#include "ui/timeline/timelinesearch.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QMenu;
class QPushButton;
class QScrollBar;
class QToolButton;

namespace coroscope::ui {

class FindBar;
class KeyOverlay;
class LaneArea;
class LaneHeader;
class LanesBar;
class Minimap;
class NoteBox;
class NoteEditor;
class RegionPanel;
class Ruler;
class TimelineView;
class TransportBar;

/// The timeline of a store: title, overview, ruler, names and lanes. Draws at most 60 times a second, only
/// while seen, and only when something changed or moves.
class TimelineWidget : public QWidget
{
    Q_OBJECT
public:
    TimelineWidget(TimelineView &view, QWidget *parent = nullptr);
    ~TimelineWidget() override;

    TimelineView &view() const { return m_view; }
    Navigation &navigation() { return m_navigation; }
    void perform(TimelineAction action);
    /// A recording has an end instead of a present. Live at first.
    void setLive(bool live);
    /// Whether the empty timeline offers a button for the demo.
    void setDemoOffered(bool offered);
    /// What a lane's context menu has beside what can be done with its task; it was asked for at `globalPos`.
    void addLaneActions(QMenu &menu, TaskId task, const QPoint &globalPos = {});

    // What is shown, for tests and assistive tools. Points are this widget's.
    QString titleText() const;
    QString laneName(std::size_t row) const;
    QString laneState(std::size_t row) const;
    std::optional<LaneShape> shapeAt(const QPoint &pos) const;
    QString tipAt(const QPoint &pos) const;
    std::vector<CauseArrow> arrows() const;
    /// Where a task's lane is at a time; outside of the widget where it is scrolled away.
    QPoint pointOf(TaskId task, Time time) const;
    QWidget *laneArea() const;
    QWidget *laneHeader() const;
    QWidget *minimap() const;
    const TimelineSearch &search() const { return m_search; }
    NoteMarks &notes() { return m_notes; }
    FindBar *findBar() const;
    TransportBar *transportBar() const; ///< null where the view has no playhead
    RegionPanel *regionPanel() const;
    NoteBox *noteBox() const;
    LanesBar *lanesBar() const;
    QWidget *ruler() const;
    bool isKeyListShown() const;

signals:
    void taskContextMenuRequested(coroscope::TaskId task, const QPoint &globalPos);
    void demoRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void place();
    void repaintAll();
    void scheduleFrame();
    void frame();
    void showTitle();
    void showScroll();
    void showEmptiness();
    void describeSelection();
    void bringIntoSight(std::size_t row);
    void addLaneMoves(QMenu &menu, TaskId lane, std::size_t row);
    void toggleKeys();
    void escape();
    void editNote(const model::Note &note);
    void requestMenu();
    void replay();
    void stepReplay(int direction);
    void follow();

    TimelineView &m_view;
    Navigation m_navigation;
    TimelineSearch m_search;
    NoteMarks m_notes;
    QLabel *m_title;
    QLabel *m_figures;
    QToolButton *m_resume; ///< back to live
    QToolButton *m_replay; ///< null where the view has no playhead
    Minimap *m_minimap;
    Ruler *m_ruler;
    LaneHeader *m_header;
    LaneArea *m_area;
    LanesBar *m_lanesBar;
    FindBar *m_find;
    TransportBar *m_transport;
    RegionPanel *m_region;
    NoteEditor *m_noteEditor;
    NoteBox *m_noteBox;
    QScrollBar *m_scroll;
    QWidget *m_empty;
    QPushButton *m_demo;
    QPointer<KeyOverlay> m_keys; ///< the window's while shown: there it has room

    bool m_live = true;
    QTimer m_frameTimer;
    QElapsedTimer m_sinceFrame;
    QElapsedTimer m_sinceGrowth;
    QElapsedTimer m_sinceTitle;
};

} // namespace coroscope::ui
