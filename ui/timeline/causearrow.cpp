// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/causearrow.h"

#include "core/model/causer.h"

namespace coroscope::ui {

using trace::Cause;

std::optional<CauseArrow> causeArrow(const model::TraceStore &store, TaskId task, std::uint32_t slice)
{
    const model::Task *known = store.task(task);
    if (!known || slice >= store.sliceCount(task))
        return {};
    const model::Slice it = store.slice(task, slice);
    const TaskId from = model::causerOf(store, *known, it);
    if (!store.task(from) || from == task)
        return {};
    const std::uint32_t before = slice > 0 ? slice - 1 : model::LaneSpan::beforeFirst;
    model::Time at = store.slice(task, before).ready.value_or(it.begin);
    if (it.cause == Cause::Start)
        at = known->created;
    return CauseArrow {from, at, task, it.begin};
}

} // namespace coroscope::ui
