// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timelinewidget.h"

#include "ui/durations.h"
#include "ui/replay/playhead.h"
#include "ui/replay/transportbar.h"
#include "ui/selection.h"
#include "ui/timeline/findbar.h"
#include "ui/timeline/keyoverlay.h"
#include "ui/timeline/lanearea.h"
#include "ui/timeline/laneheader.h"
#include "ui/timeline/lanesbar.h"
#include "ui/timeline/minimap.h"
#include "ui/timeline/notebox.h"
#include "ui/timeline/noteeditor.h"
#include "ui/timeline/regionpanel.h"
#include "ui/timeline/ruler.h"
#include "ui/timeline/timelineview.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <cmath>
#include <numeric>

namespace coroscope::ui {

constexpr int titleHeight = 36;
constexpr int rulerHeight = 22;
constexpr int widestHeader = 285;
constexpr int narrowestHeader = 150;
constexpr int rightMargin = 12;
constexpr int frameMs = 16;
constexpr int quietFrameMs = 50; ///< while nothing is appended and only "now" moves
constexpr int idleFrameMs = 200; ///< when that has been so for long: somebody may wait for hours
constexpr int quietAfterMs = 500;
constexpr int idleAfterMs = 5000;
constexpr int titleMs = 100;
constexpr double zoomStep = 0.8;
constexpr QLatin1String separator(" \xb7 ");
constexpr double panStep = 0.12;

TimelineWidget::TimelineWidget(TimelineView &view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_navigation(view)
    , m_search(view)
    , m_notes(view)
    , m_title(new QLabel(tr("Timeline"), this))
    , m_figures(new QLabel(this))
    , m_resume(new QToolButton(this))
    , m_replay(view.playhead() ? new QToolButton(this) : nullptr)
    , m_minimap(new Minimap(view, m_notes, this))
    , m_ruler(new Ruler(view, m_notes, this))
    , m_header(new LaneHeader(view, this))
    , m_area(new LaneArea(view, m_navigation, this))
    , m_lanesBar(new LanesBar(view, this))
    , m_find(new FindBar(m_search, this))
    , m_transport(view.playhead() ? new TransportBar(*view.playhead(), view.selection(), this) : nullptr)
    , m_region(new RegionPanel(view, m_navigation, this))
    , m_noteEditor(new NoteEditor(m_notes.list(), this))
    , m_noteBox(new NoteBox(m_notes, this))
    , m_scroll(new QScrollBar(Qt::Vertical, this))
    , m_empty(new QWidget(this))
    , m_demo(new QPushButton(tr("Start the demo"), m_empty))
    , m_keys(new KeyOverlay(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFocusProxy(m_area);
    m_header->setFocusProxy(m_area);
    m_ruler->setFocusProxy(m_area);
    m_title->setProperty("role", QStringLiteral("heading"));
    m_figures->setProperty("role", QStringLiteral("dim"));
    m_resume->setProperty("flat", true);
    m_scroll->setAccessibleName(tr("Scroll the lanes"));
    m_scroll->setSingleStep(LaneGeometry::pitch);

    auto *hint =
        new QLabel(tr("No tasks yet. Start the demo, or add a download, a Redis command or a sleep."),
                   m_empty);
    hint->setProperty("role", QStringLiteral("dim"));
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);
    m_demo->setProperty("primary", true);
    auto *box = new QVBoxLayout(m_empty);
    box->addStretch();
    box->addWidget(hint);
    box->addWidget(m_demo, 0, Qt::AlignHCenter);
    box->addStretch();

    m_frameTimer.setSingleShot(true);
    m_frameTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_frameTimer, &QTimer::timeout, this, &TimelineWidget::frame);
    connect(&view, &TimelineView::changed, this, &TimelineWidget::repaintAll);
    connect(&view, &TimelineView::grown, this, [this] {
        m_sinceGrowth.start();
        scheduleFrame();
    });
    connect(&view, &TimelineView::lanesChanged, this, &TimelineWidget::showScroll);
    connect(&view, &TimelineView::lanesChanged, this, &TimelineWidget::showEmptiness);
    connect(&view, &TimelineView::laneWanted, this, &TimelineWidget::bringIntoSight);
    connect(&view.selection(), &Selection::changed, this, &TimelineWidget::describeSelection);
    m_area->setNotes(m_notes);
    connect(&m_notes, &NoteMarks::changed, this, &TimelineWidget::repaintAll);
    connect(&m_notes, &NoteMarks::editRequested, this, [this](model::NoteId id) {
        if (const model::Note *note = m_notes.list().note(id))
            editNote(*note);
    });
    connect(m_noteEditor, &NoteEditor::finished, &m_notes, &NoteMarks::select);
    m_area->setSearch(m_search);
    m_header->setSearch(m_search);
    connect(&m_search, &TimelineSearch::changed, this, &TimelineWidget::repaintAll);
    connect(m_find, &FindBar::shown, this, [this] {
        place();
        showScroll();
    });
    if (m_transport) {
        m_replay->setObjectName(QStringLiteral("replay"));
        m_replay->setProperty("flat", true);
        m_replay->setText(QStringLiteral("▶"));
        m_replay->setToolTip(tr("Replay what is seen: all views show the playhead's moment (R)"));
        m_replay->setAccessibleName(tr("Replay"));
        m_replay->setFocusPolicy(Qt::TabFocus);
        connect(m_replay, &QToolButton::clicked, this, &TimelineWidget::replay);
        connect(m_transport, &TransportBar::shown, this, [this] {
            place();
            showScroll();
        });
    }
    connect(m_scroll, &QScrollBar::valueChanged, &view, &TimelineView::setScroll);
    connect(m_resume, &QToolButton::clicked, this, &TimelineWidget::follow);
    connect(m_demo, &QPushButton::clicked, this, &TimelineWidget::demoRequested);
    connect(m_area, &LaneArea::taskContextMenuRequested, this, &TimelineWidget::taskContextMenuRequested);
    connect(m_area, &LaneArea::focusMoved, m_header, qOverload<>(&QWidget::update));
    connect(m_header, &LaneHeader::taskContextMenuRequested, this, &TimelineWidget::taskContextMenuRequested);
    setLive(true);
    showEmptiness();
}

TimelineWidget::~TimelineWidget()
{
    delete m_keys;
    m_notes.disconnect(this);
    // Losing focus and pointer on the way out would still reach us.
    m_view.disconnect(this);
    m_view.selection().disconnect(this);
}

void TimelineWidget::setLive(bool live)
{
    m_live = live;
    m_resume->setText(live ? tr("follow live") : tr("to the end"));
    m_resume->setToolTip(live ? tr("Follow what happens now (End)") : tr("Show the recording's end (End)"));
    if (m_transport)
        m_transport->setLive(live);
    showTitle();
}

void TimelineWidget::setDemoOffered(bool offered) { m_demo->setVisible(offered); }

// --- what is where ------------------------------------------------------------------------------------

void TimelineWidget::place()
{
    const int header = std::clamp(width() * 3 / 10, narrowestHeader, widestHeader);
    const int scroll = m_scroll->maximum() > 0 ? m_scroll->sizeHint().width() : 0;
    const int right = width() - std::max(scroll, rightMargin);
    const int find = m_find->isVisibleTo(this) ? m_find->sizeHint().height() : 0;
    const int transport = m_transport && m_transport->isVisibleTo(this) ? m_transport->sizeHint().height()
                                                                        : 0;
    const int top = titleHeight + find + transport + rulerHeight;
    const QSize title = m_title->sizeHint();
    m_title->setGeometry(14, 0, title.width(), titleHeight);
    const int left = m_title->geometry().right() + 12;
    const int resume = m_resume->isVisibleTo(this) ? m_resume->sizeHint().width() : 0;
    const int figures = std::min(m_figures->sizeHint().width(), std::max(0, header - left - resume - 6));
    m_figures->setGeometry(left, 0, figures, titleHeight);
    m_resume->setGeometry(left + figures + 2, (titleHeight - m_resume->sizeHint().height()) / 2, resume,
                          m_resume->sizeHint().height());
    const int replay = m_replay ? m_replay->sizeHint().width() : 0;
    m_minimap->setGeometry(header, (titleHeight - 20) / 2, right - header - (replay ? replay + 4 : 0), 20);
    if (m_replay)
        m_replay->setGeometry(right - replay, (titleHeight - 22) / 2, replay, 22);
    m_find->setGeometry(0, titleHeight, width(), find);
    if (m_transport)
        m_transport->setGeometry(0, titleHeight + find, width(), transport);
    m_lanesBar->setGeometry(0, top - rulerHeight, header, rulerHeight);
    m_ruler->setGeometry(header, top - rulerHeight, right - header, rulerHeight);
    m_header->setGeometry(0, top, header, height() - top);
    m_area->setGeometry(header, top, right - header, height() - top);
    m_scroll->setGeometry(width() - scroll, top, scroll, height() - top);
    m_empty->setGeometry(0, top, width(), height() - top);
    m_region->place(m_area->QWidget::geometry());
    if (m_keys)
        m_keys->place();
}

void TimelineWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
    showScroll();
    showTitle();
}

