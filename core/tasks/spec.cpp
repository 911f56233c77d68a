// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/spec.h"

#include "core/net/duration.h"
#include "core/net/mysqladdress.h"
#include "core/net/redisaddress.h"
#include "core/tasks/download/filename.h"

namespace coroscope::tasks {

namespace {

struct NameOf
{
    QString operator()(const DownloadSpec &spec) const
    {
        return QStringLiteral("GET %1").arg(download::fileNameFor(spec.url, spec.fileName));
    }
    QString operator()(const BatchSpec &spec) const
    {
        return spec.name.isEmpty() ? QStringLiteral("batch of %1").arg(spec.downloads.size()) : spec.name;
    }
    QString operator()(const RedisSpec &spec) const
    {
        const auto address = net::parseRedisUrl(spec.url);
        if (const auto *known = std::get_if<net::RedisAddress>(&address))
            return QStringLiteral("redis %1").arg(known->hostAndPort());
        return QStringLiteral("redis %1").arg(spec.url.host());
    }
    QString operator()(const MySqlSpec &spec) const
    {
        const auto address = net::parseMySqlUrl(spec.url);
        if (const auto *known = std::get_if<net::MySqlAddress>(&address))
            return QStringLiteral("mysql %1").arg(known->hostAndPort());
        return QStringLiteral("mysql %1").arg(spec.url.host());
    }
    QString operator()(const SleepSpec &spec) const
    {
        const QString duration = net::durationText(spec.duration);
        return (spec.block ? QStringLiteral("block %1") : QStringLiteral("sleep %1")).arg(duration);
    }
    QString operator()(const FutureSpec &spec) const
    {
        return spec.name.isEmpty() ? QStringLiteral("future") : QStringLiteral("future “%1”").arg(spec.name);
    }
    QString operator()(const ExampleSpec &spec) const { return QStringLiteral("example %1").arg(spec.id); }
    QString operator()(const CrawlSpec &spec) const
    {
        return QStringLiteral("crawl %1").arg(spec.urls.value(0).host());
    }
};

struct CategoryOf
{
    QByteArray operator()(const DownloadSpec &) const { return "download"; }
    QByteArray operator()(const BatchSpec &) const { return "group"; }
    QByteArray operator()(const RedisSpec &) const { return "redis"; }
    QByteArray operator()(const MySqlSpec &) const { return "mysql"; }
    QByteArray operator()(const SleepSpec &) const { return "sleep"; }
    QByteArray operator()(const FutureSpec &) const { return "group"; }
    QByteArray operator()(const ExampleSpec &) const { return "group"; }
    QByteArray operator()(const CrawlSpec &) const { return "crawl"; }
};

} // namespace

QString defaultName(const TaskSpec &spec) { return std::visit(NameOf {}, spec); }

QByteArray category(const TaskSpec &spec) { return std::visit(CategoryOf {}, spec); }

} // namespace coroscope::tasks
