// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"

#include <chrono>
#include <optional>

namespace coroscope {

/// The bridge from Qt's signals to a task: connect the signals to notify(), await wait().
///
/// Remembers one notification that nobody waited for (an event that resets itself), so none is missed between
/// two waits. notify() never resumes anybody by itself: the task goes on at its turn, outside of the signal.
/// Loop's thread only; must outlive its waiters.
class Notifier
{
public:
    Notifier() = default;
    Notifier(const Notifier &) = delete;
    Notifier &operator=(const Notifier &) = delete;

    /// Wakes all who wait; if none does, the next wait() goes on at once.
    void notify(trace::Cause cause = trace::Cause::Notified)
    {
        if (m_waiters.isEmpty())
            m_notified = true;
        while (!m_waiters.isEmpty())
            Leaf::wakeFirst(m_waiters, cause, 0);
    }
    /// Forgets a notification that nobody waited for.
    void reset() noexcept { m_notified = false; }

    /// True if notified, false if the time was up.
    class [[nodiscard]] Awaiter final : public Leaf
    {
    public:
        Awaiter(Notifier &notifier, trace::WaitNote note, std::optional<std::chrono::nanoseconds> limit)
            : m_notifier(&notifier)
            , m_note(note)
            , m_limit(limit)
        { }
        trace::WaitNote traceNote() const { return m_note; }
        bool await_ready() noexcept { return std::exchange(m_notifier->m_notified, false); }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiting)
        {
            if (!enter(waiting))
                return;
            waitIn(m_notifier->m_waiters);
            if (m_limit)
                armTimer(*m_limit);
        }
        bool await_resume()
        {
            leave();
            return !m_timedOut;
        }

    private:
        void timeIsUp() noexcept override
        {
            m_timedOut = true;
            wake(trace::Cause::Timeout);
        }
        Notifier *m_notifier;
        trace::WaitNote m_note;
        std::optional<std::chrono::nanoseconds> m_limit;
        bool m_timedOut = false;
    };
    /// `label`: what the task waits for, in words, made with trace::intern().
    Awaiter wait(trace::WaitKind kind = trace::WaitKind::Notifier, StringId label = {})
    {
        return Awaiter(*this, {kind, label.value}, {});
    }
    Awaiter waitFor(std::chrono::nanoseconds limit, trace::WaitKind kind = trace::WaitKind::Notifier,
                    StringId label = {})
    {
        return Awaiter(*this, {kind, label.value}, limit);
    }

private:
    ReadyQueue m_waiters;
    bool m_notified = false;
};

} // namespace coroscope
