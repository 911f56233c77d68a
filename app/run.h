// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"

namespace coroscope::app {

/// Opens the window and starts the plan's work in it; returns the exit code once the window is closed.
int runInWindow(int &argc, char **argv, const Plan &plan);
/// Does the plan's work in the terminal, with a picture of the window at its end if the plan wants one;
/// returns the exit code.
int runInTerminal(int &argc, char **argv, Plan plan);

} // namespace coroscope::app
