// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/lanestate.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace coroscope::ui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::LaneState)
public:
    static QString percent(int value) { return tr("%1 %").arg(value); }
    static QString busy(int value) { return tr("%1 % busy").arg(value); }
    static QString idle() { return tr("idle"); }
};

LaneState machineState(const model::TraceStore &store, const model::Task &task, TimeRange seen)
{
    if (task.entity == trace::EntityKind::Worker && task.state != model::TaskState::Running)
        return {Texts::idle()};
    if (seen.length() <= Time::zero())
        return {Texts::idle()};
    const auto busy = static_cast<double>(store.busyIn(task.id, seen.begin, seen.end).count());
    const double share = busy / static_cast<double>(seen.length().count());
    return {Texts::busy(std::clamp(static_cast<int>(std::lround(share * 100)), 0, 100))};
}

} // namespace

LaneState laneState(const model::Moment &moment, const model::Task &task, TimeRange seen)
{
    using trace::EntityKind;
    if (task.entity == EntityKind::Loop || task.entity == EntityKind::Worker)
        return machineState(moment.store(), task, seen);
    if (!hasEnded(task.state) && task.progress && task.progress->total.value_or(0) > 0) {
        const double share = static_cast<double>(task.progress->done)
                             / static_cast<double>(*task.progress->total);
        return {Texts::percent(std::clamp(static_cast<int>(share * 100), 0, 100))};
    }
    const Tone tone = stateTone(task.state);
    return {stateText(task.state), tone == Tone::Normal ? Tone::Dim : tone};
}

} // namespace coroscope::ui
