// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <QMap>
#include <QStringList>

/// What is known, at a moment, of one run of an example: the task that was launched, and all that it began.
namespace coroscope::ui {

/// The run's first task and its descendants, coroutines that they merely call included.
std::vector<TaskId> tasksOfRun(const model::Moment &moment, TaskId first);

struct RunFigures
{
    model::Time begin {};
    model::Time end {}; ///< of the last of its tasks; `now` while one is under way
    model::Time busy {}; ///< sum of what its tasks ran
    bool isOver = false;
    bool waitsForNobody = false; ///< one of its tasks waits for a future that only a hand can set

    model::Time wall() const { return end - begin; }
};
RunFigures figuresOfRun(const model::Moment &moment, TaskId first, model::Time now);

/// The lines of the program `source` at which tasks of the run are suspended then, with their names.
QMap<int, QStringList> suspendedLines(const model::Moment &moment, TaskId first, const QString &source);

} // namespace coroscope::ui
