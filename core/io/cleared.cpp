// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/cleared.h"

namespace coroscope::io {

using model::TraceEvent;
using model::TraceStore;
using trace::EventType;
using trace::TextKind;

namespace {
template<class Id>
std::vector<Id> copyOf(std::span<const Id> ids)
{
    return {ids.begin(), ids.end()};
}
} // namespace

void Cleared::clearEnded(TraceStore &store)
{
    const auto tasks = copyOf(store.tasks());
    const auto futures = copyOf(store.futures());
    const auto waits = copyOf(store.waits());
    store.removeEnded();
    const auto takeGone = [](const auto &before, auto &gone, const auto &isThere) {
        for (const auto id : before) {
            if (!isThere(id))
                gone.insert(id);
        }
    };
    takeGone(tasks, m_tasks, [&](TaskId id) { return store.task(id) != nullptr; });
    takeGone(futures, m_futures, [&](FutureId id) { return store.future(id) != nullptr; });
    takeGone(waits, m_waits, [&](WaitId id) { return store.wait(id) != nullptr; });
}

UnclearedWriter::UnclearedWriter(QIODevice &device, const Facts &facts, const Cleared &cleared)
    : m_cleared(cleared)
    , m_writer(device, static_cast<const Pools &>(*this), facts)
{ }

model::LocationId UnclearedWriter::addLocation(model::Location location)
{
    return m_pool.addLocation(std::move(location));
}

StringId UnclearedWriter::addString(QString text) { return m_pool.addString(std::move(text)); }

bool UnclearedWriter::isCleared(const TraceEvent &event) const
{
    const TaskId task {event.task};
    switch (event.type) {
    case EventType::FutureCreated:
    case EventType::FutureResolved:
    case EventType::FutureDropped:
        return m_cleared.has(FutureId {event.task});
    case EventType::WaitBegun:
    case EventType::WaitMember:
    case EventType::WaitEnded:
        return m_cleared.has(task) || m_cleared.has(WaitId {std::uint32_t(event.a)});
    case EventType::Text:
        if (TextKind(event.kind) == TextKind::ThreadName)
            return false;
        return TextKind(event.kind) < TextKind::FutureName ? m_cleared.has(task)
                                                           : m_cleared.has(FutureId {event.task});
    default:
        return m_cleared.has(task);
    }
}

std::uint64_t UnclearedWriter::belowOf(std::uint64_t task) const
{
    if (!m_cleared.has(TaskId {std::uint32_t(task)}))
        return task;
    const auto found = m_below.find(task);
    return found != m_below.end() ? found->second : 0;
}

void UnclearedWriter::append(const TraceEvent &event)
{
    TraceEvent kept = event;
    if (event.type == EventType::Resumed)
        kept.b = belowOf(event.b);
    if (isCleared(event)) {
        if (event.type == EventType::Resumed)
            m_below[event.task] = kept.b;
        return;
    }
    const bool namesCreator = event.type == EventType::Created || event.type == EventType::FirstSeen
                              || event.type == EventType::FutureCreated;
    if (namesCreator && m_cleared.has(TaskId {std::uint32_t(event.a)}))
        kept.a = 0;
    m_writer.append(kept);
}

void UnclearedWriter::appendLost(model::ThreadId thread, model::Time time, std::uint64_t count)
{
    m_writer.appendLost(thread, time, count);
}

void UnclearedWriter::appendLostTexts(std::uint64_t count) { m_writer.appendLostTexts(count); }

void UnclearedWriter::commit(model::Time now) { m_writer.commit(now); }

} // namespace coroscope::io
