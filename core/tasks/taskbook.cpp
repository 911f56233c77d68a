// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/taskbook.h"

namespace coroscope::tasks {

void TaskBook::setSpec(TaskId task, TaskSpec spec)
{
    const std::lock_guard lock(m_mutex);
    m_specs.insert(task, std::move(spec));
}

void TaskBook::setOutput(TaskId task, QByteArray output)
{
    const std::lock_guard lock(m_mutex);
    m_outputs.insert(task, std::move(output));
}

void TaskBook::setTable(TaskId task, std::shared_ptr<ResultTable> table)
{
    const std::lock_guard lock(m_mutex);
    m_tables.insert(task, std::move(table));
}

std::optional<TaskSpec> TaskBook::spec(TaskId task) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_specs.constFind(task);
    return found == m_specs.constEnd() ? std::nullopt : std::optional(*found);
}

QByteArray TaskBook::output(TaskId task) const
{
    const std::lock_guard lock(m_mutex);
    return m_outputs.value(task);
}

std::shared_ptr<const ResultTable> TaskBook::table(TaskId task) const
{
    const std::lock_guard lock(m_mutex);
    return m_tables.value(task);
}

QList<TaskId> TaskBook::tasks() const
{
    const std::lock_guard lock(m_mutex);
    QList<TaskId> tasks = m_specs.keys();
    for (const TaskId task : m_outputs.keys()) {
        if (!m_specs.contains(task))
            tasks << task;
    }
    for (const TaskId task : m_tables.keys()) {
        if (!tasks.contains(task))
            tasks << task;
    }
    return tasks;
}

void TaskBook::forget(TaskId task)
{
    const std::lock_guard lock(m_mutex);
    m_specs.remove(task);
    m_outputs.remove(task);
    m_tables.remove(task);
}

} // namespace coroscope::tasks
