// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/mysqloptions.h"

namespace coroscope::net {

/// Spawns a task that makes the server stop what it does for that connection, whose client is gone: it
/// connects once more and says KILL QUERY. What goes wrong is left alone.
void killStatement(MySqlOptions options, unsigned long connectionId);

} // namespace coroscope::net
