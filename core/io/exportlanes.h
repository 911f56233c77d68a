// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <unordered_map>
#include <vector>

namespace coroscope::io {

/// In which order the lanes stand below each other: loops and workers, then the tasks, each followed by those
/// that it created.
class ExportLanes
{
public:
    explicit ExportLanes(const model::TraceStore &store);

    const std::vector<TaskId> &ids() const { return m_ids; }
    /// From 1 on, in order; 0 for a task that isn't known.
    std::uint32_t number(TaskId id) const;
    /// Of all lanes.
    std::uint64_t sliceCount() const { return m_slices; }

private:
    std::vector<TaskId> m_ids;
    std::uint64_t m_slices = 0;
    std::unordered_map<TaskId, std::uint32_t> m_numbers;
};

/// When the first of all known things happened.
model::Time earliestTime(const model::TraceStore &store);

} // namespace coroscope::io
