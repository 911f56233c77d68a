// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tasks/taskwords.h"

#include <variant>

namespace coroscope::ui {

enum class TaskColumn { Warnings, Id, State, Name, Kind, Total, Busy, Waiting, Polls, Cause, Location };
inline constexpr int taskColumnCount = int(TaskColumn::Location) + 1;

QString columnTitle(TaskColumn column);
QString columnTip(TaskColumn column);
bool isNumber(TaskColumn column);

QString cellText(const model::TraceStore &store, const model::Task &task, TaskColumn column, model::Time now);
/// By what a column sorts: numbers as numbers, texts without regard to case.
using SortKey = std::variant<std::int64_t, QString>;
SortKey sortKey(const model::TraceStore &store, const model::Task &task, TaskColumn column, model::Time now);

} // namespace coroscope::ui
