// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/gallery/runfigures.h"

#include <algorithm>

namespace coroscope::ui {

using model::TaskState;

std::vector<TaskId> tasksOfRun(const model::Moment &moment, TaskId first)
{
    std::vector<TaskId> found;
    if (moment.exists(first))
        found.push_back(first);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::vector<TaskId> &children = moment.store().task(found[i])->children;
        std::ranges::copy_if(children, std::back_inserter(found),
                             [&](TaskId child) { return moment.exists(child); });
    }
    return found;
}

RunFigures figuresOfRun(const model::Moment &moment, TaskId first, model::Time now)
{
    RunFigures figures;
    const auto begun = moment.task(first);
    if (!begun)
        return figures;
    figures.begin = begun->created;
    figures.end = begun->created;
    figures.isOver = true;
    for (const TaskId id : tasksOfRun(moment, first)) {
        const auto task = moment.task(id);
        figures.busy += task->busy;
        if (task->state == TaskState::Running)
            figures.busy += std::max(model::Time {}, now - task->stateSince);
        figures.waitsForNobody = figures.waitsForNobody || task->waitsForNobody;
        figures.isOver = figures.isOver && model::hasEnded(task->state);
        figures.end = std::max(figures.end, task->ended.value_or(now));
    }
    return figures;
}

QMap<int, QStringList> suspendedLines(const model::Moment &moment, TaskId first, const QString &source)
{
    QMap<int, QStringList> lines;
    for (const TaskId id : tasksOfRun(moment, first)) {
        const auto task = moment.task(id);
        if ((task->state != TaskState::Suspended && task->state != TaskState::Ready) || !task->wait.site)
            continue;
        const model::Location &site = moment.store().location(task->wait.site);
        if (site.file.endsWith(source))
            lines[site.line] << task->name;
    }
    return lines;
}

} // namespace coroscope::ui
