// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/causechain.h"

#include "ui/timeline/causearrow.h"

#include <algorithm>

namespace coroscope::ui {

/// Of one task; a slice's last effect comes soon after it.
constexpr std::uint32_t mostLookedAt = 256;

static bool isMachine(const model::Task &task)
{
    return task.entity == trace::EntityKind::Loop || task.entity == trace::EntityKind::Worker;
}

std::optional<SliceRef> causeOf(const model::TraceStore &store, SliceRef of)
{
    const model::Task *task = store.task(of.task);
    const std::uint32_t oldest = store.firstSlice(of.task);
    if (!task || of.slice >= store.sliceCount(of.task) || of.slice < oldest)
        return {};
    if (const auto arrow = causeArrow(store, of.task, of.slice)) {
        if (const auto slice = store.sliceAt(arrow->from, arrow->fromTime))
            return SliceRef {arrow->from, *slice};
    }
    if (of.slice == oldest || isMachine(*task))
        return {};
    return SliceRef {of.task, of.slice - 1};
}

static std::optional<SliceRef> effectIn(const model::TraceStore &store, TaskId id, SliceRef of,
                                        model::Time begin, model::Time until)
{
    const std::uint32_t first = store.sliceAt(id, begin).value_or(store.firstSlice(id));
    const std::uint32_t last = std::min(store.sliceCount(id), first + mostLookedAt);
    for (std::uint32_t i = first; i < last; ++i) {
        if (causeOf(store, {id, i}) == of)
            return SliceRef {id, i};
        // One that was woken in time may begin later; the next was woken later.
        if (store.slice(id, i).begin >= until)
            break;
    }
    return {};
}

std::vector<SliceRef> effectsOf(const model::TraceStore &store, SliceRef of)
{
    const std::uint32_t count = store.sliceCount(of.task);
    if (of.slice >= count || of.slice < store.firstSlice(of.task))
        return {};
    const model::Time begin = store.slice(of.task, of.slice).begin;
    const model::Time until = of.slice + 1 < count ? store.slice(of.task, of.slice + 1).begin
                                                   : model::Time::max();
    std::vector<SliceRef> effects;
    for (const TaskId id : store.tasks()) {
        const model::Task *task = store.task(id);
        if (!task || isMachine(*task) || task->created >= until || (task->ended && *task->ended < begin))
            continue;
        if (const auto effect = effectIn(store, id, of, begin, until))
            effects.push_back(*effect);
    }
    std::sort(effects.begin(), effects.end(), [&](const SliceRef &a, const SliceRef &b) {
        return std::pair(store.slice(a.task, a.slice).begin, a.task)
               < std::pair(store.slice(b.task, b.slice).begin, b.task);
    });
    return effects;
}

} // namespace coroscope::ui
