// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/idtable.h"
#include "core/model/taskrecord.h"

#include <functional>
#include <span>

namespace coroscope::model {

/// The tasks by id, in order of creation, and as a forest.
class TaskTable
{
public:
    TaskRecord *find(TaskId id) const noexcept { return m_index.find(id); }
    bool wasForgotten(TaskId id) const noexcept { return m_index.wasForgotten(id); }
    TaskRecord &add(TaskId id, TaskId creator, trace::EntityKind entity, Time created);
    /// A task that was met without its creation: now it is known what it is.
    void identify(TaskRecord &record, TaskId creator, trace::EntityKind entity);
    std::span<const TaskId> ids() const noexcept { return m_ids; }
    std::span<const TaskId> roots() const noexcept { return m_roots; }
    std::span<const std::unique_ptr<TaskRecord>> records() const noexcept { return m_records; }

    /// Counts by state, of what TraceStore counts as a task.
    const std::array<std::uint32_t, 8> &byState() const noexcept { return m_byState; }
    void setState(TaskRecord &record, TaskState state, Time time);

    /// Gives a task its own category, and those below it that have none.
    void setCategory(TaskRecord &record, const QString &category);

    /// Forgets ended roots, then what becomes an ended root by that, unless `keep` says otherwise. Calls
    /// `forgetting` for each before it goes.
    void removeEnded(const std::function<bool(const TaskRecord &)> &keep,
                     const std::function<void(TaskRecord &)> &forgetting);
    /// Forgets the tasks that are marked as gone, `forgetting` them first; what they created and stays
    /// becomes a root. O(tasks).
    void removeGone(const std::function<void(TaskRecord &)> &forgetting);
    /// Of the index by id.
    std::size_t indexBytes() const noexcept { return m_index.capacityBytes(); }
    void clear();

private:
    void makeRoot(TaskRecord &record);
    void eraseGone();
    static void noteStep(TaskRecord &record, const TaskRecord &parent);
    void inherit(TaskRecord &record, const QString &category);

    IdTable<TaskId, TaskRecord> m_index;
    std::vector<std::unique_ptr<TaskRecord>> m_records;
    std::vector<TaskId> m_ids;
    std::vector<TaskId> m_roots;
    std::array<std::uint32_t, 8> m_byState {};
};

} // namespace coroscope::model
