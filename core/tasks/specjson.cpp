// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/spec.h"

#include "core/net/jsonbytes.h"
#include "core/net/mysqladdress.h"
#include "core/net/mysqlsecret.h"
#include "core/net/redisaddress.h"
#include "core/net/rediscommand.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace coroscope::tasks {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::tasks::Spec)
};

QString withoutPassword(const QUrl &url) { return url.toString(QUrl::RemovePassword | QUrl::FullyEncoded); }

struct Writer
{
    QJsonObject operator()(const DownloadSpec &spec) const
    {
        QJsonObject object {{QStringLiteral("kind"), QStringLiteral("download")},
                            {QStringLiteral("url"), withoutPassword(spec.url)},
                            {QStringLiteral("folder"), spec.folder},
                            {QStringLiteral("timeoutMs"), double(spec.timeout.count())}};
        if (!spec.fileName.isEmpty())
            object[QLatin1String("fileName")] = spec.fileName;
        if (spec.retries != DownloadSpec {}.retries)
            object[QLatin1String("retries")] = spec.retries;
        if (spec.insecure)
            object[QLatin1String("insecure")] = true;
        if (!spec.caFile.isEmpty())
            object[QLatin1String("caFile")] = spec.caFile;
        return object;
    }

    QJsonObject operator()(const BatchSpec &spec) const
    {
        QJsonArray downloads;
        for (const DownloadSpec &download : spec.downloads)
            downloads << (*this)(download);
        return {{QStringLiteral("kind"), QStringLiteral("batch")},
                {QStringLiteral("name"), spec.name},
                {QStringLiteral("downloads"), downloads},
                {QStringLiteral("limit"), spec.limit}};
    }

    QJsonObject operator()(const RedisSpec &spec) const
    {
        QJsonArray commands;
        for (const net::RedisCommand &command : spec.commands) {
            QJsonArray parts;
            for (const QByteArray &part : net::withoutSecret(command))
                parts << net::bytesToJson(part);
            commands << parts;
        }
        QJsonObject object {{QStringLiteral("kind"), QStringLiteral("redis")},
                            {QStringLiteral("url"), withoutPassword(spec.url)},
                            {QStringLiteral("commands"), commands},
                            {QStringLiteral("timeoutMs"), double(spec.timeout.count())}};
        if (spec.pipelined)
            object[QLatin1String("pipelined")] = true;
        if (spec.insecure)
            object[QLatin1String("insecure")] = true;
        if (!spec.caFile.isEmpty())
            object[QLatin1String("caFile")] = spec.caFile;
        return object;
    }

    QJsonObject operator()(const MySqlSpec &spec) const
    {
        QJsonObject object {{QStringLiteral("kind"), QStringLiteral("mysql")},
                            {QStringLiteral("url"), withoutPassword(spec.url)},
                            {QStringLiteral("sql"),
                             QString::fromUtf8(net::sqlWithoutSecret(spec.sql.toUtf8()))},
                            {QStringLiteral("timeoutMs"), double(spec.timeout.count())}};
        if (!spec.caFile.isEmpty())
            object[QLatin1String("caFile")] = spec.caFile;
        return object;
    }

    QJsonObject operator()(const SleepSpec &spec) const
    {
        return {{QStringLiteral("kind"), QStringLiteral("sleep")},
                {QStringLiteral("seconds"), double(spec.duration.count()) / 1e9},
                {QStringLiteral("block"), spec.block}};
    }

    QJsonObject operator()(const FutureSpec &spec) const
    {
        return {{QStringLiteral("kind"), QStringLiteral("future")}, {QStringLiteral("name"), spec.name}};
    }

