// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/timertable.h"
#include "core/dispatch/uvsockets.h"

#include <QAbstractEventDispatcher>

#include <uv.h>

#include <atomic>

namespace coroscope::dispatch {

/// Qt's event loop on libuv, for any thread but a window's: pass it to QThread::setEventDispatcher() before
/// the thread starts, or to QCoreApplication::setEventDispatcher() before a QCoreApplication is made. On
/// Linux libuv waits with epoll, so that an event costs the same however many idle sockets there are, where
/// Qt's own loops look at each.
///
/// An iteration is one of Qt's: posted events; if there were none, a wait, and what was posted meanwhile; the
/// sockets that are ready; the timers that are due. wakeUp() and interrupt() may be called from any thread,
/// everything else from its own. It has no user input, so QEventLoop::ExcludeUserInputEvents excludes
/// nothing.
///
/// Unlike Qt's two it says awake() as soon as it has waited, before what it was woken for, and aboutToBlock()
/// only when it is about to.
class UvDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    explicit UvDispatcher(QObject *parent = nullptr);
    ~UvDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;
    void closingDown() override;

private:
    bool sendPosted();
    bool lookAtSystem(bool mayWait, bool withTimers, UvSockets::Poll poll);
    void setAlarm(std::optional<MonotonicTime> due);
    bool isOnItsThread(const QObject *object, const char *what) const;

    uv_loop_t m_loop {};
    uv_async_t m_wake {};
    uv_timer_t m_alarm {}; ///< ends a wait when the first timer is due
    std::optional<MonotonicTime> m_alarmFor; ///< none: it isn't set
    TimerTable m_timers;
    UvSockets m_sockets {m_loop};
    std::atomic<bool> m_isWoken {false}; ///< since the last look at the system
    std::atomic<bool> m_isWaiting {false}; ///< or about to
    std::atomic<bool> m_isInterrupted {false};
};

} // namespace coroscope::dispatch
