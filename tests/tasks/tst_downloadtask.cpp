// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/downloadtask.h"

#include "core/net/httpfileserver.h"
#include "core/net/samplecontent.h"
#include "tests/support/looptest.h"
#include "tests/support/memory.h"
#include "tests/support/resolverthreads.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/tlsfiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::tasks;
using namespace coroscope::test;
using namespace std::chrono_literals;
using net::Error;

namespace {

QStringList filesIn(const QTemporaryDir &folder)
{
    return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

QByteArray answer(const QByteArray &head, const QByteArray &body = {})
{
    return "HTTP/1.1 " + head + "\r\n\r\n" + body;
}

/// A server that says one thing, whatever it is asked, and closes.
ScriptedServer::Script says(const QByteArray &bytes)
{
    return [bytes](QTcpSocket &socket, const QByteArray &) {
        socket.write(bytes);
        socket.disconnectFromHost();
    };
}

} // namespace

class TestDownloadTask : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<net::HttpFileServer> m_server;
    std::unique_ptr<TaskContext> m_context;

    SpawnedTask<DownloadResult> start(DownloadSpec spec) const
    {
        if (spec.folder.isEmpty())
            spec.folder = m_folder->path();
        return spawn("GET", downloadFile, spec, *m_context, std::shared_ptr<net::Turnstile>());
    }
    SpawnedTask<DownloadResult> start(const QUrl &url) const { return start(DownloadSpec {.url = url}); }

