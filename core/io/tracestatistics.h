// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <array>
#include <vector>

namespace coroscope::io {

/// The slices of one task, or of all tasks of one function.
struct StatisticsRow
{
    TaskId task; ///< none: of a function
    QString name; ///< the task's, or the function's
    QString kind; ///< "download", "redis" …; of a function that of its first task
    QString state; ///< of a task, as a word of the formats
    QString site; ///< "file:line" of the function
    std::uint64_t tasks = 1; ///< how many it speaks of

    std::uint64_t count = 0; ///< slices, the open ones among them
    model::Time busy {}; ///< running, without what ran inside; an open slice counts whole, up to now
    model::Time wait {}; ///< suspended, not yet woken
    model::Time ready {}; ///< woken, not yet running
    /// Of the slices' lengths, with what ran inside: the smallest one that so many of them don't exceed.
    model::Time p50 {};
    model::Time p90 {};
    model::Time p99 {};
    model::Time longest {};
    std::array<std::uint64_t, std::tuple_size_v<decltype(model::Task::wakes)>> wakes {}; ///< by trace::Cause
};

/// Both lists are ordered by busy time, most first. Loops and workers are rows of `tasks` without waits: to
/// be idle is no wait. Of a function only coroutines and spawned tasks count.
struct TraceStatistics
{
    std::vector<StatisticsRow> tasks;
    std::vector<StatisticsRow> functions;
};

/// Exact, from each slice: takes time and memory in proportion to the slices of the largest function.
TraceStatistics statisticsOf(const model::TraceStore &store);

} // namespace coroscope::io
