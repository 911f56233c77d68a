// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/slicesteps.h"

#include <algorithm>
#include <limits>

namespace coroscope::ui {

namespace {

/// Where a slice stands in its lane. A coroutine that begins to run within another's slice comes after it.
struct Position
{
    Time begin {};
    std::uint32_t task = 0;
    std::uint32_t slice = 0;
    friend auto operator<=>(const Position &, const Position &) = default;
};

class Stepper
{
public:
    Stepper(const LaneLayout &lanes, const model::TraceStore &store, std::size_t row)
        : m_lanes(lanes)
        , m_store(store)
        , m_row(row)
    { }

    /// Looks further and further away: a lane may hold a million short coroutines.
    std::optional<SliceRef> step(const Position &from, StepTo to) const
    {
        const Time first = m_store.firstTime();
        const Time last = m_store.now();
        constexpr int parts = 1024;
        for (Time reach = std::max((last - first) / parts, Time {1});; reach *= 2) {
            const TimeRange window = to == StepTo::Next
                                         ? TimeRange {from.begin, from.begin + reach}
                                         : TimeRange {from.begin - reach, from.begin + Time {1}};
            if (const auto found = nearest(from, to, window))
                return SliceRef {TaskId {found->task}, found->slice};
            if (to == StepTo::Next ? window.end > last : window.begin < first)
                return {};
        }
    }

private:
    std::optional<Position> nearest(const Position &from, StepTo to, TimeRange window) const
    {
        std::optional<Position> best;
        const auto consider = [&](TaskId task) {
            const auto found = ofTask(task, from, to);
            if (found && window.contains(found->begin)
                && (!best || (to == StepTo::Next ? *found < *best : *found > *best)))
                best = found;
        };
        consider(m_lanes.lane(m_row).task);
        m_lanes.folded(m_row).visit(window, Time::zero(),
                                    [&](const FoldedFrames::Frame &frame) { consider(frame.task); });
        return best;
    }

    Position positionOf(TaskId task, std::uint32_t slice) const
    {
        return {m_store.slice(task, slice).begin, task.value, slice};
    }

    std::optional<Position> ofTask(TaskId task, const Position &from, StepTo to) const
    {
        if (!m_store.task(task))
            return {};
        const std::uint32_t first = m_store.firstSlice(task);
        const std::uint32_t count = m_store.sliceCount(task);
        const auto here = m_store.sliceAt(task, from.begin);
        if (to == StepTo::Next) {
            for (std::uint32_t i = here.value_or(first); i < count; ++i) {
                if (const Position position = positionOf(task, i); position > from)
                    return position;
            }
            return {};
        }
        if (!here)
            return {};
        for (std::uint32_t i = *here + 1; i-- > first;) {
            if (const Position position = positionOf(task, i); position < from)
                return position;
        }
        return {};
    }

    const LaneLayout &m_lanes;
    const model::TraceStore &m_store;
    std::size_t m_row;
};

} // namespace

std::optional<SliceRef> sliceBeside(const LaneLayout &lanes, const model::TraceStore &store, std::size_t row,
                                    SliceRef of, StepTo to)
{
    const Position from {store.slice(of.task, of.slice).begin, of.task.value, of.slice};
    return Stepper(lanes, store, row).step(from, to);
}

std::optional<SliceRef> sliceBeside(const LaneLayout &lanes, const model::TraceStore &store, std::size_t row,
                                    Time time, StepTo to)
{
    constexpr auto last = std::numeric_limits<std::uint32_t>::max();
    return Stepper(lanes, store, row).step({time, last, last}, to);
}

} // namespace coroscope::ui