    /// Runs a download that is to fail; it leaves nothing behind.
    Error failureOf(const DownloadSpec &spec) const
    {
        DownloadSpec once = spec;
        once.retries = 0;
        const auto task = start(once);
        if (!ends(task))
            return {.what = QStringLiteral("no end")};
        const auto thrown = thrownBy<net::Exception>(task);
        if (!thrown)
            return {.what = QStringLiteral("no net::Exception")};
        return filesIn(*m_folder).isEmpty() ? thrown->error() : Error {.what = QStringLiteral("left a file")};
    }
    Error failureOf(const QUrl &url) const { return failureOf(DownloadSpec {.url = url}); }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void init()
    {
        net::FileSite site;
        site.samples["/a.bin"] = {.size = 3'000'000};
        site.samples["/empty"] = {.size = 0};
        site.samples["/slow.bin"] = {.size = 10'000'000, .bytesPerSecond = 500'000};
        site.samples["/broken.bin"] = {.size = 3'000'000, .resetAfter = 1'000'000};
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<net::HttpFileServer>(site);
        m_context = std::make_unique<TaskContext>();
        m_context->downloads = download::Engine::make();
        QVERIFY(m_server->start());
    }
    void cleanup()
    {
        m_loop->cancelAll();
        QTRY_COMPARE(m_loop->taskCount(), std::size_t(0)); // the server's connections, too
        m_context.reset();
        m_server.reset();
        m_folder.reset();
    }
    void cleanupTestCase() { m_loop.reset(); }

    void fileArrivesWholeUnderItsName()
    {
        const auto task = start(m_server->url("/a.bin"));
        QVERIFY(ends(task));
        const DownloadResult result = task.result();
        QCOMPARE(result.bytes, 3'000'000);
        QCOMPARE(result.httpStatus, 200);
        QCOMPARE(result.path, m_folder->filePath("a.bin"));
        QCOMPARE(filesIn(*m_folder), QStringList {"a.bin"});
        QVERIFY(contentOf(result.path) == net::sampleContent(net::FileSite::seedOf("/a.bin"), 0, 3'000'000));
        QCOMPARE(toTraceText(result), QStringLiteral("3,000,000 bytes → a.bin"));
        QCOMPARE(m_context->book->output(task.id()), result.path.toUtf8() + '\n');
    }

    void emptyFileArrives()
    {
        const auto task = start(m_server->url("/empty"));
        QVERIFY(ends(task));
        QCOMPARE(task.result().bytes, 0);
        QCOMPARE(contentOf(m_folder->filePath("empty")), "");
    }

    void secondFileOfTheNameGetsANumber()
    {
        const auto one = start(m_server->url("/a.bin"));
        const auto two = start(m_server->url("/a.bin"));
        QVERIFY(ends(one) && ends(two));
        QCOMPARE(filesIn(*m_folder), QStringList({"a (1).bin", "a.bin"}));
        QVERIFY(contentOf(one.result().path) == contentOf(two.result().path));
    }

    void partIsThereMeanwhileAndGoesWhenCancelled()
    {
        const auto task = start(m_server->url("/slow.bin"));
        QTRY_COMPARE(filesIn(*m_folder), QStringList {"slow.bin.part"});
        QVERIFY(task.cancel());
        QVERIFY(ends(task));
        QVERIFY(task.isCancelled());
        QCOMPARE(filesIn(*m_folder), QStringList());
    }

    void missingFileIsSaidInWords()
    {
        const Error error = failureOf(m_server->url("/none"));
        QCOMPARE(error.kind, Error::Kind::Http);
        QCOMPARE(error.httpStatus, 404);
        QCOMPARE(error.what, QStringLiteral("404 Not Found"));
        QVERIFY(error.where.endsWith("/none"));
    }

    void resetInTheMiddleIsSaidInWords()
    {
        const Error error = failureOf(m_server->url("/broken.bin"));
        QVERIFY2(error.kind == Error::Kind::Lost || error.kind == Error::Kind::Truncated,
                 qPrintable(error.text()));
    }

    void nobodyListeningIsRefused()
    {
        const QUrl url = m_server->url("/a.bin");
        m_server->close();
        const Error error = failureOf(url);
        QCOMPARE(error.kind, Error::Kind::Refused);
        QVERIFY(error.text().contains(QString::number(url.port())));
    }

    void unknownHostIsSaid()
    {
        QCOMPARE(failureOf(QUrl("http://no-such-host.invalid/a")).kind, Error::Kind::Dns);
    }

    void brokenAnswersFail_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Error::Kind>("kind");
        using Kind = Error::Kind;
        QTest::newRow("fewer bytes than promised")
            << answer("200 OK\r\nContent-Length: 10", "12345") << Kind::Lost;
        QTest::newRow("length is negative")
            << answer("200 OK\r\nContent-Length: -5", "12345") << Kind::Protocol;
        QTest::newRow("length is rubbish")
            << answer("200 OK\r\nContent-Length: ten", "12345") << Kind::Protocol;
        QTest::newRow("closed before the head") << QByteArray() << Kind::Lost;
        QTest::newRow("no HTTP") << QByteArray("220 mail.example ESMTP\r\n\r\n") << Kind::Lost;
        QTest::newRow("a part nobody asked for")
            << answer("206 Partial Content\r\nContent-Range: bytes 0-4/10\r\nContent-Length: 5", "12345")
            << Kind::Protocol;
        QTest::newRow("server error") << answer("503 Service Unavailable\r\nContent-Length: 0") << Kind::Http;
        QTest::newRow("redirect without Location")
            << answer("302 Found\r\nContent-Length: 0") << Kind::Redirect;
    }
    void brokenAnswersFail()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Error::Kind, kind);
        ScriptedServer server(says(bytes));
        const Error error = failureOf(server.url("/a.bin"));
        const bool isTruncation = kind == Error::Kind::Lost
                                  && (error.kind == Error::Kind::Truncated
                                      || error.kind == Error::Kind::Protocol);
        QVERIFY2(error.kind == kind || isTruncation, qPrintable(error.text()));
        QVERIFY(!error.what.isEmpty());
    }

    void lengthMayBeUnknown()
    {
        ScriptedServer closing(says(answer("200 OK\r\nConnection: close", "until the end")));
        const auto one = start(closing.url("/one"));
        ScriptedServer chunked(
            says(answer("200 OK\r\nTransfer-Encoding: chunked", "5\r\nhello\r\n3\r\n, w\r\n0\r\n\r\n")));
        const auto two = start(chunked.url("/two"));
        QVERIFY(ends(one) && ends(two));
        QCOMPARE(contentOf(one.result().path), "until the end");
        QCOMPARE(contentOf(two.result().path), "hello, w");
    }

    void silenceIsGivenUp()
    {
        ScriptedServer mute([](QTcpSocket &, const QByteArray &) { });
        const Error before = failureOf({.url = mute.url("/a.bin"), .timeout = 100ms});
        QCOMPARE(before.kind, Error::Kind::Timeout);
        QVERIFY2(before.what.contains("0.1 s"), qPrintable(before.what));

        ScriptedServer stalls([](QTcpSocket &socket, const QByteArray &) {
            socket.write(answer("200 OK\r\nContent-Length: 1000", "begin"));
        });
        QCOMPARE(failureOf({.url = stalls.url("/a.bin"), .timeout = 100ms}).kind, Error::Kind::Timeout);
    }

    void redirectsAreFollowed()
    {
        const QByteArray target = m_server->url("/a.bin").toEncoded();
        ScriptedServer server([target](QTcpSocket &socket, const QByteArray &request) {
            const bool isFirst = request.startsWith("GET /first ");
            socket.write(answer("302 Found\r\nContent-Length: 0\r\nLocation: "
                                + (isFirst ? QByteArray("second") : target)));
        });
        const auto task = start(server.url("/first"));
        QVERIFY(ends(task));
        QCOMPARE(task.result().bytes, 3'000'000);
        QCOMPARE(task.result().path, m_folder->filePath("a.bin")); // named by where it ended
        QCOMPARE(server.requests().size(), 2);
    }

    void redirectLoopIsNamed()
    {
        ScriptedServer server(says(answer("302 Found\r\nContent-Length: 0\r\nLocation: /again")));
        const Error error = failureOf(server.url("/again"));
        QCOMPARE(error.kind, Error::Kind::Redirect);
        QVERIFY2(error.what.contains("circle"), qPrintable(error.what));
    }

    void passwordIsNotSentToAnotherHost()
    {
        ScriptedServer other(
            says(answer("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0")));
        ScriptedServer server(
            says(answer("302 Found\r\nContent-Length: 0\r\nLocation: " + other.url("/a").toEncoded())));
        QUrl url = server.url("/a");
        url.setUserInfo("ann:hush");
        const Error error = failureOf(url);
        QCOMPARE(error.httpStatus, 401);
        QVERIFY(!error.text().contains("hush"));
        QVERIFY(!other.requests().isEmpty());
        for (const QByteArray &request : other.requests())
            QVERIFY(!request.toLower().contains("authorization"));
    }

    void passwordOfTheUrlIsUsed()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &request) {
            const bool isKnown = request.contains("Basic " + QByteArray("ann:hush").toBase64());
            socket.write(
                isKnown
                    ? answer("200 OK\r\nContent-Length: 2", "in")
                    : answer("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0"));
        });
        QUrl url = server.url("/a");
        url.setUserInfo("ann:hush");
        const auto task = start(url);
        QVERIFY(ends(task));
        QCOMPARE(contentOf(task.result().path), "in");
    }

    void requestIsPlain()
    {
        ScriptedServer server(says(answer("200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=b", "ok")));
        const auto one = start(server.url("/a"));
        QVERIFY(ends(one));
        const auto two = start(server.url("/a"));
        QVERIFY(ends(two));
        for (const QByteArray &request : server.requests()) {
            QVERIFY(request.contains("Accept-Encoding: identity\r\n"));
            QVERIFY(!request.toLower().contains("cookie"));
        }
    }

    void nameComesFromTheServerAndStaysInTheFolder()
    {
        ScriptedServer server(says(answer("200 OK\r\nContent-Length: 1\r\n"
                                          "Content-Disposition: attachment; filename=\"../../evil.sh\"",
                                          "x")));
        const auto task = start(server.url("/a.bin"));
        QVERIFY(ends(task));
        QCOMPARE(task.result().path, m_folder->filePath("evil.sh"));
        const auto chosen = start(DownloadSpec {.url = server.url("/a.bin"), .fileName = "mine.bin"});
        QVERIFY(ends(chosen));
        QCOMPARE(chosen.result().path, m_folder->filePath("mine.bin"));
    }

    void folderThatCannotBeWrittenIsSaidBeforeAnyRequest()
    {
        ScriptedServer server(says(answer("200 OK\r\nContent-Length: 1", "x")));
        const Error error = failureOf({.url = server.url("/a.bin"), .folder = "/proc/self/x"});
        QCOMPARE(error.kind, Error::Kind::Disk);
        QCOMPARE(server.connections(), 0);
    }

    void selfSignedCertificateIsRefusedUnlessTrusted()
    {
        const TlsFiles tls;
        QVERIFY2(tls.isValid(), "openssl is needed for this test");
        ScriptedServer server(says(answer("200 OK\r\nContent-Length: 6", "secret")),
                              ScriptedServer::Call::OnHttpHead, &tls);

        const Error error = failureOf(server.url("/a"));
        QCOMPARE(error.kind, Error::Kind::Certificate);
        QVERIFY2(error.what.contains("self-signed"), qPrintable(error.text()));
        QVERIFY(server.requests().isEmpty());

        const auto insecure = start(DownloadSpec {.url = server.url("/a"), .insecure = true});
        QVERIFY(ends(insecure));
        QCOMPARE(contentOf(insecure.result().path), "secret");

        const auto trusted = start(DownloadSpec {.url = server.url("/b"), .caFile = tls.certificate()});
        QVERIFY(ends(trusted));
        QCOMPARE(contentOf(trusted.result().path), "secret");

        // A trust that was given to one download is no other's.
        const auto again = start(server.url("/c"));
        QVERIFY(ends(again));
        QCOMPARE(thrownBy<net::Exception>(again)->error().kind, Error::Kind::Certificate);
    }

    void noMoreThanSixConnectionsAHost()
    {
        std::vector<SpawnedTask<DownloadResult>> tasks;
        ScriptedServer server([](QTcpSocket &, const QByteArray &) { });
        for (int i = 0; i < 10; ++i)
            tasks.push_back(start(server.url("/" + QString::number(i))));
        QTRY_COMPARE(server.requests().size(), 6);
        QCOMPARE(server.openConnections(), 6);
        for (const auto &task : tasks)
            task.cancel();
        for (const auto &task : tasks)
            QVERIFY(ends(task) && task.isCancelled());
    }

    void bigFileTakesLittleMemory()
    {
        constexpr qint64 size = 200'000'000 + 2 * sanitizersMemory;
        net::FileSite site;
        site.samples["/big.bin"] = {.size = size};
        net::HttpFileServer server(site);
        QVERIFY(server.start());
        const qint64 before = processMemory("VmHWM:");
        const auto task = start(server.url("/big.bin"));
        QVERIFY(ends(task, 180s));
        QCOMPARE(task.result().bytes, size);
        const qint64 taken = processMemory("VmHWM:") - before;
        QVERIFY2(taken < 64'000'000 + sanitizersMemory, qPrintable(QString::number(taken)));
    }
};

QTEST_GUILESS_MAIN(TestDownloadTask)
#include "tst_downloadtask.moc"
