// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httptransfer.h"

#include "core/net/httpfileserver.h"
#include "core/net/samplecontent.h"
#include "core/trace/strings.h"
#include "tests/support/looptest.h"
#include "tests/support/memory.h"
#include "tests/support/resolverthreads.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/tlsfiles.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace {

/// A transfer, read to its end.
struct Got
{
    int status = 0;
    QByteArray body {};
    QByteArray link {}; ///< a header
    std::optional<qint64> length {};
    std::optional<QUrl> redirect {};
    Error error {}; ///< Kind::None: none
};

QCoro::Task<Got> fetch(HttpClient client, HttpGet get)
{
    HttpTransfer transfer(client, std::move(get));
    const StringId label = trace::intern(u"test");
    Got got;
    for (;;) {
        got.body += transfer.read();
        if (transfer.isOver())
            break;
        const bool heard = co_await transfer.activity(label, 15s);
        if (!heard)
            throw Exception({.kind = Kind::Timeout, .what = QStringLiteral("silence")});
    }
    got.status = transfer.status();
    got.link = transfer.header("lINK");
    got.redirect = transfer.redirect();
    got.error = transfer.error().value_or(Error());
    if (got.error.kind == Kind::None)
        got.length = transfer.contentLength();
    co_return got;
}

QCoro::Task<QByteArray> readsByTwo(HttpClient client, HttpGet get)
{
    HttpTransfer transfer(client, std::move(get));
    QByteArray pieces;
    while (!transfer.isOver()) {
        pieces += transfer.read(2) + '|';
        if (!transfer.isOver()) {
            const bool heard = co_await transfer.activity(trace::intern(u"test"), 15s);
            pieces += heard ? "" : "silence";
        }
    }
    co_return pieces;
}

QCoro::Task<bool> waits(HttpClient client, HttpGet get)
{
    HttpTransfer transfer(client, std::move(get));
    const bool heard = co_await transfer.activity(trace::intern(u"test"), 50ms);
    co_return heard;
}

QByteArray answer(const QByteArray &head, const QByteArray &body = {})
{
    return "HTTP/1.1 " + head + "\r\n\r\n" + body;
}

QByteArray ok(const QByteArray &body = "ok")
{
    return answer("200 OK\r\nContent-Length: " + QByteArray::number(body.size()), body);
}

QByteArray chunked(const QByteArray &rest) { return answer("200 OK\r\nTransfer-Encoding: chunked", rest); }

/// Says one thing, whatever it is asked, and closes.
ScriptedServer::Script says(const QByteArray &bytes)
{
    return [bytes](QTcpSocket &socket, const QByteArray &) {
        socket.write(bytes);
        socket.disconnectFromHost();
    };
}

/// Says one thing, whatever it is asked, and waits for more.
ScriptedServer::Script keepsSaying(const QByteArray &bytes)
{
    return [bytes](QTcpSocket &socket, const QByteArray &) { socket.write(bytes); };
}

/// After a CONNECT, carries bytes to 127.0.0.1 and back.
void tunnel(QTcpSocket &socket, const QByteArray &request)
{
    const QByteArray target = request.split(' ').value(1);
    auto *server = new QTcpSocket(&socket);
    server->connectToHost(QStringLiteral("127.0.0.1"), target.split(':').last().toUShort());
    socket.disconnect(SIGNAL(readyRead()));
    QObject::connect(&socket, &QTcpSocket::readyRead, server,
                     [&socket, server] { server->write(socket.readAll()); });
    QObject::connect(server, &QTcpSocket::readyRead, &socket,
                     [&socket, server] { socket.write(server->readAll()); });
    socket.write(answer("200 Connection established"));
}

QString fileWith(const QTemporaryDir &folder, const QString &name, const QByteArray &content)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("no temporary file");
    return file.fileName();
}

/// "ip:port" as a proxy's address.
QString proxyAt(const QString &scheme, const ScriptedServer &server)
{
    return QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(server.serverPort());
}

} // namespace

