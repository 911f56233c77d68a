// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/filesin.h"
#include "tests/support/httpanswers.h"
#include "tests/support/tlsfiles.h"
#include "tests/tasks/download/queueundertest.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

const QByteArray good = "0123456789";
const QByteArray etag = "ETag: \"v1\"";

QByteArray status(const QByteArray &line, const QByteArray &headers = {})
{
    return answer(line + "\r\nContent-Length: 0" + (headers.isEmpty() ? headers : "\r\n" + headers));
}

QByteArray redirectTo(const QByteArray &location) { return status("302 Found", "Location: " + location); }

/// Writes bytes again and again, until the other side has had enough.
void drip(QTcpSocket &socket, const QByteArray &bytes, std::chrono::milliseconds interval)
{
    auto *const timer = new QTimer(&socket);
    QObject::connect(timer, &QTimer::timeout, &socket, [&socket, bytes] {
        if (socket.state() == QAbstractSocket::ConnectedState && socket.bytesToWrite() < 1'000'000)
            socket.write(bytes);
    });
    timer->start(interval);
}

} // namespace

/// What a server may do wrong in answering, and what becomes of the file.
class TestHostile : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QueueUnderTest> m_queue;

    Request wanted(const QUrl &url) const { return {.urls = {url}, .folder = m_folder->path()}; }
    Item outcomeOf(const Request &request) { return m_queue->outcomeOf(request); }
    QByteArray fileContent(const QString &name) const { return contentOf(m_folder->filePath(name)); }
    QStringList files() const { return filesIn(m_folder->path()); }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_queue = std::make_unique<QueueUnderTest>();
    }
    void cleanup()
    {
        m_queue.reset();
        m_folder.reset();
    }
    void cleanupTestCase() { m_loop.reset(); }

    void brokenAnswerIsAnErrorAndTheNextTryMendsIt_data()
    {
        QTest::addColumn<QByteArray>("broken");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &broken, const QString &error) {
            QTest::newRow(name) << broken << error;
        };
        const QByteArray chunked = "200 OK\r\nTransfer-Encoding: chunked";
        row("a body shorter than promised", answer("200 OK\r\nContent-Length: 10", "0123"),
            "the file is cut short: 4 of 10 bytes");
        row("chunks without their end", answer(chunked, "4\r\n0123\r\n"), "the file is cut short");
        row("a chunk cut short", answer(chunked, "a\r\n0123"), "the file is cut short");
        row("a bad chunk size", answer(chunked, "xyz\r\n0123\r\n0\r\n\r\n"), "chunks can't be read");
        row("a negative chunk size", answer(chunked, "-4\r\n0123\r\n0\r\n\r\n"), "chunks can't be read");
        row("a length that is rubbish", answer("200 OK\r\nContent-Length: ten", "0123"), "ength");
        row("a negative length", answer("200 OK\r\nContent-Length: -10", "0123"), "ength");
        row("two lengths", answer("200 OK\r\nContent-Length: 4\r\nContent-Length: 10", "0123"), "ength");
        row("a length past all numbers", answer("200 OK\r\nContent-Length: 99999999999999999999", "0123"),
            "ength");
        row("closed before its headers", QByteArray(), "");
        row("closed in its headers", QByteArray("HTTP/1.1 200 OK\r\nContent-Le"), "");
        row("headers that begin in the middle of one",
            QByteArray("HTTP/1.1 200 OK\r\n and more\r\nContent-Length: 4\r\n\r\n0123"), "can't be read");
        row("no HTTP", QByteArray("220 mail.example ESMTP\r\n\r\n"), "");
        row("a part nobody asked for",
            answer("206 Partial Content\r\nContent-Range: bytes 0-3/10\r\nContent-Length: 4", "0123"),
            "nobody asked for");
    }
    void brokenAnswerIsAnErrorAndTheNextTryMendsIt()
    {
        QFETCH(QByteArray, broken);
        QFETCH(QString, error);

        ScriptedServer server(inTurn({broken, broken, whole(good)}));
        Request once = wanted(server.url("/a.bin"));
        once.options.retries = 0;
        const ItemId id = m_queue->add(once);
        const Item failed = m_queue->atRest(id);
        QVERIFY2(failed.state == ItemState::Failed, description(failed));
        QCOMPARE(failed.tries, 1);
        QCOMPARE(server.requests().size(), 1);
        QVERIFY2(failed.error.contains(error), description(failed));
        QVERIFY2(!failed.error.isEmpty(), description(failed));
        QVERIFY(!files().contains("a.bin"));

        const Item mended = m_queue->outcomeOf(wanted(server.url("/b.bin")));
        QVERIFY2(mended.state == ItemState::Done, description(mended));
        QCOMPARE(mended.tries, 2);
        QCOMPARE(mended.error, QString());
        QCOMPARE(fileContent("b.bin"), good);
    }

    void lengthMayBeUnknown_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("until the connection's end") << answer("200 OK\r\nConnection: close", good);
        QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\n\r\n" + good);
        QTest::newRow("chunked") << answer("200 OK\r\nTransfer-Encoding: chunked",
                                           "4\r\n0123\r\n6;x=y\r\n456789\r\n0\r\nA: b\r\n\r\n");
    }
    void lengthMayBeUnknown()
    {
        QFETCH(QByteArray, bytes);
        ScriptedServer server(inTurn({bytes}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(fileContent("a.bin"), good);
        QCOMPARE(item.tries, 1);
        QCOMPARE(item.total, std::optional<qint64>(10));
    }

    void sizeIsUnknownMeanwhile()
    {
        QPointer<QTcpSocket> open;
        ScriptedServer server([&open](QTcpSocket &socket, const QByteArray &) {
            socket.write(answer("200 OK\r\nConnection: close", "0123"));
            open = &socket;
        });
        const ItemId id = m_queue->add(wanted(server.url("/a.bin")));
        QVERIFY(m_queue->waitFor([&] { return m_queue->item(id).received == 4; }));
        QVERIFY(!m_queue->item(id).total);
        QCOMPARE(m_queue->list().totals().unknownSizes, 1);
        QVERIFY(open);
        open->disconnectFromHost();
        QCOMPARE(m_queue->atRest(id).state, ItemState::Done);
    }

    void emptyFileIsAFile_data()
    {
        using Answers = QList<QByteArray>;
        QTest::addColumn<Answers>("answers");
        QTest::addColumn<int>("segments");
        QTest::newRow("length 0") << Answers {whole({})} << 1;
        QTest::newRow("no length") << Answers {answer("200 OK\r\nConnection: close")} << 1;
        QTest::newRow("no chunk") << Answers {answer("200 OK\r\nTransfer-Encoding: chunked", "0\r\n\r\n")}
                                  << 1;
        QTest::newRow("asked for in pieces, 200") << Answers {whole({}, etag)} << 4;
        QTest::newRow("asked for in pieces, 416")
            << Answers {status("416 Range Not Satisfiable", "Content-Range: bytes */0"), whole({}, etag)}
            << 4;
    }
    void emptyFileIsAFile()
    {
        QFETCH(QList<QByteArray>, answers);
        QFETCH(int, segments);
        ScriptedServer server(inTurn(answers));
        Request request = wanted(server.url("/a.bin"));
        request.options.segments = segments;
        const Item item = outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(fileContent("a.bin"), QByteArray());
        QCOMPARE(item.tries, 1);
        QCOMPARE(item.total, std::optional<qint64>(0));
    }

    void connectionThatIsResetIsGoneOnWith()
    {
        QPointer<QTcpSocket> first;
        int asked = 0;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            if (++asked == 1) {
                first = &socket;
                socket.write(answer("200 OK\r\nContent-Length: 10\r\n" + etag, "0123"));
            } else {
                socket.write(answerTo(request, {.content = good}));
            }
        });
        const ItemId id = m_queue->add(wanted(server.url("/a.bin")));
        QVERIFY(m_queue->waitFor([&] { return m_queue->item(id).received == 4; }));
        QVERIFY(first);
        reset(*first);
        const Item item = m_queue->atRest(id);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.tries, 2);
        QCOMPARE(item.resumedFrom, 4);
        QCOMPARE(headerOf(server.requests().value(1), "Range"), QByteArray("bytes=4-"));
        QCOMPARE(headerOf(server.requests().value(1), "If-Range"), QByteArray("\"v1\""));
        QCOMPARE(fileContent("a.bin"), good);
    }

    void triesAreBounded_data()
    {
        QTest::addColumn<std::optional<int>>("retries");
        QTest::addColumn<int>("tries");
        QTest::newRow("five by default") << std::optional<int>() << 5;
        QTest::newRow("one") << std::optional(0) << 1;
        QTest::newRow("three") << std::optional(2) << 3;
    }
    void triesAreBounded()
    {
        QFETCH(std::optional<int>, retries);
        QFETCH(int, tries);
        ScriptedServer server(inTurn({QByteArray()}));
        Request request = wanted(server.url("/a.bin"));
        if (retries)
            request.options.retries = *retries;
        const Item item = outcomeOf(request);
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(item.tries, tries);
        QCOMPARE(server.requests().size(), tries); // nothing is asked again behind our back
        QCOMPARE(server.connections(), tries);
        QCOMPARE(files(), QStringList());
    }

    void hostThatIsNotFoundIsLookedForAgain()
    {
        Request request = wanted(QUrl("http://no-such-host.invalid/a.bin"));
        request.options.retries = 2;
        const Item item = outcomeOf(request);
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(item.tries, 3);
        QVERIFY2(item.error.contains("host not found"), description(item));
    }

    void silenceIsGivenUpAndTriedAgain_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("before the headers") << QByteArray();
        QTest::newRow("in the headers") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
        QTest::newRow("in the body") << answer("200 OK\r\nContent-Length: 10\r\n" + etag, "0123");
    }
    void silenceIsGivenUpAndTriedAgain()
    {
        QFETCH(QByteArray, bytes);
        int asked = 0;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            socket.write(++asked == 1 ? bytes : answerTo(request, {.content = good}));
        });
        Request request = wanted(server.url("/a.bin"));
        request.options.inactivity = 300ms;
        const Item item = outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.tries, 2);
        QCOMPARE(fileContent("a.bin"), good);
        QCOMPARE(server.connections(), 2);
    }

    void silenceIsSaid()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) { });
        Request request = wanted(server.url("/a.bin"));
        request.options.inactivity = 200ms;
        request.options.retries = 1;
        const Item item = outcomeOf(request);
        QCOMPARE(item.state, ItemState::Failed);
        QVERIFY2(item.error.contains("nothing came for 0.2 s"), description(item));
        QVERIFY2(item.error.contains("All 2 tries failed"), description(item));
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void tricklingBytesAreGivenUpWhereThatIsWished()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write(answer("200 OK\r\nContent-Length: 1000000"));
            drip(socket, "x", 50ms);
        });
        Request request = wanted(server.url("/a.bin"));
        request.options.retries = 0;
        request.options.lowSpeed = LowSpeed {.bytesPerSecond = 1000, .duration = 1s};
        const Item item = outcomeOf(request);
        QCOMPARE(item.state, ItemState::Failed);
        QVERIFY2(item.error.contains("slower than 1,000 bytes a second for 1 s"), description(item));
        QVERIFY(item.received > 0);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void headersWithoutEndAreGivenUp_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("many lines") << QByteArray("X-More: " + QByteArray(1000, 'a') + "\r\n").repeated(100);
        QTest::newRow("one line") << QByteArray(100'000, 'a');
    }
    void headersWithoutEndAreGivenUp()
    {
        QFETCH(QByteArray, bytes);
        ScriptedServer server([bytes](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\n");
            drip(socket, bytes, 1ms);
        });
        Request request = wanted(server.url("/a.bin"));
        request.options.retries = 0;
        const Item item = outcomeOf(request);
        QVERIFY2(item.state == ItemState::Failed, description(item));
        QVERIFY(!item.error.isEmpty());
        QCOMPARE(files(), QStringList());
        QTRY_COMPARE(server.openConnections(), 0);
    }

    // --- redirects -----------------------------------------------------------------------------------------

    void badRedirectIsAnErrorAtOnce_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("error");
        QTest::addColumn<int>("requests");
        QTest::newRow("to itself") << redirectTo("/a.bin") << "go in a circle" << 1;
        QTest::newRow("to itself, with a fragment") << redirectTo("/a.bin#x") << "go in a circle" << 1;
        QTest::newRow("without Location") << status("302 Found") << "redirects to nowhere" << 1;
        QTest::newRow("to another scheme") << redirectTo("file:///etc/passwd") << "can't be fetched" << 1;
        QTest::newRow("to no host") << redirectTo("http:///x") << "" << 1;
        QTest::newRow("not modified, though nobody asked") << status("304 Not Modified") << "" << 1;
    }
    void badRedirectIsAnErrorAtOnce()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, error);
        QFETCH(int, requests);
        ScriptedServer server(inTurn({bytes}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(item.state, ItemState::Failed);
        QVERIFY2(item.error.contains(error), description(item));
        QCOMPARE(item.tries, 1);
        QCOMPARE(server.requests().size(), requests);
        QCOMPARE(files(), QStringList());
    }

    void loopOfTwoIsNamed()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &request) {
            socket.write(redirectTo(pathOf(request) == "/one" ? "/two" : "/one"));
        });
        const Item item = outcomeOf(wanted(server.url("/one")));
        QCOMPARE(item.state, ItemState::Failed);
        QVERIFY2(item.error.contains("go in a circle") && item.error.contains("/one"), description(item));
        QCOMPARE(server.requests().size(), 2);
    }

    void twentyRedirectsAreFollowedAndNotMore()
    {
        const auto counting = [](int end) {
            return [end](QTcpSocket &socket, const QByteArray &request) {
                const int n = pathOf(request).mid(1).toInt();
                socket.write(n == end ? whole(good) : redirectTo('/' + QByteArray::number(n + 1)));
            };
        };
        ScriptedServer twenty(counting(20));
        QCOMPARE(outcomeOf(wanted(twenty.url("/0"))).state, ItemState::Done);
        ScriptedServer endless(counting(-1));
        const Item item = outcomeOf(wanted(endless.url("/0")));
        QCOMPARE(item.state, ItemState::Failed);
        QVERIFY2(item.error.contains("more than 20 redirects"), description(item));
        QCOMPARE(endless.requests().size(), 21);
    }

    void anotherHostGetsNoSecrets()
    {
        ScriptedServer other(inTurn({whole(good)}));
        ScriptedServer server(inTurn({redirectTo(other.url("/b.bin").toEncoded())}));
        Request request = wanted(server.url("/a.bin"));
        request.credentials = {.user = "ann", .password = "hush", .bearer = {}};
        request.headers = {{"Authorization", "Bearer hush"},
                           {"Cookie", "a=hush"},
                           {"X-Plain", "plain"},
                           {"X-Api-Key", "hush"},
                           {"Private-Token", "hush"},
                           {"Host", "first.example"}};
        const Item item = outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(headerOf(server.requests().value(0), "Cookie"), QByteArray("a=hush"));
        QVERIFY(headerOf(server.requests().value(0), "Authorization").contains("hush"));
        QCOMPARE(other.requests().size(), 1);
        QVERIFY2(!other.requests().at(0).contains("hush"), other.requests().at(0));
        QVERIFY(headerOf(other.requests().at(0), "Authorization").isNull());
        QVERIFY(headerOf(other.requests().at(0), "Cookie").isNull());
        QCOMPARE(headerOf(server.requests().value(0), "X-Api-Key"), QByteArray("hush"));
        QCOMPARE(headerOf(other.requests().at(0), "X-Plain"), QByteArray("plain"));
        QVERIFY(headerOf(other.requests().at(0), "Host").startsWith("127.0.0.1"));
    }

    void anotherHostThatAsksForALoginGetsNone()
    {
        ScriptedServer other(inTurn({status("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"")}));
        ScriptedServer server(inTurn({redirectTo(other.url("/b.bin").toEncoded())}));
        Request request = wanted(server.url("/a.bin"));
        request.credentials = {.user = "ann", .password = "hush", .bearer = {}};
        const Item item = outcomeOf(request);
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(item.httpStatus, 401);
        QCOMPARE(item.tries, 1);
        for (const QByteArray &asked : other.requests())
            QVERIFY2(headerOf(asked, "Authorization").isNull(), asked);
        QVERIFY(!item.error.contains("hush"));
    }

    void encryptedAddressDoesNotLeadToAPlainOne()
    {
        const TlsFiles tls;
        QVERIFY2(tls.isValid(), "openssl is needed for this test");
        ScriptedServer plain(inTurn({whole(good)}));
        ScriptedServer server(inTurn({redirectTo(plain.url("/b.bin").toEncoded())}),
                              ScriptedServer::Call::OnHttpHead, &tls);
        Request request = wanted(server.url("/a.bin"));
        request.options.access.tls.caFile = tls.certificate();
        const Item item = outcomeOf(request);
        QCOMPARE(item.state, ItemState::Failed);
        QVERIFY2(item.error.contains("from https to http"), description(item));
        QCOMPARE(plain.connections(), 0);
        QCOMPARE(server.requests().size(), 1);
    }

    void certificateThatIsNotTrustedIsNotTriedAgain()
    {
        const TlsFiles tls;
        QVERIFY2(tls.isValid(), "openssl is needed for this test");
        ScriptedServer server(inTurn({whole(good)}), ScriptedServer::Call::OnHttpHead, &tls);
        const Item refused = outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(refused.state, ItemState::Failed);
        QCOMPARE(refused.tries, 1);
        QVERIFY(server.requests().isEmpty());

        Request request = wanted(server.url("/b.bin"));
        request.options.access.tls.insecure = true;
        const Item insecure = outcomeOf(request);
        QCOMPARE(insecure.state, ItemState::Done);
        QVERIFY2(insecure.note.contains("certificate not verified"), qPrintable(insecure.note));
    }

    // --- refusals ------------------------------------------------------------------------------------------

    void refusalForGoodFailsAtOnce_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found",
                                 "410 Gone", "501 Not Implemented"})
            QTest::newRow(line) << QByteArray(line);
    }
    void refusalForGoodFailsAtOnce()
    {
        QFETCH(QByteArray, line);
        ScriptedServer server(inTurn({answer(line + "\r\nContent-Length: 4", "page")}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(item.tries, 1);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(item.httpStatus, line.left(3).toInt());
        QVERIFY2(item.error.startsWith(QString(line)), description(item));
        QCOMPARE(files(), QStringList());
    }

    void loginThatIsRefusedIsSaid()
    {
        ScriptedServer server(inTurn({status("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"")}));
        Request request = wanted(server.url("/a.bin"));
        QVERIFY(outcomeOf(request).error.contains("wants a user and a password"));
        request.fileName = "b.bin";
        request.credentials = {.user = "ann", .password = "hush", .bearer = {}};
        QVERIFY(outcomeOf(request).error.contains("doesn't accept"));
    }

    void successWithoutAFileIsAnError_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"201 Created", "202 Accepted", "204 No Content", "205 Reset Content", "226"})
            QTest::newRow(line) << QByteArray(line);
    }
    void successWithoutAFileIsAnError()
    {
        QFETCH(QByteArray, line);
        ScriptedServer server(inTurn({status(line)}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(item.tries, 1);
        QCOMPARE(item.httpStatus, line.left(3).toInt());
        QVERIFY2(item.error.contains("sent no file: " + line) && item.error.contains("/a.bin"),
                 description(item));
        QCOMPARE(files(), QStringList());
    }

    void statusThatLeadsNowhereIsNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"300 Multiple Choices", "304 Not Modified", "305 Use Proxy"})
            QTest::newRow(line) << QByteArray(line);
    }
    void statusThatLeadsNowhereIsNamed()
    {
        QFETCH(QByteArray, line);
        ScriptedServer server(inTurn({status(line)}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(item.tries, 1);
        QVERIFY2(item.error.startsWith(QString(line)), description(item));
    }

    void choiceThatTheServerMakesIsFollowed()
    {
        ScriptedServer server(inTurn({status("300 Multiple Choices", "Location: /b.bin"), whole(good)}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(fileContent("b.bin"), good);
    }

    void compressedFileIsKeptAndSaid_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isSaid");
        QTest::newRow("a page") << "/a.html" << true;
        QTest::newRow("an archive") << "/a.tar.gz" << false;
    }
    void compressedFileIsKeptAndSaid()
    {
        QFETCH(QString, path);
        QFETCH(bool, isSaid);
        const QByteArray date = "Last-Modified: Mon, 05 Jan 2026 10:00:00 GMT";
        ScriptedServer server(inTurn({whole(good, "Content-Encoding: gzip\r\n" + date)}));
        const Item item = outcomeOf(wanted(server.url(path)));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(fileContent(path.mid(1)), good);
        QCOMPARE(item.note.contains("compressed"), isSaid);
        QCOMPARE(QFileInfo(item.path).lastModified().toUTC().date(), QDate(2026, 1, 5));
    }

    void passingRefusalIsTriedAgain_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"408 Request Timeout", "429 Too Many Requests", "500 Internal Server Error",
                                 "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout",
                                 "522 Connection Timed Out", "524 A Timeout Occurred"})
            QTest::newRow(line) << QByteArray(line);
    }
    void passingRefusalIsTriedAgain()
    {
        QFETCH(QByteArray, line);
        ScriptedServer server(inTurn({status(line), status(line), status(line), whole(good)}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.tries, 4);
        QCOMPARE(server.requests().size(), 4);
        QCOMPARE(item.httpStatus, 200);
        QCOMPARE(fileContent("a.bin"), good);
    }

    void serverSaysWhenToComeAgain_data()
    {
        QTest::addColumn<bool>("asDate");
        QTest::newRow("in seconds") << false;
        QTest::newRow("as a date") << true;
    }
    void serverSaysWhenToComeAgain()
    {
        QFETCH(bool, asDate);
        QElapsedTimer sinceRefusal;
        qint64 waited = 0;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &) {
            if (sinceRefusal.isValid()) {
                waited = sinceRefusal.elapsed();
                socket.write(whole(good));
                return;
            }
            sinceRefusal.start();
            const QDateTime then = QDateTime::currentDateTimeUtc().addSecs(2);
            const QString date = QLocale::c().toString(then, "ddd, dd MMM yyyy HH:mm:ss 'GMT'");
            socket.write(status("429 Too Many Requests", "Retry-After: " + (asDate ? date.toLatin1() : "1")));
        });
        const ItemId id = m_queue->add(wanted(server.url("/a.bin")));
        QVERIFY(m_queue->reaches(id, ItemState::Waiting));
        QVERIFY(m_queue->item(id).nextStart > QDateTime::currentDateTime());
        const Item item = m_queue->atRest(id);
        QCOMPARE(item.state, ItemState::Done);
        QCOMPARE(item.tries, 2);
        QVERIFY2(waited >= 990, QByteArray::number(waited)); // our own wait would be 10 ms
    }

    void waitPastTheBudgetIsRefusedAtOnce()
    {
        ScriptedServer server(inTurn({status("503 Service Unavailable", "Retry-After: 3600")}));
        const Item item = outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(server.requests().size(), 1);
        QVERIFY2(item.error.contains("wants to be asked again in 60 min"), description(item));
        QVERIFY2(item.error.contains("15 min"), description(item));
    }

    // --- checksums -----------------------------------------------------------------------------------------

    void checksumThatFitsIsKept()
    {
        ScriptedServer server(inTurn({whole(good)}));
        Request request = wanted(server.url("/a.bin"));
        const QByteArray digest = QCryptographicHash::hash(good, QCryptographicHash::Sha256);
        request.checksum = Checksum {QCryptographicHash::Sha256, digest};
        const Item item = outcomeOf(request);
        QCOMPARE(item.state, ItemState::Done);
        QCOMPARE(item.sha256, digest);
        QCOMPARE(server.requests().size(), 1);
    }

    void wrongBytesAreFetchedOnceMoreInFull_data()
    {
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<ItemState>("state");
        QTest::newRow("right then") << whole(good, etag) << ItemState::Done;
        QTest::newRow("wrong again") << whole("abcdefghij", etag) << ItemState::Failed;
    }
    void wrongBytesAreFetchedOnceMoreInFull()
    {
        QFETCH(QByteArray, second);
        QFETCH(ItemState, state);
        ScriptedServer server(inTurn({whole("ABCDEFGHIJ", etag), second}));
        Request request = wanted(server.url("/a.bin"));
        request.checksum = Checksum {QCryptographicHash::Sha1,
                                     QCryptographicHash::hash(good, QCryptographicHash::Sha1)};
        const Item item = outcomeOf(request);
        QVERIFY2(item.state == state, description(item));
        QCOMPARE(item.tries, 2);
        QCOMPARE(server.requests().size(), 2);
        QVERIFY(headerOf(server.requests().at(1), "Range").isNull());
        if (state == ItemState::Done) {
            QCOMPARE(fileContent("a.bin"), good);
        } else {
            QCOMPARE(files(), QStringList());
            QVERIFY2(item.error.contains("checksum is wrong"), description(item));
        }
    }
};

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
