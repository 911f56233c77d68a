// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <map>
#include <random>
#include <set>

namespace coroscope::model {

/// A random session of two threads as a list of events: tasks that call, await, sleep, yield, wait for
/// futures and sets, are woken, end in all ways.
class RandomEvents
{
public:
    std::vector<TraceEvent> events;

    explicit RandomEvents(std::uint32_t seed, int steps = 300)
        : m_random(seed)
    {
        m_unit = std::array {1, 50, 1000, 400'000}[std::size_t(pick(4))];
        for (int i = 0; i < steps; ++i) {
            m_time += Time {1 + pick(m_unit)};
            m_thread = 1 + std::uint32_t(pick(2));
            step(m_stacks[m_thread]);
        }
    }
    Time end() const { return m_time; }
    std::uint32_t tasks() const { return m_lastTask; }
    std::uint32_t futures() const { return m_lastFuture; }
    std::uint32_t waits() const { return m_lastWait; }
    int pick(int n) { return int(m_random() % std::uint32_t(n)); }

private:
    using Cause = trace::Cause;
    using EntityKind = trace::EntityKind;
    using EventType = trace::EventType;
    using Outcome = trace::Outcome;
    using TextKind = trace::TextKind;
    using WaitKind = trace::WaitKind;
    using WaitUntil = trace::WaitUntil;
    using Stack = std::vector<std::uint32_t>;

    void put(std::uint32_t id, EventType type, Cause cause = {}, std::uint16_t kind = 0, std::uint64_t a = 0,
             std::uint64_t b = 0, const QString &text = {})
    {
        events.push_back({m_time, ThreadId {m_thread}, id, type, cause, kind, a, b, text});
    }
    void text(std::uint32_t id, TextKind kind, const QString &text)
    {
        const auto size = std::uint64_t(text.size());
        put(id, EventType::Text, {}, std::uint16_t(kind), size, size, text);
    }
    std::uint32_t any(std::uint32_t last) { return last ? 1 + std::uint32_t(pick(int(last))) : 0; }

    void step(Stack &stack)
    {
        switch (pick(8)) {
        case 0:
            return create(stack);
        case 1:
        case 2:
            return resume(stack);
        case 3:
            return wake();
        case 4:
        case 5:
            return suspend(stack);
        case 6:
            return stack.empty() ? destroy() : finish(stack);
        default:
            return future(stack);
        }
    }
    void create(Stack &stack)
    {
        const std::uint32_t id = ++m_lastTask;
        const bool spawned = pick(2) == 0;
        put(id, EventType::Created, {}, std::uint16_t(spawned ? EntityKind::Spawned : EntityKind::Coroutine),
            stack.empty() ? 0 : stack.back());
        if (spawned)
            m_idle.push_back(id);
        else
            push(stack, id, Cause::Start);
    }
    void push(Stack &stack, std::uint32_t id, Cause cause)
    {
        put(id, EventType::Resumed, cause, 0, 0, stack.empty() ? 0 : stack.back());
        stack.push_back(id);
    }
    std::uint32_t take(std::vector<std::uint32_t> &from)
    {
        const auto at = from.begin() + pick(int(from.size()));
        const std::uint32_t id = *at;
        from.erase(at);
        return id;
    }
    void resume(Stack &stack)
    {
        if (m_idle.empty() || stack.size() > 3)
            return;
        const std::uint32_t id = take(m_idle);
        if (const auto wait = m_waitOf.find(id); wait != m_waitOf.end()) {
            put(id, EventType::WaitEnded, {}, 0, wait->second, 0);
            m_waitOf.erase(wait);
        }
        m_suspended.erase(id);
        push(stack, id, std::array {Cause::Timer, Cause::Future, Cause::Task}[std::size_t(pick(3))]);
    }
    void wake()
    {
        if (m_suspended.empty())
            return;
        const auto at = std::next(m_suspended.begin(), pick(int(m_suspended.size())));
        put(*at, EventType::Ready, Cause::Timer);
    }
    void suspend(Stack &stack)
    {
        if (stack.empty())
            return;
        const std::uint32_t id = stack.back();
        stack.pop_back();
        auto kind = std::array {WaitKind::Sleep, WaitKind::Yield, WaitKind::Future,
                                WaitKind::Task,  WaitKind::Join,  WaitKind::Wait}[std::size_t(pick(6))];
        std::uint64_t detail = 5;
        if (kind == WaitKind::Future)
            detail = any(m_lastFuture);
        else if (kind == WaitKind::Task || kind == WaitKind::Join)
            detail = any(m_lastTask);
        else if (kind == WaitKind::Wait)
            detail = beginWait(id);
        if (detail == 0 || (kind != WaitKind::Wait && detail == id)) {
            kind = WaitKind::Sleep;
            detail = 7;
        }
        put(id, EventType::Suspended, {}, std::uint16_t(kind), detail);
        m_idle.push_back(id);
        m_suspended.insert(id);
    }
    std::uint32_t beginWait(std::uint32_t id)
    {
        const std::uint32_t wait = ++m_lastWait;
        put(id, EventType::WaitBegun, {}, std::uint16_t(WaitUntil::AllCompleted), wait, ~std::uint64_t(0));
        std::set<std::uint32_t> members;
        for (int i = 0; i < 3; ++i)
            members.insert(any(m_lastTask));
        for (const std::uint32_t member : members)
            put(member, EventType::WaitMember, {}, 0, wait);
        m_waitOf[id] = wait;
        return wait;
    }
    void finish(Stack &stack)
    {
        const std::uint32_t id = stack.back();
        stack.pop_back();
        const auto outcome = Outcome(pick(3));
        if (outcome == Outcome::Done)
            text(id, TextKind::Result, QStringLiteral("result %1").arg(id));
        else if (outcome == Outcome::Failed)
            text(id, TextKind::Error, QStringLiteral("error %1").arg(id));
        put(id, EventType::Finished, {}, std::uint16_t(outcome));
    }
    void destroy()
    {
        if (m_suspended.empty() || pick(4) > 0)
            return;
        const std::uint32_t id = *std::next(m_suspended.begin(), pick(int(m_suspended.size())));
        m_suspended.erase(id);
        std::erase(m_idle, id);
        put(id, EventType::Destroyed);
    }
    void future(const Stack &stack)
    {
        const std::uint32_t creator = stack.empty() ? 0 : stack.back();
        if (m_pendingFutures.empty() || pick(3) == 0) {
            put(++m_lastFuture, EventType::FutureCreated, {}, std::uint16_t(pick(2)), creator);
            m_pendingFutures.push_back(m_lastFuture);
            return;
        }
        const std::uint32_t id = take(m_pendingFutures);
        if (pick(4) == 0) {
            put(id, EventType::FutureDropped);
            return;
        }
        text(id, TextKind::FutureResult, QStringLiteral("value %1").arg(id));
        put(id, EventType::FutureResolved, {}, std::uint16_t(pick(3)), creator);
    }

    std::mt19937 m_random;
    Time m_time {};
    int m_unit = 1;
    std::uint32_t m_thread = 1;
    std::uint32_t m_lastTask = 0;
    std::uint32_t m_lastFuture = 0;
    std::uint32_t m_lastWait = 0;
    std::map<std::uint32_t, Stack> m_stacks;
    std::vector<std::uint32_t> m_idle; ///< may be resumed
    std::set<std::uint32_t> m_suspended;
    std::map<std::uint32_t, std::uint32_t> m_waitOf;
    std::vector<std::uint32_t> m_pendingFutures;
};

/// A store that has seen only what had happened by `time`.
inline void replay(const std::vector<TraceEvent> &events, Time time, TraceStore &store)
{
    for (const TraceEvent &event : events) {
        if (event.time <= time)
            store.append(event);
    }
    store.commit(time);
}

} // namespace coroscope::model