void TimelineWidget::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    scheduleFrame();
}

void TimelineWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        place();
}

void TimelineWidget::showScroll()
{
    const LaneGeometry geometry = m_area->geometry();
    const bool had = m_scroll->maximum() > 0;
    m_scroll->setPageStep(std::max(LaneGeometry::pitch, m_area->height() - geometry.pinnedHeight()));
    m_scroll->setRange(0, geometry.maxScroll());
    m_scroll->setValue(m_view.scroll());
    if (had != (m_scroll->maximum() > 0))
        place();
}

void TimelineWidget::showEmptiness()
{
    const bool empty = !m_view.lanes().hasTasks();
    m_lanesBar->setVisible(!empty);
    m_empty->setVisible(empty);
    if (empty)
        m_empty->raise();
}

void TimelineWidget::bringIntoSight(std::size_t row) { m_scroll->setValue(m_area->geometry().scrollTo(row)); }

// --- when it is drawn ---------------------------------------------------------------------------------

void TimelineWidget::repaintAll()
{
    m_minimap->update();
    m_ruler->update();
    m_header->update();
    m_area->update();
    if (m_scroll->value() != m_view.scroll())
        m_scroll->setValue(m_view.scroll());
    showTitle();
    if (m_view.isMoving())
        scheduleFrame();
}

