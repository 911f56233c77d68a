// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <algorithm>

namespace coroscope::model {

/// A part of a session, told of as it stood at its end: like a Moment, it knows all events up to `to` and
/// none later. What ended at `from` was before it.
struct Stretch
{
    Time from = Time::min();
    Time to = Time::max();

    /// How much of [begin, end) lies in it.
    Time shareOf(Time begin, Time end) const
    {
        return std::max(Time {}, std::min(end, to) - std::max(begin, from));
    }
    friend bool operator==(const Stretch &, const Stretch &) = default;
};

} // namespace coroscope::model
