// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/storestate.h"

namespace coroscope::model {

/// Keeps the stack of each thread and cuts the slices of the lanes from it.
class StackKeeper
{
public:
    explicit StackKeeper(StoreState &state)
        : s(state)
    { }

    /// Puts `record` on top; its lane gets a slice.
    void push(ThreadTrack &thread, TaskRecord &record, Time time, trace::Cause cause, std::uint32_t causer);
    /// Ends the slice on top; `wait` follows it.
    void pop(ThreadTrack &thread, Time time, const Wait &wait);
    /// Makes `record` the top by ending what lies above it. False if it isn't on this stack.
    bool uncover(ThreadTrack &thread, const TaskRecord &record, Time time);
    void clear(ThreadTrack &thread, Time time);
    /// Ends the running slice of `record`, wherever it is, without knowing how.
    void abandon(TaskRecord &record, Time time);
    /// Slices that still run may have become blocking ones by `now`.
    void markOpenBlocks(Time now);

private:
    using Frame = ThreadTrack::Frame;
    void popUnknown(ThreadTrack &thread, Time time);
    void markBlock(ThreadTrack &thread, TaskRecord &record, Time begin, Time end);

    StoreState &s;
};

} // namespace coroscope::model
