// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

class QJsonObject;

namespace coroscope::tasks {

/// What is wrong with an input: which field, what, and what to do. Empty message: nothing.
struct FieldError
{
    QString field; ///< "url", "folder", "command", "duration" …
    QString message; ///< one sentence for a person
};

/// One file to fetch.
struct DownloadSpec
{
    QUrl url {}; ///< http or https
    QString folder {}; ///< where the file goes; must exist or be creatable
    QString fileName {}; ///< chosen name; empty: from the URL's last segment
    std::chrono::milliseconds timeout {60000}; ///< without a byte received
    int retries = 4; ///< after the first try
    bool insecure = false; ///< TLS certificates are not verified
    QString caFile {}; ///< PEM file of further authorities; empty: the system's
};

/// Several files, at most `limit` at once, as one task with a child each.
struct BatchSpec
{
    QString name {}; ///< empty: "batch of N"
    std::vector<DownloadSpec> downloads {};
    int limit = 6;
};

/// Commands to one Redis server, one after the other or pipelined.
struct RedisSpec
{
    QUrl url {}; ///< redis://[user[:password]@]host[:port][/db] or rediss://…; the password is never saved or
                 ///< shown
    QList<QList<QByteArray>> commands {}; ///< each: name and arguments
    bool pipelined = false;
    std::chrono::milliseconds timeout {10000}; ///< for the connection and for each reply
    bool insecure = false;
    QString caFile {};
};

/// What a MySqlSpec's task writes for a terminal or a pipe.
enum class MySqlOutput {
    None, ///< rows go to its table alone
    Lines, ///< a header and the rows, with tabs between
    Json, ///< an array of objects
};

/// One statement to one MySQL server.
struct MySqlSpec
{
    QUrl url {}; ///< mysql://…, as net::parseMySqlUrl() reads it; the password is never saved or shown
    QString sql {};
    std::chrono::milliseconds timeout {300000}; ///< for the server's silence
    QString caFile {}; ///< PEM file of whom to trust; empty: the system's
    MySqlOutput output = MySqlOutput::None; ///< not saved
};

struct SleepSpec
{
    std::chrono::nanoseconds duration {};
    bool block = false; ///< blocks the loop for that time instead of yielding
};

/// A future without a producer, to be set by hand; a task waits for it.
struct FutureSpec
{
    QString name {};
};

/// One example of the gallery (core/gallery).
struct ExampleSpec
{
    QString id {}; ///< "await-1"
    double speed = 1; ///< every sleep is divided by it
    QList<QUrl> urls {}; ///< none: the samples on a local server
    QList<QUrl> redis {}; ///< none: local servers
    QList<QUrl> mysql {}; ///< none: local servers
    QString folder {}; ///< where an example puts its files; empty: a temporary one
    bool decodeResponses = true; ///< replies of Redis are text; else bytes
};

/// Pages, and the pages that they link to.
struct CrawlSpec
{
    QList<QUrl> urls {}; ///< http or https
    int depth = 1; ///< how many links away from them it goes; 0: these pages alone
    bool sameHost = true; ///< no link to another host is followed
    bool obeysRobots = true; ///< what a site's robots.txt forbids isn't fetched
    int perHost = 2; ///< pages at once from one host
    std::chrono::milliseconds delay {200}; ///< from one request to the next, to one host
    int pages = 100; ///< at most, in all
    qint64 bodyLimit = 4 * 1024 * 1024; ///< bytes of a page that are read
    bool insecure = false;
    QString caFile {};
};

using TaskSpec = std::variant<DownloadSpec, BatchSpec, RedisSpec, MySqlSpec, SleepSpec, FutureSpec,
                              ExampleSpec, CrawlSpec>;

/// "GET ubuntu.iso", "redis host:6379", "mysql host:3306", "sleep 0.5 s", "future answer", "example await-1",
/// "crawl host".
QString defaultName(const TaskSpec &spec);
/// The colour's key: "download", "redis", "mysql", "sleep", "group".
QByteArray category(const TaskSpec &spec);

/// Without passwords, ever: a spec read back asks for it.
QJsonObject toJson(const TaskSpec &spec);
std::variant<TaskSpec, FieldError> fromJson(const QJsonObject &object);

// What a person types, checked as they type. Each error names its field.
std::variant<DownloadSpec, FieldError> parseDownload(const QString &url, const QString &folder,
                                                     const QString &fileName = {});
/// `command` is split as redis-cli splits a line: quotes and \x escapes. Several lines: several commands.
std::variant<RedisSpec, FieldError> parseRedis(const QString &url, const QString &command);
/// One statement, which is the server's to check.
std::variant<MySqlSpec, FieldError> parseMySql(const QString &url, const QString &sql);
/// "0.5", "2s", "250ms", "1m30s"; up to 24 hours.
std::variant<SleepSpec, FieldError> parseSleep(const QString &duration, bool block);
/// `speed` is a number such as 2 or 0.5; empty: 1. What an example doesn't need mustn't be given.
std::variant<ExampleSpec, FieldError> parseExample(const QString &id, const QString &speed,
                                                   const QStringList &urls, const QStringList &redis,
                                                   const QStringList &mysql);
/// Addresses, one a line or apart by blanks.
std::variant<CrawlSpec, FieldError> parseCrawl(const QString &urls);
/// URLs one a line, `#` comments and blank lines skipped. An error names its line.
std::variant<std::vector<DownloadSpec>, FieldError> parseUrlList(const QString &text, const QString &folder);

} // namespace coroscope::tasks
