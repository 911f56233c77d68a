// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/tasktable.h"

#include <unordered_set>

namespace coroscope::model {

TaskRecord &TaskTable::add(TaskId id, TaskId creator, trace::EntityKind entity, Time created)
{
    auto &record = *m_records.emplace_back(std::make_unique<TaskRecord>());
    record.task.id = id;
    record.task.entity = entity;
    record.task.created = record.task.stateSince = record.lane.created = created;
    if (TaskRecord *parent = creator ? find(creator) : nullptr) {
        record.task.parent = creator;
        record.task.category = parent->task.category;
        parent->task.children.push_back(id);
        noteStep(record, *parent);
    } else {
        m_roots.push_back(id);
    }
    m_index.insert(id, &record);
    m_ids.push_back(id);
    if (countsAsTask(record.task))
        ++m_byState[std::size_t(record.task.state)];
    return record;
}

/// `record` is `above` or stands below it.
static bool isWithin(const TaskTable &tasks, const TaskRecord &record, const TaskRecord &above)
{
    const TaskRecord *at = &record;
    while (at && at != &above)
        at = at->task.parent ? tasks.find(at->task.parent) : nullptr;
    return at;
}

void TaskTable::identify(TaskRecord &record, TaskId creator, trace::EntityKind entity)
{
    const bool counted = countsAsTask(record.task);
    record.task.entity = entity;
    TaskRecord *parent = creator && !record.task.parent ? find(creator) : nullptr;
    if (parent && !isWithin(*this, *parent, record)) { // a damaged recording may name creators in a circle
        std::erase(m_roots, record.task.id);
        record.task.parent = creator;
        parent->task.children.push_back(record.task.id);
        noteStep(record, *parent);
        if (!record.ownCategory)
            inherit(record, parent->task.category);
    }
    m_byState[std::size_t(record.task.state)] += unsigned(countsAsTask(record.task)) - unsigned(counted);
}

void TaskTable::noteStep(TaskRecord &record, const TaskRecord &parent)
{
    if (record.task.entity == trace::EntityKind::Coroutine)
        record.stepOf = parent.stepOf ? parent.stepOf : parent.task.id;
}

void TaskTable::setState(TaskRecord &record, TaskState state, Time time)
{
    if (countsAsTask(record.task)) {
        --m_byState[std::size_t(record.task.state)];
        ++m_byState[std::size_t(state)];
    }
    record.task.state = state;
    record.task.stateSince = time;
}

void TaskTable::setCategory(TaskRecord &record, const QString &category)
{
    record.ownCategory = true;
    inherit(record, category);
}

void TaskTable::inherit(TaskRecord &record, const QString &category)
{
    std::vector<TaskRecord *> todo {&record};
    while (!todo.empty()) {
        TaskRecord *next = todo.back();
        todo.pop_back();
        next->task.category = category;
        for (const TaskId id : next->task.children) {
            TaskRecord *child = find(id);
            if (child && !child->ownCategory)
                todo.push_back(child);
        }
    }
}

void TaskTable::makeRoot(TaskRecord &record)
{
    const bool counted = countsAsTask(record.task);
    record.task.parent = {};
    if (!counted && countsAsTask(record.task))
        ++m_byState[std::size_t(record.task.state)];
}

void TaskTable::eraseGone()
{
    std::erase_if(m_records, [](const auto &record) { return record->gone; });
    m_ids.clear();
    for (const auto &record : m_records)
        m_ids.push_back(record->task.id);
}

void TaskTable::removeGone(const std::function<void(TaskRecord &)> &forgetting)
{
    std::unordered_set<TaskRecord *> bereft;
    std::vector<TaskId> orphans;
    for (const auto &record : m_records) {
        if (!record->gone)
            continue;
        if (countsAsTask(record->task))
            --m_byState[std::size_t(record->task.state)];
        if (TaskRecord *parent = record->task.parent ? find(record->task.parent) : nullptr;
            parent && !parent->gone)
            bereft.insert(parent);
        for (const TaskId id : record->task.children) {
            if (const TaskRecord *child = find(id); child && !child->gone)
                orphans.push_back(id);
        }
        forgetting(*record);
    }
    const auto isGone = [this](TaskId id) {
        const TaskRecord *record = find(id);
        return !record || record->gone;
    };
    for (TaskRecord *parent : bereft)
        std::erase_if(parent->task.children, isGone);
    std::erase_if(m_roots, isGone);
    for (const TaskId id : orphans)
        makeRoot(*find(id));
    m_roots.insert(m_roots.end(), orphans.begin(), orphans.end());
    for (const auto &record : m_records) {
        if (record->gone)
            m_index.forget(record->task.id);
    }
    eraseGone();
}

void TaskTable::removeEnded(const std::function<bool(const TaskRecord &)> &keep,
                            const std::function<void(TaskRecord &)> &forgetting)
{
    std::vector<TaskId> roots;
    std::vector<TaskId> todo(m_roots.rbegin(), m_roots.rend());
    while (!todo.empty()) {
        TaskRecord *record = find(todo.back());
        todo.pop_back();
        if (!hasEnded(record->task.state) || keep(*record)) {
            if (record->task.parent)
                makeRoot(*record);
            roots.push_back(record->task.id);
            continue;
        }
        todo.insert(todo.end(), record->task.children.rbegin(), record->task.children.rend());
        if (countsAsTask(record->task))
            --m_byState[std::size_t(record->task.state)];
        forgetting(*record);
        record->gone = true;
        m_index.forget(record->task.id);
    }
    m_roots = std::move(roots);
    eraseGone();
}

void TaskTable::clear() { *this = {}; }

} // namespace coroscope::model
