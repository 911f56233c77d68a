// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/futuretask.h"

#include "core/runtime/future.h"

namespace coroscope::tasks {

QCoro::Task<QString> waitForHand(FutureSpec spec)
{
    const Future<QString> future({.name = spec.name, .settable = ByHand::Yes});
    const QString value = co_await future;
    co_return value;
}

} // namespace coroscope::tasks
