// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httptransfer.h"

#include "core/net/chunkedbody.h"
#include "core/net/curlerror.h"
#include "core/net/curlmulti.h"
#include "core/net/curlrequest.h"
#include "core/net/escape.h"
#include "core/net/httphead.h"
#include "core/net/httpstatus.h"

#include <QCoreApplication>
#include <QSocketNotifier>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HttpTransfer)
};

} // namespace

QString shownUrl(const QUrl &url) { return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveFragment); }

/// What libcurl delivers, and how it ends. Its callbacks note and wake, no more.
struct HttpTransfer::Exchange
{
    Exchange(const HttpClient &client, const HttpGet &get, std::optional<qint64> worth, Notifier &wakes)
        : worthTakingOver(worth)
        , multi(client.multi())
        , request(get, multi->handles())
        , url(get.url)
        , notifier(wakes)
    {
        request.set(CURLOPT_ERRORBUFFER, text);
        request.set(CURLOPT_HEADERFUNCTION, onHeader);
        request.set(CURLOPT_HEADERDATA, this);
        request.set(CURLOPT_WRITEFUNCTION, onBody);
        request.set(CURLOPT_WRITEDATA, this);
        start();
    }
    ~Exchange() { multi->remove(request.handle()); }
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

    void start()
    {
        multi->add(request.handle(), [this](CURLcode code) { end(code); });
    }

    static std::size_t onHeader(char *data, std::size_t, std::size_t size, void *self)
    {
        const bool goOn = static_cast<Exchange *>(self)->takeHeader({data, qsizetype(size)});
        return goOn ? size : 0;
    }
    static std::size_t onBody(char *data, std::size_t, std::size_t size, void *self)
    {
        Exchange &exchange = *static_cast<Exchange *>(self);
        if (exchange.body.size() >= readBuffer) {
            exchange.isPaused = true;
            return CURL_WRITEFUNC_PAUSE; // and gives it again
        }
        return exchange.takeBody({data, qsizetype(size)}) ? size : 0;
    }

    bool takeHeader(QByteArrayView line);
    bool acceptHead();
    bool takeBody(QByteArrayView raw);
    void makeRoom();
    void end(CURLcode code);
    bool isForTakingOver() const;
    Error failureOf(CURLcode code) const;
    int status() const { return isHeadKnown ? head.status() : 0; }
    Error problem(Error::Kind kind, const QString &what) const
    {
        return {.kind = kind, .what = what, .where = shownUrl(url), .httpStatus = head.status()};
    }

    std::optional<qint64> worthTakingOver; ///< nothing once libcurl reads it all
    std::shared_ptr<CurlMulti> multi;
    CurlRequest request;
    QUrl url;
    Notifier &notifier;
    char text[CURL_ERROR_SIZE] = "";
    HttpHead head;
    ChunkedBody chunks;
    QByteArray body; ///< not read yet
    QByteArray spare; ///< what was read last
    qint64 received = 0;
    bool isHeadKnown = false;
    bool isAgain = false; ///< this answer is dropped; the GET goes out again with Digest
    bool isPaused = false;
    bool isHeld = false; ///< the rest may be taken over
    bool isEnded = false;
    std::optional<Error> failure;
    std::unique_ptr<QSocketNotifier> raw; ///< of a body that somebody else takes
};

bool HttpTransfer::Exchange::takeHeader(QByteArrayView line)
{
    head.add(line);
    if (head.isTooLong()) {
        failure = problem(Error::Kind::Limit, Words::tr("the server's headers have no end"));
        return false;
    }
    if (isHeadKnown || isAgain || !head.isOver())
        return true;
    if (head.status() == 401 && request.mayTryDigest()) {
        const QByteArray ways = head.header("WWW-Authenticate").toLower();
        isAgain = ways.contains("digest ") && !ways.contains("basic ");
    }
    // With Digest, libcurl answers the first 401 itself: it is the final head if a body or the end comes.
    if (isAgain || (head.status() == 401 && request.usesDigest()))
        return true;
    return acceptHead();
}