void TimelineWidget::scheduleFrame()
{
    if (m_frameTimer.isActive() || !isVisible())
        return;
    const qint64 since = m_sinceFrame.isValid() ? m_sinceFrame.elapsed() : frameMs;
    m_frameTimer.start(static_cast<int>(std::max<qint64>(0, frameMs - since)));
}

void TimelineWidget::frame()
{
    if (!isVisible())
        return;
    m_sinceFrame.start();
    m_view.advance();
    m_minimap->update();
    m_ruler->update();
    m_header->update();
    m_area->update();
    if (!m_sinceTitle.isValid() || m_sinceTitle.elapsed() >= titleMs)
        showTitle();
    const bool seen = m_view.isFollowing() || m_view.range().contains(m_view.now());
    if (!m_view.isMoving() || !seen)
        return;
    // The next picture differs when "now" has come a pixel further.
    const auto pixel = std::chrono::duration_cast<std::chrono::milliseconds>(
        m_area->scale().resolution(devicePixelRatioF()));
    const qint64 since = m_sinceGrowth.isValid() ? m_sinceGrowth.elapsed() : idleAfterMs;
    const int least = since < quietAfterMs ? frameMs : since < idleAfterMs ? quietFrameMs : idleFrameMs;
    m_frameTimer.start(std::clamp(static_cast<int>(pixel.count()), least, 1000));
}

