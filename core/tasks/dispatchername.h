// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/loopkind.h"

#include <QString>

namespace coroscope::tasks {

/// Which event dispatcher a new thread gets that asks for that kind: "glib", "unix", "uv", or its class's
/// name.
QString dispatcherName(dispatch::LoopKind kind);

} // namespace coroscope::tasks
