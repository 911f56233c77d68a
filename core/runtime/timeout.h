// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/wait.h"

#include <chrono>

namespace coroscope {

namespace detail {
/// Ends when the task has; throws TimeoutError if it had to be cancelled because the time was up.
QCoro::Task<void> waitOrCancel(std::chrono::nanoseconds limit, AnyTask task);
} // namespace detail

/// As asyncio.wait_for: the task's result, or TimeoutError after `limit`; then the task has been cancelled
/// and has ended. Cancelling who waits cancels the task, too.
template<class T>
QCoro::Task<T> timeout(std::chrono::nanoseconds limit, SpawnedTask<T> task)
{
    co_await detail::waitOrCancel(limit, task);
    if constexpr (std::is_void_v<T>)
        task.result();
    else
        co_return task.result();
}

} // namespace coroscope
