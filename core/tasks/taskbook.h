// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/spec.h"
#include "core/trace/ids.h"

#include <QHash>

#include <memory>
#include <mutex>
#include <optional>

namespace coroscope::tasks {

class ResultTable;

/// What is known of launched tasks besides their trace: what they were launched from, what they put out.
/// Written by the observed loop, read by the window; any thread.
class TaskBook
{
public:
    void setSpec(TaskId task, TaskSpec spec);
    void setOutput(TaskId task, QByteArray output);
    void setTable(TaskId task, std::shared_ptr<ResultTable> table);

    std::optional<TaskSpec> spec(TaskId task) const;
    QByteArray output(TaskId task) const;
    /// Null: it has none.
    std::shared_ptr<const ResultTable> table(TaskId task) const;

    /// The tasks that something is known of.
    QList<TaskId> tasks() const;
    void forget(TaskId task);

private:
    mutable std::mutex m_mutex;
    QHash<TaskId, TaskSpec> m_specs;
    QHash<TaskId, QByteArray> m_outputs;
    QHash<TaskId, std::shared_ptr<ResultTable>> m_tables;
};

} // namespace coroscope::tasks
