// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

#include <QColor>
#include <QString>

/// What the panes say of a task at a moment, in words.
namespace coroscope::ui {

struct Theme;

/// How a text is meant; views give it its color.
enum class Tone { Normal = 0, Dim, Good, Bad };
QColor toneColor(const Theme &theme, Tone tone);

/// What the tables list: tasks that somebody spawned, and coroutines that were called from outside of any.
bool isListed(const model::Task &task);

QString stateText(model::TaskState state);
Tone stateTone(model::TaskState state);
/// "download", "loop"; of a task without a category "task".
QString kindText(const model::Task &task);
/// What a pending task waits for: "63 % · reply", "timer 2 s · 0.24 s left", "ready, loop busy".
QString waitText(const model::Moment &moment, const model::Task &task, model::Time now);
/// How an ended task ended, in one line: its result, its error, "cancelled by you".
QString outcomeText(const model::Task &task);
Tone outcomeTone(const model::Task &task);
/// "download.cpp:131"; empty if unknown.
QString locationText(const model::TraceStore &store, model::LocationId location);

struct TaskTimes
{
    model::Time total {};
    model::Time busy {};
    model::Time ready {};
    model::Time waiting {};
};
/// What a suspended task waits for in the end: through the coroutines called inside of it, to the first wait
/// that isn't for one of them.
model::Wait leafWait(const model::Moment &moment, const model::Task &task);
/// A running slice counts as busy, a wait under way as waiting (or ready).
/// Its work includes that of the coroutines called inside of it.
TaskTimes timesOf(const model::Task &task, model::Time now);

/// One thing that is wrong with a task: its figure and what to do.
struct Warning
{
    enum class Kind { BlocksLoop, WaitsForNobody };
    Kind kind;
    QString text;
};
std::vector<Warning> warningsOf(const model::Moment &moment, const model::Task &task);

} // namespace coroscope::ui
