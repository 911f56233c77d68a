// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/navigation.h"

#include "ui/selection.h"

#include <algorithm>

namespace coroscope::ui {

Navigation::Navigation(TimelineView &view)
    : m_view(view)
{ }

TimeRange withContext(TimeRange slice) { return padded(slice, 0.3); }

std::optional<TimeRange> Navigation::selectedStretch() const
{
    const Selection &selection = m_view.selection();
    const model::TraceStore &store = m_view.store();
    const model::Task *task = store.task(selection.task());
    if (!task)
        return {};
    if (const auto slice = selection.slice();
        slice && *slice >= store.firstSlice(task->id) && *slice < store.sliceCount(task->id)) {
        const model::Slice it = store.slice(task->id, *slice);
        return TimeRange {it.begin, it.open ? m_view.now() : it.end};
    }
    return TimeRange {task->created, task->ended.value_or(m_view.now())};
}

void Navigation::zoomTo(TimeRange range, Jump jump)
{
    m_view.leave(jump);
    m_view.setFollowing(false);
    m_view.setRange(range);
}

void Navigation::fit()
{
    const auto region = m_view.region();
    const auto stretch = region ? region : selectedStretch();
    if (!stretch || m_fitted == current())
        return fitAll();
    zoomTo(region ? padded(*region, 0.02) : withContext(*stretch));
    m_fitted = current();
}

Navigation::Fitted Navigation::current() const
{
    const Selection &selection = m_view.selection();
    return {m_view.range(), selection.task(), selection.slice()};
}

void Navigation::fitAll() { zoomTo(all()); }

TimeRange Navigation::all() const { return padded(m_view.session(), 0.03); }

void Navigation::zoomToSelectedSlice()
{
    if (const auto stretch = selectedStretch())
        zoomTo(withContext(*stretch), Jump::Slice);
}

void Navigation::stepSlice(StepTo to)
{
    Selection &selection = m_view.selection();
    const model::TraceStore &store = m_view.store();
    const auto row = selectedRow();
    if (!row || !store.task(selection.task()))
        return;
    std::optional<SliceRef> wanted;
    if (const auto slice = selection.slice()) {
        wanted = sliceBeside(m_view.lanes(), store, *row, {selection.task(), *slice}, to);
    } else {
        // From what is in the middle of the picture.
        const Time middle = m_view.range().begin + m_view.range().length() / 2;
        const StepTo back = to == StepTo::Next ? StepTo::Previous : StepTo::Next;
        wanted = sliceBeside(m_view.lanes(), store, *row, middle, to);
        if (!wanted)
            wanted = sliceBeside(m_view.lanes(), store, *row, middle, back);
    }
    if (!wanted)
        return;
    m_view.leave(Jump::Slice);
    selection.reveal(wanted->task, wanted->slice);
}

std::optional<SliceRef> Navigation::selectedSlice() const
{
    const Selection &selection = m_view.selection();
    if (selection.slice())
        return SliceRef {selection.task(), *selection.slice()};
    const auto row = selectedRow();
    const TimeRange range = m_view.range();
    return row ? sliceBeside(m_view.lanes(), m_view.store(), *row, range.begin + range.length() / 2,
                             StepTo::Previous)
               : std::nullopt;
}

void Navigation::toCause()
{
    const auto selected = selectedSlice();
    const auto cause = selected ? causeOf(m_view.store(), *selected) : std::nullopt;
    if (!cause)
        return;
    if (m_trailEnd != selected)
        m_trail.clear();
    m_trail.push_back(*selected);
    m_trailEnd = cause;
    goTo(*cause, Jump::Cause);
}

void Navigation::toEffect()
{
    const auto selected = selectedSlice();
    if (!selected)
        return;
    if (const auto from = cameFrom()) {
        m_trail.pop_back();
        m_trailEnd = from;
        return goTo(*from, Jump::Cause);
    }
    const auto effects = effectsOf(m_view.store(), *selected);
    if (!effects.empty())
        goTo(effects.front(), Jump::Cause);
}

std::optional<SliceRef> Navigation::cameFrom() const
{
    const Selection &selection = m_view.selection();
    if (m_trail.empty() || !m_trailEnd || m_trailEnd->task != selection.task()
        || m_trailEnd->slice != selection.slice())
        return {};
    return m_trail.back();
}

void Navigation::goTo(SliceRef slice, Jump jump)
{
    m_view.leave(jump);
    // What is looked at must not run away.
    m_view.setFollowing(false);
    m_view.selection().reveal(slice.task, slice.slice);
}

std::optional<std::size_t> Navigation::selectedRow() const
{
    return m_view.lanes().rowOf(m_view.selection().task());
}

void Navigation::selectRow(std::size_t row)
{
    m_view.selection().select(m_view.lanes().lane(row).task);
    emit m_view.laneWanted(row);
}

void Navigation::stepLane(int step)
{
    const auto count = static_cast<std::int64_t>(m_view.lanes().size());
    if (count == 0)
        return;
    const auto row = selectedRow();
    const std::int64_t next = row ? static_cast<std::int64_t>(*row) + step : (step > 0 ? 0 : count - 1);
    selectRow(static_cast<std::size_t>(std::clamp<std::int64_t>(next, 0, count - 1)));
}

void Navigation::open()
{
    const auto row = selectedRow();
    if (!row)
        return;
    const Lane &lane = m_view.lanes().lane(*row);
    if (lane.expandable() && opened(lane) != lane.fold)
        m_view.setFold(lane.task, opened(lane));
    else if (lane.expanded())
        stepLane(1);
}

void Navigation::close()
{
    const auto row = selectedRow();
    if (!row)
        return;
    const Lane &lane = m_view.lanes().lane(*row);
    if (lane.expanded())
        m_view.setFold(lane.task, closed(lane));
    else if (const auto parent = m_view.lanes().parentRow(*row))
        selectRow(*parent);
}

void Navigation::togglePin()
{
    if (const auto row = selectedRow()) {
        const TaskId lane = m_view.lanes().lane(*row).task;
        m_view.setPinned(lane, !m_view.isPinned(lane));
    }
}

void Navigation::moveLane(LaneMove move)
{
    // Of a coroutine that is drawn in another's lane, that one is moved.
    if (const auto row = selectedRow(); row && m_view.moveLane(m_view.lanes().lane(*row).task, move))
        emit m_view.laneWanted(*selectedRow());
}

void Navigation::goToBegin()
{
    const TimeRange range = m_view.range();
    const Time begin = m_view.session().begin - range.length() / 50;
    zoomTo({begin, begin + range.length()}, Jump::Begin);
}

} // namespace coroscope::ui
