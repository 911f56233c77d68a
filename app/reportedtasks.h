// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <QByteArray>

namespace coroscope::app {

/// The tasks that a person asked for, in order: spawned roots, where a batch is replaced by its downloads.
std::vector<TaskId> reportedTasks(const model::TraceStore &store);

/// Every spawned task, in order: those of an example, which is a program of its own.
std::vector<TaskId> spawnedTasks(const model::TraceStore &store);

/// `{"task","kind","state","result"?,"error"?,"seconds"}` and a line feed. `output`: Session::output().
QByteArray jsonLine(const model::Task &task, const QByteArray &output);

/// "GET a.iso: 404 Not Found", for a task that did not end as done.
QString failureLine(const model::Task &task);

} // namespace coroscope::app