bool HttpTransfer::Exchange::acceptHead()
{
    isHeadKnown = true;
    notifier.notify(trace::Cause::Reply);
    const QString flaw = head.flaw();
    if (!flaw.isEmpty())
        failure = problem(Error::Kind::Protocol, flaw);
    return flaw.isEmpty();
}

bool HttpTransfer::Exchange::takeBody(QByteArrayView raw)
{
    if (isAgain)
        return true;
    if (!isHeadKnown && !head.isOver())
        failure = problem(Error::Kind::Protocol, Words::tr("the server's answer can't be read"));
    if (failure || (!isHeadKnown && !acceptHead()))
        return false;
    const qsizetype before = body.size();
    if (body.capacity() == 0)
        makeRoom();
    if (!head.isChunked()) {
        body.append(raw);
    } else if (!chunks.decode(raw, body)) {
        failure = problem(Error::Kind::Protocol, Words::tr("the server's chunks can't be read"));
        return false;
    }
    received += body.size() - before;
    if (!isHeld && isForTakingOver()) {
        isHeld = true;
        CurlMulti::hold(request.handle());
    }
    notifier.notify(trace::Cause::Reply);
    return true;
}

/// The memory that was read last serves again if its reader has let it go: new memory costs as much as all
/// else.
void HttpTransfer::Exchange::makeRoom()
{
    if (spare.isDetached() && spare.capacity() > 0) {
        body = std::exchange(spare, {});
        body.resize(0);
    } else {
        const qint64 most = readBuffer + CURL_MAX_WRITE_SIZE;
        body.reserve(std::min(most, head.isChunked() ? most : head.contentLength().value_or(most)));
    }
}

void HttpTransfer::Exchange::end(CURLcode code)
{
    if (isAgain && code == CURLE_OK) {
        isAgain = false;
        head.clear();
        request.useDigest();
        start();
        return;
    }
    isEnded = true;
    if (code == CURLE_OK && !isHeadKnown && head.isOver())
        acceptHead();
    if (!failure && code != CURLE_OK)
        failure = failureOf(code);
    else if (!failure && !isHeadKnown)
        failure = problem(Error::Kind::Lost, Words::tr("connection closed by the server in its headers"));
    else if (!failure && head.isChunked() && head.mayHaveBody() && !chunks.isOver())
        failure = problem(Error::Kind::Truncated, Words::tr("the file is cut short"));
    notifier.notify(trace::Cause::Reply);
}

/// Whether the rest of the body stands on the socket as it is.
bool HttpTransfer::Exchange::isForTakingOver() const
{
    if (!worthTakingOver || request.usesProxy() || request.usesTls() || head.isChunked())
        return false;
    const auto length = head.contentLength();
    return (head.status() == 200 || head.status() == 206) && length && *length - received >= *worthTakingOver;
}

Error HttpTransfer::Exchange::failureOf(CURLcode code) const
{
    const CurlFailure curl {.easy = request.handle(),
                            .code = code,
                            .text = text,
                            .usesProxy = request.usesProxy(),
                            .isInHead = !isHeadKnown};
    Error error = curl.error();
    error.where = shownUrl(url);
    if (error.httpStatus == 0)
        error.httpStatus = status();
    if (const auto length = head.contentLength(); length && error.kind == Error::Kind::Truncated)
        error.what = Words::tr("the file is cut short: %1 of %2 bytes")
                         .arg(grouped(received), grouped(*length));
    return error;
}

HttpTransfer::HttpTransfer(const HttpClient &client, HttpGet get, std::optional<qint64> worthTakingOver)
    : m_exchange(std::make_unique<Exchange>(client, get, worthTakingOver, m_notifier))
{ }

HttpTransfer::~HttpTransfer() = default;

bool HttpTransfer::hasHead() const { return m_exchange->isHeadKnown || m_exchange->isEnded; }

