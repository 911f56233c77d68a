// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/busyhistogram.h"
#include "core/model/taskrecord.h"

namespace coroscope::model {

/// What runs on one thread right now: the innermost slice on top.
struct ThreadTrack
{
    struct Frame
    {
        TaskRecord *record;
        Time begin;
        Time nested {}; ///< taken by slices of others inside it
        Time blocked {}; ///< of that, by slices that were marked as blocking
        Time innerEnd {}; ///< when the last of them ended
    };

    ThreadId id;
    QString name;
    TaskId loop;
    std::vector<Frame> stack;
    Time lastTime = Time::min(); ///< of its last event
    bool unsure = false; ///< events were lost: what the stack says may be old
    Time unsureSince {};
    std::optional<Time> lostSince; ///< no event came since events were lost
    BusyHistogram busy; ///< of coroutines; a worker's own slices are no coroutine's

    bool isWorkers() const
    {
        return !stack.empty() && stack.front().record->task.entity == trace::EntityKind::Worker;
    }
    /// Begin of the outermost coroutine's slice, if one runs.
    std::optional<Time> coroutinesSince() const
    {
        const std::size_t first = isWorkers() ? 1 : 0;
        return stack.size() > first ? std::optional(stack[first].begin) : std::nullopt;
    }
};

} // namespace coroscope::model
