// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/pieces.h"

#include "core/net/escape.h"
#include "core/net/httpstatus.h"
#include "core/net/httptransfer.h"
#include "core/net/redirects.h"
#include "core/tasks/download/filename.h"
#include "core/tasks/download/httpdate.h"
#include "core/tasks/download/receiver.h"
#include "core/tasks/download/requestjson.h"
#include "core/tasks/download/resumedecision.h"
#include "core/tasks/download/tryfailed.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Transfer)
};

using net::Error;
using net::HttpTransfer;

constexpr qint64 smallestPiece = 1024 * 1024;
constexpr int mostSegments = 16;

/// What a transfer waits for, where somebody looks.
StringId labelOf(const QUrl &url)
{
    return trace::isRecording() ? trace::intern(net::shownUrl(url)) : StringId();
}

struct Answer
{
    std::shared_ptr<HttpTransfer> http;
    Decision decision;
    Response response;
};

/// Is for the server that was named, and for nobody else.
bool isForOneHost(const QByteArray &name)
{
    return isSecretHeader(name) || name.compare("Host", Qt::CaseInsensitive) == 0;
}

/// What the next request for a piece asks for, as a value that decide() can judge the answer by.
Asked askedFor(const Entry &entry, std::size_t index, bool withIfRange, bool withProof)
{
    const PartState &part = entry.stored.part;
    const Piece &piece = part.pieces[index];
    Asked asked;
    asked.have = piece.first + entry.written[index];
    asked.last = piece.end && part.pieces.size() > 1 ? std::optional(*piece.end - 1) : std::nullopt;
    asked.total = part.total;
    asked.validator = {part.etag, part.lastModified};
    const bool wantsProof = entry.item().request.options.segments > 1 && !entry.isUncut;
    asked.askedWithRange = asked.have > 0 || asked.last || (wantsProof && withProof);
    // Nothing is there that bytes of another version could be mixed with; or somebody vouches for them.
    const bool isFresh = entry.bytesThere() == 0 && part.pieces.size() == 1;
    asked.trustsSize = isFresh || entry.trustsSize;
    asked.askedWithIfRange = withIfRange && !asked.trustsSize && !ifRangeValue(asked.validator).isEmpty();
    if (isFresh)
        asked.total.reset();
    return asked;
}

net::HttpGet requestFor(const Entry &entry, const Asked &asked, const QUrl &url)
{
    const Request &request = entry.item().request;
    // What is secret is for the server that was named first: not for where it redirects to, nor for mirrors.
    const QUrl first = request.url();
    const bool isFirstHost = url.host() == first.host() && url.scheme() == first.scheme()
                             && url.port() == first.port();
    net::HttpGet get {.url = url, .access = request.options.access};
    if (isFirstHost)
        get.credentials = entry.credentials;
    get.proxyCredentials = entry.proxyCredentials;
    for (const net::HttpHeader &header : request.headers) {
        if (isFirstHost || !isForOneHost(header.name))
            get.headers << header;
    }
    if (!request.referer.isEmpty())
        get.headers << net::HttpHeader {"Referer", request.referer};
    if (asked.askedWithRange) {
        get.rangeFirst = asked.have;
        get.rangeLast = asked.last;
    }
    if (asked.askedWithIfRange)
        get.ifRange = ifRangeValue(asked.validator);
    return get;
}

/// Limits are kept by reading no more than they allow, to the byte.
std::optional<qint64> takingOver(const Entry &entry, const Tools &tools)
{
    return entry.limiter.rate() || tools.limiter.rate() ? std::nullopt : std::optional(tools.takesOverFrom);
}

/// Asked not to, some servers compress all the same, under the validator of the file as it is.
bool isEncoded(const HttpTransfer &http)
{
    const QByteArray coding = http.header("Content-Encoding").trimmed().toLower();
    return !coding.isEmpty() && coding != "identity";
}

Response responseOf(const HttpTransfer &http)
{
    return {.status = http.status(),
            .contentRange = http.header("Content-Range"),
            .contentType = http.header("Content-Type"),
            .contentLength = http.contentLength(),
            .validator = {http.header("ETag"), http.header("Last-Modified")},
            .refusesRanges = http.header("Accept-Ranges").trimmed().toLower() == "none",
            .isEncoded = isEncoded(http)};
}