void TimelineWidget::showTitle()
{
    m_sinceTitle.start();
    const auto states = m_view.store().figures().tasksByState;
    const auto tasks = std::accumulate(states.begin(), states.end(), 0);
    const bool replaying = m_view.isReplaying(); // its lanes are those of the present all the same
    const QString count = tasks == 0   ? tr("no tasks")
                          : tasks == 1 ? tr("1 task")
                          : replaying  ? tr("%Ln tasks in all", nullptr, tasks)
                                       : tr("%Ln tasks", nullptr, tasks);
    const QString how = replaying                        ? tr("replay")
                        : m_view.isFrozen()              ? tr("frozen")
                        : m_live && m_view.isFollowing() ? tr("following live")
                                                         : QString();
    QStringList parts {count};
    if (tasks > 0)
        parts << formatDuration(m_view.now()) << how;
    parts.removeAll(QString());
    const TimeRange seen = m_view.range();
    const bool atEnd = m_live ? m_view.isFollowing()
                              : seen.contains(m_view.now()) || seen.end == m_view.now();
    const bool offer = !replaying && (m_view.isFrozen() || !atEnd);
    // In a narrow column the least important goes first.
    const int room = m_header->width() - m_figures->x() - (offer ? m_resume->sizeHint().width() + 6 : 0);
    while (parts.size() > 1 && m_figures->fontMetrics().horizontalAdvance(parts.join(separator)) > room)
        parts.removeFirst();
    const QString text = m_figures->fontMetrics().elidedText(parts.join(separator), Qt::ElideRight,
                                                             std::max(room, 20));
    if (text == m_figures->text() && offer == m_resume->isVisibleTo(this))
        return;
    const bool moved = text.size() != m_figures->text().size() || offer != m_resume->isVisibleTo(this);
    m_figures->setText(text);
    m_resume->setVisible(offer);
    if (moved)
        place();
}

// --- keys and wheel -----------------------------------------------------------------------------------

void TimelineWidget::keyPressEvent(QKeyEvent *event)
{
    if (const auto action = timelineAction(*event))
        perform(*action);
    else
        QWidget::keyPressEvent(event);
}

void TimelineWidget::perform(TimelineAction action)
{
    const int page = std::max(1, (m_area->height() - m_area->geometry().pinnedHeight()) / LaneGeometry::pitch
                                     - 1);
    switch (action) {
    case TimelineAction::ZoomIn:
        return m_view.zoom(m_view.isFollowing() ? m_view.now() : m_area->anchor(), zoomStep);
    case TimelineAction::ZoomOut:
        return m_view.zoom(m_area->anchor(), 1 / zoomStep);
    case TimelineAction::PanLeft:
        return m_view.pan(-panStep);
    case TimelineAction::PanRight:
        return m_view.pan(panStep);
    case TimelineAction::Fit:
        return m_navigation.fit();
    case TimelineAction::NextSlice:
        return m_navigation.stepSlice(StepTo::Next);
    case TimelineAction::PreviousSlice:
        return m_navigation.stepSlice(StepTo::Previous);
    case TimelineAction::ZoomToSlice:
        return m_navigation.zoomToSelectedSlice();
    case TimelineAction::ToCause:
        return m_navigation.toCause();
    case TimelineAction::ToEffect:
        return m_navigation.toEffect();
    case TimelineAction::Back:
        return m_view.goBack();
    case TimelineAction::Forward:
        return m_view.goForward();
    case TimelineAction::SetNote:
        return editNote(m_notes.proposed(m_area->anchor()));
    case TimelineAction::ListNotes:
        return m_noteBox->open(m_area->QWidget::geometry());
    case TimelineAction::RemoveNote:
        m_notes.removeSelected();
        return;
    case TimelineAction::Find:
        return m_find->open();
    case TimelineAction::FindNext:
        return m_search.step(1);
    case TimelineAction::FindPrevious:
        return m_search.step(-1);
    case TimelineAction::Freeze:
        return m_view.isReplaying() ? replay() : m_view.setFrozen(!m_view.isFrozen());
    case TimelineAction::GoToBegin:
        return m_navigation.goToBegin();
    case TimelineAction::Follow:
        m_view.leave(Jump::Follow);
        return follow();
    case TimelineAction::Replay:
        return replay();
    case TimelineAction::NextEvent:
        return stepReplay(1);
    case TimelineAction::PreviousEvent:
        return stepReplay(-1);
    case TimelineAction::LaneUp:
        return m_navigation.stepLane(-1);
    case TimelineAction::LaneDown:
        return m_navigation.stepLane(1);
    case TimelineAction::PageUp:
        return m_navigation.stepLane(-page);
    case TimelineAction::PageDown:
        return m_navigation.stepLane(page);
    case TimelineAction::Open:
        return m_navigation.open();
    case TimelineAction::Close:
        return m_navigation.close();
    case TimelineAction::OpenAll:
        return m_view.foldAll(false);
    case TimelineAction::CloseAll:
        return m_view.foldAll(true);
    case TimelineAction::Pin:
        return m_navigation.togglePin();
    case TimelineAction::MoveUp:
        return m_navigation.moveLane(LaneMove::Up);
    case TimelineAction::MoveDown:
        return m_navigation.moveLane(LaneMove::Down);
    case TimelineAction::MoveToTop:
        return m_navigation.moveLane(LaneMove::ToTop);
    case TimelineAction::MoveToBottom:
        return m_navigation.moveLane(LaneMove::ToBottom);
    case TimelineAction::FilterLanes:
        return m_lanesBar->focusFilter();
    case TimelineAction::FrameTimes:
        return m_area->setFrameTimesShown(!m_area->areFrameTimesShown());
    case TimelineAction::Menu:
        return requestMenu();
    case TimelineAction::Help:
        return toggleKeys();
    case TimelineAction::Escape:
        return escape();
    }
}

