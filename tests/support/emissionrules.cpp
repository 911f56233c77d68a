// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/emissionrules.h"

namespace coroscope::test {

using namespace trace;

void EmissionRules::breach(const Event &event, const char *what)
{
    if (m_breaches.size() < 20)
        m_breaches.append(QStringLiteral("task %1: %2").arg(event.task).arg(QString::fromLatin1(what)));
}

EmissionRules::Lane *EmissionRules::known(const Event &event, const char *what)
{
    const auto found = m_lanes.find(event.task);
    if (found != m_lanes.end())
        return &found->second;
    breach(event, what);
    return nullptr;
}

std::size_t EmissionRules::unended() const
{
    std::size_t count = 0;
    for (const auto &[id, lane] : m_lanes)
        count += !lane.isService && lane.state != State::Ended;
    return count;
}

bool EmissionRules::isAnythingRunning() const
{
    for (const auto &[id, thread] : m_threads)
        if (!thread.stack.empty())
            return true;
    return false;
}

void EmissionRules::add(std::uint32_t threadNumber, const Event &e)
{
    Thread &thread = m_threads[threadNumber];
    if (e.ticks < thread.lastTicks)
        breach(e, "older than what its thread wrote before");
    thread.lastTicks = e.ticks;
    const std::uint32_t top = thread.stack.empty() ? 0 : thread.stack.back();

    switch (e.type) {
    case EventType::Created:
    case EventType::FirstSeen: {
        const auto kind = EntityKind(e.kind);
        const bool isService = kind == EntityKind::Loop || kind == EntityKind::Worker;
        if (e.task == 0)
            breach(e, "created without an identity");
        // A deferred call becomes a task when it is spawned.
        const auto found = m_lanes.find(e.task);
        const bool isSpawnedLater = kind == EntityKind::Spawned && found != m_lanes.end()
                                    && found->second.state == State::Fresh && !found->second.isSpawned;
        if (found != m_lanes.end() && !isSpawnedLater)
            breach(e, "created twice");
        m_lanes[e.task] = {e.type == EventType::FirstSeen ? State::Suspended : State::Fresh, isService,
                           kind == EntityKind::Spawned};
        break;
    }
    case EventType::Resumed: {
        Lane *const lane = known(e, "resumed before it was created");
        if (!lane)
            break;
        if (lane->state == State::Running)
            breach(e, "resumed while it runs");
        if (lane->state == State::Ended)
            breach(e, "resumed after its end");
        if (e.b != top)
            breach(e, "resumed on something else than what runs");
        lane->state = State::Running;
        thread.stack.push_back(e.task);
        break;
    }
    case EventType::Suspended:
    case EventType::Finished: {
        Lane *const lane = known(e, "stopped before it was created");
        if (!lane)
            break;
        const bool endsUnstarted = e.type == EventType::Finished && lane->state == State::Fresh;
        if (endsUnstarted) {
            if (Outcome(e.kind) == Outcome::Done)
                breach(e, "done without having run");
        } else if (top == e.task) {
            thread.stack.pop_back();
        } else {
            breach(e, "stopped although it isn't what runs");
        }
        lane->state = e.type == EventType::Finished ? State::Ended : State::Suspended;
        break;
    }
    case EventType::Destroyed: {
        Lane *const lane = known(e, "destroyed before it was created");
        if (!lane)
            break;
        if (lane->state == State::Running)
            breach(e, "destroyed while it runs");
        if (lane->state == State::Ended)
            breach(e, "destroyed after its end");
        lane->state = State::Ended;
        break;
    }
    case EventType::Ready: {
        Lane *const lane = known(e, "woken before it was created");
        if (lane && (lane->state == State::Running || lane->state == State::Ended))
            breach(e, "woken while it runs or after its end");
        break;
    }
    default:
        break;
    }
}

} // namespace coroscope::test
