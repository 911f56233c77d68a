// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/spec.h"

#include <QCoroTask>

namespace coroscope::tasks {

/// Makes a future that only a person can set, and waits for it; its result becomes the task's.
QCoro::Task<QString> waitForHand(FutureSpec spec);

} // namespace coroscope::tasks