void TimelineWidget::toggleKeys()
{
    if (m_keys->isVisible())
        return m_keys->hide();
    m_keys->setParent(window());
    m_keys->place();
    m_keys->show();
    m_keys->raise();
}

void TimelineWidget::escape()
{
    if (m_header->cancelDrag())
        return;
    if (m_keys->isVisible())
        m_keys->hide();
    else if (m_find->isVisible())
        m_find->close();
    else if (m_notes.selected())
        m_notes.select({});
    else if (m_view.region())
        m_view.setRegion({});
    else if (m_view.isReplaying())
        m_view.playhead()->leave();
    else
        m_view.selection().clear();
}

void TimelineWidget::follow()
{
    if (m_view.playhead())
        m_view.playhead()->leave();
    m_view.setFollowing(true);
}

/// What is seen is what is played: from the left edge, unless the playhead is somewhere already.
void TimelineWidget::replay()
{
    Playhead *playhead = m_view.playhead();
    if (!playhead)
        return;
    if (playhead->isPlaying())
        return playhead->pause();
    if (!playhead->isOn())
        playhead->moveTo(m_view.range().begin);
    playhead->play();
}

void TimelineWidget::stepReplay(int direction)
{
    if (m_view.playhead())
        m_view.playhead()->step(direction, m_view.selection().task());
}

void TimelineWidget::editNote(const model::Note &note)
{
    const int x = static_cast<int>(std::lround(m_area->scale().x(note.time)));
    m_noteEditor->edit(note, m_area->mapTo(this, QPoint(std::clamp(x, 0, m_area->width()), 0)));
}

void TimelineWidget::addLaneActions(QMenu &menu, TaskId task, const QPoint &globalPos)
{
    const QPoint at = m_area->mapFromGlobal(globalPos);
    if (m_view.playhead() && m_area->rect().contains(at)) {
        const Time time = m_area->scale().time(at.x());
        menu.addSeparator();
        menu.addAction(tr("Set the pla&yhead here"), this, [this, time] { m_view.playhead()->moveTo(time); });
    }
    const auto row = m_view.lanes().rowOf(task);
    if (!row || *row < m_view.lanes().machineLanes())
        return;
    const TaskId lane = m_view.lanes().lane(*row).task;
    const bool pinned = m_view.isPinned(lane);
    menu.addSeparator();
    menu.addAction(pinned ? tr("&Unpin lane") : tr("&Pin lane to the top"), this,
                   [this, lane, pinned] { m_view.setPinned(lane, !pinned); });
    addLaneMoves(*menu.addMenu(tr("&Move lane")), lane, *row);
}