    QJsonObject operator()(const ExampleSpec &spec) const
    {
        QJsonObject object {{QStringLiteral("kind"), QStringLiteral("example")},
                            {QStringLiteral("id"), spec.id},
                            {QStringLiteral("speed"), spec.speed}};
        const auto add = [&object](const QString &key, const QList<QUrl> &urls) {
            QJsonArray addresses;
            for (const QUrl &url : urls)
                addresses << url.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded); // a login is asked for
            if (!addresses.isEmpty())
                object[key] = addresses;
        };
        add(QStringLiteral("urls"), spec.urls);
        add(QStringLiteral("redis"), spec.redis);
        add(QStringLiteral("mysql"), spec.mysql);
        if (!spec.folder.isEmpty())
            object[QLatin1String("folder")] = spec.folder;
        if (!spec.decodeResponses)
            object[QLatin1String("bytes")] = true;
        return object;
    }

    QJsonObject operator()(const CrawlSpec &spec) const
    {
        QJsonArray urls;
        for (const QUrl &url : spec.urls)
            urls << withoutPassword(url);
        QJsonObject object {{QStringLiteral("kind"), QStringLiteral("crawl")},
                            {QStringLiteral("urls"), urls},
                            {QStringLiteral("depth"), spec.depth},
                            {QStringLiteral("sameHost"), spec.sameHost},
                            {QStringLiteral("obeysRobots"), spec.obeysRobots},
                            {QStringLiteral("perHost"), spec.perHost},
                            {QStringLiteral("delayMs"), double(spec.delay.count())},
                            {QStringLiteral("pages"), spec.pages},
                            {QStringLiteral("bodyLimit"), double(spec.bodyLimit)}};
        if (spec.insecure)
            object[QLatin1String("insecure")] = true;
        if (!spec.caFile.isEmpty())
            object[QLatin1String("caFile")] = spec.caFile;
        return object;
    }
};

using Read = std::variant<TaskSpec, FieldError>;

std::chrono::milliseconds timeoutFrom(const QJsonObject &object, std::chrono::milliseconds otherwise)
{
    constexpr qint64 longest = 24 * 3600 * 1000;
    const auto value = qint64(object[QLatin1String("timeoutMs")].toDouble(double(otherwise.count())));
    return std::chrono::milliseconds(qBound<qint64>(1, value, longest));
}

Read readDownload(const QJsonObject &object)
{
    auto parsed = parseDownload(object[QLatin1String("url")].toString(),
                                object[QLatin1String("folder")].toString(),
                                object[QLatin1String("fileName")].toString());
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    auto &spec = std::get<DownloadSpec>(parsed);
    spec.timeout = timeoutFrom(object, spec.timeout);
    spec.retries = qBound(0, object[QLatin1String("retries")].toInt(spec.retries), 100);
    spec.insecure = object[QLatin1String("insecure")].toBool();
    spec.caFile = object[QLatin1String("caFile")].toString();
    return TaskSpec(std::move(spec));
}

Read readBatch(const QJsonObject &object)
{
    BatchSpec batch;
    batch.name = object[QLatin1String("name")].toString();
    batch.limit = qBound(1, object[QLatin1String("limit")].toInt(batch.limit), 16);
    for (const QJsonValue &value : object[QLatin1String("downloads")].toArray()) {
        Read read = readDownload(value.toObject());
        if (const auto *error = std::get_if<FieldError>(&read))
            return *error;
        batch.downloads.push_back(std::get<DownloadSpec>(std::get<TaskSpec>(std::move(read))));
    }
    if (batch.downloads.empty())
        return FieldError {QStringLiteral("downloads"), Words::tr("The batch is empty.")};
    return TaskSpec(std::move(batch));
}

Read readRedis(const QJsonObject &object)
{
    RedisSpec spec;
    spec.url = QUrl(object[QLatin1String("url")].toString());
    // A user whose password wasn't saved is no fault of the saved text: the password is asked for.
    QUrl withoutUser = spec.url;
    withoutUser.setUserInfo(QString());
    const auto address = net::parseRedisUrl(withoutUser);
    if (const auto *error = std::get_if<net::Error>(&address))
        return FieldError {QStringLiteral("url"), error->text()};
    for (const QJsonValue &value : object[QLatin1String("commands")].toArray()) {
        net::RedisCommand command;
        for (const QJsonValue &part : value.toArray())
            command << net::bytesFrom(part);
        if (!command.isEmpty())
            spec.commands << command;
    }
    if (spec.commands.isEmpty())
        return FieldError {QStringLiteral("command"), Words::tr("There is no command.")};
    spec.pipelined = object[QLatin1String("pipelined")].toBool();
    spec.timeout = timeoutFrom(object, spec.timeout);
    spec.insecure = object[QLatin1String("insecure")].toBool();
    spec.caFile = object[QLatin1String("caFile")].toString();
    return TaskSpec(std::move(spec));
}

