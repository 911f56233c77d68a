// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/turn.h"
#include "core/tasks/download/engine.h"
#include "core/tasks/launch.h"

#include <QCoroTask>

namespace coroscope::tasks {

using DownloadResult = download::Result;

download::Request requestOf(const DownloadSpec &spec);
DownloadSpec specOf(const download::Request &request);

/// Fetches a file as the queue of downloads does, tries and all, and stands in its list; but it runs here, in
/// the calling task, and isn't kept for the next start: a part that failed or was cancelled is removed.
/// Throws net::Exception. Begins when it gets its turn in `queue`; null: at once.
QCoro::Task<DownloadResult> downloadFile(DownloadSpec spec, TaskContext context,
                                         std::shared_ptr<net::Turnstile> queue);

} // namespace coroscope::tasks
