// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <map>

namespace coroscope::model {

using namespace std::chrono_literals;

/// Drives a store as a thread's ring would: each call is one event at the script's time, and `below` of a
/// resumption comes from a stack that is kept here as a traced program keeps it.
class Script
{
public:
    TraceStore store;

    Script &at(Time time)
    {
        m_time = time;
        return *this;
    }
    Script &after(Time time) { return at(m_time + time); }
    Time time() const { return m_time; }
    Script &on(std::uint32_t thread)
    {
        m_thread = thread;
        return *this;
    }

    Script &created(std::uint32_t id, std::uint32_t creator = 0,
                    trace::EntityKind kind = trace::EntityKind::Spawned, LocationId site = {})
    {
        return put(id, trace::EventType::Created, {}, std::uint16_t(kind), creator, site.value);
    }
    Script &firstSeen(std::uint32_t id, std::uint32_t creator = 0,
                      trace::EntityKind kind = trace::EntityKind::Coroutine)
    {
        return put(id, trace::EventType::FirstSeen, {}, std::uint16_t(kind), creator, 0);
    }
    Script &resumed(std::uint32_t id, trace::Cause cause = trace::Cause::Start, std::uint64_t causer = 0)
    {
        auto &stack = m_stacks[m_thread];
        put(id, trace::EventType::Resumed, cause, 0, causer, stack.empty() ? 0 : stack.back());
        stack.push_back(id);
        return *this;
    }
    Script &suspended(std::uint32_t id, trace::WaitKind kind, std::uint64_t detail = 0, LocationId site = {})
    {
        m_stacks[m_thread].pop_back();
        return put(id, trace::EventType::Suspended, {}, std::uint16_t(kind), detail, site.value);
    }
    Script &finished(std::uint32_t id, trace::Outcome outcome = trace::Outcome::Done)
    {
        m_stacks[m_thread].pop_back();
        return put(id, trace::EventType::Finished, {}, std::uint16_t(outcome), 0, 0);
    }
    Script &destroyed(std::uint32_t id) { return put(id, trace::EventType::Destroyed, {}, 0, 0, 0); }
    Script &ready(std::uint32_t id, trace::Cause cause = trace::Cause::Timer, std::uint64_t causer = 0)
    {
        return put(id, trace::EventType::Ready, cause, 0, causer, 0);
    }
    Script &text(std::uint32_t id, trace::TextKind kind, const QString &text)
    {
        const auto size = std::uint64_t(text.toUtf8().size());
        return put(id, trace::EventType::Text, {}, std::uint16_t(kind), size, size, text);
    }
    /// Any event, as it is; the script's stack doesn't change.
    Script &put(std::uint32_t id, trace::EventType type, trace::Cause cause, std::uint16_t kind,
                std::uint64_t a, std::uint64_t b, const QString &text = {})
    {
        store.append({m_time, ThreadId {m_thread}, id, type, cause, kind, a, b, text});
        return *this;
    }
    Script &commit()
    {
        store.commit(m_time);
        return *this;
    }
    void forgetStack() { m_stacks[m_thread].clear(); }

    /// From creation to the suspension, in one step of `length`.
    Script &runs(std::uint32_t id, Time length, trace::WaitKind then, std::uint64_t detail = 0)
    {
        return created(id).resumed(id).after(length).suspended(id, then, detail);
    }

    const Task &task(std::uint32_t id) const { return *store.task(TaskId {id}); }
    std::uint64_t breaches() const { return store.figures().breaches; }
    std::vector<LaneSpan> spans(std::uint32_t id, Time from, Time to, Time resolution = Time {1}) const
    {
        std::vector<LaneSpan> out;
        store.spans(TaskId {id}, from, to, resolution, out);
        return out;
    }

private:
    Time m_time {};
    std::uint32_t m_thread = 1;
    std::map<std::uint32_t, std::vector<std::uint32_t>> m_stacks;
};

inline std::vector<TaskId> ids(std::initializer_list<std::uint32_t> values)
{
    std::vector<TaskId> result;
    for (const std::uint32_t value : values)
        result.push_back(TaskId {value});
    return result;
}

} // namespace coroscope::model
