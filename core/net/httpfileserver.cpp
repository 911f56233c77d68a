// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httpfileserver.h"

#include "core/net/httpconnection.h"
#include "core/net/httprequest.h"
#include "core/net/httpstatus.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"

namespace coroscope::net {

namespace {

using namespace std::chrono_literals;
using Connection = std::shared_ptr<HttpConnection>;

constexpr qint64 piece = 64 * 1024;
constexpr qint64 mostUnsent = 256 * 1024; // what a client that doesn't read may make us hold

/// How much of a throttled body may have been sent by now.
class Pace
{
public:
    explicit Pace(std::optional<qint64> bytesPerSecond)
        : m_rate(bytesPerSecond)
    { }

    qint64 pieceSize() const { return m_rate ? qBound<qint64>(1024, *m_rate / 20, piece) : piece; }
    std::chrono::nanoseconds delayBefore(qint64 sent) const
    {
        if (!m_rate)
            return 0ns;
        const auto due = std::chrono::nanoseconds(qint64(double(sent) * 1e9 / double(*m_rate)));
        return due - (std::chrono::steady_clock::now() - m_start);
    }

private:
    std::optional<qint64> m_rate;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

QByteArray headOf(int status, const QList<QByteArray> &lines)
{
    return "HTTP/1.1 " + httpStatusText(status).toLatin1() + "\r\n" + lines.join("\r\n") + "\r\n\r\n";
}

QByteArray emptyAnswer(int status, const QList<QByteArray> &lines = {})
{
    return headOf(status, lines + QList<QByteArray> {"Content-Length: 0"});
}

struct Body
{
    qint64 first = 0;
    qint64 length = 0;
    QByteArray head;
};

Body bodyFor(const HttpRequest &request, const ContentSource &source)
{
    const qint64 size = source.size();
    const QByteArray etag = source.etag();
    const auto ifRange = request.header("if-range");
    const bool mayRange = !ifRange || *ifRange == etag;
    const RangeAnswer range = mayRange ? parseRange(request.header("range").value_or(QByteArray()), size)
                                       : RangeAnswer(WholeBody {});
    const QList<QByteArray> common {"Accept-Ranges: bytes", "ETag: " + etag,
                                    "Content-Type: " + source.contentType()};
    if (std::holds_alternative<Unsatisfiable>(range))
        return {0, 0, emptyAnswer(416, {"Content-Range: bytes */" + QByteArray::number(size)})};
    if (const auto *part = std::get_if<ByteRange>(&range)) {
        const qint64 length = part->last - part->first + 1;
        return {part->first, length,
                headOf(206, common
                                + QList<QByteArray> {"Content-Length: " + QByteArray::number(length),
                                                     "Content-Range: bytes " + QByteArray::number(part->first)
                                                         + '-' + QByteArray::number(part->last) + '/'
                                                         + QByteArray::number(size)})};
    }
    return {0, size, headOf(200, common + QList<QByteArray> {"Content-Length: " + QByteArray::number(size)})};
}

QCoro::Task<> sendBody(Connection connection, FileSite::Found found, qint64 first, qint64 length)
{
    const Pace pace(found.bytesPerSecond);
    qint64 sent = 0;
    while (sent < length && connection->isOpen()) {
        const auto delay = pace.delayBefore(sent);
        if (delay > 0ns)
            co_await sleep(delay);
        while (connection->unsent() > mostUnsent && connection->isOpen())
            co_await connection->activity();
        qint64 next = std::min(pace.pieceSize(), length - sent);
        if (found.resetAfter)
            next = std::min(next, *found.resetAfter - sent);
        const QByteArray bytes = found.source->read(first + sent, next);
        if (bytes.isEmpty()) { // where the reset stands, or a file that got shorter
            while (connection->unsent() > 0 && connection->isOpen())
                co_await connection->activity();
            connection->reset();
            co_return;
        }
        connection->write(bytes);
        sent += bytes.size();
    }
}

QCoro::Task<> serve(Connection connection, std::shared_ptr<const FileSite> site)
{
    while (connection->isOpen()) {
        const QByteArray head = connection->takeHead();
        if (head.isEmpty()) {
            if (connection->isHeadTooLong())
                co_return;
            co_await connection->activity();
            continue;
        }
        const auto request = parseHttpRequest(head);
        if (!request) {
            connection->write(emptyAnswer(400, {"Connection: close"}));
            connection->finish();
            continue;
        }
        const bool isHead = request->method == "HEAD";
        if (!isHead && request->method != "GET") {
            connection->write(emptyAnswer(405, {"Allow: GET, HEAD", "Connection: close"}));
            connection->finish();
            continue;
        }
        auto found = site->find(request->path);
        if (!found) {
            connection->write(emptyAnswer(404));
        } else {
            const Body body = bodyFor(*request, *found->source);
            connection->write(body.head);
            if (!isHead)
                co_await sendBody(connection, std::move(*found), body.first, body.length);
        }
        if (!request->keepAlive && connection->isOpen())
            connection->finish();
    }
    while (connection->unsent() > 0 && !connection->isClosed())
        co_await connection->activity();
}

} // namespace

HttpFileServer::HttpFileServer(FileSite site, QObject *parent)
    : QTcpServer(parent)
    , m_site(std::make_shared<const FileSite>(std::move(site)))
{
    connect(this, &QTcpServer::newConnection, this, &HttpFileServer::accept);
}

bool HttpFileServer::start() { return listen(QHostAddress::LocalHost); }

QUrl HttpFileServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path));
}

void HttpFileServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        socket->setParent(nullptr);
        spawn("connection", serve, std::make_shared<HttpConnection>(socket), m_site);
    }
}

} // namespace coroscope::net