/// "204 No Content" and the like: no failure to the server, and no file.
Error noFileError(int status, const QUrl &url)
{
    return {.kind = Error::Kind::Http,
            .what = Words::tr("the server sent no file: %1").arg(net::httpStatusText(status)),
            .where = net::shownUrl(url),
            .advice = Words::tr("Check the address"),
            .httpStatus = status};
}

bool hasLogin(const net::HttpGet &get)
{
    return !get.credentials.isEmpty() || std::ranges::any_of(get.headers, [](const net::HttpHeader &header) {
        return header.name.compare("Authorization", Qt::CaseInsensitive) == 0;
    });
}

[[noreturn]] void failWith(const HttpTransfer &http, Error error, bool hadLogin)
{
    if (error.httpStatus == 401 && hadLogin)
        error.advice = Words::tr("The server doesn't accept this user and password");
    if (error.httpStatus == 401 || error.httpStatus == 407)
        throw LoginNeeded(error);
    throw TryFailed(error, parseRetryAfter(http.header("Retry-After"), QDateTime::currentDateTimeUtc()));
}

/// Waits for a place for each host on the way; holds one at a time.
QCoro::Task<void> takePlace(EntryPtr entry, ToolsPtr tools, std::shared_ptr<std::unique_ptr<Place>> place,
                            QString host)
{
    place->reset();
    *place = std::make_unique<Place>(tools->places, host, entry->rank());
    const StringId label = trace::intern(Words::tr("a place in the queue"));
    while (!(*place)->isMine())
        co_await (*place)->wait(label);
}

/// Asks, follows redirects, and asks once more without If-Range, or without a range, where that is what it
/// takes.
QCoro::Task<Answer> ask(EntryPtr entry, ToolsPtr tools, std::size_t index,
                        std::shared_ptr<std::unique_ptr<Place>> place)
{
    std::optional<net::Redirects> redirects;
    QUrl url = entry->url();
    bool withIfRange = true;
    bool withProof = true;
    for (;;) {
        const Asked asked = askedFor(*entry, index, withIfRange, withProof);
        const net::HttpGet get = requestFor(*entry, asked, url);
        const auto http = std::make_shared<HttpTransfer>(tools->http, get, takingOver(*entry, *tools));
        const StringId label = labelOf(url);
        while (!http->hasHead())
            co_await hear(http, label, entry->item().request.options.inactivity, url);
        const auto error = http->error();
        // A proxy that opens no tunnel has a status, too.
        entry->item().httpStatus = http->status() == 0 && error ? error->httpStatus : http->status();
        // What came before it broke is received first: the next try goes on behind it.
        if (error && error->kind != Error::Kind::Http && http->available() == 0)
            throw net::Exception(*error);
        if (const auto location = http->redirect()) {
            const QString before = url.host();
            if (!redirects)
                redirects.emplace(url);
            url = redirects->follow(*location);
            if (url.host() != before)
                co_await takePlace(entry, tools, place, url.host());
            continue;
        }
        if (net::isRedirect(http->status())) {
            throw net::Exception({.kind = Error::Kind::Redirect,
                                  .what = Words::tr("the server redirects to nowhere"),
                                  .where = net::shownUrl(url),
                                  .httpStatus = http->status()});
        }
        const Response response = responseOf(*http);
        const Decision decision = decide(asked, response);
        if (decision.action == Action::AskAgainWithoutIfRange && withIfRange) {
            withIfRange = false;
            continue;
        }
        if (http->status() == 416 && asked.askedWithRange && asked.have == 0 && !asked.last && withProof) {
            withProof = false; // an empty file has no first byte to ask for
            continue;
        }
        if (decision.action == Action::Fail)
            failWith(*http, error.value_or(noFileError(http->status(), url)), hasLogin(get));
        if (decision.action == Action::Reject) {
            throw net::Exception({.kind = Error::Kind::Protocol,
                                  .what = decision.reason,
                                  .where = net::shownUrl(url),
                                  .httpStatus = http->status()});
        }
        const bool isBare = !url.hasFragment() && url.userInfo().isEmpty(); // then it isn't copied
        entry->item().finalUrl = isBare ? url : url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
        co_return {http, decision, response};
    }
}

