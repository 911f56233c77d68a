// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// bench_http PARALLEL URL…: fetches all, keeps nothing, and prints seconds and bytes. To be compared with
// `curl -Z --parallel-max PARALLEL -o /dev/null URL …` on the same server.
#include "core/net/httptransfer.h"
#include "core/net/turn.h"
#include "core/runtime/loop.h"
#include "core/runtime/task.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace coroscope;

namespace {

QCoro::Task<qint64> fetch(net::HttpClient client, QUrl url, std::shared_ptr<net::Turnstile> queue)
{
    net::Turn turn(queue);
    const StringId label = trace::intern(u"transfer");
    while (!turn.isMine())
        co_await turn.wait(label);
    net::HttpTransfer transfer(client, {.url = url});
    qint64 bytes = 0;
    for (;;) {
        bytes += transfer.read().size();
        if (transfer.isOver())
            break;
        co_await transfer.activity(label, std::chrono::seconds(60));
    }
    if (const auto error = transfer.error())
        throw net::Exception(*error);
    co_return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Loop loop;
    const net::HttpClient client;
    const auto queue = std::make_shared<net::Turnstile>(arguments.value(1).toInt());
    qint64 bytes = 0;
    qsizetype left = arguments.size() - 2;
    QElapsedTimer time;
    time.start();
    std::vector<SpawnedTask<qint64>> tasks;
    for (const QString &url : arguments.sliced(2)) {
        tasks.push_back(spawn("GET", fetch, client, QUrl(url), queue));
        tasks.back().onDone([&left] {
            if (--left == 0)
                QCoreApplication::quit();
        });
    }
    QCoreApplication::exec();
    for (const auto &task : tasks)
        bytes += task.error() ? 0 : task.result();
    std::printf("%.2f s, %lld bytes\n", double(time.elapsed()) / 1000, static_cast<long long>(bytes));
}
