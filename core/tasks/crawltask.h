// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/launch.h"

#include <QCoroTask>

namespace coroscope::tasks {

struct CrawledPage
{
    QUrl url; ///< where it came from in the end
    int status = 0;
    qsizetype length = 0; ///< characters of its text, as far as it was read
    QString title {};
    QList<QUrl> links {}; ///< http and https, whole, each once, without fragments
    bool isForbidden = false; ///< by robots.txt: it wasn't fetched
};

struct CrawlResult
{
    int done = 0;
    int failed = 0;
    int forbidden = 0;
    qint64 characters = 0;
};

/// "Welcome: 10,760 characters, 3 links"
QString toTraceText(const CrawledPage &page);
/// "12 pages, 81,204 characters, 1 failed"
QString toTraceText(const CrawlResult &result);

/// Fetches pages and what they link to, a task a page: never one twice, from each host so many at once and
/// with a delay between, and only what its robots.txt allows (no robots.txt: everything; one that answers
/// with a fault of the server: nothing). Pages that fail, those of a site that can't be reached among them,
/// are counted, not thrown; if all fail, the first one's error is thrown. Cancelled, it cancels those that go
/// on and waits until they have ended.
QCoro::Task<CrawlResult> crawl(CrawlSpec spec, TaskContext context);

} // namespace coroscope::tasks
