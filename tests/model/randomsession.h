// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <functional>
#include <map>
#include <random>

namespace coroscope::model {

/// A random session of two threads: trees of tasks that come, wait for timers, futures, each other and sets,
/// print, and end. Whoever listens gets each event, and each commit.
class RandomSession
{
public:
    struct Sinks
    {
        std::function<void(const TraceEvent &)> event;
        std::function<void(Time)> commit;
    };

    RandomSession(std::uint32_t seed, Sinks sinks)
        : m_random(seed)
        , m_sinks(std::move(sinks))
        , m_most(3 + pick(40))
        , m_unit(std::array {300, 20'000, 3'000'000}[std::size_t(pick(3))])
    { }

    void run(int steps)
    {
        for (int i = 0; i < steps; ++i) {
            m_now += Time {1 + pick(m_unit)};
            m_thread = ThreadId {1 + std::uint32_t(pick(2))};
            step();
            if (pick(20) == 0)
                m_sinks.commit(m_now);
        }
        m_now += Time {1 + pick(m_unit)};
        m_sinks.commit(m_now);
    }
    Time now() const { return m_now; }
    int pick(int n) { return int(m_random() % std::uint32_t(n)); }

private:
    using Type = trace::EventType;
    struct Waiting
    {
        std::uint32_t task;
        bool ready = false;
        std::uint32_t future = 0;
        std::uint32_t wait = 0;
    };

    void put(std::uint32_t task, Type type, trace::Cause cause, int kind, std::uint64_t a = 0,
             std::uint64_t b = 0, const QString &text = {})
    {
        m_sinks.event({m_now, m_thread, task, type, cause, std::uint16_t(kind), a, b, text});
    }
    void say(std::uint32_t task, trace::TextKind kind, const QString &text)
    {
        put(task, Type::Text, {}, int(kind), std::uint64_t(text.size()), std::uint64_t(text.size()), text);
    }
    std::vector<std::uint32_t> &stack() { return m_stacks[m_thread.value]; }

    void step()
    {
        const int what = pick(100);
        if (what < 8 && m_live < m_most)
            create();
        else if (what < 45)
            resume();
        else if (what < 85)
            suspend();
        else if (what < 92)
            finish();
        else if (what < 96 && !stack().empty())
            say(stack().back(), trace::TextKind::Print, QStringLiteral("line %1").arg(++m_lines));
        else if (what < 98)
            resolve();
        else
            wake();
    }
    void create()
    {
        if (stack().size() > 3)
            return;
        const std::uint32_t id = ++m_lastTask;
        const bool spawned = pick(3) > 0;
        const std::uint32_t creator = stack().empty() ? 0 : stack().back();
        ++m_live;
        put(id, Type::Created, {}, int(spawned ? trace::EntityKind::Spawned : trace::EntityKind::Coroutine),
            creator);
        if (pick(2))
            say(id, trace::TextKind::Name, QStringLiteral("task number %1").arg(id));
        begin(id, trace::Cause::Start, creator);
    }
    void begin(std::uint32_t id, trace::Cause cause, std::uint64_t causer)
    {
        put(id, Type::Resumed, cause, 0, causer, stack().empty() ? 0 : stack().back());
        stack().push_back(id);
    }
    void resume()
    {
        if (m_waiting.empty() || stack().size() > 3)
            return;
        const auto at = std::size_t(pick(int(m_waiting.size())));
        const Waiting waiting = m_waiting[at];
        m_waiting.erase(m_waiting.begin() + std::ptrdiff_t(at));
        begin(waiting.task, trace::Cause::Timer, 0);
        if (waiting.wait)
            put(waiting.task, Type::WaitEnded, {}, 0, waiting.wait);
    }
    void suspend()
    {
        if (stack().empty())
            return;
        const std::uint32_t id = stack().back();
        Waiting waiting {id};
        switch (pick(12)) {
        case 0: {
            waiting.future = ++m_lastFuture;
            put(waiting.future, Type::FutureCreated, {}, 0, id);
            m_pending.push_back(waiting.future);
            put(id, Type::Suspended, {}, int(trace::WaitKind::Future), waiting.future);
            break;
        }
        case 1:
            waiting.wait = ++m_lastWait;
            put(id, Type::WaitBegun, {}, 0, waiting.wait, ~std::uint64_t(0));
            for (int i = pick(4); i >= 0; --i)
                put(1 + std::uint32_t(pick(int(m_lastTask))), Type::WaitMember, {}, 0, waiting.wait);
            put(id, Type::Suspended, {}, int(trace::WaitKind::Wait), waiting.wait);
            break;
        case 2:
            put(id, Type::Suspended, {}, int(trace::WaitKind::Join),
                1 + std::uint64_t(pick(int(m_lastTask))));
            break;
        default:
            put(id, Type::Suspended, {}, int(trace::WaitKind::Sleep), 1'000'000'000'000u);
        }
        stack().pop_back();
        m_waiting.push_back(waiting);
    }
    void finish()
    {
        if (stack().empty() || pick(m_most) > 3)
            return;
        const std::uint32_t id = stack().back();
        say(id, trace::TextKind::Result, QStringLiteral("result of %1").arg(id));
        put(id, Type::Finished, {}, int(trace::Outcome::Done));
        stack().pop_back();
        --m_live;
    }
    void resolve()
    {
        if (m_pending.empty())
            return;
        put(m_pending.front(), Type::FutureResolved, {}, 0, 0);
        m_pending.erase(m_pending.begin());
    }
    void wake()
    {
        if (m_waiting.empty())
            return;
        Waiting &waiting = m_waiting[std::size_t(pick(int(m_waiting.size())))];
        if (!std::exchange(waiting.ready, true))
            put(waiting.task, Type::Ready, trace::Cause::Timer, 0);
    }

    std::mt19937 m_random;
    Sinks m_sinks;
    int m_most;
    int m_unit;
    Time m_now {};
    ThreadId m_thread {1};
    std::map<std::uint32_t, std::vector<std::uint32_t>> m_stacks;
    std::vector<Waiting> m_waiting;
    std::vector<std::uint32_t> m_pending;
    int m_live = 0;
    int m_lines = 0;
    std::uint32_t m_lastTask = 0;
    std::uint32_t m_lastFuture = 0;
    std::uint32_t m_lastWait = 0;
};

} // namespace coroscope::model
