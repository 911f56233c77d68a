// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/spec.h"

#include "core/gallery/gallery.h"
#include "core/net/duration.h"
#include "core/net/mysqladdress.h"
#include "core/net/redisaddress.h"
#include "core/net/rediscommand.h"
#include "core/tasks/download/downloadurl.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::Spec)
};

QString folderFault(const QString &folder)
{
    if (folder.trimmed().isEmpty())
        return Words::tr("Choose the folder that the file goes to.");
    const QFileInfo info(folder);
    if (info.exists() && !info.isDir())
        return Words::tr("“%1” is a file, not a folder.").arg(folder);
    if (info.isDir() && !info.isWritable())
        return Words::tr("Nothing can be written to the folder “%1”.").arg(folder);
    return {};
}

QString commandFault(const net::RedisCommand &command)
{
    if (net::breaksPairing(command)) {
        return Words::tr("%1 turns the connection into a stream of messages, which can't be shown here.")
            .arg(QString::fromUtf8(command[0].toUpper()));
    }
    if (command[0].toUpper() == "AUTH" && command.size() == 1)
        return Words::tr("AUTH needs a password.");
    return {};
}

} // namespace

std::variant<DownloadSpec, FieldError> parseDownload(const QString &url, const QString &folder,
                                                     const QString &fileName)
{
    DownloadSpec spec;
    if (const QString fault = download::urlFault(url.trimmed(), spec.url); !fault.isEmpty())
        return FieldError {QStringLiteral("url"), fault};
    if (const QString fault = folderFault(folder); !fault.isEmpty())
        return FieldError {QStringLiteral("folder"), fault};
    spec.folder = folder.trimmed();
    spec.fileName = fileName.trimmed();
    if (spec.fileName.contains(QLatin1Char('/')))
        return FieldError {QStringLiteral("fileName"), Words::tr("A file's name has no “/” in it.")};
    return spec;
}

std::variant<RedisSpec, FieldError> parseRedis(const QString &url, const QString &command)
{
    RedisSpec spec;
    const QString trimmed = url.trimmed();
    const QString full = trimmed.contains(QLatin1String("://")) ? trimmed
                                                                : QStringLiteral("redis://") + trimmed;
    if (trimmed.isEmpty())
        return FieldError {QStringLiteral("url"), Words::tr("Type a server's address: redis://host:6379/0.")};
    spec.url = QUrl(full, QUrl::TolerantMode);
    const auto address = net::parseRedisUrl(spec.url);
    if (const auto *error = std::get_if<net::Error>(&address))
        return FieldError {QStringLiteral("url"), error->text() + QLatin1Char('.')};

    int lineNumber = 0;
    for (const QString &line : command.split(QLatin1Char('\n'))) {
        ++lineNumber;
        const auto parts = net::splitCommandLine(line.toUtf8());
        if (!parts) {
            return FieldError {QStringLiteral("command"),
                               Words::tr("Line %1: a quote isn't closed, or something stands right after it.")
                                   .arg(lineNumber)};
        }
        if (parts->isEmpty())
            continue;
        if (const QString fault = commandFault(*parts); !fault.isEmpty())
            return FieldError {QStringLiteral("command"), fault};
        spec.commands << *parts;
    }
    if (spec.commands.isEmpty())
        return FieldError {QStringLiteral("command"), Words::tr("Type a command, like: HGETALL car.")};
    return spec;
}

std::variant<MySqlSpec, FieldError> parseMySql(const QString &url, const QString &sql)
{
    MySqlSpec spec;
    const QString trimmed = url.trimmed();
    const QString full = trimmed.contains(QLatin1String("://")) ? trimmed
                                                                : QStringLiteral("mysql://") + trimmed;
    if (trimmed.isEmpty())
        return FieldError {QStringLiteral("url"),
                           Words::tr("Type a server's address: mysql://user@host:3306/database.")};
    spec.url = QUrl(full, QUrl::TolerantMode);
    const auto address = net::parseMySqlUrl(spec.url);
    if (const auto *error = std::get_if<net::Error>(&address))
        return FieldError {QStringLiteral("url"), error->text() + QLatin1Char('.')};
    spec.sql = sql.trimmed();
    if (spec.sql.isEmpty())
        return FieldError {QStringLiteral("sql"), Words::tr("Type a statement, like: SHOW DATABASES.")};
    return spec;
}

