// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/inputlist.h"

#include "core/tasks/download/downloadurl.h"
#include "core/tasks/download/inputoption.h"
#include "core/tasks/download/urlpattern.h"

#include <QCoreApplication>
#include <QHash>

#include <utility>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::InputList)
};

constexpr qint64 mostCharacters = 32 * 1024 * 1024; // of all addresses that ranges stand for

bool startsLikeUrl(const QString &text)
{
    return text.startsWith(QLatin1String("http://"), Qt::CaseInsensitive)
           || text.startsWith(QLatin1String("https://"), Qt::CaseInsensitive);
}

bool holdsSeveral(const QString &address)
{
    if (!address.contains(u' '))
        return false;
    const QString lower = address.toLower();
    return lower.contains(QLatin1String(" http://")) || lower.contains(QLatin1String(" https://"));
}

/// Without the comment behind an address: an address has no " #" in it.
QString withoutComment(const QString &line)
{
    for (qsizetype at = 1; at < line.size(); ++at) {
        if (line[at] == u'#' && line[at - 1].isSpace())
            return line.first(at);
    }
    return line;
}

/// Two addresses that get the same file.
QUrl sameness(const QUrl &url)
{
    QUrl same = url.adjusted(QUrl::RemoveFragment);
    if (same.path().isEmpty())
        same.setPath(QStringLiteral("/"));
    const bool isHttps = same.scheme() == QLatin1String("https");
    if (same.port() == (isHttps ? 443 : 80))
        same.setPort(-1);
    return same;
}

/// Collects requests line by line. An entry is an address line with the options below it.
class Reader
{
public:
    enum class Numbering : std::uint8_t { Lines, Words };

    Reader(const Request &defaults, Numbering numbering)
        : m_defaults(defaults)
        , m_numbering(numbering)
    { }

    /// False: no more of it can be taken.
    bool readAddresses(int line, const QStringList &mirrors);
    void readOption(int line, const QString &text);
    InputList finish();

private:
    using Key = std::pair<QUrl, std::pair<QString, QString>>; ///< address, folder, name

    void addError(int line, const QString &message)
    {
        m_list.errors.push_back({line, message});
        m_isSound = false;
    }
    QString expand(const QStringList &mirrors, QList<QStringList> &expanded);
    QString makeEntry(const QStringList &mirrors);
    void endEntry();
    QString repeatedText(int firstLine, int repeats) const;

    const Request &m_defaults;
    Numbering m_numbering;
    InputList m_list;
    QHash<Key, int> m_lineOf; ///< of the requests taken
    qint64 m_characters = 0;

    int m_line = 0; ///< of the entry; 0: there is none yet
    bool m_isSound = false; ///< the entry has no error
    std::vector<Request> m_entry;
    std::vector<std::pair<int, QString>> m_entryNotes;
};

/// Sets one list of addresses for each mirror, all of one length.
QString Reader::expand(const QStringList &mirrors, QList<QStringList> &expanded)
{
    qint64 count = -1;
    std::vector<UrlPattern> patterns;
    for (const QString &mirror : mirrors) {
        if (holdsSeveral(mirror))
            return Words::tr(
                "Two addresses stand on one line: put each on a line of its own, or a tab between mirrors.");
        auto parsed = UrlPattern::parse(mirror);
        if (const auto *fault = std::get_if<QString>(&parsed))
            return *fault;
        patterns.push_back(std::get<UrlPattern>(std::move(parsed)));
        const UrlPattern &pattern = patterns.back();
        if (count >= 0 && pattern.count() != count)
            return Words::tr(
                "The mirrors on this line stand for different numbers of files: give each the same ranges.");
        count = pattern.count();
        if (count > mostRequests) {
            return Words::tr(
                       "The ranges stand for more than %L1 files, which is too many: make them smaller.")
                .arg(mostRequests);
        }
        if (count > 1 && pattern.size() > mostCharacters - m_characters)
            return Words::tr("The ranges stand for too much text: make them smaller.");
        m_characters += count > 1 ? pattern.size() : 0;
    }
    for (const UrlPattern &pattern : patterns)
        expanded += pattern.expanded();
    return {};
}

/// Returns what is wrong; empty: the entry has its requests.
QString Reader::makeEntry(const QStringList &mirrors)
{
    QList<QStringList> expanded;
    if (const QString fault = expand(mirrors, expanded); !fault.isEmpty())
        return fault;
    for (qsizetype i = 0; i < expanded[0].size(); ++i) {
        Request request = m_defaults;
        request.urls.clear();
        std::optional<net::Credentials> login;
        for (const QStringList &mirror : expanded) {
            QUrl url;
            if (const QString fault = urlFault(mirror[i], url); !fault.isEmpty())
                return fault;
            net::Credentials found = takeCredentials(url);
            // One login is kept for all of them, and must not reach a host that it isn't for.
            if (login && *login != found)
                return Words::tr("Mirrors with different logins can't stand on one line.");
            login = std::move(found);
            if (!request.urls.contains(url))
                request.urls += url;
        }
        if (!login->isEmpty())
            request.credentials = *login;
        m_entry.push_back(std::move(request));
    }
    return {};
}

