// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tasks/taskwords.h"

namespace coroscope::ui {

enum class TaskColumn { Warnings, Id, State, Name, Kind, Total, Busy, Waiting, Polls, Cause, Location };
inline constexpr int taskColumnCount = int(TaskColumn::Location) + 1;

QString columnTitle(TaskColumn column);
QString columnTip(TaskColumn column);
bool isNumber(TaskColumn column);

QString cellText(const model::Moment &moment, const model::Task &task, TaskColumn column, model::Time now);
/// By what a column sorts: numbers as numbers, texts without regard to case. Of a text the number holds the
/// beginning, so that most comparisons need not look at the text itself.
struct SortKey
{
    std::int64_t number = 0;
    QString text {};

    static SortKey ofText(const QString &text);
    friend bool operator<(const SortKey &a, const SortKey &b)
    {
        return a.number != b.number ? a.number < b.number : a.text < b.text;
    }
    friend bool operator==(const SortKey &a, const SortKey &b)
    {
        return a.number == b.number && a.text == b.text;
    }
};
SortKey sortKey(const model::Moment &moment, const model::Task &task, TaskColumn column, model::Time now);

} // namespace coroscope::ui
