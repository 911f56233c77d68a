// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/task.h"

namespace coroscope::model {

/// One resumption to the next suspension, and the wait that follows it.
struct Slice
{
    Time begin {};
    Time end {}; ///< "now" of the query while open
    bool open = false; ///< still running
    trace::Cause cause = trace::Cause::None;
    std::uint64_t causer = 0; ///< TaskId or FutureId by cause
    ThreadId thread;
    Wait wait; ///< what the task waited for after it; kind None: it ended, or still runs
    std::optional<Time> ready; ///< when it was woken during that wait
    StringId label; ///< of a worker's job
};

/// What a timeline draws for one lane in a time range, coarse enough for its pixels.
///
/// Spans are ordered by begin and don't overlap. A span narrower than the resolution stands for everything
/// between its begin and end: then `count` > 1 and `busy` tells how much of it ran.
struct LaneSpan
{
    /// Forgotten: what the lane did there was more than retention keeps.
    enum class What : std::uint8_t { Running, Waiting, Ready, Mixed, Forgotten };
    What what = What::Running;
    bool open = false; ///< goes on at the query's "now"
    bool blocking = false; ///< holds a slice longer than the block threshold
    Time begin {};
    Time end {};
    Time busy {}; ///< running time inside (of Mixed: less than end − begin)
    std::uint32_t count = 1; ///< slices it stands for
    /// Index of its (first) slice in the lane, for TraceStore::slice(): the one that runs, or the one that
    /// this wait follows.
    std::uint32_t slice = 0;
    /// `slice` of a wait before the lane's first slice.
    static constexpr std::uint32_t beforeFirst = ~std::uint32_t(0);
};

/// A stretch in which events were lost, a loop was blocked by one slice, or held by the user.
struct Mark
{
    enum class Kind : std::uint8_t { Lost, Blocked, Held };
    Kind kind {};
    Time begin {};
    Time end {};
    bool open = false; ///< goes on: `end` is the time of the last commit
    TaskId task; ///< Blocked: by whom
    TaskId loop; ///< Blocked: the loop of that thread, if known; Held: the loop
    std::uint64_t count = 0; ///< Lost: how many
};

} // namespace coroscope::model
