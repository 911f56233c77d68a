// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/queuedatabase.h"

namespace coroscope::download {

/// Which file is ours, and in which version. Only reads. Throws net::Exception for one that is damaged, some
/// other program's, or a newer Coroscope's. An empty file is ours.
void requireOurQueue(QueueDatabase &database);

/// Brings it to the newest version, step by step, each step in a transaction of its own.
void migrateQueue(QueueDatabase &database);

} // namespace coroscope::download
