// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/launch.h"

#include <QCoroTask>

namespace coroscope::tasks {

/// Sleeps while others run.
QCoro::Task<> sleepFor(SleepSpec spec);
/// Holds the loop's thread for that long: what a coroutine must not do, to be seen on the timeline.
QCoro::Task<> blockLoop(SleepSpec spec, TaskContext context);

} // namespace coroscope::tasks
