// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/timertable.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>

namespace coroscope::dispatch {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

void TimerTable::add(int id, milliseconds interval, Qt::TimerType type, QObject *object, MonotonicTime now)
{
    remove(id);
    Timer &timer = m_timers[id];
    timer.table = this;
    timer.id = id;
    timer.interval = interval;
    timer.step = stepOf(interval, type);
    timer.type = type;
    timer.object = object;
    timer.ideal = now + interval;
    timer.fires = roundedTo(timer.step, timer.ideal, now);
    Timer *&first = m_firstOfObject[object];
    timer.nextOfObject = first;
    if (first)
        first->previousOfObject = &timer;
    first = &timer;
    put(timer);
}

void TimerTable::put(Timer &timer) { m_waiting.add(timer, timer.fires.count()); }

void TimerTable::unlink(Timer &timer)
{
    m_waiting.remove(timer);
    if (timer.firing)
        *timer.firing = nullptr;
    if (timer.nextOfObject)
        timer.nextOfObject->previousOfObject = timer.previousOfObject;
    if (timer.previousOfObject)
        timer.previousOfObject->nextOfObject = timer.nextOfObject;
    else if (timer.nextOfObject)
        m_firstOfObject[timer.object] = timer.nextOfObject;
    else
        m_firstOfObject.remove(timer.object);
}

bool TimerTable::remove(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    unlink(found->second);
    m_timers.erase(found);
    return true;
}

bool TimerTable::removeAll(QObject *object)
{
    bool any = false;
    while (const Timer *timer = m_firstOfObject.value(object))
        any = remove(timer->id);
    return any;
}

void TimerTable::clear()
{
    while (!m_timers.empty())
        remove(m_timers.begin()->first);
}

QList<QAbstractEventDispatcher::TimerInfo> TimerTable::timersOf(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> infos;
    for (const Timer *timer = m_firstOfObject.value(object); timer; timer = timer->nextOfObject)
        infos.emplace_back(timer->id, int(timer->interval.count()), timer->type);
    std::ranges::reverse(infos); // in the order in which they were started
    return infos;
}

std::optional<MonotonicTime> TimerTable::due(int id) const
{
    const auto found = m_timers.find(id);
    return found == m_timers.end() ? std::nullopt : std::optional(found->second.fires);
}

std::optional<MonotonicTime> TimerTable::firstDue() const
{
    return m_waiting.isEmpty() ? std::nullopt : std::optional(MonotonicTime(m_waiting.first().due()));
}

/// From the time it was due, so that it doesn't drift; times that are over are left out.
void TimerTable::scheduleNext(Timer &timer, MonotonicTime now)
{
    timer.ideal += timer.interval;
    if (timer.ideal < now)
        timer.ideal = now + timer.interval;
    timer.fires = roundedTo(timer.step, timer.ideal, now);
    if (timer.interval > 0ms && timer.fires <= now) // due this very moment: it has fired
        timer.fires = timer.ideal = now + timer.interval;
}

int TimerTable::fireDue(MonotonicTime now)
{
    const std::uint64_t call = ++m_calls;
    m_now = std::max(m_now, now);
    int fired = 0;
    while (!m_waiting.isEmpty() && m_waiting.first().due() <= now.count()) {
        auto &timer = static_cast<Timer &>(m_waiting.first());
        // One of no interval is due again at once. It comes behind all others that are due: they have fired.
        if (timer.firedIn == call)
            break;
        timer.firedIn = call;
        fired += timer.interval > 0ms;
        scheduleNext(timer, now);
        m_waiting.takeFirst().timeIsUp();
    }
    return fired;
}

void TimerTable::fire(Timer &timer)
{
    Timer *still = &timer;
    timer.firing = &still;
    QTimerEvent event(timer.id);
    QCoreApplication::sendEvent(timer.object, &event);
    if (!still)
        return; // removed by its handler
    timer.firing = nullptr;
    // What came due while a nested loop ran is left out, as times are that nobody had time for.
    if (timer.interval > 0ms && timer.fires <= m_now)
        scheduleNext(timer, m_now);
    put(timer);
}

} // namespace coroscope::dispatch
