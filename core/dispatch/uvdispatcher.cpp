// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// How a wake-up is never lost, and mostly costs no system call: wakeUp() sets m_isWoken, and only if it was
// the first to do so and the thread waits (m_isWaiting) does it write to libuv's eventfd. The thread sets
// m_isWaiting, then reads m_isWoken, and waits only if that is false. Both are sequentially consistent, so at
// least one of the two sees what the other wrote. m_isWoken is cleared only just before posted events are
// sent, so that what was posted before the clearing is sent, and an iteration that found it set doesn't wait.
#include "core/dispatch/uvdispatcher.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <limits>

namespace coroscope::dispatch {

using std::chrono::milliseconds;

namespace {

/// libuv's clock, unrounded.
MonotonicTime now() { return MonotonicTime(std::int64_t(uv_hrtime())); }

uv_handle_t *handle(auto &specific) { return reinterpret_cast<uv_handle_t *>(&specific); }

} // namespace

UvDispatcher::UvDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
{
    int error = uv_loop_init(&m_loop);
    if (error == 0)
        error = uv_async_init(&m_loop, &m_wake, [](uv_async_t *) { });
    if (error != 0)
        qFatal("An event loop can't be made: %s", uv_strerror(error)); // as Qt's own
    uv_timer_init(&m_loop, &m_alarm);
    m_alarm.data = this;
}

UvDispatcher::~UvDispatcher()
{
    m_timers.clear();
    m_sockets.clear();
    uv_close(handle(m_wake), nullptr);
    uv_close(handle(m_alarm), nullptr);
    uv_run(&m_loop, UV_RUN_DEFAULT); // until all is closed
    uv_loop_close(&m_loop);
}

void UvDispatcher::closingDown()
{
    m_timers.clear();
    m_sockets.clear();
}

bool UvDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    const bool withTimers = !(flags & QEventLoop::X11ExcludeTimers);
    const auto poll = flags & QEventLoop::ExcludeSocketNotifiers ? UvSockets::Poll::Excluded
                                                                 : UvSockets::Poll::Included;
    m_isInterrupted = false; // one that came before has set m_isWoken, too: nothing waits
    emit awake();
    int events = sendPosted();
    if (m_isInterrupted)
        return events > 0;
    const bool mayWait = (flags & QEventLoop::WaitForMoreEvents) && events == 0;
    if (lookAtSystem(mayWait, withTimers, poll)) {
        events += sendPosted();
        if (m_isInterrupted)
            return true;
    }
    if (poll == UvSockets::Poll::Included)
        events += m_sockets.deliver();
    if (withTimers && m_timers.firstDue())
        events += m_timers.fireDue(now());
    return events > 0;
}

/// Returns whether there was anything, or a wake-up.
bool UvDispatcher::sendPosted()
{
    const bool isWoken = m_isWoken.exchange(false);
    QCoreApplication::sendPostedEvents();
    return isWoken;
}

/// Looks at the system, after waiting if it may. Returns whether a wake-up ended the wait.
bool UvDispatcher::lookAtSystem(bool mayWait, bool withTimers, UvSockets::Poll poll)
{
    const auto isBusy = [&] {
        const auto due = withTimers ? m_timers.firstDue() : std::nullopt;
        return m_isWoken || (poll == UvSockets::Poll::Included && m_sockets.hasReady())
               || (due && *due <= now());
    };
    const bool waits = mayWait && !isBusy();
    if (waits)
        emit aboutToBlock(); // in which timers and notifiers may be added, and events posted
    m_sockets.prepare(poll);
    m_isWaiting = waits;
    bool isAgain = false;
    do {
        const bool blocks = waits && !isBusy();
        if (blocks)
            setAlarm(withTimers ? m_timers.firstDue() : std::nullopt);
        uv_run(&m_loop, blocks ? UV_RUN_ONCE : UV_RUN_NOWAIT);
        isAgain = m_sockets.takeExclusion() && blocks; // woken by an excluded socket, which is stopped now
    } while (isAgain);
    m_isWaiting = false;
    if (waits)
        emit awake();
    return waits && m_isWoken;
}

/// So that uv_run() ends when the first timer is due, or waits without end.
void UvDispatcher::setAlarm(std::optional<MonotonicTime> due)
{
    if (due == m_alarmFor)
        return;
    m_alarmFor = due;
    if (!due) {
        uv_timer_stop(&m_alarm);
        return;
    }
    const auto wait = std::chrono::ceil<milliseconds>(*due - now());
    uv_update_time(&m_loop);
    // libuv 1.44 looks at its timers before it waits, and would wait on.
    const auto stopWaiting = [](uv_timer_t *alarm) {
        static_cast<UvDispatcher *>(alarm->data)->m_alarmFor.reset();
        uv_stop(alarm->loop);
    };
    uv_timer_start(&m_alarm, stopWaiting, std::uint64_t(std::max(wait, milliseconds(0)).count()), 0);
}

bool UvDispatcher::isOnItsThread(const QObject *object, const char *what) const
{
    if (object->thread() == thread() && thread() == QThread::currentThread())
        return true;
    qWarning("UvDispatcher: %s from another thread", what);
    return false;
}

void UvDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    if (timerId < 1 || interval < 0 || !object)
        qWarning("UvDispatcher: a timer needs an id, an interval and an object");
    else if (isOnItsThread(object, "timers cannot be started"))
        m_timers.add(timerId, milliseconds(interval), timerType, object, now());
}

bool UvDispatcher::unregisterTimer(int timerId)
{
    return isOnItsThread(this, "timers cannot be stopped") && m_timers.remove(timerId);
}

bool UvDispatcher::unregisterTimers(QObject *object)
{
    return isOnItsThread(object, "timers cannot be stopped") && m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> UvDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.timersOf(object);
}

int UvDispatcher::remainingTime(int timerId)
{
    const auto due = m_timers.due(timerId);
    if (!due)
        return -1;
    const auto left = std::chrono::ceil<milliseconds>(*due - now()).count();
    return int(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

void UvDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    if (isOnItsThread(notifier, "socket notifiers cannot be enabled"))
        m_sockets.add(notifier);
}

void UvDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    if (isOnItsThread(notifier, "socket notifiers cannot be disabled"))
        m_sockets.remove(notifier);
}

void UvDispatcher::wakeUp()
{
    if (!m_isWoken.exchange(true) && m_isWaiting)
        uv_async_send(&m_wake);
}

void UvDispatcher::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

} // namespace coroscope::dispatch
