// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/launch.h"

#include <QCoroTask>

namespace coroscope::tasks {

struct DownloadResult
{
    QUrl url; ///< the last one, after redirects
    QString path;
    qint64 bytes = 0;
    int httpStatus = 0;
};

/// "611,738 bytes → ubuntu.iso"
QString toTraceText(const DownloadResult &result);

/// Fetches a file into NAME.part and gives it its name once it is whole. Throws net::Exception; a part that
/// failed or was cancelled is removed. Begins when it gets its turn in `queue`; null: at once.
QCoro::Task<DownloadResult> download(DownloadSpec spec, TaskContext context,
                                     std::shared_ptr<net::Turnstile> queue);

} // namespace coroscope::tasks
