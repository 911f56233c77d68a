// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/net/blockingget.h"
#include "core/runtime/threadexecutor.h"
#include "core/runtime/wait.h"

#include <QDir>
#include <QFile>

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

/// On a worker's thread: a client that knows nothing of coroutines.
QByteArray get(std::stop_token stop, QUrl url) { return net::blockingGet(url, {}, stop); }

Task<> downloadImage(Stage stage, QUrl url)
{
    stage.print("开始下载:" + shown(url));

    // The client blocks, so a thread waits for it. This coroutine is suspended, and the loop is free.
    const auto future = runInExecutor(QStringLiteral("get %1").arg(url.fileName()), get, url);

    const QByteArray content = co_await future;
    stage.print("下载完成");
    // The image is saved under the last segment of its address.
    QFile file(QDir(stage.folder()).filePath(url.fileName()));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        throw std::runtime_error(qPrintable(file.fileName() + ": " + file.errorString()));
}

} // namespace

Task<> coroscope::gallery::runExecutorDownload(Stage stage)
{
    std::vector<AnyTask> tasks;
    for (const QUrl &url : stage.urls())
        tasks.push_back(spawn({url.fileName(), "download"}, downloadImage, stage, url));
    co_await wait(tasks);
}