Read readMySql(const QJsonObject &object)
{
    auto parsed = parseMySql(object[QLatin1String("url")].toString(),
                             object[QLatin1String("sql")].toString());
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    auto &spec = std::get<MySqlSpec>(parsed);
    spec.timeout = timeoutFrom(object, spec.timeout);
    spec.caFile = object[QLatin1String("caFile")].toString();
    return TaskSpec(std::move(spec));
}

Read readSleep(const QJsonObject &object)
{
    const double seconds = object[QLatin1String("seconds")].toDouble(-1);
    constexpr double longest = 24.0 * 3600;
    if (!(seconds >= 0 && seconds <= longest))
        return FieldError {QStringLiteral("duration"), Words::tr("A sleep takes 0 seconds to 24 hours.")};
    return TaskSpec(SleepSpec {std::chrono::nanoseconds(qRound64(seconds * 1e9)),
                               object[QLatin1String("block")].toBool()});
}

Read readExample(const QJsonObject &object)
{
    const auto list = [&object](const char *key) {
        QStringList words;
        for (const QJsonValue &value : object[QLatin1String(key)].toArray())
            words << value.toString();
        return words;
    };
    auto parsed = parseExample(object[QLatin1String("id")].toString(),
                               QString::number(object[QLatin1String("speed")].toDouble(1)), list("urls"),
                               list("redis"), list("mysql"));
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    auto &spec = std::get<ExampleSpec>(parsed);
    spec.folder = object[QLatin1String("folder")].toString();
    spec.decodeResponses = !object[QLatin1String("bytes")].toBool();
    return TaskSpec(std::move(spec));
}

Read readCrawl(const QJsonObject &object)
{
    QStringList words;
    for (const QJsonValue &value : object[QLatin1String("urls")].toArray())
        words << value.toString();
    auto parsed = parseCrawl(words.join(QLatin1Char('\n')));
    if (const auto *error = std::get_if<FieldError>(&parsed))
        return *error;
    auto &spec = std::get<CrawlSpec>(parsed);
    const auto number = [&object](const char *key, qint64 least, qint64 otherwise, qint64 most) {
        return qBound(least, qint64(object[QLatin1String(key)].toDouble(double(otherwise))), most);
    };
    spec.depth = int(number("depth", 0, spec.depth, 100));
    spec.sameHost = object[QLatin1String("sameHost")].toBool(true);
    spec.obeysRobots = object[QLatin1String("obeysRobots")].toBool(true);
    spec.perHost = int(number("perHost", 1, spec.perHost, 16));
    spec.delay = std::chrono::milliseconds(number("delayMs", 0, spec.delay.count(), 3600'000));
    spec.pages = int(number("pages", 1, spec.pages, 100'000));
    spec.bodyLimit = number("bodyLimit", 1, spec.bodyLimit, 1 << 30);
    spec.insecure = object[QLatin1String("insecure")].toBool();
    spec.caFile = object[QLatin1String("caFile")].toString();
    return TaskSpec(std::move(spec));
}

} // namespace

QJsonObject toJson(const TaskSpec &spec) { return std::visit(Writer {}, spec); }

std::variant<TaskSpec, FieldError> fromJson(const QJsonObject &object)
{
    const QString kind = object[QLatin1String("kind")].toString();
    if (kind == QLatin1String("download"))
        return readDownload(object);
    if (kind == QLatin1String("batch"))
        return readBatch(object);
    if (kind == QLatin1String("redis"))
        return readRedis(object);
    if (kind == QLatin1String("mysql"))
        return readMySql(object);
    if (kind == QLatin1String("sleep"))
        return readSleep(object);
    if (kind == QLatin1String("future"))
        return TaskSpec(FutureSpec {object[QLatin1String("name")].toString()});
    if (kind == QLatin1String("example"))
        return readExample(object);
    if (kind == QLatin1String("crawl"))
        return readCrawl(object);
    return FieldError {QStringLiteral("kind"), Words::tr("“%1” is no kind of task.").arg(kind)};
}

} // namespace coroscope::tasks
