// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/inputoption.h"

#include "core/tasks/download/checksum.h"
#include "core/tasks/download/filename.h"
#include "core/tasks/download/headerline.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::InputOption)
};

struct Argument
{
    QString name;
    QString value;
    QString baseFolder;
};

bool hasControl(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.category() == QChar::Other_Control; });
}

OptionResult fault(const QString &text) { return {.fault = text, .note = {}}; }

OptionResult wantsA(const Argument &argument, const QString &what)
{
    return fault(Words::tr("“%1=” wants %2.").arg(argument.name, what));
}

std::optional<qint64> number(QString text, qint64 most)
{
    bool isNumber = !text.isEmpty() && text[0].isDigit();
    const qint64 value = isNumber ? text.toLongLong(&isNumber) : 0;
    return isNumber && value <= most ? std::optional(value) : std::nullopt;
}

/// "100", "100K", "2M": of 1,024.
std::optional<qint64> byteCount(const QString &text)
{
    qint64 unit = 1;
    QString digits = text;
    if (text.endsWith(u'K', Qt::CaseInsensitive))
        unit = 1024;
    else if (text.endsWith(u'M', Qt::CaseInsensitive))
        unit = 1024 * 1024;
    if (unit > 1)
        digits.chop(1);
    const auto count = number(digits, std::numeric_limits<qint64>::max() / unit);
    return count ? std::optional(*count * unit) : std::nullopt;
}

std::optional<bool> flag(const QString &text)
{
    if (text == QLatin1String("true"))
        return true;
    return text == QLatin1String("false") ? std::optional(false) : std::nullopt;
}

OptionResult setOut(const Argument &argument, Request &request)
{
    if (argument.value.isEmpty())
        return wantsA(argument, Words::tr("the file's name"));
    request.fileName = safeFileName(argument.value);
    if (request.fileName == argument.value)
        return {};
    return {.fault = {},
            .note = Words::tr("The file is named “%1”: it goes into its folder under a name of one part.")
                        .arg(request.fileName)};
}

OptionResult setDir(const Argument &argument, Request &request)
{
    const QString &folder = argument.value;
    if (folder.isEmpty() || hasControl(folder))
        return wantsA(argument, Words::tr("a folder"));
    if (folder == QLatin1String("~") || folder.startsWith(QLatin1String("~/")))
        return fault(Words::tr("“~” isn't understood in “dir=”: write the folder's whole path."));
    const bool isResource = folder.startsWith(u':'); // absolute to Qt, but a name like any other here
    if (QDir::isAbsolutePath(folder) && !isResource) {
        request.folder = QDir::cleanPath(folder);
        return {};
    }
    const QString relative = QDir::cleanPath(folder);
    if (relative == QLatin1String("..") || relative.startsWith(QLatin1String("../")))
        return fault(Words::tr("“dir=” leads out of the folder chosen: write the folder's whole path."));
    request.folder = QDir::cleanPath(argument.baseFolder + u'/' + relative);
    return {};
}

OptionResult setChecksum(const Argument &argument, Request &request)
{
    auto parsed = parseChecksum(argument.value);
    if (const auto *text = std::get_if<QString>(&parsed))
        return fault(*text);
    request.checksum = std::get<Checksum>(parsed);
    return {};
}

OptionResult setHeader(const Argument &argument, Request &request)
{
    return fault(addHeaderLine(argument.value, request));
}

OptionResult setReferer(const Argument &argument, Request &request)
{
    if (argument.value == QLatin1String("*")) // aria2's word for the file's own address
        request.referer = request.url().toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    else
        return fault(addHeaderLine(QLatin1String("Referer:") + argument.value, request));
    return {};
}

OptionResult setUserAgent(const Argument &argument, Request &request)
{
    return fault(addHeaderLine(QLatin1String("User-Agent:") + argument.value, request));
}

OptionResult setContinue(const Argument &argument, Request &request)
{
    const auto value = flag(argument.value);
    if (!value)
        return wantsA(argument, Words::tr("true or false"));
    request.options.resume = *value;
    return {};
}

OptionResult setOverwrite(const Argument &argument, Request &request)
{
    const auto value = flag(argument.value);
    if (!value)
        return wantsA(argument, Words::tr("true or false"));
    request.options.ifExists = *value ? IfExists::Overwrite : IfExists::Rename;
    return {};
}

