// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/utilizationstrip.h"

#include "ui/durations.h"
#include "ui/quantities.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace coroscope::ui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::UtilizationStrip)
};

constexpr double leastWidth = 2;
constexpr int mostBlockers = 4;

} // namespace

std::vector<QRectF> blockedStretches(std::span<const model::Mark> marks, const TimeScale &scale,
                                     double height)
{
    std::vector<QRectF> stretches;
    for (const model::Mark &mark : marks) {
        if (mark.kind != model::Mark::Kind::Blocked)
            continue;
        const double left = scale.x(mark.begin);
        const double right = std::max(left + leastWidth, scale.x(mark.end));
        if (!stretches.empty() && left <= stretches.back().right())
            stretches.back().setRight(std::max(stretches.back().right(), right));
        else
            stretches.emplace_back(left, 0, right - left, height);
    }
    return stretches;
}

QString utilizationTip(const model::TraceStore &store, TimeRange range)
{
    const std::vector<float> busy = store.utilization(range.begin, range.end, 1);
    const Time step = range.length() / 2;
    QStringList lines {Texts::tr("%1 to %2: the loop ran coroutines for %3 of it")
                           .arg(formatMoment(range.begin, step), formatMoment(range.end, step),
                                formatPercent(busy.empty() ? 0 : double(busy.front())))};
    int blockers = 0;
    for (const model::Mark &mark : store.marks()) {
        if (mark.kind != model::Mark::Kind::Blocked || mark.begin >= range.end || mark.end <= range.begin)
            continue;
        if (++blockers > mostBlockers)
            continue;
        const model::Task *task = store.task(mark.task);
        lines << Texts::tr("blocked for %1 by %2", "how long, a task's name")
                     .arg(formatDuration(mark.end - mark.begin),
                          task ? task->name : Texts::tr("task %1").arg(mark.task.value));
    }
    if (const int more = blockers - mostBlockers; more > 0)
        lines << Texts::tr("and blocked %n times more", nullptr, more);
    return lines.join(QLatin1Char('\n'));
}

} // namespace coroscope::ui
