// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportarrow.h"

#include "core/model/causer.h"

namespace coroscope::io {

using model::Slice;
using model::Time;
using trace::Cause;

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
    const TaskId from = model::causerOf(store, task, slice);
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