bool HttpTransfer::isOver() const { return m_exchange->isEnded && m_exchange->body.isEmpty(); }

qint64 HttpTransfer::available() const { return m_exchange->body.size(); }

QByteArray HttpTransfer::read(qint64 most)
{
    QByteArray &body = m_exchange->body;
    QByteArray bytes;
    if (most >= body.size()) {
        bytes = std::exchange(body, {});
        m_exchange->spare = bytes;
    } else {
        bytes = body.first(std::max<qint64>(most, 0));
        body.remove(0, bytes.size());
    }
    const bool isWaiting = m_exchange->isPaused || m_exchange->isHeld;
    if (isWaiting && !m_exchange->isEnded && body.size() < readBuffer / 2) {
        m_exchange->isPaused = false;
        m_exchange->isHeld = false;
        m_exchange->worthTakingOver.reset();
        m_exchange->multi->resume(m_exchange->request.handle());
    }
    if (!body.isEmpty())
        m_notifier.notify(trace::Cause::Reply);
    return bytes;
}

std::shared_ptr<RawBody> HttpTransfer::takeOver()
{
    if (!m_exchange->isHeld || m_exchange->isPaused)
        return nullptr;
    const curl_socket_t socket = m_exchange->multi->socketOf(m_exchange->request.handle());
    auto body = socket == CURL_SOCKET_BAD ? nullptr : RawBody::of(socket);
    if (!body)
        return nullptr;
    m_exchange->isHeld = false; // read() gives what there is, and no more comes
    m_exchange->raw = std::make_unique<QSocketNotifier>(body->socket(), QSocketNotifier::Read);
    m_exchange->raw->setEnabled(false);
    QObject::connect(m_exchange->raw.get(), &QSocketNotifier::activated, m_exchange->raw.get(), [this] {
        m_exchange->raw->setEnabled(false);
        m_notifier.notify(trace::Cause::Reply);
    });
    return body;
}

void HttpTransfer::tookRaw(qint64 bytes)
{
    m_exchange->received += bytes;
    m_exchange->isEnded |= m_exchange->received >= m_exchange->head.contentLength();
}

void HttpTransfer::lostRaw(int number)
{
    if (number == 0) {
        m_exchange->end(CURLE_PARTIAL_FILE);
        return;
    }
    m_exchange->isEnded = true;
    m_exchange->failure = lostConnection(number);
    m_exchange->failure->where = shownUrl(m_exchange->url);
    m_exchange->failure->httpStatus = status();
}

void HttpTransfer::awaitRaw() { m_exchange->raw->setEnabled(true); }

int HttpTransfer::status() const { return m_exchange->status(); }

QByteArray HttpTransfer::header(QByteArrayView name) const
{
    return m_exchange->isHeadKnown ? m_exchange->head.header(name) : QByteArray();
}

bool HttpTransfer::hasHeader(QByteArrayView name) const
{
    return m_exchange->isHeadKnown && m_exchange->head.hasHeader(name);
}

std::optional<QUrl> HttpTransfer::redirect() const
{
    return m_exchange->isHeadKnown ? m_exchange->head.redirect() : std::nullopt;
}

std::optional<qint64> HttpTransfer::contentLength() const
{
    const auto &failure = m_exchange->failure;
    if (failure && failure->kind == Error::Kind::Protocol && m_exchange->received == 0)
        throw Exception(*failure);
    return m_exchange->isHeadKnown ? m_exchange->head.contentLength() : std::nullopt;
}

std::optional<Error> HttpTransfer::error() const
{
    const int code = status();
    if (code < 300)
        return m_exchange->failure;
    return Error {.kind = Error::Kind::Http,
                  .what = httpStatusText(code, m_exchange->head.reason()),
                  .where = shownUrl(m_exchange->url),
                  .advice = httpStatusAdvice(code),
                  .httpStatus = code};
}

} // namespace coroscope::net