std::variant<SleepSpec, FieldError> parseSleep(const QString &duration, bool block)
{
    using namespace std::chrono_literals;
    const auto parsed = net::parseDuration(duration);
    if (!parsed)
        return FieldError {QStringLiteral("duration"),
                           Words::tr("Type a time, like 0.5, 250ms, 2s or 1m30s.")};
    if (*parsed > 24h)
        return FieldError {QStringLiteral("duration"), Words::tr("At most 24 hours.")};
    return SleepSpec {*parsed, block};
}

namespace {

std::optional<FieldError> readUrls(const QStringList &words, QList<QUrl> &urls)
{
    for (const QString &word : words) {
        QUrl url;
        if (const QString fault = download::urlFault(word.trimmed(), url); !fault.isEmpty())
            return FieldError {QStringLiteral("url"), fault};
        urls << url;
    }
    return {};
}

std::optional<FieldError> readMySql(const QStringList &words, QList<QUrl> &servers)
{
    for (const QString &word : words) {
        const QUrl url(word.trimmed(), QUrl::TolerantMode);
        const auto address = net::parseMySqlUrl(url);
        if (const auto *error = std::get_if<net::Error>(&address))
            return FieldError {QStringLiteral("mysql"), error->text() + QLatin1Char('.')};
        servers << url;
    }
    return {};
}

std::optional<FieldError> readRedis(const QStringList &words, QList<QUrl> &servers)
{
    for (const QString &word : words) {
        const auto parsed = parseRedis(word, QStringLiteral("PING"));
        if (const auto *error = std::get_if<FieldError>(&parsed))
            return FieldError {QStringLiteral("redis"), error->message};
        servers << std::get<RedisSpec>(parsed).url;
    }
    return {};
}

std::optional<FieldError> refuse(const QString &field, int needed, const QStringList &given)
{
    if (needed > 0 || given.isEmpty())
        return {};
    return FieldError {field, Words::tr("This example needs none: leave it out.")};
}

} // namespace

std::variant<ExampleSpec, FieldError> parseExample(const QString &id, const QString &speed,
                                                   const QStringList &urls, const QStringList &redis,
                                                   const QStringList &mysql)
{
    ExampleSpec spec;
    const auto example = gallery::findExample(id);
    if (!example)
        return FieldError {QStringLiteral("id"), Words::tr("There is no example %1.").arg(id)};
    spec.id = id;
    if (!speed.isEmpty()) {
        bool isNumber = false;
        spec.speed = speed.toDouble(&isNumber);
        if (!isNumber || !(spec.speed >= 0.01 && spec.speed <= 1000))
            return FieldError {QStringLiteral("speed"), Words::tr("Type a speed from 0.01 to 1000.")};
    }
    std::optional<FieldError> error = refuse(QStringLiteral("url"), example->needs.urls, urls);
    if (!error)
        error = refuse(QStringLiteral("redis"), example->needs.redis, redis);
    if (!error)
        error = refuse(QStringLiteral("mysql"), example->needs.mysql, mysql);
    if (!error)
        error = readUrls(urls, spec.urls);
    if (!error)
        error = readRedis(redis, spec.redis);
    if (!error)
        error = readMySql(mysql, spec.mysql);
    if (error)
        return *error;
    return spec;
}

std::variant<CrawlSpec, FieldError> parseCrawl(const QString &urls)
{
    CrawlSpec spec;
    if (auto error = readUrls(urls.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts), spec.urls))
        return *error;
    if (spec.urls.isEmpty())
        return FieldError {QStringLiteral("url"), Words::tr("Type the address of a page.")};
    return spec;
}

std::variant<std::vector<DownloadSpec>, FieldError> parseUrlList(const QString &text, const QString &folder)
{
    std::vector<DownloadSpec> specs;
    QSet<QUrl> seen;
    int lineNumber = 0;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        ++lineNumber;
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(QLatin1Char('#')))
            continue;
        auto parsed = parseDownload(trimmed, folder);
        if (const auto *error = std::get_if<FieldError>(&parsed)) {
            if (error->field != QLatin1String("url"))
                return *error;
            return FieldError {QStringLiteral("url"),
                               Words::tr("Line %1: %2").arg(QString::number(lineNumber), error->message)};
        }
        auto &spec = std::get<DownloadSpec>(parsed);
        if (!seen.contains(spec.url)) {
            seen.insert(spec.url);
            specs.push_back(std::move(spec));
        }
    }
    if (specs.empty())
        return FieldError {QStringLiteral("url"), Words::tr("Type the address of a file, one a line.")};
    return specs;
}

} // namespace coroscope::tasks
