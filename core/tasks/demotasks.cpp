// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/demotasks.h"

#include "core/net/escape.h"
#include "core/net/redisclient.h"
#include "core/runtime/sleep.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>

namespace coroscope::tasks {

using namespace std::chrono_literals;

namespace {

/// On a worker's thread.
QString sha256Of(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        throw net::Exception({.kind = net::Error::Kind::Disk, .what = file.errorString(), .where = path});
    return QString::fromLatin1(hash.result().toHex());
}

QString indexPage(int links)
{
    QString page;
    for (int i = 0; i < links; ++i)
        page += QStringLiteral("<li><a href=\"/files/%1.html\">file %1</a></li>\n").arg(i);
    return page;
}

/// Parses the page again and again until the time is over, without a break.
int countLinksFor(std::chrono::milliseconds duration, const QString &page)
{
    static const QRegularExpression link(QStringLiteral("<a href=\"([^\"]*)\">"));
    const auto end = std::chrono::steady_clock::now() + duration;
    int links = 0;
    do {
        links = 0;
        for (auto match = link.globalMatch(page); match.hasNext(); match.next())
            ++links;
    } while (std::chrono::steady_clock::now() < end);
    return links;
}

} // namespace

QList<net::RedisCommand> carCommands()
{
    return {{"HSET", "car", "key1", "1", "key2", "2", "key3", "3"}, {"HGETALL", "car"}};
}

QCoro::Task<RedisResult> visitCar(QUrl url, std::chrono::milliseconds pause)
{
    const auto address = std::get<net::RedisAddress>(net::parseRedisUrl(url));
    net::RedisClient client({.address = address});
    co_await client.connect();
    co_await sleep(pause);

    const QByteArray milliseconds = QByteArray::number(qint64(pause.count()));
    co_await client.command({"CLIENT", "PAUSE", milliseconds});
    RedisResult result {.commands = carCommands(), .replies = {}};
    const auto written = co_await client.command(result.commands[0]);
    result.replies.push_back(written);
    trace::print(QStringLiteral("HSET car → %1").arg(toTraceText(written)));
    co_await sleep(pause);

    std::vector<net::RedisPending> counters;
    for (int i = 0; i < 5; ++i)
        counters.push_back(client.command({"INCR", "visits"}));
    for (const net::RedisPending &counter : counters) {
        const auto count = co_await counter;
        trace::print(QStringLiteral("INCR visits → %1").arg(toTraceText(count)));
    }
    co_await client.command({"CLIENT", "PAUSE", milliseconds});
    const auto car = co_await client.command(result.commands[1]);
    result.replies.push_back(car);
    client.close();
    co_return result;
}

QCoro::Task<QString> checksum(SpawnedTask<DownloadResult> file, QString name,
                              std::shared_ptr<ThreadExecutor> executor)
{
    const DownloadResult downloaded = co_await file;
    const auto job = executor->run(QStringLiteral("sha256 %1").arg(name), sha256Of, downloaded.path);
    const QString hash = co_await job;
    co_return QStringLiteral("sha256 %1").arg(hash);
}

QCoro::Task<QString> parseIndex()
{
    co_await sleep(50ms);
    const int links = countLinksFor(250ms, indexPage(1204));
    co_await sleep(50ms);
    co_return QStringLiteral("%1 links").arg(net::grouped(links));
}

} // namespace coroscope::tasks
