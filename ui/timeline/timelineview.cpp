// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timelineview.h"

#include "ui/replay/playhead.h"
#include "ui/selection.h"
#include "ui/timeline/forgottenstretch.h"

#include <algorithm>

namespace coroscope::ui {

using namespace std::chrono_literals;

/// How much of the view lies right of "now" while following: the flag fits, and what comes is seen to come.
constexpr double ahead = 0.06;
/// Where in the view a playhead that plays is held.
constexpr double replayedPart = 0.7;

TimelineView::TimelineView(model::TraceStore &store, Selection &selection, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_selection(selection)
    , m_present(store)
    , m_range {0s, 10s}
{
    connect(&store, &model::TraceStore::changed, this, &TimelineView::take);
    connect(&selection, &Selection::changed, this, &TimelineView::changed);
    connect(&selection, &Selection::hoverChanged, this, &TimelineView::changed);
    connect(&selection, &Selection::revealed, this, &TimelineView::reveal);
    m_lanes.rebuild(m_store, m_folds);
    m_now = m_clock.now(m_store.now(), std::chrono::steady_clock::now());
    keepUp();
}

TimeRange TimelineView::session() const
{
    const Time begin = m_store.tasks().empty() ? Time {} : shownSince(m_store, m_now);
    return {begin, std::max(m_now, begin + shortestView)};
}

void TimelineView::setRange(TimeRange range)
{
    m_following = m_following && range.contains(m_now);
    show(range);
}

void TimelineView::show(TimeRange range)
{
    // A strip of the session stays in sight, so that nobody gets lost.
    const TimeRange all = session();
    const Time strip = range.length() / 10;
    if (range.end < all.begin + strip)
        range = {all.begin + strip - range.length(), all.begin + strip};
    else if (range.begin > all.end - strip)
        range = {all.end - strip, all.end - strip + range.length()};
    m_range = range;
    if (m_following)
        keepUp();
    emit changed();
}

void TimelineView::zoom(Time anchor, double factor)
{
    if (m_following && (factor > 1 || anchor >= m_now))
        return show(zoomed(m_range, m_now, factor));
    m_following = false;
    show(zoomed(m_range, anchor, factor));
}

void TimelineView::pan(double share)
{
    if (share == 0)
        return;
    m_following = false;
    show(panned(m_range, share));
}

void TimelineView::setFollowing(bool following)
{
    if (following)
        setFrozen(false);
    m_following = following;
    if (following)
        keepUp();
    emit changed();
}

void TimelineView::setFrozen(bool frozen)
{
    if (m_frozen == frozen)
        return;
    m_frozen = frozen;
    if (!frozen) {
        if (m_stale) {
            m_lanes.rebuild(m_store, m_folds);
            emit lanesChanged();
        }
        m_stale = false;
        advance();
    }
    emit frozenChanged(frozen);
    emit changed();
}

void TimelineView::setPlayhead(Playhead &playhead)
{
    m_playhead = &playhead;
    connect(&playhead, &Playhead::moved, this, &TimelineView::followPlayhead);
    connect(&playhead, &Playhead::changed, this, &TimelineView::followPlayhead);
}

bool TimelineView::isReplaying() const { return m_playhead && m_playhead->isOn(); }

const model::Moment &TimelineView::moment() const { return m_playhead ? m_playhead->moment() : m_present; }

void TimelineView::followPlayhead()
{
    const auto before = m_replay;
    m_replay.isOn = m_playhead->isOn();
    m_replay.isPlaying = m_playhead->isPlaying();
    if (m_replay.isOn && !before.isOn) {
        setFrozen(false); // it stands still anyway
        m_replay.wasFollowing = std::exchange(m_following, false);
    }
    if (!m_replay.isOn) {
        if (before.isOn && m_replay.wasFollowing)
            setFollowing(true);
        emit changed();
        return;
    }
    m_replay.time = m_playhead->time();
    // Who has scrolled away from what plays is not fetched back.
    const bool goesOn = before.isPlaying && m_replay.isPlaying;
    if (!goesOn || m_range.contains(before.time))
        keepInSight(m_replay.time, m_replay.isPlaying);
    emit changed();
}

void TimelineView::keepInSight(Time time, bool moving)
{
    const Time length = m_range.length();
    const double part = moving ? replayedPart : 1;
    const Time last = m_range.begin + Time {static_cast<std::int64_t>(part * double(length.count()))};
    if (time >= m_range.begin && time <= last)
        return;
    const bool jumped = time < m_range.begin || time > m_range.end;
    const Time begin = moving && !jumped
                           ? m_range.begin + (time - last)
                           : time - Time {static_cast<std::int64_t>(0.3 * double(length.count()))};
    m_range = {begin, begin + length};
}

void TimelineView::advance()
{
    const Time now = m_clock.now(m_store.now(), std::chrono::steady_clock::now());
    if (m_frozen)
        return;
    m_now = now;
    if (m_following)
        keepUp();
}

void TimelineView::keepUp()
{
    const Time length = m_range.length();
    const Time margin {static_cast<std::int64_t>(static_cast<double>(length.count()) * ahead)};
    const Time begin = m_store.tasks().empty() ? Time {} : m_store.firstTime();
    const Time end = std::max(m_now + margin, begin + length);
    m_range = {end - length, end};
}

bool TimelineView::isMoving() const
{
    if (m_frozen)
        return false;
    const auto states = m_store.figures().tasksByState;
    const auto ended = static_cast<std::size_t>(model::TaskState::Done);
    return std::any_of(states.begin(), states.begin() + ended, [](std::uint32_t count) { return count > 0; });
}

void TimelineView::setRegion(std::optional<TimeRange> region)
{
    if (m_region == region)
        return;
    m_region = region;
    emit changed();
}

Place TimelineView::place() const
{
    return {m_range, m_scroll, m_following, m_selection.task(), m_selection.slice()};
}

void TimelineView::restore(const Place &place)
{
    m_selection.select(m_store.task(place.task) ? place.task : TaskId {}, place.slice);
    m_following = place.following && !isReplaying();
    m_scroll = place.scroll;
    show(place.range);
}

void TimelineView::goBack()
{
    if (const auto place = m_history.back(this->place()))
        restore(*place);
}

void TimelineView::goForward()
{
    if (const auto place = m_history.forward(this->place()))
        restore(*place);
}

void TimelineView::setFold(TaskId lane, Fold fold)
{
    if (this->fold(lane) == fold)
        return;
    m_folds.insert(lane, fold);
    m_lanes.rebuild(m_store, m_folds);
    emit lanesChanged();
    emit changed();
}

void TimelineView::foldAll(bool closed)
{
    for (const TaskId id : m_store.tasks()) {
        const model::Task *task = m_store.task(id);
        if (task && !task->children.empty())
            m_folds.insert(id, closed ? Fold::Closed : Fold::Frames);
    }
    m_lanes.rebuild(m_store, m_folds);
    emit lanesChanged();
    emit changed();
}

void TimelineView::setArrangement(const LaneArrangement &arrangement)
{
    if (m_lanes.arrangement() == arrangement)
        return;
    m_lanes.arrange(m_store, arrangement);
    emit lanesChanged();
    emit changed();
}

void TimelineView::setPinned(TaskId lane, bool pinned)
{
    const model::Task *task = m_store.task(lane);
    LaneArrangement wanted = arrangement();
    std::erase(wanted.pinned, lane);
    const bool machine = task
                         && (task->entity == trace::EntityKind::Loop
                             || task->entity == trace::EntityKind::Worker);
    if (pinned && task && !machine && m_lanes.hasOwnLane(lane))
        wanted.pinned.push_back(lane);
    setArrangement(wanted);
}

bool TimelineView::isPinned(TaskId lane) const
{
    const auto &pinned = arrangement().pinned;
    return std::find(pinned.begin(), pinned.end(), lane) != pinned.end();
}

bool TimelineView::moveLane(TaskId lane, LaneMove move)
{
    const auto row = m_lanes.rowOf(lane);
    const auto gap = row ? gapFor(m_lanes, *row, move) : std::nullopt;
    return gap && moveLane(lane, *gap);
}

bool TimelineView::moveLane(TaskId lane, std::size_t gap)
{
    const auto row = m_lanes.rowOf(lane);
    const auto wanted = row && m_lanes.hasOwnLane(lane) ? withLaneMoved(m_lanes, *row, gap) : std::nullopt;
    if (wanted)
        setArrangement(*wanted);
    return wanted.has_value();
}

void TimelineView::restoreOrder()
{
    LaneArrangement wanted = arrangement();
    wanted.byHand.clear();
    setArrangement(wanted);
}

Fold TimelineView::fold(TaskId lane) const
{
    const model::Task *task = m_store.task(lane);
    return m_folds.value(lane, task ? LaneLayout::defaultFold(*task) : Fold::Tasks);
}

void TimelineView::setScroll(int pixels)
{
    if (m_scroll == pixels)
        return;
    m_scroll = pixels;
    emit changed();
}

void TimelineView::take(const model::ChangeSet &changes)
{
    if (changes.cleared)
        m_frozen = false; // tasks that are gone can't stay in a frozen picture
    if (changes.cleared || !changes.forgotten.empty())
        dropUnknown();
    if (changes.renumbered)
        m_selection.select(m_selection.task());
    if (changes.trimmed)
        letGo();
    if (m_frozen) {
        m_stale = true;
        return;
    }
    if (m_lanes.apply(m_store, m_folds, changes))
        emit lanesChanged();
    emit grown();
}

/// What was chosen of tasks that the store knows no more.
void TimelineView::dropUnknown()
{
    const auto isUnknown = [this](TaskId id) { return !m_store.task(id); };
    m_folds.removeIf([&](const auto &entry) { return isUnknown(entry.key()); });
    LaneArrangement kept = arrangement();
    if (std::erase_if(kept.pinned, isUnknown) > 0)
        m_lanes.arrange(m_store, kept);
}

/// A forgotten task or slice can't stay selected.
void TimelineView::letGo()
{
    const TaskId task = m_selection.task();
    if (task && !m_store.task(task))
        m_selection.clear();
    else if (const auto slice = m_selection.slice(); slice && *slice < m_store.firstSlice(task))
        m_selection.select(task);
}

void TimelineView::reveal(TaskId task, std::optional<std::uint32_t> slice)
{
    const auto row = m_lanes.rowOf(task);
    const model::Task *known = m_store.task(task);
    if (!row || !known)
        return;
    leave(Jump::Reveal);
    emit laneWanted(*row);
    TimeRange wanted {known->started.value_or(known->created), known->ended.value_or(m_now)};
    if (slice && *slice >= m_store.firstSlice(task) && *slice < m_store.sliceCount(task)) {
        const model::Slice it = m_store.slice(task, *slice);
        wanted = {it.begin, it.end};
    }
    const bool visible = wanted.end > m_range.begin && wanted.begin < m_range.end;
    if (!visible)
        setRange(revealing(m_range, padded(wanted, 0.1)));
}

} // namespace coroscope::ui