bool Reader::readAddresses(int line, const QStringList &mirrors)
{
    endEntry();
    m_line = line;
    m_isSound = true;
    if (const QString fault = makeEntry(mirrors); !fault.isEmpty()) {
        m_entry.clear();
        addError(line, fault);
        return true;
    }
    if (qint64(m_list.requests.size() + m_entry.size()) <= mostRequests)
        return true;
    m_entry.clear();
    addError(line,
             Words::tr("More than %L1 files can't be taken at once: split the list here.").arg(mostRequests));
    return false;
}

void Reader::readOption(int line, const QString &text)
{
    if (m_line == 0) {
        addError(line,
                 Words::tr("An indented line is an option of the address above it, and there is none."));
        return;
    }
    // Of an entry with an error the options are looked at all the same: a person wants to know of all faults.
    std::vector<Request> none {m_defaults};
    std::vector<Request> &requests = m_entry.empty() ? none : m_entry;
    for (Request &request : requests) {
        const Request before = request;
        const OptionResult result = applyInputOption(text, m_defaults.folder, request);
        if (!result.fault.isEmpty()) {
            addError(line, result.fault);
            return;
        }
        const bool isOfOneFile = request.fileName != before.fileName || request.checksum != before.checksum;
        if (m_entry.size() > 1 && isOfOneFile) {
            addError(line,
                     Words::tr(
                         "This is for one file, but the address above it stands for %L1: write them one by "
                         "one.")
                         .arg(m_entry.size()));
            return;
        }
        if (&request == &requests.front() && !result.note.isEmpty())
            m_entryNotes.emplace_back(line, result.note);
    }
}

QString Reader::repeatedText(int firstLine, int repeats) const
{
    if (repeats > 1)
        return Words::tr("%L1 of these addresses stand above already, they are taken once.").arg(repeats);
    if (firstLine == m_line)
        return Words::tr("One of these addresses stands there twice, it is taken once.");
    return m_numbering == Numbering::Words
               ? Words::tr("The same address as argument %1, taken once.").arg(firstLine)
               : Words::tr("The same address as line %1, taken once.").arg(firstLine);
}

void Reader::endEntry()
{
    int repeats = 0;
    int firstLine = 0;
    for (Request &request : m_entry) {
        if (!m_isSound)
            break;
        const Key key(sameness(request.url()), {request.folder, request.fileName});
        const int known = m_lineOf.value(key);
        if (known > 0) {
            ++repeats;
            firstLine = known;
            continue;
        }
        m_lineOf.insert(key, m_line);
        m_list.requests.push_back(std::move(request));
    }
    if (repeats > 0)
        m_list.notes.push_back({m_line, repeatedText(firstLine, repeats)});
    if (m_isSound) {
        for (const auto &[line, note] : m_entryNotes)
            m_list.notes.push_back({line, note});
    }
    m_entry.clear();
    m_entryNotes.clear();
}

InputList Reader::finish()
{
    endEntry();
    return std::move(m_list);
}

/// What stands between tabs.
QStringList mirrorsIn(const QString &line)
{
    QStringList mirrors;
    for (const QString &part : withoutComment(line).split(u'\t')) {
        if (const QString trimmed = part.trimmed(); !trimmed.isEmpty())
            mirrors += trimmed;
    }
    return mirrors;
}

} // namespace

InputList parseInput(const QString &text, const Request &defaults)
{
    Reader reader(defaults, Reader::Numbering::Lines);
    int number = 0;
    for (QString line : text.split(u'\n')) {
        ++number;
        if (number == 1 && line.startsWith(QChar::ByteOrderMark))
            line.remove(0, 1);
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith(u'#'))
            continue;
        if (line[0].isSpace() && !startsLikeUrl(trimmed))
            reader.readOption(number, trimmed);
        else if (!reader.readAddresses(number, mirrorsIn(trimmed)))
            break;
    }
    return reader.finish();
}

InputList parseUrls(const QStringList &words, const Request &defaults)
{
    Reader reader(defaults, Reader::Numbering::Words);
    int number = 0;
    for (const QString &word : words) {
        if (!reader.readAddresses(++number, {word.trimmed()}))
            break;
    }
    return reader.finish();
}

} // namespace coroscope::download
