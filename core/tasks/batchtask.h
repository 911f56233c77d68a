// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/downloadtask.h"

namespace coroscope::tasks {

struct BatchResult
{
    int done = 0;
    int failed = 0;
    int cancelled = 0;
    qint64 bytes = 0;
};

/// "8 of 10 files, 92,711,738 bytes, 2 failed"
QString toTraceText(const BatchResult &result);

/// Told of each download as it is spawned.
using BatchHook = std::function<void(const DownloadSpec &spec, SpawnedTask<DownloadResult> task)>;

/// Spawns a download for each file, of which `limit` go at once, and waits for all of them. Files that fail
/// are counted, not thrown. Cancelled, it cancels those that go on and waits until they have ended.
QCoro::Task<BatchResult> downloadBatch(BatchSpec spec, TaskContext context, BatchHook hook);

} // namespace coroscope::tasks
