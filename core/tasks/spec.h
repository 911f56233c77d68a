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

using TaskSpec = std::variant<DownloadSpec, BatchSpec, RedisSpec, SleepSpec, FutureSpec>;

/// "GET ubuntu.iso", "redis host:6379", "sleep 0.5 s", "future answer".
QString defaultName(const TaskSpec &spec);
/// The colour's key: "download", "redis", "sleep", "group".
QByteArray category(const TaskSpec &spec);

/// Without passwords, ever: a spec read back asks for it.
QJsonObject toJson(const TaskSpec &spec);
std::variant<TaskSpec, FieldError> fromJson(const QJsonObject &object);

// What a person types, checked as they type. Each error names its field.
std::variant<DownloadSpec, FieldError> parseDownload(const QString &url, const QString &folder,
                                                     const QString &fileName = {});
/// `command` is split as redis-cli splits a line: quotes and \x escapes. Several lines: several commands.
std::variant<RedisSpec, FieldError> parseRedis(const QString &url, const QString &command);
/// "0.5", "2s", "250ms", "1m30s"; up to 24 hours.
std::variant<SleepSpec, FieldError> parseSleep(const QString &duration, bool block);
/// URLs one a line, `#` comments and blank lines skipped. An error names its line.
std::variant<std::vector<DownloadSpec>, FieldError> parseUrlList(const QString &text, const QString &folder);

} // namespace coroscope::tasks
