// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/wait.h"

#include <vector>

namespace coroscope {

namespace detail {

/// Waits for all; the first that fails ends the wait with its exception. Cancelled meanwhile: cancels all.
QCoro::Task<void> gatherAll(std::vector<AnyTask> tasks);

template<class T>
QCoro::Task<std::vector<T>> gatherResults(std::vector<SpawnedTask<T>> tasks)
{
    co_await gatherAll(std::vector<AnyTask>(tasks.begin(), tasks.end()));
    std::vector<T> results;
    results.reserve(tasks.size());
    for (const SpawnedTask<T> &task : tasks)
        results.push_back(task.result());
    co_return results;
}

} // namespace detail

/// As asyncio.gather: the results in the order of the tasks. The first exception (a cancelled task's is
/// CancelledError) reaches who waits at once, and the other tasks run on. Cancelling the gather cancels all.
template<class T>
QCoro::Task<std::vector<T>> gather(std::vector<SpawnedTask<T>> tasks)
{
    return detail::gatherResults<T>(std::move(tasks));
}
inline QCoro::Task<void> gather(std::vector<SpawnedTask<void>> tasks)
{
    return detail::gatherAll(std::vector<AnyTask>(tasks.begin(), tasks.end()));
}

} // namespace coroscope
