// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/downloadarguments.h"

#include "app/optionvalues.h"
#include "core/tasks/download/checksum.h"
#include "core/tasks/download/filename.h"
#include "core/tasks/download/headerline.h"
#include "core/tasks/download/inputlist.h"
#include "core/tasks/download/requestjson.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::DownloadArguments)
};

using Problem = std::optional<BadUse>;

/// Reads the options one by one; the first that can't be read stops it.
class Reader
{
public:
    Reader(const Arguments &arguments, const Surroundings &surroundings)
        : m_arguments(arguments)
        , m_surroundings(surroundings)
    { }

    std::variant<DownloadPlan, BadUse> read()
    {
        using Step = Problem (Reader::*)();
        for (const Step step : {&Reader::readPlaces, &Reader::readLimits, &Reader::readTransfer,
                                &Reader::readAccess, &Reader::readHeaders, &Reader::readStartTime,
                                &Reader::readFiles, &Reader::readSingle, &Reader::readLogin}) {
            if (Problem problem = (this->*step)())
                return *problem;
        }
        return std::move(m_plan);
    }

private:
    bool has(const QString &key) const { return m_arguments.has(key); }
    QString value(const QString &key) const { return m_arguments.value(key); }
    net::HttpAccess &access() { return m_defaults.options.access; }

    /// "--retries takes …, not x."
    template<class T, class Target>
    Problem take(const QString &key, const std::optional<T> &read, Target &target, const QString &expected)
    {
        if (!read)
            return BadUse {Tr::tr("--%1 takes %2, not “%3”.").arg(key, expected, value(key))};
        target = *read;
        return {};
    }
    template<class Target>
    Problem number(const QString &key, int least, int most, Target &target)
    {
        if (!has(key))
            return {};
        return take(key, readNumber(value(key), least, most), target,
                    Tr::tr("a number from %1 to %2").arg(least).arg(most));
    }
    Problem file(const QString &key, QString &target)
    {
        return has(key) ? file(key, value(key), target) : Problem();
    }
    Problem file(const QString &key, const QString &path, QString &target)
    {
        if (path.isEmpty())
            return BadUse {Tr::tr("--%1 needs the name of a file.").arg(key)};
        target = m_surroundings.absolute(path);
        const QString why = m_surroundings.whyUnreadable(target);
        if (why.isEmpty())
            return {};
        return BadUse {Tr::tr("--%1: %2 can't be read: %3.").arg(key, target, why)};
    }

    Problem readPlaces();
    Problem readLimits();
    Problem readTransfer();
    Problem readAccess();
    Problem readHeaders();
    Problem readStartTime();
    Problem readFiles();
    Problem readSingle();
    Problem readLogin();

    const Arguments &m_arguments;
    const Surroundings &m_surroundings;
    download::Request m_defaults;
    DownloadPlan m_plan;
};

Problem Reader::readPlaces()
{
    if (m_arguments.afterDashes)
        return BadUse {Tr::tr("download takes URLs only; leave the -- out.")};
    for (const char *key : {"directory", "queue", "input", "output"}) {
        if (has(QString::fromLatin1(key)) && value(QString::fromLatin1(key)).isEmpty())
            return BadUse {Tr::tr("--%1 needs a name.").arg(QLatin1String(key))};
    }
    if (has(u"insecure"_s))
        m_plan.notes << Tr::tr("Warning: certificates are not verified (--insecure).");
    m_defaults.folder = m_surroundings.absolute(value(u"directory"_s));
    m_plan.queueFile = has(u"queue"_s) ? m_surroundings.absolute(value(u"queue"_s))
                                       : QDir(m_defaults.folder).filePath(download::queueFileName);
    return {};
}

Problem Reader::readLimits()
{
    if (Problem problem = number(u"jobs"_s, 1, 64, m_plan.transfers))
        return problem;
    if (Problem problem = number(u"per-host"_s, 1, 64, m_plan.perHost))
        return problem;
    if (!has(u"limit-rate"_s))
        return {};
    return take(u"limit-rate"_s, readBytes(value(u"limit-rate"_s)), m_plan.bytesPerSecond,
                Tr::tr("bytes a second such as 500k or 1.5M"));
}

