// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/idtable.h"
#include "core/model/task.h"

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>

namespace coroscope::model {

/// The wait sets by id, in order of their begin, and by member.
class WaitTable
{
public:
    WaitSet *find(WaitId id) const noexcept { return m_index.find(id); }
    bool wasForgotten(WaitId id) const noexcept { return m_index.wasForgotten(id); }
    WaitSet &add(WaitId id, TaskId task, Time begun);
    void addMember(WaitSet &wait, TaskId member);
    void end(WaitSet &wait, Time time);
    /// Those not ended that hold `member`.
    std::span<const WaitId> activeWith(TaskId member) const;
    std::span<const WaitId> ids() const noexcept { return m_ids; }
    void remove(const std::function<bool(WaitSet &)> &doomed);
    /// Of the index by id, and of what knows the members.
    std::size_t indexBytes() const noexcept
    {
        constexpr std::size_t node = 96; // of the map, with a list of one
        return m_index.capacityBytes() + m_members * sizeof(TaskId) + m_activeByMember.size() * node;
    }
    void clear() { *this = {}; }

private:
    void unlink(const WaitSet &wait);

    IdTable<WaitId, WaitSet> m_index;
    std::vector<std::unique_ptr<WaitSet>> m_waits;
    std::vector<WaitId> m_ids;
    std::size_t m_members = 0; ///< of all
    std::unordered_map<TaskId, std::vector<WaitId>> m_activeByMember;
};

} // namespace coroscope::model