void throwIfThere(const Entry &entry, const Tools &tools, const Answer &answer)
{
    const QString path = QDir(entry.item().request.folder).filePath(entry.item().name);
    const IfExists policy = policyFor(entry, tools, path);
    if (policy != IfExists::Skip && policy != IfExists::OnlyIfNewer)
        return;
    const QFileInfo there(path);
    if (!there.isFile())
        return;
    const QString why = Words::tr("the file is there already");
    if (policy == IfExists::Skip)
        throw AlreadyThere(path, why);
    const auto theirs = parseHttpDate(answer.response.validator.lastModified,
                                      QDateTime::currentDateTimeUtc());
    if (!theirs)
        throw AlreadyThere(path, Words::tr("the server doesn't say whether its file is newer"));
    if (*theirs <= there.lastModified())
        throw AlreadyThere(path, why);
}

/// A name that a person knows compressed files by.
bool saysCompressed(const QString &name)
{
    constexpr const char *endings[] = {".gz", ".tgz", ".br", ".zst", ".z"};
    return std::ranges::any_of(endings, [&name](const char *ending) {
        return name.endsWith(QLatin1String(ending), Qt::CaseInsensitive);
    });
}

/// What the answer tells of the file, noted where the part has nothing yet.
void noteHead(Entry &entry, const Tools &tools, const Answer &answer, std::size_t index)
{
    PartState &part = entry.part();
    Item &item = entry.item();
    part.finalUrl = item.finalUrl;
    if (answer.decision.total)
        part.total = answer.decision.total;
    item.total = part.total;
    const Validator &validator = answer.response.validator;
    if (!validator.lastModified.isEmpty())
        entry.modified = validator.lastModified;
    if (answer.response.isEncoded) { // what is named isn't what comes: nothing is to be joined to it
        part.etag.clear();
        part.lastModified.clear();
    } else if (!validator.isEmpty()) {
        part.etag = validator.etag;
        part.lastModified = validator.lastModified;
    }
    part.provesRanges = answer.response.status == 206;
    entry.trustsSize = false;
    if (part.path.isEmpty()) {
        item.name = fileNameFor(entry.url(), item.finalUrl, item.request.fileName,
                                answer.http->header("Content-Disposition"));
        if (tools.disk->isOfItsQueue(item.request.folder, item.name))
            item.name = safeFileName(QLatin1Char('_') + item.name);
        throwIfThere(entry, tools, answer);
    }
    if (part.total && part.pieces.size() == 1)
        part.pieces[index].end = part.total;
    QStringList notes;
    if (item.request.options.access.tls.insecure && item.finalUrl.scheme() == QLatin1String("https"))
        notes << Words::tr("certificate not verified");
    if (answer.response.isEncoded && !saysCompressed(item.name)) {
        notes << Words::tr("saved compressed, as the server sent it: %1")
                     .arg(net::escaped(answer.http->header("Content-Encoding"), 20));
    }
    item.note = notes.join(QLatin1String("; "));
}

/// Into how many pieces what the only one still lacks can be cut; 1: it can't.
qint64 piecesFor(const Entry &entry)
{
    const PartState &part = entry.stored.part;
    const bool isProved = part.provesRanges && part.total && isStrong(part.etag);
    if (entry.isUncut || part.pieces.size() != 1 || !isProved)
        return 1;
    const qint64 left = *part.total - part.pieces[0].first - entry.written[0];
    const int wanted = std::clamp(entry.item().request.options.segments, 1, mostSegments);
    return std::clamp<qint64>(left / smallestPiece, 1, wanted);
}

/// Cuts what the only piece still lacks into several.
void split(const EntryPtr &entry, const ToolsPtr &tools, qint64 pieces)
{
    PartState &part = entry->part();
    const qint64 from = part.pieces[0].first + entry->written[0];
    const qint64 left = *part.total - from;
    for (qint64 i = 1; i < pieces; ++i) {
        part.pieces.push_back({from + left * i / pieces, from + left * (i + 1) / pieces, 0});
        entry->written.push_back(0);
    }
    part.pieces[0].end = from + left / pieces;
    entry->touch();
    for (std::size_t i = 1; i < part.pieces.size(); ++i)
        startPiece(entry, tools, i);
}

