// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/eventtimes.h"

#include <algorithm>

namespace coroscope::model {

namespace {

/// The nearest of the times that are offered, on one side of a time.
class Nearest
{
public:
    enum class Side { Later, Earlier };

    Nearest(Side side, Time time)
        : m_side(side)
        , m_time(time)
    { }

    bool isLater() const { return m_side == Side::Later; }
    bool isOnSide(Time time) const { return isLater() ? time > m_time : time < m_time; }
    void offer(Time time)
    {
        if (isOnSide(time) && (!m_found || (isLater() ? time < *m_found : time > *m_found)))
            m_found = time;
    }
    void offer(std::optional<Time> time)
    {
        if (time)
            offer(*time);
    }
    /// Of the two ends of something's life the one that makes the other, and all between, pointless.
    bool offerLife(Time begin, std::optional<Time> end)
    {
        offer(begin);
        offer(end);
        return isLater() ? isOnSide(begin) : end && isOnSide(*end);
    }
    void offerSlices(const TraceStore &store, TaskId task)
    {
        const auto at = store.sliceAt(task, isLater() ? m_time : m_time - Time {1});
        const Slice slice = store.slice(task, at.value_or(LaneSpan::beforeFirst));
        offer(slice.begin);
        if (!slice.open)
            offer(slice.end);
        offer(slice.ready);
        const std::uint32_t next = at ? *at + 1 : 0;
        if (isLater() && next < store.sliceCount(task))
            offer(store.slice(task, next).begin);
    }
    std::optional<Time> found() const { return m_found; }

private:
    Side m_side;
    Time m_time;
    std::optional<Time> m_found;
};

std::optional<Time> nearest(const TraceStore &store, Nearest nearest, TaskId only)
{
    const auto look = [&](TaskId id) {
        const Task *task = store.task(id);
        if (!task || task->entity == trace::EntityKind::Loop)
            return;
        if (!nearest.offerLife(task->created, task->ended))
            nearest.offerSlices(store, id);
    };
    if (only) {
        look(only);
        return nearest.found();
    }
    std::ranges::for_each(store.tasks(), look);
    for (const FutureId id : store.futures()) {
        const Future *future = store.future(id);
        nearest.offerLife(future->created, future->resolved);
    }
    for (const WaitId id : store.waits()) {
        const WaitSet *wait = store.wait(id);
        nearest.offerLife(wait->begun, wait->ended);
    }
    return nearest.found();
}

} // namespace

std::optional<Time> nextEvent(const TraceStore &store, Time time, TaskId task)
{
    return nearest(store, {Nearest::Side::Later, time}, task);
}

std::optional<Time> previousEvent(const TraceStore &store, Time time, TaskId task)
{
    return nearest(store, {Nearest::Side::Earlier, time}, task);
}

} // namespace coroscope::model
