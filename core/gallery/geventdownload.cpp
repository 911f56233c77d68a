// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/net/httppage.h"
#include "core/runtime/wait.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

Task<> download(Stage stage, net::HttpClient client, QUrl url)
{
    const net::HttpPage response = co_await net::fetchPage(client, {.url = url});
    net::requireSuccess(response);
    stage.print(QStringLiteral("下载了 %1 的数据,长度:%2").arg(shown(url)).arg(response.body.size()));
}

} // namespace

Task<> coroscope::gallery::runGeventDownload(Stage stage)
{
    const net::HttpClient client;
    std::vector<AnyTask> tasks;
    for (const QUrl &url : stage.urls())
        tasks.push_back(spawn({shown(url), "download"}, download, stage, client, url));
    co_await wait(tasks);
}
