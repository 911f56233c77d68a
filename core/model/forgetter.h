// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/retention.h"
#include "core/model/storestate.h"

#include <deque>

namespace coroscope::model {

/// Keeps a store within its limits.
///
/// How it works: whatever can be forgotten stands in one queue, the oldest in front. A pass takes from it
/// what lies beyond the limits: slices at once, chunk by chunk; tasks, futures, waits and lines are marked,
/// and leave their tables together at the pass's end, which costs O(what is known). So that this is O(1) an
/// event, a pass is put off until there is more than a sixteenth too much, and then forgets all of that; of
/// memory it begins at the limit, and frees a sixteenth. Memory goes beyond its limit only where living tasks
/// alone do.
class Forgetter
{
public:
    explicit Forgetter(StoreState &state)
        : s(state)
    { }

    void setLimits(const Retention &limits);
    const Retention &limits() const { return m_limits; }
    /// At the end of a batch of events. True if anything was forgotten.
    bool run();
    /// Events before what is known.
    std::uint64_t forgottenEvents() const { return m_forgottenEvents; }
    std::uint64_t forgottenTasks() const { return m_forgottenTasks; }
    /// The store was emptied.
    void clear();

private:
    struct Checkpoint
    {
        Time now;
        std::uint64_t events; ///< until then
    };
    void noteTime();
    std::optional<Time> horizon() const;
    Time timeOf(std::uint64_t event) const;
    void forgetUntil(Time time);
    void shrink();
    void take(const AgeQueue::Entry &entry);
    void takeSlices(TaskRecord &record, SliceColumn::Index end);
    void takeTask(TaskRecord &record, const AgeQueue::Entry &entry);
    void sweep();
    void sweepTasks();
    void sweepOthers();
    void sweepLines();
    void countEvents();

    StoreState &s;
    Retention m_limits;
    std::deque<Checkpoint> m_checkpoints;
    std::uint64_t m_forgottenEvents = 0;
    std::uint64_t m_forgottenTasks = 0;
    std::uint64_t m_stuckAt = 0; ///< memory, when nothing was left to be forgotten

    // Of the pass under way.
    bool m_hasTaken = false;
    std::size_t m_tasks = 0; ///< marked
    std::uint64_t m_marked = 0; ///< bytes of what is marked, but still there
    std::vector<AgeQueue::Entry> m_later; ///< what a living task still needs
};

} // namespace coroscope::model
