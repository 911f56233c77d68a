// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <optional>

namespace coroscope::io {

/// From a slice of the task that caused a resumption to that resumption.
struct ExportArrow
{
    TaskId from;
    model::Time at {}; ///< inside of a slice of `from`
    model::Time to {}; ///< inside of the slice that begins with the resumption; not before `at`
};

/// Nothing if no task caused it, or if that one never ran as far as is known.
std::optional<ExportArrow> arrowTo(const model::TraceStore &store, const model::Task &task,
                                   std::uint32_t index, const model::Slice &slice);

} // namespace coroscope::io
