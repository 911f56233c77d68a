// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/task.h"

#include <utility>

namespace coroscope {

/// `co_await shield(task)`, as asyncio.shield: cancelling who waits doesn't cancel the task, which runs on.
/// So it is with every await of a spawned task; this says that it is meant.
template<class T>
typename SpawnedTask<T>::Awaiter shield(SpawnedTask<T> task)
{
    return typename SpawnedTask<T>::Awaiter(std::move(task));
}

/// Calls the function as a task of its own, which a cancellation of who waits doesn't reach. If it fails with
/// nobody left to see it, it is reported (Loop::onUnseenError).
template<class F, class... Args>
    requires std::invocable<F, Args...>
auto shield(SpawnOptions options, F function, Args... arguments)
{
    return shield(spawn(std::move(options), std::move(function), std::move(arguments)...));
}

} // namespace coroscope
