// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <vector>

namespace coroscope::model {

/// The coroutines and spawned tasks that haven't ended at a moment, in order of creation. Read bit by bit:
/// one that ended is not looked at again. After the store's clear() or removeEnded(), and for each past
/// moment: begin with a new one.
class PendingTasks
{
public:
    /// Looks at about `budget` tasks. True: all were looked at, and the next call begins anew.
    bool read(const Moment &moment, std::uint32_t budget);
    std::span<const TaskId> ids() const { return m_ids; }

private:
    std::vector<TaskId> m_ids;
    std::vector<TaskId> m_live; ///< of the pass under way, its first part being done
    std::size_t m_next = 0;
    std::size_t m_kept = 0;
    std::uint64_t m_met = 0; ///< tasks of an earlier serial number
};

/// A line of who waits for whom.
struct AwaitLine
{
    enum class Kind : std::uint8_t {
        Task, ///< those that it waits for follow, one deeper
        Again, ///< it stands further up already, with those that it waits for
        Cycle, ///< the chain is back at a task above: none of them can go on
        More, ///< `more` others, which are left out
    };
    Kind kind = Kind::Task;
    std::uint32_t depth = 0;
    TaskId task; ///< none: More
    std::uint32_t more = 0;
    bool isInCycle = false;
    friend bool operator==(const AwaitLine &, const AwaitLine &) = default;
};

struct AwaitForest
{
    std::vector<AwaitLine> lines;
    std::uint32_t cycles = 0; ///< among the lines
};

/// From those that nobody waits for down to the leaves; a circle of tasks stands first. At most about `most`
/// lines, and 40 members of a wait(). O(pending).
AwaitForest awaitForest(const Moment &moment, std::span<const TaskId> pending, std::size_t most = 1000);

} // namespace coroscope::model