void TimelineWidget::addLaneMoves(QMenu &menu, TaskId lane, std::size_t row)
{
    struct
    {
        LaneMove move;
        QString text;
    } const moves[] {{LaneMove::Up, tr("Move &up\tAlt+↑")},
                     {LaneMove::Down, tr("Move &down\tAlt+↓")},
                     {LaneMove::ToTop, tr("Move to &top\tAlt+Shift+↑")},
                     {LaneMove::ToBottom, tr("Move to &bottom\tAlt+Shift+↓")}};
    for (const auto &[move, text] : moves) {
        QAction *action = menu.addAction(text, this, [this, lane, move = move] {
            m_view.selection().select(lane);
            m_navigation.moveLane(move);
        });
        action->setEnabled(gapFor(m_view.lanes(), row, move).has_value());
    }
    menu.addSeparator();
    menu.addAction(tr("&Restore order"), &m_view, &TimelineView::restoreOrder)
        ->setEnabled(m_view.isOrderedByHand());
}

void TimelineWidget::requestMenu()
{
    const TaskId task = m_view.selection().task();
    const auto row = m_view.lanes().rowOf(task);
    if (!row)
        return;
    bringIntoSight(*row);
    emit taskContextMenuRequested(task, m_header->mapToGlobal(
                                            QPoint(m_header->width() / 2, m_area->geometry().center(*row))));
}

void TimelineWidget::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const QPoint angle = event->angleDelta();
    const QPointF pos = m_area->mapFrom(this, event->position());
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const Time anchor = m_area->scale().time(std::clamp(pos.x(), 0.0, double(m_area->width())));
        m_view.zoom(anchor, std::pow(zoomStep, angle.y() / 120.0));
        return;
    }
    // Some platforms turn Shift+wheel into a horizontal wheel by themselves.
    const bool shifted = event->modifiers() & Qt::ShiftModifier;
    const double across = shifted && angle.x() == 0 ? angle.y() : angle.x();
    if (across != 0) {
        const double share = !pixels.isNull() && !shifted ? double(pixels.x()) / std::max(1, m_area->width())
                                                          : across / 120.0 * panStep;
        m_view.pan(-share);
    }
    if (!shifted && angle.y() != 0)
        m_scroll->setValue(m_scroll->value()
                           - (pixels.isNull() ? angle.y() * 3 * LaneGeometry::pitch / 120 : pixels.y()));
}

// --- what is said of it -------------------------------------------------------------------------------

void TimelineWidget::describeSelection()
{
    const auto row = m_view.lanes().rowOf(m_view.selection().task());
    m_area->setAccessibleDescription(row ? QStringLiteral("%1, %2").arg(laneName(*row), laneState(*row))
                                         : QString());
    QAccessibleEvent event(m_area, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

QString TimelineWidget::titleText() const { return m_figures->text(); }
QString TimelineWidget::laneName(std::size_t row) const { return m_header->nameText(row); }
QString TimelineWidget::laneState(std::size_t row) const { return m_header->stateText(row); }

std::optional<LaneShape> TimelineWidget::shapeAt(const QPoint &pos) const
{
    return m_area->shapeAt(m_area->mapFrom(this, pos));
}

QString TimelineWidget::tipAt(const QPoint &pos) const { return m_area->tipAt(m_area->mapFrom(this, pos)); }

QPoint TimelineWidget::pointOf(TaskId task, Time time) const
{
    const std::size_t row = m_view.lanes().rowOf(task).value_or(0);
    const QPoint inArea(static_cast<int>(std::lround(m_area->scale().x(time))),
                        m_area->geometry().center(row));
    return m_area->mapTo(this, inArea);
}

std::vector<CauseArrow> TimelineWidget::arrows() const { return m_area->arrows(); }
QWidget *TimelineWidget::laneArea() const { return m_area; }
QWidget *TimelineWidget::laneHeader() const { return m_header; }
QWidget *TimelineWidget::minimap() const { return m_minimap; }
FindBar *TimelineWidget::findBar() const { return m_find; }
RegionPanel *TimelineWidget::regionPanel() const { return m_region; }
NoteBox *TimelineWidget::noteBox() const { return m_noteBox; }
LanesBar *TimelineWidget::lanesBar() const { return m_lanesBar; }
QWidget *TimelineWidget::ruler() const { return m_ruler; }
TransportBar *TimelineWidget::transportBar() const { return m_transport; }
bool TimelineWidget::isKeyListShown() const { return m_keys->isVisible(); }

} // namespace coroscope::ui
