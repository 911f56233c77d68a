// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/tasks/taskwords.h"

#include "ui/durations.h"
#include "ui/quantities.h"
#include "ui/theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::ui {

using model::Task;
using model::TaskState;
using model::Time;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::TaskWords)
};

QString oneLine(const QString &text) { return text.left(1000).simplified(); }

QString setText(const model::Moment &moment, const model::WaitSet &set)
{
    const auto pending = std::ranges::count_if(set.members, [&moment](TaskId id) {
        return moment.exists(id) && !moment.hasEnded(id);
    });
    return Words::tr("waits for %1 of %2 tasks").arg(pending).arg(set.members.size());
}

QString timeLeft(const model::Wait &wait, Time now)
{
    const Time left = wait.since + Time(std::int64_t(wait.detail)) - now;
    return left > Time {} ? Words::tr("%1 left").arg(formatDuration(left)) : QString();
}

} // namespace

QColor toneColor(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Normal:
        return theme.text;
    case Tone::Dim:
        return theme.dimText;
    case Tone::Good:
        return theme.good;
    case Tone::Bad:
        return theme.bad;
    }
    return theme.text;
}

bool isListed(const Task &task)
{
    return task.entity == trace::EntityKind::Spawned
           || (task.entity == trace::EntityKind::Coroutine && !task.parent);
}

QString stateText(TaskState state)
{
    switch (state) {
    case TaskState::Created:
        return Words::tr("created");
    case TaskState::Running:
        return Words::tr("running");
    case TaskState::Suspended:
        return Words::tr("suspended");
    case TaskState::Ready:
        return Words::tr("ready");
    case TaskState::Done:
        return Words::tr("done");
    case TaskState::Failed:
        return Words::tr("failed");
    case TaskState::Cancelled:
        return Words::tr("cancelled");
    case TaskState::Lost:
        return Words::tr("lost");
    }
    return {};
}

Tone stateTone(TaskState state)
{
    switch (state) {
    case TaskState::Done:
        return Tone::Good;
    case TaskState::Failed:
    case TaskState::Lost:
        return Tone::Bad;
    case TaskState::Running:
        return Tone::Normal;
    default:
        return Tone::Dim;
    }
}

QString kindText(const Task &task)
{
    switch (task.entity) {
    case trace::EntityKind::Loop:
        return Words::tr("loop");
    case trace::EntityKind::Worker:
        return Words::tr("worker");
    case trace::EntityKind::Coroutine:
    case trace::EntityKind::Spawned:
        break;
    }
    return task.category.isEmpty() ? Words::tr("task") : task.category;
}

model::Wait leafWait(const model::Moment &moment, const Task &task)
{
    model::Wait wait = task.wait;
    for (const TaskId id : moment.awaitChain(task.id)) {
        const Task *step = moment.store().task(id);
        const auto standing = moment.standing(id);
        if (id == task.id || !step || !standing)
            continue;
        if (isListed(*step) || standing->state != TaskState::Suspended)
            break;
        wait = standing->wait;
    }
    return wait;
}

QString waitText(const model::Moment &moment, const Task &task, Time now)
{
    switch (task.state) {
    case TaskState::Created:
        return Words::tr("not started");
    case TaskState::Running:
        return Words::tr("running");
    case TaskState::Ready:
        return moment.isHeld() ? Words::tr("ready, loop held") : Words::tr("ready, loop busy");
    case TaskState::Suspended:
        break;
    default:
        return {};
    }
    if (task.waitsForNobody)
        return Words::tr("waits for nobody: set its result by hand");
    if (task.wait.kind == trace::WaitKind::Wait) {
        if (const auto set = moment.wait(WaitId {std::uint32_t(task.wait.detail)}))
            return setText(moment, *set);
    }
    QStringList parts; // what changes comes first: the rest may be cut
    if (const auto part = fraction(task.progress))
        parts << formatPercent(*part);
    else if (task.progress)
        parts << formatProgress(*task.progress);
    const model::Wait wait = leafWait(moment, task);
    parts << oneLine(moment.describe(wait));
    if (wait.kind == trace::WaitKind::Sleep)
        parts << timeLeft(wait, now);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString outcomeText(const Task &task)
{
    switch (task.state) {
    case TaskState::Done:
        return task.result.isEmpty() ? QStringLiteral("–") : oneLine(task.result);
    case TaskState::Failed:
        return task.error.isEmpty() ? Words::tr("failed") : oneLine(task.error);
    case TaskState::Cancelled:
        return task.cancelledBy.isEmpty() ? Words::tr("cancelled")
                                          : Words::tr("cancelled by %1").arg(task.cancelledBy);
    case TaskState::Lost:
        return Words::tr("destroyed before its end");
    default:
        return {};
    }
}

Tone outcomeTone(const Task &task)
{
    return stateTone(task.state) == Tone::Bad   ? Tone::Bad
           : task.state == TaskState::Cancelled ? Tone::Dim
                                                : Tone::Normal;
}

QString locationText(const model::TraceStore &store, model::LocationId location)
{
    if (!location)
        return {};
    const model::Location &place = store.location(location);
    const QString file = place.file.mid(place.file.lastIndexOf(QLatin1Char('/')) + 1);
    return file.isEmpty() ? place.function : QStringLiteral("%1:%2").arg(file).arg(place.line);
}

TaskTimes timesOf(const Task &task, Time now)
{
    TaskTimes times;
    const Time end = task.ended.value_or(std::max(now, task.stateSince));
    times.total = end - task.created;
    times.busy = task.busy + task.stepsBusy;
    times.ready = task.ready;
    if (task.state == TaskState::Running)
        times.busy += end - task.stateSince;
    else if (task.state == TaskState::Ready)
        times.ready += end - task.stateSince;
    times.waiting = std::max(Time {}, times.total - times.busy - times.ready);
    return times;
}

std::vector<Warning> warningsOf(const model::Moment &moment, const Task &task)
{
    std::vector<Warning> warnings;
    if (task.blocks > 0) {
        warnings.push_back(
            {Warning::Kind::BlocksLoop,
             Words::tr("Blocked the loop, for %1 at the longest; slices beyond %2: %3. Move the work to a "
                       "ThreadExecutor, or co_await yield() in between.")
                 .arg(formatDuration(task.longestSlice), formatDuration(moment.store().blockThreshold()))
                 .arg(task.blocks)});
    }
    if (task.waitsForNobody && !model::hasEnded(task.state)) {
        warnings.push_back(
            {Warning::Kind::WaitsForNobody,
             Words::tr(
                 "Waits for nobody since %1: no task will set what it waits for (%2). Set its result in "
                 "the Futures pane, or cancel the task.")
                 .arg(formatDuration(moment.now() - task.wait.since), moment.describe(task.wait))});
    }
    return warnings;
}

} // namespace coroscope::ui
