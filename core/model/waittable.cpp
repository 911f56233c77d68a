// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/waittable.h"

#include <algorithm>

namespace coroscope::model {

WaitSet &WaitTable::add(WaitId id, TaskId task, Time begun)
{
    auto &wait = *m_waits.emplace_back(std::make_unique<WaitSet>());
    wait.id = id;
    wait.task = task;
    wait.begun = begun;
    m_index.insert(id, &wait);
    m_ids.push_back(id);
    return wait;
}

void WaitTable::addMember(WaitSet &wait, TaskId member)
{
    wait.members.push_back(member);
    ++m_members;
    if (!wait.ended)
        m_activeByMember[member].push_back(wait.id);
}

void WaitTable::end(WaitSet &wait, Time time)
{
    wait.ended = time;
    unlink(wait);
}

void WaitTable::unlink(const WaitSet &wait)
{
    for (const TaskId member : wait.members) {
        const auto it = m_activeByMember.find(member);
        if (it == m_activeByMember.end())
            continue;
        std::erase(it->second, wait.id);
        if (it->second.empty())
            m_activeByMember.erase(it);
    }
}

std::span<const WaitId> WaitTable::activeWith(TaskId member) const
{
    const auto it = m_activeByMember.find(member);
    return it == m_activeByMember.end() ? std::span<const WaitId>() : std::span<const WaitId>(it->second);
}

void WaitTable::remove(const std::function<bool(WaitSet &)> &doomed)
{
    std::erase_if(m_waits, [&](const auto &wait) {
        const std::size_t before = wait->members.size();
        const bool gone = doomed(*wait);
        m_members -= before - (gone ? 0 : wait->members.size());
        if (gone) {
            unlink(*wait);
            m_index.forget(wait->id);
        }
        return gone;
    });
    m_ids.clear();
    for (const auto &wait : m_waits)
        m_ids.push_back(wait->id);
}

} // namespace coroscope::model
