// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/tracearguments.h"

namespace coroscope::app {

/// Reads a recording and prints or exports what it holds; returns the exit code: 2 if it can't be read, 1 if
/// what was wanted can't be written. A recording that is cut is used up to there, which is said on standard
/// error. Not for pictures.
int runTrace(const TracePlan &plan);

} // namespace coroscope::app
