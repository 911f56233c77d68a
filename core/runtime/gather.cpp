// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/gather.h"

namespace coroscope::detail {

namespace {

const AnyTask *firstFailed(const std::vector<AnyTask> &tasks)
{
    for (const AnyTask &task : tasks)
        if (task.error())
            return &task;
    return nullptr;
}

} // namespace

QCoro::Task<void> gatherAll(std::vector<AnyTask> tasks)
{
    std::vector<AnyTask> pending = tasks;
    while (!pending.empty()) {
        bool cancelled = false;
        WaitResult result;
        try {
            result = co_await wait(pending, {}, WaitUntil::FirstCompleted);
        } catch (const CancelledError &) {
            cancelled = true;
        }
        if (cancelled) {
            for (const AnyTask &task : tasks)
                task.cancel();
            throw CancelledError();
        }
        if (const AnyTask *failed = firstFailed(result.done))
            std::rethrow_exception(failed->error());
        pending = std::move(result.pending);
    }
}

} // namespace coroscope::detail
