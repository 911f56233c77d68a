// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/event.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

/// What a running task can say of itself. Each is about the task that runs on this thread (of nested
/// coroutines: the spawned task they belong to), does nothing outside of one, and formats nothing while
/// nobody records.
namespace coroscope::trace {

/// The running task; none outside of one.
TaskId currentTask();

void setTaskName(const QString &name);
/// The kind of work, by which the window colors it: "download", "redis", "sleep".
void setCategory(QByteArrayView name);
/// Shows a line in the console. Prints nowhere else.
void print(const QString &line);
void progress(std::uint64_t done, std::optional<std::uint64_t> total, ProgressUnit unit);

} // namespace coroscope::trace
