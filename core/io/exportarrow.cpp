// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportarrow.h"

namespace coroscope::io {

using model::Slice;
using model::Time;
using trace::Cause;

static TaskId causerOf(const model::TraceStore &store, const model::Task &task, const Slice &slice)
{
    const auto id = std::uint32_t(slice.causer);
    switch (slice.cause) {
    case Cause::Task:
    case Cause::Cancel:
    case Cause::Job:
    case Cause::Wait:
    case Cause::Call:
        return TaskId {id};
    case Cause::Future: {
        const model::Future *future = store.future(FutureId {id});
        return future ? future->resolvedBy : TaskId {};
    }
    case Cause::Start:
        return task.parent;
    default:
        return {};
    }
}

std::optional<ExportArrow> arrowTo(const model::TraceStore &store, const model::Task &task,
                                   std::uint32_t index, const Slice &slice)
{
    const TaskId from = causerOf(store, task, slice);
    if (!from || from == task.id)
        return {};
    if (index > 0 && index == store.firstSlice(task.id))
        return {};
    const std::uint32_t before = index > 0 ? index - 1 : model::LaneSpan::beforeFirst;
    Time at = slice.cause == Cause::Start ? task.created
                                          : store.slice(task.id, before).ready.value_or(slice.begin);
    at = std::min(at, slice.begin);
    const auto source = store.sliceAt(from, at);
    if (!source)
        return {};
    const Slice causer = store.slice(from, *source);
    // A slice's end belongs to what follows it.
    if (at >= causer.end)
        at = std::max(causer.begin, causer.end - Time {1});
    return ExportArrow {from, at};
}

} // namespace coroscope::io