Problem Reader::readTransfer()
{
    download::Options &options = m_defaults.options;
    if (Problem problem = number(u"retries"_s, 0, 1000, options.retries))
        return problem;
    if (Problem problem = number(u"segments"_s, 1, 16, options.segments))
        return problem;
    if (has(u"inactivity"_s)) {
        if (Problem problem = take(u"inactivity"_s, readSeconds(value(u"inactivity"_s)), options.inactivity,
                                   Tr::tr("seconds, or a time such as 90s or 2m")))
            return problem;
    }
    if (has(u"low-speed"_s)) {
        if (Problem problem = take(u"low-speed"_s, readLowSpeed(value(u"low-speed"_s)), options.lowSpeed,
                                   Tr::tr("BYTES:SECONDS, as in 1k:30")))
            return problem;
    }
    if (has(u"if-exists"_s)) {
        const QStringList words {u"rename"_s, u"skip"_s, u"overwrite"_s, u"newer"_s};
        const qsizetype index = words.indexOf(value(u"if-exists"_s));
        if (index < 0)
            return BadUse {Tr::tr("--if-exists is rename, skip, overwrite or newer, not “%1”.")
                               .arg(value(u"if-exists"_s))};
        options.ifExists = download::IfExists(index);
    }
    if (has(u"resume"_s) && has(u"no-resume"_s))
        return BadUse {Tr::tr("--resume and --no-resume can't both be meant; leave one out.")};
    options.resume = !has(u"no-resume"_s);
    return {};
}

Problem Reader::readAccess()
{
    access().tls.insecure = has(u"insecure"_s);
    access().http2 = has(u"http2"_s);
    if (Problem problem = file(u"ca-file"_s, access().tls.caFile))
        return problem;
    if (Problem problem = file(u"cookies"_s, access().cookiesFile))
        return problem;
    if (has(u"netrc"_s) && !has(u"netrc-file"_s)) {
        if (Problem problem = file(u"netrc"_s, m_surroundings.home + u"/.netrc"_s, access().netrcFile))
            return problem;
    }
    if (Problem problem = file(u"netrc-file"_s, access().netrcFile))
        return problem;
    if (!has(u"proxy"_s))
        return {};
    access().proxy = value(u"proxy"_s);
    if (access().proxy == u"none")
        return {};
    const QUrl proxy(access().proxy, QUrl::StrictMode);
    const bool isProxy = proxy.isValid()
                         && QStringList {u"http"_s, u"socks5"_s, u"socks5h"_s}.contains(proxy.scheme())
                         && !proxy.host().isEmpty() && proxy.port(1) > 0
                         && (proxy.path().isEmpty() || proxy.path() == u"/") && !proxy.hasQuery();
    if (isProxy)
        return {};
    return BadUse {
        Tr::tr("--proxy takes http://HOST:PORT, socks5://HOST:PORT, socks5h://HOST:PORT or none, not “%1”.")
            .arg(shown(value(u"proxy"_s)))};
}

Problem Reader::readHeaders()
{
    for (const QString &text : m_arguments.values(u"header"_s)) {
        const QString why = download::addHeaderLine(text, m_defaults);
        if (!why.isEmpty())
            return BadUse {Tr::tr("--header: %1").arg(why)};
    }
    if (!has(u"referer"_s))
        return {};
    const QString why = download::addHeaderLine(u"Referer: "_s + value(u"referer"_s), m_defaults);
    return why.isEmpty() ? Problem() : BadUse {Tr::tr("--referer: %1").arg(why)};
}

Problem Reader::readStartTime()
{
    if (!has(u"start-at"_s))
        return {};
    return take(u"start-at"_s, readStart(value(u"start-at"_s), m_surroundings.now), m_plan.add.startAt,
                Tr::tr("a time to come, such as 03:00 or 2030-01-31T03:00"));
}

Problem Reader::readFiles()
{
    download::InputList all;
    QStringList bad;
    const auto add = [&](download::InputList list, const auto &where) {
        for (const download::InputError &error : list.errors)
            bad << where(error.line) + u": "_s + error.message;
        for (const download::InputError &note : list.notes)
            m_plan.notes << where(note.line) + u": "_s + note.message;
        std::ranges::move(list.requests, std::back_inserter(all.requests));
    };
    if (has(u"input"_s)) {
        const QString path = value(u"input"_s);
        const auto text = m_surroundings.read(path);
        if (const auto *error = std::get_if<BadUse>(&text))
            return *error;
        const QString name = path == u"-" ? Tr::tr("standard input") : path;
        add(download::parseInput(std::get<QString>(text), m_defaults),
            [&](int line) { return u"%1:%2"_s.arg(name).arg(line); });
    }
    add(download::parseUrls(m_arguments.words, m_defaults),
        [&](int word) { return shown(m_arguments.words.value(word - 1)); });
    if (!bad.isEmpty())
        return BadUse {bad.join(u'\n') + u'\n' + Tr::tr("Nothing was started.")};
    if (all.requests.empty())
        return BadUse {has(u"input"_s)
                           ? Tr::tr("There is no URL in the input.")
                           : Tr::tr("download needs at least one URL, or a list of them with -i.")};
    m_plan.add.requests = std::move(all.requests);
    m_plan.add.skipDone = true;
    return {};
}

