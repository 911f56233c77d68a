// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/taskcolumn.h"

#include "ui/durations.h"
#include "ui/quantities.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace coroscope::ui {

using model::Task;
using model::Time;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::TaskColumn)
};

struct Description
{
    const char *title;
    const char *tip;
};

// clang-format off
constexpr std::array<Description, taskColumnCount> descriptions{{
    {"", QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Warnings: it blocked the loop, or waits for nobody")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "ID"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "The task's number, in order of creation")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "State"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "What the task does now, or how it ended")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Name"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "As given, else the coroutine's function")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Kind"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "The kind of work")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Total"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Time from creation to the end, or to now")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Busy"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Time that it ran")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Waiting"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Time that it was suspended")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Polls"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "How often it was resumed")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Last cause"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "What resumed it last")},
    {QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Location"),
     QT_TRANSLATE_NOOP("coroscope::ui::TaskColumn", "Where the coroutine stands in the source")},
}};
// clang-format on

const Description &describe(TaskColumn column) { return descriptions[std::size_t(column)]; }

} // namespace

QString columnTitle(TaskColumn column)
{
    const char *title = describe(column).title;
    return *title ? Words::tr(title) : QString();
}

QString columnTip(TaskColumn column) { return Words::tr(describe(column).tip); }

bool isNumber(TaskColumn column)
{
    return column == TaskColumn::Id || (column >= TaskColumn::Total && column <= TaskColumn::Polls);
}

QString cellText(const model::Moment &moment, const Task &task, TaskColumn column, Time now)
{
    switch (column) {
    case TaskColumn::Warnings:
        return {};
    case TaskColumn::Id:
        return QString::number(task.id.value);
    case TaskColumn::State: {
        const auto part = model::hasEnded(task.state) ? std::nullopt : fraction(task.progress);
        return part ? formatPercent(*part) : stateText(task.state);
    }
    case TaskColumn::Name:
        return task.name;
    case TaskColumn::Kind:
        return kindText(task);
    case TaskColumn::Total:
        return formatDuration(timesOf(task, now).total);
    case TaskColumn::Busy:
        return formatDuration(timesOf(task, now).busy);
    case TaskColumn::Waiting:
        return formatDuration(timesOf(task, now).waiting);
    case TaskColumn::Polls:
        return QLocale().toString(task.polls + task.stepsPolls);
    case TaskColumn::Cause:
        return moment.describe(task.lastCause, task.lastCauser);
    case TaskColumn::Location:
        return locationText(moment.store(), task.location);
    }
    return {};
}

SortKey SortKey::ofText(const QString &text)
{
    constexpr int held = 7; // bytes, so that the number stays positive
    SortKey key {0, text.toCaseFolded()};
    bool isExact = true; // after a character that doesn't fit in a byte only the text decides
    for (int i = 0; i < held; ++i) {
        const std::uint16_t c = isExact && i < key.text.size() ? key.text[i].unicode() : 0;
        key.number = key.number << 8 | std::min<std::uint16_t>(c, 0xff);
        isExact = isExact && c < 0xff;
    }
    return key;
}

SortKey sortKey(const model::Moment &moment, const Task &task, TaskColumn column, Time now)
{
    switch (column) {
    case TaskColumn::Warnings:
        return {(task.blocks > 0) * 2 + task.waitsForNobody};
    case TaskColumn::Id:
        return {task.id.value};
    case TaskColumn::State:
        return {int(task.state)};
    case TaskColumn::Total:
        return {timesOf(task, now).total.count()};
    case TaskColumn::Busy:
        return {timesOf(task, now).busy.count()};
    case TaskColumn::Waiting:
        return {timesOf(task, now).waiting.count()};
    case TaskColumn::Polls:
        return {task.polls + task.stepsPolls};
    case TaskColumn::Cause:
        return {int(task.lastCause)};
    case TaskColumn::Name:
        return SortKey::ofText(task.name);
    case TaskColumn::Kind:
    case TaskColumn::Location:
        return SortKey::ofText(cellText(moment, task, column, now));
    }
    return {};
}

} // namespace coroscope::ui
