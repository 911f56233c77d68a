// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

namespace coroscope::model {

/// Where events go: a store, a recording, or both. One thread.
class EventTarget
{
public:
    /// Locations and strings have numbers of the target's own, by which events name them.
    virtual LocationId addLocation(Location location) = 0;
    virtual StringId addString(QString text) = 0;
    /// Events of one thread and of one task come in order of time; threads may interleave coarsely.
    virtual void append(const TraceEvent &event) = 0;
    /// `count` events of `thread` were lost around `time`.
    virtual void appendLost(ThreadId thread, Time time, std::uint64_t count) = 0;
    virtual void appendLostTexts(std::uint64_t count) = 0;
    /// Ends a batch: `now` is how far the session is known.
    virtual void commit(Time now) = 0;

protected:
    ~EventTarget() = default;
};

} // namespace coroscope::model
