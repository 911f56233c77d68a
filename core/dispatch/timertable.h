// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/timerheap.h"
#include "core/dispatch/timerrounding.h"

#include <QAbstractEventDispatcher>
#include <QHash>

#include <optional>
#include <unordered_map>

namespace coroscope::dispatch {

/// The timers of one thread's dispatcher: a heap by time, and their ids. It has no clock; `now` is passed in.
///
/// Adding, removing and firing take logarithmic time, and an object's timers are found without a search.
/// Everything may be called from inside of a timer's handler.
class TimerTable
{
public:
    TimerTable() = default;
    TimerTable(const TimerTable &) = delete;
    TimerTable &operator=(const TimerTable &) = delete;

    void add(int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject *object,
             MonotonicTime now);
    /// False: there was none.
    bool remove(int id);
    bool removeAll(QObject *object);
    void clear();

    QList<QAbstractEventDispatcher::TimerInfo> timersOf(const QObject *object) const;
    /// When that timer fires next; none: there is no such timer.
    std::optional<MonotonicTime> due(int id) const;
    /// When the first fires, those aside whose handlers are running; none: no timer waits.
    std::optional<MonotonicTime> firstDue() const;

    /// Sends a QTimerEvent for each timer that is due, in the order of their times, each once: one that is
    /// added meanwhile waits for the next call, and one whose handler runs (in which a nested loop calls
    /// this) isn't entered again. Returns how many fired, those of no interval aside, as Qt counts.
    int fireDue(MonotonicTime now);

private:
    struct Timer final : TimerNode
    {
        void timeIsUp() noexcept override { table->fire(*this); }

        TimerTable *table = nullptr;
        int id = 0;
        std::chrono::milliseconds interval {};
        std::chrono::milliseconds step {}; ///< see stepOf()
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        MonotonicTime ideal {}; ///< when it is due but for rounding
        MonotonicTime fires {};
        std::uint64_t firedIn = 0; ///< the call of fireDue()
        Timer **firing = nullptr; ///< while its handler runs: what to clear when it is removed
        Timer *previousOfObject = nullptr;
        Timer *nextOfObject = nullptr;
    };

    void fire(Timer &timer);
    void scheduleNext(Timer &timer, MonotonicTime now);
    void put(Timer &timer);
    void unlink(Timer &timer);

    std::unordered_map<int, Timer> m_timers;
    QHash<const QObject *, Timer *> m_firstOfObject;
    TimerHeap m_waiting;
    MonotonicTime m_now {}; ///< of the last call of fireDue()
    std::uint64_t m_calls = 0; ///< of fireDue()
};

} // namespace coroscope::dispatch
