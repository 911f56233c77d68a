// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/sleeptask.h"

#include "core/runtime/sleep.h"
#include "core/runtime/yield.h"

namespace coroscope::tasks {

QCoro::Task<> sleepFor(SleepSpec spec) { co_await sleep(spec.duration); }

QCoro::Task<> blockLoop(SleepSpec spec, TaskContext context)
{
    co_await yield(); // whoever was launched together with it gets to start
    context.stop->block(spec.duration);
}

} // namespace coroscope::tasks
