// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/batchtask.h"

#include "core/net/escape.h"
#include "core/runtime/errors.h"
#include "core/runtime/wait.h"

namespace coroscope::tasks {

namespace {

using Children = std::vector<SpawnedTask<DownloadResult>>;

BatchResult sumOf(const Children &children)
{
    BatchResult sum;
    for (const auto &child : children) {
        if (child.isCancelled()) {
            ++sum.cancelled;
        } else if (child.error()) {
            ++sum.failed;
        } else {
            ++sum.done;
            sum.bytes += child.result().bytes;
        }
    }
    return sum;
}

} // namespace

QString toTraceText(const BatchResult &result)
{
    const int total = result.done + result.failed + result.cancelled;
    QString text = QStringLiteral("%1 of %2 files, %3 bytes")
                       .arg(result.done)
                       .arg(total)
                       .arg(net::grouped(result.bytes));
    if (result.failed > 0)
        text += QStringLiteral(", %1 failed").arg(result.failed);
    if (result.cancelled > 0)
        text += QStringLiteral(", %1 cancelled").arg(result.cancelled);
    return text;
}

QCoro::Task<BatchResult> downloadBatch(BatchSpec spec, TaskContext context, BatchHook hook)
{
    const auto queue = std::make_shared<net::Turnstile>(spec.limit);
    Children children;
    for (const DownloadSpec &one : spec.downloads) {
        const SpawnOptions options(defaultName(one), category(one));
        children.push_back(spawn(options, downloadFile, one, context, queue));
        context.book->setSpec(children.back().id(), one);
        if (hook)
            hook(one, children.back());
    }
    const std::vector<AnyTask> all(children.begin(), children.end());
    bool isCancelled = false;
    try {
        co_await wait(all);
    } catch (const CancelledError &) {
        isCancelled = true;
    }
    if (isCancelled) {
        for (const AnyTask &child : all)
            child.cancel();
        co_await wait(all);
        throw CancelledError();
    }
    co_return sumOf(children);
}

} // namespace coroscope::tasks
