// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/timeout.h"

namespace coroscope::detail {

QCoro::Task<void> waitOrCancel(std::chrono::nanoseconds limit, AnyTask task)
{
    const std::vector<AnyTask> one {task};
    bool cancelled = false;
    WaitResult result;
    try {
        result = co_await wait(one, limit);
    } catch (const CancelledError &) {
        cancelled = true;
    }
    if (cancelled) {
        task.cancel();
        co_await wait(one);
        throw CancelledError();
    }
    if (result.pending.empty())
        co_return;
    task.cancel();
    co_await wait(one);
    if (task.isCancelled())
        throw TimeoutError();
}

} // namespace coroscope::detail