void requireAll(const Entry &entry, const Answer &answer, std::size_t index, qint64 before)
{
    const Piece &piece = entry.stored.part.pieces[index];
    const qint64 written = entry.written[index];
    if (piece.end && piece.first + written >= *piece.end)
        return;
    if (const auto error = answer.http->error())
        throw net::Exception(*error);
    const auto promised = answer.decision.length;
    if (!piece.end && written - before >= promised.value_or(0))
        return;
    throw net::Exception(
        {.kind = Error::Kind::Truncated,
         .what = Words::tr("the file is cut short: %1 of %2 bytes")
                     .arg(net::grouped(written),
                          net::grouped(piece.end ? *piece.end - piece.first : before + *promised)),
         .where = net::shownUrl(entry.item().finalUrl),
         .httpStatus = answer.http->status()});
}

/// True: the answer brought all that it promised, which was less than the piece lacks. Servers may bound how
/// much they send at once: the rest is asked for, as it would be after a break, but at once.
bool isPartOfTheRest(const Entry &entry, const Answer &answer, std::size_t index, qint64 before)
{
    constexpr qint64 worthAskingOn = 16 * 1024; // less, again and again, is a flaw
    const Piece &piece = entry.stored.part.pieces[index];
    const qint64 come = entry.written[index] - before;
    return answer.decision.action == Action::Append && come >= worthAskingOn && answer.decision.length == come
           && piece.end && piece.first + entry.written[index] < *piece.end;
}

/// Takes one answer down. True: it was a part of what was asked for, and the rest may be asked for.
QCoro::Task<bool> fetchAnswer(EntryPtr entry, ToolsPtr tools, std::size_t index,
                              std::shared_ptr<std::unique_ptr<Place>> place)
{
    // Without a validator nobody can tell whether the rest belongs to what is there.
    const Validator validator {entry->part().etag, entry->part().lastModified};
    const bool canTell = entry->trustsSize || !ifRangeValue(validator).isEmpty();
    if (entry->bytesThere() > 0 && !canTell)
        co_await dropPart(entry, tools);

    const Answer answer = co_await ask(entry, tools, index, place);
    if (answer.decision.action == Action::Complete) {
        entry->part().pieces[index].end = entry->part().pieces[index].first + entry->written[index];
        co_return false;
    }
    const bool isAnew = answer.decision.action == Action::RestartAnew;
    if (isAnew || (answer.decision.action == Action::Restart && entry->part().pieces.size() > 1))
        throw PartOutdated();
    if (answer.decision.action == Action::Restart && entry->bytesThere() > 0)
        co_await dropPart(entry, tools); // the answer is the whole file: it goes into a fresh part
    noteHead(*entry, *tools, answer, index);
    if (!entry->file && !entry->mayStayInMemory())
        co_await makePart(entry, tools);
    if (const qint64 pieces = piecesFor(*entry); pieces > 1)
        split(entry, tools, pieces);
    const qint64 before = entry->written[index];
    const StringId label = labelOf(entry->item().finalUrl);
    co_await receiveBody(entry, tools, index, answer.http, answer.decision.length, label);
    if (isPartOfTheRest(*entry, answer, index, before))
        co_return true;
    requireAll(*entry, answer, index, before);
    PartState &part = entry->part();
    if (!part.pieces[index].end) {
        part.pieces[index].end = part.pieces[index].first + entry->written[index];
        part.total = part.pieces[index].end;
    }
    co_return false;
}

} // namespace

QCoro::Task<void> tryPiece(EntryPtr entry, ToolsPtr tools, std::size_t index)
{
    const auto place = std::make_shared<std::unique_ptr<Place>>();
    co_await takePlace(entry, tools, place, entry->url().host());
    if (entry->item().request.options.access.tls.caFile.isEmpty()) {
        while (!tools->tls->isCurlLoaded())
            co_await tools->tls->loadingCurl();
    } else { // Qt reads the certificates
        while (!tools->tls->isLoaded())
            co_await tools->tls->loading();
    }
    Item &item = entry->item();
    ++item.tries;
    item.state = ItemState::Active;
    item.nextStart = {};
    item.resumedFrom = entry->bytesThere();
    if (entry->written.size() == 1)
        item.received = item.resumedFrom;
    entry->isShownStale = true;
    tools->changed(*entry);

    for (bool isPart = true; isPart;) {
        isPart = co_await fetchAnswer(entry, tools, index, place);
        if (isPart && item.finalUrl.host() != entry->url().host())
            co_await takePlace(entry, tools, place, entry->url().host()); // it was led elsewhere
    }
}

} // namespace coroscope::download