Problem Reader::readSingle()
{
    const std::size_t files = m_plan.add.requests.size();
    download::Request &first = m_plan.add.requests.front();
    if (has(u"output"_s)) {
        const QString name = value(u"output"_s);
        if (files > 1)
            return BadUse {Tr::tr("-o names one file, and there are %1; use -d for a folder.").arg(files)};
        if (name.contains(u'/') || name == u"." || name == u"..")
            return BadUse {Tr::tr("-o is the name of a file, without a folder; use -d for that.")};
        first.fileName = name;
    }
    if (has(u"checksum"_s)) {
        if (files > 1)
            return BadUse {Tr::tr("--checksum is for one file, and there are %1; a list can hold a "
                                  "checksum=… below each URL.")
                               .arg(files)};
        auto checksum = download::parseChecksum(value(u"checksum"_s));
        if (const auto *why = std::get_if<QString>(&checksum))
            return BadUse {Tr::tr("--checksum: %1").arg(*why)};
        first.checksum = std::get<download::Checksum>(std::move(checksum));
    }
    return {};
}

Problem Reader::readLogin()
{
    net::Credentials login = m_defaults.credentials;
    if (has(u"user"_s)) {
        const QString text = value(u"user"_s);
        const qsizetype colon = text.indexOf(u':');
        login = {text.left(colon), colon < 0 ? QString() : text.mid(colon + 1), {}};
        if (login.user.isEmpty())
            return BadUse {Tr::tr("--user takes USER or USER:PASSWORD.")};
        if (colon < 0) {
            const auto password = m_surroundings.password
                                      ? m_surroundings.password
                                      : m_surroundings.askPassword(Tr::tr("Password of %1:").arg(login.user));
            if (!password)
                return BadUse {Tr::tr("--user needs a password, and there is no terminal to ask for it: put "
                                      "it into the environment variable COROSCOPE_PASSWORD.")};
            login.password = *password;
        }
    }
    if (login.isEmpty())
        return {};
    for (download::Request &request : m_plan.add.requests) {
        if (request.credentials.isEmpty())
            request.credentials = login;
    }
    return {};
}

/// What looks like a range is none any more; an IPv6 address keeps its brackets.
QString withoutRanges(const QUrl &url)
{
    QByteArray text = url.toEncoded();
    const qsizetype path = text.indexOf('/', text.indexOf("://") + 3);
    if (path < 0)
        return QString::fromLatin1(text);
    QByteArray rest = text.mid(path);
    for (const char c : {'[', ']', '{', '}'})
        rest.replace(c, '%' + QByteArray::number(int(c), 16).toUpper());
    return QString::fromLatin1(text.left(path) + rest);
}

} // namespace

bool hasMoreThanInput(const DownloadPlan &plan)
{
    const auto &requests = plan.add.requests;
    const auto says = [](const download::Request &request) {
        return request.options != download::Options() || !request.credentials.isEmpty()
               || std::ranges::any_of(request.headers, [](const net::HttpHeader &header) {
                      return download::isSecretHeader(header.name);
                  });
    };
    return plan.asksForLimits() || plan.add.startAt.isValid() || std::ranges::any_of(requests, says);
}

download::Limits DownloadPlan::limits(download::Limits now) const
{
    now.transfers = transfers.value_or(now.transfers);
    now.perHost = perHost.value_or(now.perHost);
    if (bytesPerSecond)
        now.bytesPerSecond = bytesPerSecond;
    return now;
}

download::QueueOptions DownloadPlan::queue() const
{
    return {.queueFile = queueFile, .resumeOnStart = true, .asksForLogin = false, .limits = limits()};
}

std::variant<DownloadPlan, BadUse> readDownload(const Arguments &arguments, const Surroundings &surroundings)
{
    return Reader(arguments, surroundings).read();
}

QString asInput(const std::vector<download::Request> &requests)
{
    QString lines;
    const auto add = [&](const QString &key, const QString &value) {
        if (!value.isEmpty())
            lines += u"  %1=%2\n"_s.arg(key, value);
    };
    for (const download::Request &request : requests) {
        QStringList urls;
        for (const QUrl &url : request.urls)
            urls << withoutRanges(url);
        lines += urls.join(u'\t') + u'\n';
        add(u"out"_s, request.fileName);
        add(u"dir"_s, request.folder);
        if (request.checksum)
            add(u"checksum"_s, download::checksumText(*request.checksum));
        for (const net::HttpHeader &header : request.headers) {
            if (download::isSecretHeader(header.name))
                continue;
            add(u"header"_s, QString::fromUtf8(header.name + ": " + header.value));
        }
        add(u"referer"_s, QString::fromUtf8(request.referer));
    }
    return lines;
}

} // namespace coroscope::app
