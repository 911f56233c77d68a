// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

namespace coroscope::io {

/// All that a store answers, in lines: two sessions are the same if these are.
inline QStringList textOf(const model::TraceStore &store)
{
    QStringList lines;
    const auto figures = store.figures();
    lines << QStringLiteral("events %1 lost %2 texts %3 breaches %4 now %5")
                 .arg(figures.events)
                 .arg(figures.lost)
                 .arg(figures.lostTexts)
                 .arg(figures.breaches)
                 .arg(store.now().count());
    for (const TaskId id : store.tasks()) {
        const model::Task &task = *store.task(id);
        const model::Location &place = store.location(task.location);
        lines << QStringLiteral("task %1 of %2 %3 %4 %5:%6 %7 state %8 created %9")
                     .arg(id.value)
                     .arg(task.parent.value)
                     .arg(task.name, task.category, place.file)
                     .arg(place.line)
                     .arg(place.function)
                     .arg(int(task.state))
                     .arg(task.created.count());
        lines << QStringLiteral("  busy %1 ready %2 polls %3 cause %4/%5 %6 result %7 error %8 by %9")
                     .arg(task.busy.count())
                     .arg(task.ready.count())
                     .arg(task.polls)
                     .arg(int(task.lastCause))
                     .arg(task.lastCauser)
                     .arg(store.describe(task.wait), task.result, task.error, task.cancelledBy);
        for (std::uint32_t i = 0; i < store.sliceCount(id); ++i) {
            const model::Slice slice = store.slice(id, i);
            lines << QStringLiteral("  slice %1 to %2 cause %3/%4 thread %5 wait %6 ready %7 %8")
                         .arg(slice.begin.count())
                         .arg(slice.end.count())
                         .arg(int(slice.cause))
                         .arg(slice.causer)
                         .arg(slice.thread.value)
                         .arg(store.describe(slice.wait))
                         .arg(slice.ready.value_or(model::Time {-1}).count())
                         .arg(store.string(slice.label));
        }
    }
    for (const FutureId id : store.futures()) {
        const model::Future &future = *store.future(id);
        lines << QStringLiteral("future %1 %2 %3 state %4 %5 %6")
                     .arg(id.value)
                     .arg(future.name, future.type)
                     .arg(int(future.state))
                     .arg(future.result, future.error);
    }
    for (const WaitId id : store.waits()) {
        const model::Membership sets = store.membership(id);
        lines << QStringLiteral("wait %1 done %2 pending %3")
                     .arg(id.value)
                     .arg(sets.done.size())
                     .arg(sets.pending.size());
    }
    for (const model::PrintedLine &line : store.printed())
        lines
            << QStringLiteral("%1 %2 printed %3").arg(line.time.count()).arg(line.task.value).arg(line.text);
    for (const model::Mark &mark : store.marks())
        lines << QStringLiteral("mark %1 %2 to %3")
                     .arg(int(mark.kind))
                     .arg(mark.begin.count())
                     .arg(mark.end.count());
    return lines;
}

} // namespace coroscope::io
