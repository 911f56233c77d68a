// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/leaf.h"
#include "core/runtime/shared.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QString>

namespace coroscope {

/// As asyncio.Event: a flag that tasks wait for. `co_await event.wait()` goes on at once while it is set.
/// set() wakes all who wait, in the order in which they came, also if clear() follows before their turn.
/// Copies share it. Loop's thread only.
class Event
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::Event)

    struct State final : detail::SharedState
    {
        ReadyQueue waiters;
        QString name;
        bool isSet = false;
    };

public:
    explicit Event(QString name = {})
        : m_state(new State)
    {
        m_state->name = std::move(name);
    }
    bool isSet() const noexcept { return m_state->isSet; }
    void set() const noexcept
    {
        m_state->isSet = true;
        while (!m_state->waiters.isEmpty())
            Leaf::wakeFirst(m_state->waiters, trace::Cause::Notified, 0);
    }
    void clear() const noexcept { m_state->isSet = false; }

    class [[nodiscard]] Awaiter final : public Leaf
    {
    public:
        explicit Awaiter(detail::Shared<State> state) noexcept
            : m_state(std::move(state))
        { }
        ~Awaiter() { unlink(); }
        trace::WaitNote traceNote() const
        {
            if (!trace::isRecording())
                return {trace::WaitKind::Notifier, 0};
            const QString label = m_state->name.isEmpty() ? tr("an event")
                                                          : tr("event %1").arg(m_state->name);
            return {trace::WaitKind::Notifier, trace::intern(label).value};
        }
        bool await_ready() const noexcept { return m_state->isSet; }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> waiting)
        {
            if (enter(waiting))
                waitIn(m_state->waiters);
        }
        void await_resume() { leave(); }

    private:
        detail::Shared<State> m_state;
    };
    Awaiter wait() const { return Awaiter(m_state); }

private:
    detail::Shared<State> m_state;
};

} // namespace coroscope
