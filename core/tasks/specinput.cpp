// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/spec.h"

#include "core/net/redisaddress.h"
#include "core/net/rediscommand.h"
#include "core/tasks/duration.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::Spec)
};

/// Empty: it is a URL that can be fetched.
QString urlFault(const QString &text, QUrl &url)
{
    if (text.isEmpty())
        return Words::tr("Type the address of a file: http:// or https://.");
    url = QUrl(text, QUrl::TolerantMode);
    const QString scheme = url.scheme().toLower();
    if (!text.contains(QLatin1String("://")))
        return Words::tr("An address starts with http:// or https://.");
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        return Words::tr("“%1” can't be fetched: http and https can.").arg(scheme);
    if (!url.isValid())
        return Words::tr("This is not an address: %1.").arg(url.errorString().section(u';', 0, 0));
    if (url.host().isEmpty())
        return Words::tr("The address names no host.");
    return {};
}

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
    if (const QString fault = urlFault(url.trimmed(), spec.url); !fault.isEmpty())
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

std::variant<SleepSpec, FieldError> parseSleep(const QString &duration, bool block)
{
    using namespace std::chrono_literals;
    const auto parsed = parseDuration(duration);
    if (!parsed)
        return FieldError {QStringLiteral("duration"),
                           Words::tr("Type a time, like 0.5, 250ms, 2s or 1m30s.")};
    if (*parsed > 24h)
        return FieldError {QStringLiteral("duration"), Words::tr("At most 24 hours.")};
    return SleepSpec {*parsed, block};
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