class TestHttpTransfer : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<HttpClient> m_client;
    TlsFiles m_tls;
    QTemporaryDir m_folder;

    Got got(HttpGet get) const
    {
        const auto task = spawn("GET", fetch, *m_client, std::move(get));
        if (!ends(task))
            return {.error = {.kind = Kind::Timeout, .what = QStringLiteral("no end")}};
        if (const auto thrown = thrownBy<Exception>(task))
            return {.error = thrown->error()};
        return task.result();
    }
    Got got(const QUrl &url) const { return got(HttpGet {.url = url}); }
    /// The request that a server gets.
    QByteArray requestOf(HttpGet get) const
    {
        ScriptedServer server(keepsSaying(ok()));
        const QString user = get.url.userInfo();
        get.url = server.url(QStringLiteral("/a"));
        get.url.setUserInfo(user);
        return got(get).error.kind == Kind::None ? server.requests().value(0) : QByteArray("no request");
    }
    /// What the constructor throws.
    Error refusalOf(HttpGet get) const
    {
        try {
            HttpTransfer transfer(*m_client, std::move(get));
        } catch (const Exception &thrown) {
            return thrown.error();
        }
        return {};
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_tls.isValid(), "openssl is needed for this test");
        m_loop = std::make_unique<Loop>();
    }
    void init() { m_client = std::make_unique<HttpClient>(); }
    void cleanup()
    {
        m_loop->cancelAll();
        QTRY_COMPARE(m_loop->taskCount(), std::size_t(0));
        m_client.reset();
    }
    void cleanupTestCase() { m_loop.reset(); }

    // --- what is whole ---------------------------------------------------------------------------------

    void wholeBodiesArrive_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("length"); // -1: unknown
        QTest::newRow("with a length") << ok("12345") << QByteArray("12345") << 5;
        QTest::newRow("of no bytes") << ok("") << QByteArray() << 0;
        QTest::newRow("until the end") << answer("200 OK", "until") << QByteArray("until") << -1;
        QTest::newRow("until the end, HTTP/1.0")
            << QByteArray("HTTP/1.0 200 OK\r\n\r\nuntil") << QByteArray("until") << -1;
        QTest::newRow("chunked") << chunked("5\r\nhello\r\n3 ;x=\"y\"\r\n, w\r\n0\r\n\r\n")
                                 << QByteArray("hello, w") << -1;
        QTest::newRow("chunked with a trailer")
            << chunked("A\r\n0123456789\r\n0\r\nLink: no\r\n\r\n") << QByteArray("0123456789") << -1;
        QTest::newRow("chunked and with a length")
            << answer("200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")
            << QByteArray("hello") << -1;
        QTest::newRow("the length twice, the same")
            << answer("200 OK\r\nContent-Length: 5\r\nContent-Length: 5", "12345") << QByteArray("12345")
            << 5;
        QTest::newRow("more than the length") << ok("12345") + "678" << QByteArray("12345") << 5;
        QTest::newRow("compressed as it is")
            << answer("200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4", "\x1f\x8b..")
            << QByteArray("\x1f\x8b..") << 4;
    }
    void wholeBodiesArrive()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, length);
        ScriptedServer server(says(bytes));
        const Got result = got(server.url());
        QVERIFY2(result.error.kind == Kind::None, qPrintable(result.error.text()));
        QCOMPARE(result.status, 200);
        QTEST(result.body, "body");
        QCOMPARE(result.length.value_or(-1), length);
        QCOMPARE(result.link, "");
    }

    void chunksMayBeCutAnywhere()
    {
        const QByteArray bytes = chunked("5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nX: y\r\n\r\n");
        ScriptedServer server([bytes](QTcpSocket &socket, const QByteArray &) {
            auto *timer = new QTimer(&socket);
            auto at = std::make_shared<qsizetype>(0);
            QObject::connect(timer, &QTimer::timeout, &socket, [&socket, timer, bytes, at] {
                socket.write(bytes.mid((*at)++, 1));
                socket.flush();
                if (*at == bytes.size())
                    timer->stop();
            });
            timer->start(0);
        });
        const Got result = got(server.url());
        QVERIFY2(result.error.kind == Kind::None, qPrintable(result.error.text()));
        QCOMPARE(result.body, "hello0123456789abcdef");
    }

    void informationalHeadsAreNoHead()
    {
        ScriptedServer server(says(answer("100 Continue") + answer("103 Early Hints\r\nLink: early")
                                   + answer("200 OK\r\nContent-Length: 2", "ok")));
        const Got result = got(server.url());
        QCOMPARE(result.error, Error());
        QCOMPARE(result.status, 200);
        QCOMPARE(result.body, "ok");
        QCOMPARE(result.link, "");
    }

    void headersAreFoundInAnyCaseAndJoined()
    {
        ScriptedServer server(
            says(answer("200 OK\r\nlink: one\r\nLINK: two,\r\n  three\r\nContent-Length: 0")));
        QCOMPARE(got(server.url()).link, "one, two, three");
    }

    void headIsThereBeforeTheBody()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write(answer("200 OK\r\nContent-Length: 5000000000", "x"));
        });
        HttpTransfer transfer(*m_client, {.url = server.url()});
        QVERIFY(!transfer.hasHead());
        QTRY_VERIFY(transfer.hasHead());
        QVERIFY(!transfer.isOver());
        QCOMPARE(transfer.contentLength(), std::optional<qint64>(5'000'000'000));
        QVERIFY(transfer.hasHeader("content-length") && !transfer.hasHeader("etag"));
    }

    // --- what is broken --------------------------------------------------------------------------------

    void brokenAnswersFail_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &bytes, Kind kind, const char *words) {
            QTest::newRow(name) << bytes << kind << QString(words);
        };
        const auto length = [](const QByteArray &text) {
            return answer("200 OK\r\nContent-Length: " + text, "12345");
        };
        row("body shorter than its length", length("10"), Kind::Truncated, "5 of 10 bytes");
        row("no body at all", answer("200 OK\r\nContent-Length: 10"), Kind::Truncated, "0 of 10 bytes");
        row("chunked, closed in a chunk", chunked("A\r\nhello"), Kind::Truncated, "cut short");
        row("chunked, closed after a chunk", chunked("5\r\nhello\r\n"), Kind::Truncated, "cut short");
        row("chunked, closed after the size 0", chunked("5\r\nhello\r\n0\r\n"), Kind::Truncated, "cut short");
        row("chunked, nothing came", chunked(""), Kind::Truncated, "cut short");
        row("chunk size is no number", chunked("five\r\nhello\r\n0\r\n\r\n"), Kind::Protocol, "chunks");
        row("chunk size is negative", chunked("-5\r\nhello\r\n0\r\n\r\n"), Kind::Protocol, "chunks");
        row("chunk size with 0x", chunked("0x5\r\nhello\r\n0\r\n\r\n"), Kind::Protocol, "chunks");
        row("chunk size with rubbish behind", chunked("5g\r\nhello\r\n0\r\n\r\n"), Kind::Protocol, "chunks");
        row("chunk size too big", chunked("fffffffffffffffff\r\nhello"), Kind::Protocol, "chunks");
        row("chunk size missing", chunked("\r\nhello\r\n0\r\n\r\n"), Kind::Protocol, "chunks");
        row("chunk longer than its size", chunked("3\r\nhello\r\n0\r\n\r\n"), Kind::Protocol, "chunks");
        row("second chunk's size is wrong", chunked("5\r\nhello\r\nxx\r\n"), Kind::Protocol, "chunks");
        row("coding that nobody asked for",
            answer("200 OK\r\nTransfer-Encoding: gzip, chunked", "5\r\nhello\r\n0\r\n\r\n"), Kind::Protocol,
            "coding");
        row("length is rubbish", length("ten"), Kind::Protocol, "length");
        row("length is negative", length("-5"), Kind::Protocol, "length");
        row("length has a sign", length("+5"), Kind::Protocol, "length");
        row("length is empty", length(""), Kind::Protocol, "length");
        row("length with rubbish behind", length("5abc"), Kind::Protocol, "length");
        row("length with a fraction", length("5.5"), Kind::Protocol, "length");
        row("length is hexadecimal", length("0x5"), Kind::Protocol, "length");
        row("length beyond 64 bits", length("99999999999999999999"), Kind::Protocol, "length");
        row("two different lengths", length("5\r\nContent-Length: 6"), Kind::Protocol,
            "two different lengths");
        row("two different lengths in one", length("5, 6"), Kind::Protocol, "two different lengths");
        row("closed before the head", "", Kind::Lost, "before it answered");
        row("closed in the head", "HTTP/1.1 200 OK\r\nContent-Le", Kind::Lost, "in its headers");
        row("closed after an informational head", answer("100 Continue"), Kind::Lost, "closed");
        row("no HTTP", "220 mail.example ESMTP\r\n\r\n", Kind::Protocol, "HTTP");
        row("HTTP/0.9", "<html>hello</html>", Kind::Protocol, "HTTP");
        row("status is no number", "HTTP/1.1 fine\r\nContent-Length: 2\r\n\r\nok", Kind::Protocol, "");
        row("headers of more than 1 MiB",
            "HTTP/1.1 200 OK\r\n" + QByteArray("X: 0123456789\r\n").repeated(80'000), Kind::Limit, "no end");
        row("one header of more than 1 MiB", "HTTP/1.1 200 OK\r\nX: " + QByteArray(1'100'000, 'x'),
            Kind::Limit, "no end");
        row("informational heads without end", answer("102 Processing\r\nX: y").repeated(40'000), Kind::Limit,
            "no end");
        row("a trailer without end", chunked("0\r\n" + QByteArray("X: 0123456789\r\n").repeated(90'000)),
            Kind::Protocol, "");
    }
    void brokenAnswersFail()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Kind, kind);
        QFETCH(QString, words);
        ScriptedServer server(says(bytes));
        const Got result = got(server.url("/file"));
        QVERIFY2(result.error.kind == kind, qPrintable(result.error.text()));
        QVERIFY2(result.error.what.contains(words) && !result.error.what.isEmpty(),
                 qPrintable(result.error.what));
        QVERIFY2(result.error.where.endsWith("/file"), qPrintable(result.error.where));
        QCOMPARE(server.requests().size(), 1); // nothing is asked again by itself
    }

    void impossibleLengthIsThrown()
    {
        ScriptedServer server(says(answer("200 OK\r\nContent-Length: 5, 6", "12345")));
        HttpTransfer transfer(*m_client, {.url = server.url()});
        QTRY_VERIFY(transfer.hasHead());
        QVERIFY_THROWS_EXCEPTION(Exception, transfer.contentLength());
    }

    void bytesBeforeTheBreakCanBeRead()
    {
        ScriptedServer server(says(answer("200 OK\r\nContent-Length: 10", "12345")));
        const Got result = got(server.url());
        QCOMPARE(result.error.kind, Kind::Truncated);
        QCOMPARE(result.error.httpStatus, 200);
        QCOMPARE(result.body, "12345");
    }

    void resetsAreLost_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("in the body") << answer("200 OK\r\nContent-Length: 100", "hello");
        QTest::newRow("in a chunk") << chunked("A\r\nhello");
        QTest::newRow("before the head") << QByteArray();
    }
    void resetsAreLost()
    {
        QFETCH(QByteArray, before);
        ScriptedServer server([before](QTcpSocket &socket, const QByteArray &) {
            socket.write(before);
            reset(socket);
        });
        const Got result = got(server.url());
        QVERIFY2(result.error.kind == Kind::Lost, qPrintable(result.error.text()));
        QCOMPARE(server.requests().size(), 1);
    }

    void errorStatusIsTheServersWord_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("status");
        QTest::newRow("its own reason") << QByteArray("404 Gone Fishing") << "404 Gone Fishing" << 404;
        QTest::newRow("no reason") << QByteArray("503") << "503 Service Unavailable" << 503;
        QTest::newRow("304") << QByteArray("304 Not Modified") << "304 Not Modified" << 304;
        QTest::newRow("redirect without Location") << QByteArray("302 Found") << "302 Found" << 302;
        QTest::newRow("unknown") << QByteArray("599 \x01odd") << "599 \\x01odd" << 599;
    }
    void errorStatusIsTheServersWord()
    {
        QFETCH(QByteArray, head);
        ScriptedServer server(says(answer(head + "\r\nContent-Length: 0")));
        const Got result = got(server.url());
        QCOMPARE(result.error.kind, Kind::Http);
        QTEST(result.error.what, "what");
        QTEST(result.error.httpStatus, "status");
        QVERIFY(!result.redirect);
    }

    void nobodyListeningIsRefused()
    {
        ScriptedServer server(says(ok()));
        QUrl url = server.url();
        url.setUserInfo("ann:hush");
        server.close();
        const Error error = got(url).error;
        QCOMPARE(error.kind, Kind::Refused);
        QVERIFY(error.text().contains(QString::number(url.port())) && !error.text().contains("hush"));
        QVERIFY(!error.advice.isEmpty());
    }

    void unknownHostIsSaid()
    {
        for (int i = 0; i < 3; ++i) { // the next try is one, too
            const Error error = got(QUrl("http://no-such-host.invalid/a")).error;
            QCOMPARE(error.kind, Kind::Dns);
            QVERIFY(error.what.contains("not found"));
        }
        ScriptedServer server(says(ok()));
        QCOMPARE(got(server.url()).body, "ok");
    }

    // --- redirects -------------------------------------------------------------------------------------

    void locationsAreReadAndNotFollowed_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QString>("resolved");
        const auto row = [](const char *name, const QByteArray &location, const char *resolved) {
            QTest::newRow(name) << location << QString(resolved);
        };
        row("absolute", "https://other.example/x?y=1", "https://other.example/x?y=1");
        row("path", "/x", "http://here/x");
        row("relative", "x/y", "http://here/a/x/y");
        row("upwards", "../x", "http://here/x");
        row("host alone", "//other.example/x", "http://other.example/x");
        row("query alone", "?q=1", "http://here/a/b?q=1");
        row("with a blank", "/a b", "http://here/a%20b");
        row("UTF-8", "/\xc3\xa4", "http://here/%C3%A4");
        row("bytes of no known encoding", "/\xe4", "http://here/%E4");
        row("percent stays", "/a%2Fb%20c", "http://here/a%2Fb%20c");
        row("the first of two", "/one\r\nLocation: /two", "http://here/one");
    }
    void locationsAreReadAndNotFollowed()
    {
        QFETCH(QByteArray, location);
        QFETCH(QString, resolved);
        for (const int status : {300, 301, 302, 303, 307, 308}) {
            ScriptedServer server(says(
                answer(QByteArray::number(status) + " Moved\r\nContent-Length: 0\r\nLocation: " + location)));
            const Got result = got(server.url());
            QVERIFY(result.redirect);
            QCOMPARE(QUrl("http://here/a/b").resolved(*result.redirect).toEncoded(), resolved.toLatin1());
            QCOMPARE(result.status, status);
            QCOMPARE(server.requests().size(), 1);
        }
    }

    void locationOfNoRedirectIsNone()
    {
        ScriptedServer server(says(answer("201 Created\r\nContent-Length: 0\r\nLocation: /x")));
        const Got result = got(server.url());
        QVERIFY(!result.redirect);
        QCOMPARE(result.error.kind, Kind::None);
    }

    // --- what is sent ----------------------------------------------------------------------------------

    void requestIsPlain()
    {
        const QByteArray request = requestOf({});
        QVERIFY2(request.startsWith("GET /a HTTP/1.1\r\nHost: 127.0.0.1:"), request.constData());
        QVERIFY(request.contains("\r\nAccept-Encoding: identity\r\n"));
        QVERIFY(request.contains("\r\nUser-Agent: Coroscope/0.1\r\n"));
        const QByteArray lower = request.toLower();
        for (const char *name : {"cookie:", "authorization:", "range:", "referer:", "upgrade:", "te:"})
            QVERIFY2(!lower.contains(name), name);
    }

    void rangeAndValidatorAreSent()
    {
        const QByteArray request = requestOf({.rangeFirst = 5'000'000'000, .ifRange = "\"tag\""});
        QVERIFY(request.contains("\r\nRange: bytes=5000000000-\r\n"));
        QVERIFY(request.contains("\r\nIf-Range: \"tag\"\r\n"));
        QVERIFY(requestOf({.rangeFirst = 5, .rangeLast = 9}).contains("\r\nRange: bytes=5-9\r\n"));
        const QByteArray both = requestOf({.headers = {{"range", "bytes=1-"}}, .rangeFirst = 5});
        QVERIFY(both.contains("\r\nRange: bytes=5-\r\n") && !both.contains("bytes=1-"));
    }

    void headersOfTheUserReplaceOurs()
    {
        const QByteArray request = requestOf({.headers = {{"user-agent", "me/1"},
                                                          {"Accept-Encoding", "gzip"},
                                                          {"X-Empty", ""},
                                                          {"Referer", "http://r/"}}});
        QVERIFY(request.contains("\r\nuser-agent: me/1\r\n") && !request.contains("Coroscope"));
        QVERIFY(request.contains("\r\nAccept-Encoding: gzip\r\n") && !request.contains("identity"));
        QVERIFY(request.contains("\r\nX-Empty:\r\n") && request.contains("\r\nReferer: http://r/\r\n"));
    }

    void headersThatWouldBeTwoAreRefused()
    {
        const QUrl url("http://127.0.0.1:1/");
        QCOMPARE(refusalOf({.url = url, .headers = {{"X", "a\r\nHost: b"}}}).kind, Kind::Input);
        QCOMPARE(refusalOf({.url = url, .headers = {{"X\n", "a"}}}).kind, Kind::Input);
        QCOMPARE(refusalOf({.url = url, .headers = {{"", "a"}}}).kind, Kind::Input);
        QCOMPARE(refusalOf({.url = url, .credentials = {.bearer = "a\nb"}}).kind, Kind::Input);
    }

    void otherSchemesAreRefused()
    {
        for (const char *url : {"ftp://127.0.0.1/a", "file:///etc/passwd", "", "http://"})
            QCOMPARE(refusalOf({.url = QUrl(url)}).kind, Kind::Input);
    }

    void loginsAreSentOnlyAsAsked()
    {
        const QByteArray basic = "\r\nAuthorization: Basic " + QByteArray("ann:hu:sh").toBase64() + "\r\n";
        QVERIFY(requestOf({.credentials = {.user = "ann", .password = "hu:sh"}}).contains(basic));
        QVERIFY(requestOf({.url = QUrl("http://ann:hu%3Ash@x/")}).contains(basic));
        QVERIFY(requestOf({.credentials = {.bearer = "tok"}}).contains("\r\nAuthorization: Bearer tok\r\n"));
        const QByteArray own = requestOf(
            {.credentials = {.user = "ann", .password = "hush"}, .headers = {{"Authorization", "Mine 1"}}});
        QVERIFY(own.contains("\r\nAuthorization: Mine 1\r\n") && !own.contains("Basic"));
    }

    void netrcIsUsedOnlyIfNamed()
    {
        const QString mine = fileWith(m_folder, "netrc", "machine 127.0.0.1 login ann password hush\n");
        const QString others = fileWith(m_folder, "others",
                                        "machine other.example login ann password hush\n");
        const QByteArray basic = "\r\nAuthorization: Basic " + QByteArray("ann:hush").toBase64() + "\r\n";
        QVERIFY(requestOf({.access = {.netrcFile = mine}}).contains(basic));
        QVERIFY(!requestOf({.access = {.netrcFile = others}}).contains("Authorization"));
        const QByteArray named = requestOf({.access = {.netrcFile = mine}, .credentials = {.user = "bob"}});
        QVERIFY(named.contains(QByteArray("bob:").toBase64()) && !named.contains(basic));
        const QByteArray bearer = requestOf(
            {.access = {.netrcFile = mine}, .credentials = {.bearer = "tok"}});
        QVERIFY(bearer.contains("Bearer tok") && !bearer.contains("Basic"));

        const Error error = refusalOf(
            {.url = QUrl("http://x/"), .access = {.netrcFile = m_folder.filePath("none")}});
        QCOMPARE(error.kind, Kind::Input);
        QVERIFY(error.where.endsWith("none"));
    }

    void cookiesAreReadFromTheFileAlone()
    {
        const QString file = fileWith(m_folder, "cookies",
                                      "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tn\tv\n"
                                      "other.example\tFALSE\t/\tFALSE\t0\tm\tw\n");
        ScriptedServer server(
            keepsSaying(answer("200 OK\r\nSet-Cookie: stored=1\r\nContent-Length: 2", "ok")));
        const HttpGet with {.url = server.url(), .access = {.cookiesFile = file}};
        for (const HttpGet &get : {with, with, HttpGet {.url = server.url()}})
            QCOMPARE(got(get).body, "ok");
        QVERIFY(server.requests()[0].contains("\r\nCookie: n=v\r\n"));
        QVERIFY(server.requests()[1].contains("\r\nCookie: n=v\r\n"));
        QVERIFY(!server.requests()[2].contains("Cookie"));
        const QByteArray own = requestOf({.access = {.cookiesFile = file}, .headers = {{"Cookie", "a=b"}}});
        QVERIFY(own.contains("\r\nCookie: a=b\r\n") && !own.contains("n=v"));
        QFile after(file);
        QVERIFY(after.open(QIODevice::ReadOnly) && !after.readAll().contains("stored"));

        const HttpGet none {.url = QUrl("http://x/"), .access = {.cookiesFile = m_folder.filePath("none")}};
        QCOMPARE(refusalOf(none).kind, Kind::Input);
    }

    void digestIsUsedWhereBasicIsNotOffered()
    {
        const QByteArray challenge =
            "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n"
            "Content-Length: 4";
        ScriptedServer server([challenge](QTcpSocket &socket, const QByteArray &request) {
            const bool isKnown = request.contains("Digest username=\"ann\"");
            socket.write(isKnown ? ok("in") : answer(challenge, "body"));
        });
        const Got result = got({.url = server.url(), .credentials = {.user = "ann", .password = "hush"}});
        QVERIFY2(result.error.kind == Kind::None, qPrintable(result.error.text()));
        QCOMPARE(result.body, "in");
        for (const QByteArray &request : server.requests())
            QVERIFY(!request.contains("hush"));
        QCOMPARE(server.connections(), 1);

        ScriptedServer refuses(keepsSaying(answer(challenge, "body")));
        const Got refused = got({.url = refuses.url(), .credentials = {.user = "ann", .password = "hush"}});
        QCOMPARE(refused.error.httpStatus, 401);
        QVERIFY(!refused.error.text().contains("hush"));
        QVERIFY(refuses.requests().size() <= 4);
    }

    // --- proxies ---------------------------------------------------------------------------------------

    void httpGoesToTheProxyWhole()
    {
        ScriptedServer proxy(keepsSaying(ok("from the proxy")));
        HttpGet get {.url = QUrl("http://files.example/a?b"), .access = {.proxy = proxyAt("http", proxy)}};
        get.proxyCredentials = {.user = "ann", .password = "hush"};
        QCOMPARE(got(get).body, "from the proxy");
        const QByteArray request = proxy.requests().value(0);
        QVERIFY2(request.startsWith("GET http://files.example/a?b HTTP/1.1\r\nHost: files.example\r\n"),
                 request.constData());
        QVERIFY(
            request.contains("\r\nProxy-Authorization: Basic " + QByteArray("ann:hush").toBase64() + "\r\n"));
        QVERIFY(!request.contains("\r\nAuthorization"));
    }

    void httpsGoesThroughATunnel()
    {
        ScriptedServer server(keepsSaying(ok("secret")), ScriptedServer::Call::OnHttpHead, &m_tls);
        ScriptedServer proxy(tunnel);
        HttpGet get {.url = server.url(), .access = {.proxy = proxyAt("http", proxy)}};
        get.access.tls.caFile = m_tls.certificate();
        get.headers = {{"X-Secret", "s"}};
        const Got result = got(get);
        QVERIFY2(result.error.kind == Kind::None, qPrintable(result.error.text()));
        QCOMPARE(result.status, 200);
        QCOMPARE(result.body, "secret");
        QCOMPARE(proxy.requests().size(), 1);
        QVERIFY(proxy.requests()[0].startsWith("CONNECT 127.0.0.1:"));
        QVERIFY(!proxy.requests()[0].contains("X-Secret"));
    }

    void proxyThatWantsALoginSaysSo()
    {
        const QByteArray wants = answer(
            "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
            "Content-Length: 0");
        for (const char *url : {"http://files.example/a", "https://files.example/a"}) {
            ScriptedServer proxy(keepsSaying(wants));
            const Error error = got({.url = QUrl(url), .access = {.proxy = proxyAt("http", proxy)}}).error;
            QCOMPARE(error.kind, Kind::Http);
            QCOMPARE(error.httpStatus, 407);
            QVERIFY2(error.what.contains("407") && error.advice.contains("proxy"), qPrintable(error.text()));
            QCOMPARE(proxy.requests().size(), 1);
        }
    }

    void proxyThatRefusesIsSaid()
    {
        ScriptedServer proxy(says(""));
        const QString address = proxyAt("http", proxy);
        QCOMPARE(got({.url = QUrl("https://files.example/"), .access = {.proxy = address}}).error.kind,
                 Kind::Lost);
        proxy.close();
        const Error error = got({.url = QUrl("http://files.example/"), .access = {.proxy = address}}).error;
        QCOMPARE(error.kind, Kind::Refused);
        QVERIFY(error.what.contains("proxy"));
        QCOMPARE(got({.url = QUrl("http://x/"), .access = {.proxy = "http://no-such.invalid:1"}}).error.kind,
                 Kind::Dns);
    }

    void socksResolvesWhereItIsTold_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QByteArray>("asked");
        using namespace Qt::StringLiterals;
        QTest::newRow("socks5h: there") << "socks5h" << "files.example"
                                        << QByteArray("\x03\x0d"
                                                      "files.example\0\x50",
                                                      17);
        QTest::newRow("socks5: here") << "socks5" << "127.0.0.9" << QByteArray("\x01\x7f\0\0\x09\0\x50", 7);
    }
    void socksResolvesWhereItIsTold()
    {
        QFETCH(QString, scheme);
        QFETCH(QString, host);
        QFETCH(QByteArray, asked);
        ScriptedServer proxy(
            [](QTcpSocket &socket, const QByteArray &bytes) {
                if (bytes.startsWith("GET "))
                    socket.write(ok("through socks"));
                else if (bytes.startsWith("\x05") && bytes.size() <= 4)
                    socket.write(QByteArray("\x05\x00", 2));
                else
                    socket.write(QByteArray("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10));
            },
            ScriptedServer::Call::OnAnyBytes);
        const Got result = got(
            {.url = QUrl("http://" + host + "/a"), .access = {.proxy = proxyAt(scheme, proxy)}});
        QVERIFY2(result.error.kind == Kind::None, qPrintable(result.error.text()));
        QCOMPARE(result.body, "through socks");
        QCOMPARE(proxy.requests().value(1), QByteArray("\x05\x01\x00", 3) + asked);
        QVERIFY(proxy.requests().value(2).startsWith("GET /a HTTP/1.1"));
    }

    void socksLoginIsSentAndRefused()
    {
        ScriptedServer proxy(
            [](QTcpSocket &socket, const QByteArray &bytes) {
                socket.write(bytes.startsWith("\x05") ? QByteArray("\x05\x02", 2)
                                                      : QByteArray("\x01\x01", 2));
            },
            ScriptedServer::Call::OnAnyBytes);
        HttpGet get {.url = QUrl("http://files.example/"), .access = {.proxy = proxyAt("socks5h", proxy)}};
        get.proxyCredentials = {.user = "ann", .password = "hush"};
        const Error error = got(get).error;
        QCOMPARE(error.kind, Kind::Login);
        QVERIFY(!error.text().contains("hush"));
        QCOMPARE(proxy.requests().value(1), QByteArray("\x01\x03"
                                                       "ann\x04hush"));
    }

    void badProxiesAreRefused()
    {
        for (const char *proxy : {"ftp://p:1", "p:8080", "http://", "http://u:hush@:99999", "rubbish"}) {
            const Error error = refusalOf({.url = QUrl("http://x/"), .access = {.proxy = proxy}});
            QVERIFY2(error.kind == Kind::Input, proxy);
            QVERIFY(!error.text().contains("hush"));
        }
    }

    void noProxyMeansNone()
    {
        ScriptedServer proxy(keepsSaying(ok("proxy")));
        ScriptedServer server(keepsSaying(ok("server")));
        const auto restore = qScopeGuard([] {
            qunsetenv("http_proxy");
            qunsetenv("all_proxy");
        });
        qputenv("http_proxy", proxyAt("http", proxy).toLatin1());
        qputenv("all_proxy", proxyAt("http", proxy).toLatin1());
        QCOMPARE(got({.url = server.url(), .access = {.proxy = "none"}}).body, "server");
        QCOMPARE(got({.url = server.url()}).body, "server"); // this computer needs none
        QCOMPARE(got({.url = QUrl("http://files.example/")}).body, "proxy"); // the system's
    }

    // --- trust -----------------------------------------------------------------------------------------

    void certificatesAreVerified()
    {
        ScriptedServer server(keepsSaying(ok("secret")), ScriptedServer::Call::OnHttpHead, &m_tls);
        const HttpGet plain {.url = server.url()};
        const Error error = got(plain).error;
        QCOMPARE(error.kind, Kind::Certificate);
        QVERIFY2(error.what.contains("self-signed") && error.advice.contains("CA file"),
                 qPrintable(error.text()));
        QVERIFY(server.requests().isEmpty());

        HttpGet trusting = plain;
        trusting.access.tls.caFile = m_tls.certificate();
        QCOMPARE(got(trusting).body, "secret");
        HttpGet careless = plain;
        careless.access.tls.insecure = true;
        QCOMPARE(got(careless).body, "secret");

        // A trust given to one transfer is no other's, whatever connection is kept.
        QCOMPARE(got(plain).error.kind, Kind::Certificate);
        QCOMPARE(server.requests().size(), 2);
    }

    void anotherHostsCertificateIsRefused()
    {
        ScriptedServer server(keepsSaying(ok("secret")), ScriptedServer::Call::OnHttpHead, &m_tls);
        HttpGet get {.url = server.url()};
        get.url.setHost("other.localhost");
        get.access.tls.caFile = m_tls.certificate();
        const Error error = got(get).error;
        QCOMPARE(error.kind, Kind::Certificate);
        QVERIFY2(error.what.contains("another host"), qPrintable(error.text()));
        get.url.setHost("localhost");
        QCOMPARE(got(get).body, "secret");
    }

    void caFileWithoutCertificateIsRefused()
    {
        const QUrl url("https://127.0.0.1:1/");
        for (const char *content :
             {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
            HttpGet get {.url = url};
            get.access.tls.caFile = fileWith(m_folder, "empty.pem", content);
            const Error error = refusalOf(get);
            QVERIFY2(error.kind == Kind::Tls && error.where.endsWith("empty.pem"), content);
        }
        HttpGet get {.url = url};
        get.access.tls.caFile = m_folder.filePath("none");
        QCOMPARE(refusalOf(get).kind, Kind::Tls);
    }

    void droppedHandshakeIsALostConnection_data()
    {
        QTest::addColumn<bool>("isReset");
        QTest::newRow("closed") << false;
        QTest::newRow("reset") << true;
    }
    void droppedHandshakeIsALostConnection()
    {
        QFETCH(bool, isReset);
        ScriptedServer server(
            [isReset](QTcpSocket &socket, const QByteArray &) {
                if (isReset)
                    reset(socket);
                else
                    socket.disconnectFromHost();
            },
            ScriptedServer::Call::OnAnyBytes);
        QUrl url = server.url();
        url.setScheme("https");
        const Error error = got(url).error;
        QVERIFY2(error.kind == Kind::Lost, qPrintable(error.text()));
    }

    void plainServerBehindHttpsIsNoTls()
    {
        ScriptedServer server(says(answer("400 Bad Request\r\nContent-Length: 0")),
                              ScriptedServer::Call::OnAnyBytes);
        QUrl url = server.url();
        url.setScheme("https");
        const Error error = got(url).error;
        QVERIFY2(error.kind == Kind::Tls, qPrintable(error.text()));
        QVERIFY2(error.what.contains("wrong version"), qPrintable(error.text()));
    }

    void encryptedBodyMustBeWholeToo()
    {
        ScriptedServer server(says(answer("200 OK\r\nContent-Length: 10", "12345")),
                              ScriptedServer::Call::OnHttpHead, &m_tls);
        HttpGet get {.url = server.url()};
        get.access.tls.insecure = true;
        QCOMPARE(got(get).error.kind, Kind::Truncated);
    }

    // --- connections, memory, ends ---------------------------------------------------------------------

    void connectionsAreUsedAgain()
    {
        ScriptedServer server(keepsSaying(ok()));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(got(server.url()).body, "ok");
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.requests().size(), 5);
    }

    void connectionThatDiedMeanwhileIsReplacedOnce()
    {
        int count = 0;
        ScriptedServer server([&count](QTcpSocket &socket, const QByteArray &) {
            if (++count == 2)
                socket.disconnectFromHost(); // as if it had timed out when the request came
            else
                socket.write(ok());
        });
        QCOMPARE(got(server.url()).body, "ok");
        QCOMPARE(got(server.url()).body, "ok");
        QCOMPARE(server.connections(), 2);
        QCOMPARE(server.requests().size(), 3);
    }

    void unreadBytesAreFew()
    {
        constexpr qint64 size = 50'000'000;
        FileSite site;
        site.samples["/big"] = {.size = size};
        site.samples["/other"] = {.size = 5'000'000};
        HttpFileServer server(site);
        QVERIFY(server.start());
        HttpTransfer transfer(*m_client, {.url = server.url("/big")});
        QTRY_VERIFY(transfer.available() >= HttpTransfer::readBuffer);
        const qint64 before = processMemory("VmHWM:");
        QCOMPARE(got(server.url("/other")).body.size(), 5'000'000); // meanwhile, all could have come
        QVERIFY(transfer.available() < HttpTransfer::readBuffer + 64 * 1024);
        QVERIFY(processMemory("VmHWM:") - before < 30'000'000 + sanitizersMemory);

        QByteArray body;
        for (int i = 0; !transfer.isOver(); ++i) {
            body += transfer.read(i % 3 == 0 ? 100'000 : std::numeric_limits<qint64>::max());
            QVERIFY(transfer.available() < HttpTransfer::readBuffer + 64 * 1024);
            QCoreApplication::processEvents();
        }
        QVERIFY(!transfer.error());
        QVERIFY(body == sampleContent(FileSite::seedOf("/big"), 0, size));
    }

    void whatWasLeftUnreadIsActivity()
    {
        ScriptedServer server(says(ok("12345")));
        const auto task = spawn("GET", readsByTwo, *m_client, HttpGet {.url = server.url()});
        QVERIFY(ends(task, 10s));
        QVERIFY2(task.result().contains("12|34|5|"), task.result().constData());
    }

    void silentServerIsLeftAtOnce()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) { });
        const auto task = spawn("GET", fetch, *m_client, HttpGet {.url = server.url()});
        QTRY_COMPARE(server.requests().size(), 1);
        QVERIFY(task.cancel());
        QVERIFY(ends(task) && task.isCancelled());
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void silenceIsTheCallersToJudge()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) { });
        const auto task = spawn("GET", waits, *m_client, HttpGet {.url = server.url()});
        QVERIFY(ends(task));
        QVERIFY(!task.result());
    }

    void transferMayEndBeforeItsConnection()
    {
        QElapsedTimer time;
        time.start();
        {
            const HttpTransfer unreachable(*m_client, {.url = QUrl("http://192.0.2.1/")});
            const HttpTransfer unknown(*m_client, {.url = QUrl("http://no-such-host.invalid/")});
            const HttpTransfer notBegun(*m_client, {.url = QUrl("http://127.0.0.1:1/")});
            QCoreApplication::processEvents();
            const HttpTransfer begun(*m_client, {.url = QUrl("http://no-such-host-2.invalid/")});
        }
        QVERIFY(time.elapsed() < 2000);
    }

    void clientMayGoBeforeItsTransfers()
    {
        ScriptedServer server(keepsSaying(ok()));
        auto client = std::make_unique<HttpClient>();
        HttpTransfer transfer(*client, {.url = server.url()});
        client.reset();
        QTRY_VERIFY(transfer.hasHead());
        QCOMPARE(transfer.read(), "ok");
    }

    void manyAtOnceArrive()
    {
        ScriptedServer server(keepsSaying(ok(QByteArray(10'000, 'x'))));
        std::vector<SpawnedTask<Got>> tasks;
        for (int i = 0; i < 200; ++i)
            tasks.push_back(spawn("GET", fetch, *m_client, HttpGet {.url = server.url()}));
        for (int i = 0; i < 200; i += 10)
            tasks[std::size_t(i)].cancel();
        int whole = 0;
        for (const auto &task : tasks) {
            QVERIFY(ends(task));
            whole += !task.isCancelled() && task.result().body.size() == 10'000 ? 1 : 0;
        }
        QCOMPARE(whole, 180);
    }
};

QTEST_GUILESS_MAIN(TestHttpTransfer)
#include "tst_httptransfer.moc"
