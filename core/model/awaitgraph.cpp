// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/awaitgraph.h"

#include <algorithm>
#include <unordered_set>

namespace coroscope::model::awaits {

void link(TaskRecord &awaiter, TaskRecord &awaited)
{
    unlink(awaiter);
    awaiter.awaits = &awaited;
    awaiter.nextAwaiter = awaited.firstAwaiter;
    if (awaited.firstAwaiter)
        awaited.firstAwaiter->previousAwaiter = &awaiter;
    awaited.firstAwaiter = &awaiter;
}

void unlink(TaskRecord &awaiter)
{
    if (!awaiter.awaits)
        return;
    if (awaiter.previousAwaiter)
        awaiter.previousAwaiter->nextAwaiter = awaiter.nextAwaiter;
    else
        awaiter.awaits->firstAwaiter = awaiter.nextAwaiter;
    if (awaiter.nextAwaiter)
        awaiter.nextAwaiter->previousAwaiter = awaiter.previousAwaiter;
    awaiter.awaits = awaiter.nextAwaiter = awaiter.previousAwaiter = nullptr;
}

void detach(TaskRecord &record)
{
    unlink(record);
    while (record.firstAwaiter)
        unlink(*record.firstAwaiter);
}

std::vector<TaskId> chain(const TaskRecord &first)
{
    std::vector<TaskId> ids;
    std::unordered_set<const TaskRecord *> seen;
    for (const TaskRecord *record = &first; record && seen.insert(record).second; record = record->awaits)
        ids.push_back(record->task.id);
    return ids;
}

std::vector<TaskId> awaitersOf(const StoreState &state, const TaskRecord &record)
{
    std::vector<TaskId> ids;
    for (const TaskRecord *awaiter = record.firstAwaiter; awaiter; awaiter = awaiter->nextAwaiter)
        ids.push_back(awaiter->task.id);
    for (const WaitId id : state.waits.activeWith(record.task.id))
        ids.push_back(state.waits.find(id)->task);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

bool isCyclic(const StoreState &state, const TaskRecord &record)
{
    std::unordered_set<const TaskRecord *> seen;
    std::vector<const TaskRecord *> todo;
    const auto follow = [&](const TaskRecord *next) {
        if (next && seen.insert(next).second)
            todo.push_back(next);
    };
    const auto step = [&](const TaskRecord &from) {
        follow(from.awaits);
        const Wait &wait = from.task.wait;
        if (from.task.state != TaskState::Suspended || wait.kind != trace::WaitKind::Wait)
            return;
        if (const WaitSet *set = state.waits.find(WaitId {std::uint32_t(wait.detail)})) {
            for (const TaskId member : set->members)
                follow(state.tasks.find(member));
        }
    };
    step(record);
    while (!todo.empty() && !seen.contains(&record)) {
        const TaskRecord *next = todo.back();
        todo.pop_back();
        step(*next);
    }
    return seen.contains(&record);
}

} // namespace coroscope::model::awaits
