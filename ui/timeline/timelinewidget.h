// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/timeline/laneshapes.h"
#include "ui/timeline/navigation.h"
#include "ui/timeline/timelinekeys.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QScrollBar;
class QToolButton;

namespace coroscope::ui {

class KeyOverlay;
class LaneArea;
class LaneHeader;
class Minimap;
class Ruler;
class TimelineView;

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
    /// Whether the empty timeline offers a button for the demo.
    void setDemoOffered(bool offered);

    // What is shown, for tests and assistive tools. Points are this widget's.
    QString titleText() const;
    QString laneName(std::size_t row) const;
    QString laneState(std::size_t row) const;
    std::optional<LaneShape> shapeAt(const QPoint &pos) const;
    QString tipAt(const QPoint &pos) const;
    /// Where a task's lane is at a time; outside of the widget where it is scrolled away.
    QPoint pointOf(TaskId task, Time time) const;
    QWidget *laneArea() const;
    QWidget *laneHeader() const;
    QWidget *minimap() const;
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
    void toggleKeys();
    void escape();
    void requestMenu();

    TimelineView &m_view;
    Navigation m_navigation;
    QLabel *m_title;
    QLabel *m_figures;
    QToolButton *m_resume; ///< back to live
    Minimap *m_minimap;
    Ruler *m_ruler;
    LaneHeader *m_header;
    LaneArea *m_area;
    QScrollBar *m_scroll;
    QWidget *m_empty;
    QPushButton *m_demo;
    QPointer<KeyOverlay> m_keys; ///< the window's while shown: there it has room

    QTimer m_frameTimer;
    QElapsedTimer m_sinceFrame;
    QElapsedTimer m_sinceGrowth;
    QElapsedTimer m_sinceTitle;
};

} // namespace coroscope::ui
