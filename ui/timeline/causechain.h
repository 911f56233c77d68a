// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <optional>
#include <vector>

namespace coroscope::ui {

struct SliceRef
{
    TaskId task;
    std::uint32_t slice = 0;
    friend bool operator==(const SliceRef &, const SliceRef &) = default;
};

/// The slice that made this one happen: of the task that woke it, as it ran then; where no task did (a timer,
/// a reply), the task's own slice before, which began the wait. Nothing before the first.
std::optional<SliceRef> causeOf(const model::TraceStore &store, SliceRef of);
/// The slices that this one made happen, the earliest first, one a task: the reverse of causeOf().
/// O(tasks · log slices).
std::vector<SliceRef> effectsOf(const model::TraceStore &store, SliceRef of);

} // namespace coroscope::ui
