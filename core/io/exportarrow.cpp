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

/// Where two stretches of a lane touch, a viewer takes whichever it likes: chrome://tracing the first, unless
/// its floating-point numbers say otherwise. So an arrow's ends are a nanosecond inside.
static Time insideOf(const Slice &slice, Time at)
{
    constexpr Time least {1};
    return slice.end - slice.begin < 2 * least ? slice.begin
                                               : std::clamp(at, slice.begin + least, slice.end - least);
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
    at = insideOf(causer, at);
    return ExportArrow {from, at, std::max(at, insideOf(slice, slice.begin))};
}

} // namespace coroscope::io
