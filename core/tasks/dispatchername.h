// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace coroscope::tasks {

/// Which event dispatcher Qt gives a new thread: "glib", "unix", or its class's name.
QString dispatcherName();

} // namespace coroscope::tasks
