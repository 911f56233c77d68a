// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/examples.h"
#include "core/gallery/pythonrepr.h"
#include "core/net/httppage.h"
#include "core/runtime/wait.h"

using namespace coroscope;
using namespace coroscope::gallery;
using QCoro::Task;

namespace {

Task<QString> fetch(Stage stage, net::HttpClient session, QUrl url)
{
    stage.print("发送请求:" + shown(url));
    const net::HttpGet get {.url = url, .access = {.tls = {.insecure = true}}};
    const net::HttpPage response = co_await net::fetchPage(session, get);
    const QString text = response.text();
    stage.print(QStringLiteral("得到结果:%1,长度:%2").arg(shown(url)).arg(len(text)));
    co_return text;
}

Task<> runner(Stage stage)
{
    const net::HttpClient session;
    std::vector<AnyTask> tasks;
    for (const QUrl &url : stage.urls())
        tasks.push_back(spawn({{}, "download"}, fetch, stage, session, url));
    const auto [done, pending] = co_await wait(tasks);
    stage.print(repr<QString>(done));
    stage.print(repr<QString>(pending));
}

} // namespace

Task<> coroscope::gallery::runCrawler(Stage stage)
{
    // The loop makes a task of what it is to run until its end: of those without a name it is the first.
    co_await spawn({}, runner, stage);
}
