// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/earlierstate.h"

#include <algorithm>
#include <unordered_set>

namespace coroscope::io {

using model::Future;
using model::Task;
using model::TaskState;
using model::ThreadId;
using model::TraceEvent;
using trace::EventType;
using trace::TextKind;

namespace {

class StateWriter
{
public:
    StateWriter(const model::TraceStore &store, const Boundary &boundary)
        : m_store(store)
        , m_boundary(boundary)
    {
        for (const model::RunningStack &stack : boundary.stacks)
            m_running.insert(stack.tasks.begin(), stack.tasks.end());
    }

    std::vector<TraceEvent> events()
    {
        for (const model::RunningStack &stack : m_boundary.stacks)
            say(stack.thread, 0, TextKind::ThreadName, m_store.threadName(stack.thread));
        for (const TaskId id : m_store.tasks()) {
            if (m_store.serialOf(id) >= m_boundary.createdTasks)
                break;
            add(*m_store.task(id));
        }
        for (const FutureId id : m_store.futures())
            add(*m_store.future(id));
        for (const WaitId id : m_store.waits())
            add(*m_store.wait(id));
        for (const model::RunningStack &stack : m_boundary.stacks)
            add(stack);
        return std::move(m_events);
    }

private:
    bool isBefore(std::optional<model::Time> time) const { return time && *time <= m_boundary.time; }
    TraceEvent &put(ThreadId thread, std::uint32_t task, EventType type, int kind, std::uint64_t a = 0,
                    std::uint64_t b = 0)
    {
        return m_events.emplace_back(
            TraceEvent {m_boundary.time, thread, task, type, {}, std::uint16_t(kind), a, b, {}});
    }
    void say(ThreadId thread, std::uint32_t task, TextKind kind, const QString &text)
    {
        const auto size = std::uint64_t(text.toUtf8().size());
        put(thread, task, EventType::Text, int(kind), size, size).text = text;
    }

    void add(const Task &task)
    {
        const ThreadId thread = task.thread ? task.thread : ThreadId {1};
        const std::uint32_t id = task.id.value;
        put(thread, id, isBefore(task.started) ? EventType::FirstSeen : EventType::Created, int(task.entity),
            task.parent.value, task.location.value);
        say(thread, id, TextKind::Name, task.name);
        const Task *parent = m_store.task(task.parent);
        if (task.category != (parent ? parent->category : QString()))
            say(thread, id, TextKind::Category, task.category);
        if (task.progress)
            put(thread, id, EventType::Progress, int(task.progress->unit), task.progress->done,
                task.progress->total.value_or(~std::uint64_t(0)));
        if (isBefore(task.ended))
            addEnd(task, thread);
        else if (isBefore(task.stateSince) && isBefore(task.started) && !m_running.contains(task.id))
            addWait(task, thread);
    }

    void addWait(const Task &task, ThreadId thread)
    {
        const bool waits = task.state == TaskState::Suspended || task.state == TaskState::Ready;
        if (!waits || task.wait.kind == trace::WaitKind::None || task.entity == trace::EntityKind::Loop)
            return;
        put(thread, task.id.value, EventType::Suspended, int(task.wait.kind), task.wait.detail,
            task.wait.site.value);
        if (task.state == TaskState::Ready)
            put(thread, task.id.value, EventType::Ready, 0);
    }

    void addEnd(const Task &task, ThreadId thread)
    {
        const std::uint32_t id = task.id.value;
        if (!task.result.isEmpty())
            say(thread, id, TextKind::Result, task.result);
        if (!task.error.isEmpty())
            say(thread, id, TextKind::Error, task.error);
        switch (task.state) {
        case TaskState::Failed:
            put(thread, id, EventType::Finished, int(trace::Outcome::Failed));
            break;
        case TaskState::Cancelled:
            put(thread, id, EventType::Finished, int(trace::Outcome::Cancelled));
            break;
        case TaskState::Lost:
            put(thread, id, EventType::Destroyed, 0);
            break;
        default:
            put(thread, id, EventType::Finished, int(trace::Outcome::Done));
        }
    }

    void add(const Future &future)
    {
        if (!isBefore(future.created) || isBefore(future.resolved))
            return;
        const ThreadId thread {1};
        put(thread, future.id.value, EventType::FutureCreated, future.settable ? 1 : 0, future.creator.value);
        say(thread, future.id.value, TextKind::FutureName, future.name);
        if (!future.type.isEmpty())
            say(thread, future.id.value, TextKind::FutureType, future.type);
    }

    void add(const model::WaitSet &wait)
    {
        if (m_boundary.lastWait < wait.id)
            return;
        const ThreadId thread {1};
        put(thread, wait.task.value, EventType::WaitBegun, int(wait.until), wait.id.value,
            wait.timeout ? std::uint64_t(wait.timeout->count()) : ~std::uint64_t(0));
        for (const TaskId member : wait.members)
            put(thread, member.value, EventType::WaitMember, 0, wait.id.value);
        if (isBefore(wait.ended))
            put(thread, wait.task.value, EventType::WaitEnded, 0, wait.id.value);
    }

    void add(const model::RunningStack &stack)
    {
        TaskId below;
        for (const TaskId id : stack.tasks) {
            const Task *task = m_store.task(id);
            if (!task)
                continue;
            put(stack.thread, id.value, EventType::Resumed, 0, 0, below.value);
            // A worker is no coroutine, and not below what its job calls.
            below = task->entity == trace::EntityKind::Worker ? TaskId {} : id;
        }
    }

    const model::TraceStore &m_store;
    const Boundary &m_boundary;
    std::unordered_set<TaskId> m_running;
    std::vector<TraceEvent> m_events;
};

} // namespace

std::vector<TraceEvent> stateEvents(const model::TraceStore &store, const Boundary &boundary)
{
    return StateWriter(store, boundary).events();
}

} // namespace coroscope::io
