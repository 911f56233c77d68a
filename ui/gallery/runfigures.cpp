// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/runfigures.h"

#include <algorithm>

namespace coroscope::ui {

using model::Task;
using model::TaskState;

std::vector<TaskId> tasksOfRun(const model::TraceStore &store, TaskId first)
{
    std::vector<TaskId> found;
    if (store.task(first))
        found.push_back(first);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::vector<TaskId> &children = store.task(found[i])->children;
        std::ranges::copy_if(children, std::back_inserter(found),
                             [&](TaskId child) { return store.task(child) != nullptr; });
    }
    return found;
}

RunFigures figuresOfRun(const model::TraceStore &store, TaskId first, model::Time now)
{
    RunFigures figures;
    const Task *begun = store.task(first);
    if (!begun)
        return figures;
    figures.begin = begun->created;
    figures.end = begun->created;
    figures.isOver = true;
    for (const TaskId id : tasksOfRun(store, first)) {
        const Task &task = *store.task(id);
        figures.busy += task.busy;
        if (task.state == TaskState::Running)
            figures.busy += std::max(model::Time {}, now - task.stateSince);
        figures.waitsForNobody = figures.waitsForNobody || task.waitsForNobody;
        figures.isOver = figures.isOver && model::hasEnded(task.state);
        figures.end = std::max(figures.end, task.ended.value_or(now));
    }
    return figures;
}

QMap<int, QStringList> suspendedLines(const model::TraceStore &store, TaskId first, const QString &source)
{
    QMap<int, QStringList> lines;
    for (const TaskId id : tasksOfRun(store, first)) {
        const Task &task = *store.task(id);
        if ((task.state != TaskState::Suspended && task.state != TaskState::Ready) || !task.wait.site)
            continue;
        const model::Location &site = store.location(task.wait.site);
        if (site.file.endsWith(source))
            lines[site.line] << task.name;
    }
    return lines;
}

} // namespace coroscope::ui
