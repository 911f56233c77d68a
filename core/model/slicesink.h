// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

namespace coroscope::model {

/// Where a wait that a slice ended with came to its end.
struct PastWait
{
    Time begin {}; ///< when the task suspended
    Time ready {}; ///< when it was woken; unknown: when it was resumed
    Time resumed {};
    bool isReadyKnown = false;
};

/// Takes what is read of a store's slices: by a SliceReader all of them, by a SliceSweep those of a stretch
/// of the session. Slices and waits come whole; what goes on is told once in each pass, as of its end.
class SliceSink
{
public:
    virtual ~SliceSink() = default;
    /// A slice that ended.
    virtual void slice(const Task &task, std::uint32_t index, const Slice &slice) = 0;
    /// The wait after slice `index` is over.
    virtual void wait(const Task &task, std::uint32_t index, const Slice &slice, const PastWait &past) = 0;
    /// The wait after slice `index` goes on at `until`.
    virtual void pending(const Task &task, std::uint32_t index, const Slice &slice, Time until) = 0;

    /// From a SliceReader: a task's slices that ended since the last pass follow. Called for each task that
    /// is under way, in each pass, and a last time after it ended.
    virtual void task(const Task &) { }
    /// From a SliceSweep: so long a slice that ended ran in the stretch, without slices of others inside it.
    virtual void ran(const Task &, Time) { }
    /// From a SliceSweep: so long one that goes on ran in the stretch by now.
    virtual void running(const Task &, Time) { }
};

/// A wait for what is somebody else's doing. Not for a coroutine that the task itself called, whose own waits
/// say more, nor a worker's or generator's for being asked.
bool isLeafWait(const TraceStore &store, const Task &task, const Wait &wait);

} // namespace coroscope::model