OptionResult setRate(const Argument &argument, Request &request)
{
    const auto rate = byteCount(argument.value);
    if (!rate)
        return wantsA(argument, Words::tr("bytes a second, as 100K or 2M"));
    request.options.bytesPerSecond = *rate > 0 ? rate : std::nullopt;
    return {};
}

OptionResult setLowSpeed(const Argument &argument, Request &request)
{
    const auto rate = byteCount(argument.value);
    if (!rate)
        return wantsA(argument, Words::tr("bytes a second, as 100K or 2M"));
    if (*rate > 0)
        request.options.lowSpeed = LowSpeed {.bytesPerSecond = *rate};
    else
        request.options.lowSpeed.reset();
    return {};
}

OptionResult setSegments(const Argument &argument, Request &request)
{
    constexpr qint64 mostSegments = 16;
    const auto count = number(argument.value, std::numeric_limits<int>::max());
    if (!count || *count == 0)
        return wantsA(argument, Words::tr("a number from 1 on"));
    request.options.segments = int(qMin(*count, mostSegments));
    if (*count <= mostSegments)
        return {};
    return {.fault = {}, .note = Words::tr("A file gets %1 connections at most.").arg(mostSegments)};
}

OptionResult setTries(const Argument &argument, Request &request)
{
    constexpr qint64 mostTries = 1000;
    const auto count = number(argument.value, mostTries);
    if (!count || *count == 0)
        return wantsA(argument, Words::tr("a number from 1 to %1").arg(mostTries));
    request.options.retries = int(*count) - 1;
    return {};
}

OptionResult setTimeout(const Argument &argument, Request &request)
{
    constexpr qint64 mostSeconds = 24 * 3600;
    const auto seconds = number(argument.value, mostSeconds);
    if (!seconds || *seconds == 0)
        return wantsA(argument, Words::tr("seconds, from 1 to %1").arg(mostSeconds));
    request.options.inactivity = std::chrono::seconds(*seconds);
    return {};
}

OptionResult setUser(const Argument &argument, Request &request)
{
    request.credentials.user = argument.value;
    request.credentials.bearer.clear();
    return {};
}

OptionResult setPassword(const Argument &argument, Request &request)
{
    request.credentials.password = argument.value;
    request.credentials.bearer.clear();
    return {};
}

using Setter = OptionResult (*)(const Argument &, Request &);

const QHash<QString, Setter> &setters()
{
    static const QHash<QString, Setter> all {
        {QStringLiteral("out"), setOut},
        {QStringLiteral("dir"), setDir},
        {QStringLiteral("checksum"), setChecksum},
        {QStringLiteral("header"), setHeader},
        {QStringLiteral("referer"), setReferer},
        {QStringLiteral("user-agent"), setUserAgent},
        {QStringLiteral("continue"), setContinue},
        {QStringLiteral("allow-overwrite"), setOverwrite},
        {QStringLiteral("max-download-limit"), setRate},
        {QStringLiteral("lowest-speed-limit"), setLowSpeed},
        {QStringLiteral("split"), setSegments},
        {QStringLiteral("max-tries"), setTries},
        {QStringLiteral("timeout"), setTimeout},
        {QStringLiteral("http-user"), setUser},
        {QStringLiteral("http-passwd"), setPassword},
    };
    return all;
}

} // namespace

OptionResult applyInputOption(const QString &line, const QString &baseFolder, Request &request)
{
    static const QRegularExpression shape(QStringLiteral("\\A([A-Za-z0-9-]+)\\s*=\\s*(.*)\\z"),
                                          QRegularExpression::DotMatchesEverythingOption);
    const auto match = shape.match(line);
    if (!match.hasMatch())
        return fault(Words::tr("An indented line is an option of the address above it, as “out=name”."));
    const QString name = match.captured(1).toLower();
    const Setter setter = setters().value(name);
    if (!setter)
        return fault(Words::tr("The option “%1” isn't known here: take it out.").arg(name.left(40)));
    return setter({name, match.captured(2).trimmed(), baseFolder}, request);
}

} // namespace coroscope::download
