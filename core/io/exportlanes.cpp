// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportlanes.h"

#include "core/model/transitions.h"

namespace coroscope::io {

ExportLanes::ExportLanes(const model::TraceStore &store)
{
    m_ids.reserve(store.tasks().size());
    const auto add = [this](TaskId id) {
        if (m_numbers.try_emplace(id, std::uint32_t(m_ids.size() + 1)).second)
            m_ids.push_back(id);
    };
    for (const TaskId id : store.tasks()) {
        if (model::isService(store.task(id)->entity))
            add(id);
    }
    std::vector<TaskId> todo(store.roots().rbegin(), store.roots().rend());
    while (!todo.empty()) {
        const TaskId id = todo.back();
        todo.pop_back();
        const model::Task *task = store.task(id);
        if (!task || (m_numbers.contains(id) && !model::isService(task->entity)))
            continue;
        add(id);
        todo.insert(todo.end(), task->children.rbegin(), task->children.rend());
    }
    for (const TaskId id : store.tasks()) // creators in a circle, as a damaged recording may have
        add(id);
    for (const TaskId id : m_ids)
        m_slices += store.sliceCount(id);
}

std::uint32_t ExportLanes::number(TaskId id) const
{
    const auto it = m_numbers.find(id);
    return it == m_numbers.end() ? 0 : it->second;
}

model::Time earliestTime(const model::TraceStore &store)
{
    model::Time earliest = store.firstTime();
    for (const TaskId id : store.tasks())
        earliest = std::min(earliest, store.task(id)->created);
    return earliest;
}

} // namespace coroscope::io
