// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <optional>
#include <vector>

namespace coroscope::ui {

/// A place of a timeline where a text stands.
struct FindHit
{
    enum class What : std::uint8_t {
        Name, ///< of the task
        Wait, ///< the reason of the wait after `slice`
        Label, ///< of `slice`, a worker's job
        Printed, ///< a line that was printed in `slice`
    };
    What what = What::Name;
    TaskId task;
    std::optional<std::uint32_t> slice; ///< of Name: none
    model::Time time {};
    friend bool operator==(const FindHit &, const FindHit &) = default;
};

/// So many are looked for.
constexpr std::size_t mostHits = 10'000;

/// Where `text` stands, in order of time; case doesn't matter. At most about mostHits. O(slices), a few tens
/// of nanoseconds each.
std::vector<FindHit> findInTimeline(const model::TraceStore &store, const QString &text);

} // namespace coroscope::ui
