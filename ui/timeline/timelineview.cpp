// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/timelineview.h"

#include "ui/selection.h"

#include <algorithm>

namespace coroscope::ui {

using namespace std::chrono_literals;

/// How much of the view lies right of "now" while following: the flag fits, and what comes is seen to come.
constexpr double ahead = 0.06;

TimelineView::TimelineView(model::TraceStore &store, Selection &selection, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_selection(selection)
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
    const Time begin = m_store.tasks().empty() ? Time {} : m_store.firstTime();
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
    const Time end = std::max(m_now + margin, session().begin + length);
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

void TimelineView::setFold(TaskId lane, Fold fold)
{
    if (this->fold(lane) == fold)
        return;
    m_folds.insert(lane, fold);
    m_lanes.rebuild(m_store, m_folds);
    emit lanesChanged();
    emit changed();
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
    if (changes.cleared) {
        // Tasks that are gone can't stay in a frozen picture.
        m_frozen = false;
        m_folds.removeIf([this](const auto &entry) { return !m_store.task(entry.key()); });
    }
    if (m_frozen) {
        m_stale = true;
        return;
    }
    if (m_lanes.apply(m_store, m_folds, changes))
        emit lanesChanged();
    emit grown();
}

void TimelineView::reveal(TaskId task, std::optional<std::uint32_t> slice)
{
    const auto row = m_lanes.rowOf(task);
    const model::Task *known = m_store.task(task);
    if (!row || !known)
        return;
    emit laneWanted(*row);
    TimeRange wanted {known->started.value_or(known->created), known->ended.value_or(m_now)};
    if (slice && *slice < m_store.sliceCount(task)) {
        const model::Slice it = m_store.slice(task, *slice);
        wanted = {it.begin, it.end};
    }
    const bool visible = wanted.end > m_range.begin && wanted.begin < m_range.end;
    if (!visible)
        setRange(revealing(m_range, padded(wanted, 0.1)));
}

} // namespace coroscope::ui
