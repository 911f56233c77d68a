// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httpfileserver.h"

#include "core/net/samplecontent.h"
#include "core/runtime/loopthread.h"
#include "tests/support/memory.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSemaphore>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::net;

namespace {

struct Answer
{
    QByteArray head;
    QByteArray body;

    bool starts(const char *status) const { return head.startsWith(QByteArray("HTTP/1.1 ") + status); }
};

Answer readAnswer(QTcpSocket &socket)
{
    QByteArray bytes;
    while (socket.waitForReadyRead(10000))
        bytes += socket.readAll();
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    return end < 0 ? Answer {} : Answer {bytes.first(end), bytes.sliced(end + 4)};
}

} // namespace

class TestHttpFileServer : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    LoopThread m_thread {{.name = QStringLiteral("services"), .tracing = Tracing::Off}};
    std::unique_ptr<HttpFileServer> m_server; // lives on m_thread
    quint16 m_port = 0;

    std::unique_ptr<QTcpSocket> connection() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QStringLiteral("127.0.0.1"), m_port);
        return socket->waitForConnected(5000) ? std::move(socket) : nullptr;
    }
    Answer ask(const QByteArray &method, const QByteArray &path, const QByteArray &headers = {}) const
    {
        const auto socket = connection();
        socket->write(method + ' ' + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + headers
                      + "\r\n");
        return readAnswer(*socket);
    }
    Answer get(const QByteArray &path, const QByteArray &headers = {}) const
    {
        return ask("GET", path, headers);
    }
    static QByteArray sample(const QByteArray &path, qint64 offset, qint64 length)
    {
        return sampleContent(FileSite::seedOf(path), offset, length);
    }
    void onThread(const std::function<void()> &function)
    {
        QSemaphore done;
        m_thread.post([&] {
            function();
            done.release();
        });
        done.acquire();
    }

private slots:
    void initTestCase()
    {
        QFile file(m_folder.filePath("a b.txt"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("0123456789");
        QVERIFY(QDir(m_folder.path()).mkdir("sub"));
        QVERIFY(QFile::link("/etc/passwd", m_folder.filePath("leak")));
        FileSite site {.folder = m_folder.path()};
        site.samples["/big.bin"] = {.size = 3'000'000};
        site.samples["/slow.bin"] = {.size = 50'000, .bytesPerSecond = 100'000};
        site.samples["/broken.bin"] = {.size = 500'000, .resetAfter = 200'000};
        site.samples["/empty"] = {.size = 0};
        site.samples["/huge.bin"] = {.size = 6'000'000'000};
        m_thread.startAndWait();
        onThread([&] {
            m_server = std::make_unique<HttpFileServer>(site);
            m_server->start();
            m_port = m_server->serverPort();
        });
        QVERIFY(m_port > 0);
    }
    void cleanupTestCase()
    {
        onThread([&] { m_server.reset(); });
        m_thread.stop();
    }

    void wholeFileIsSent()
    {
        const Answer answer = get("/big.bin");
        QVERIFY(answer.starts("200"));
        QVERIFY(answer.head.contains("Content-Length: 3000000"));
        QVERIFY(answer.head.contains("Accept-Ranges: bytes"));
        QCOMPARE(answer.body, sample("/big.bin", 0, 3'000'000));
    }

    void fileOfTheFolderIsSent()
    {
        QCOMPARE(get("/a%20b.txt").body, "0123456789");
        QCOMPARE(get("/sub/../a%20b.txt").head.left(12), "HTTP/1.1 404");
    }

    void rangeIsSent()
    {
        const Answer middle = get("/a%20b.txt", "Range: bytes=2-4\r\n");
        QVERIFY(middle.starts("206"));
        QVERIFY(middle.head.contains("Content-Range: bytes 2-4/10"));
        QCOMPARE(middle.body, "234");
        QCOMPARE(get("/a%20b.txt", "Range: bytes=-3\r\n").body, "789");
        QCOMPARE(get("/big.bin", "Range: bytes=2999990-\r\n").body, sample("/big.bin", 2'999'990, 10));
        QCOMPARE(get("/huge.bin", "Range: bytes=5000000001-5000000010\r\n").body,
                 sample("/huge.bin", 5'000'000'001, 10));
    }

    void rangeThatIsNotThereIs416()
    {
        const Answer answer = get("/a%20b.txt", "Range: bytes=10-\r\n");
        QVERIFY(answer.starts("416"));
        QVERIFY(answer.head.contains("Content-Range: bytes */10"));
        QVERIFY(answer.body.isEmpty());
    }

    void ifRangeDecides()
    {
        const QByteArray head = get("/big.bin", "Range: bytes=0-0\r\n").head;
        const qsizetype at = head.indexOf("ETag: ") + 6;
        const QByteArray etag = head.sliced(at, head.indexOf('\r', at) - at);
        QVERIFY(etag.startsWith('"') && etag.endsWith('"'));
        QVERIFY(get("/big.bin", "Range: bytes=0-0\r\nIf-Range: " + etag + "\r\n").starts("206"));
        QVERIFY(get("/big.bin", "Range: bytes=0-0\r\nIf-Range: \"other\"\r\n").starts("200"));
    }

    void headHasNoBody()
    {
        const Answer answer = ask("HEAD", "/big.bin");
        QVERIFY(answer.starts("200"));
        QVERIFY(answer.head.contains("Content-Length: 3000000"));
        QVERIFY(answer.body.isEmpty());
    }

    void emptyFileIsSent()
    {
        const Answer answer = get("/empty");
        QVERIFY(answer.starts("200"));
        QVERIFY(answer.head.contains("Content-Length: 0"));
        QVERIFY(answer.body.isEmpty());
    }

    void nothingOutsideTheFolderIsSent_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd",
                                 "//etc/passwd", "/leak", "/sub", "/", "/none", "/a%20b.txt%00"})
            QTest::newRow(path) << QByteArray(path);
    }
    void nothingOutsideTheFolderIsSent()
    {
        QFETCH(QByteArray, path);
        const Answer answer = get(path);
        QVERIFY(answer.starts("404"));
        QVERIFY(answer.body.isEmpty());
    }

    void otherMethodsAndNonsenseAreRefused()
    {
        QVERIFY(ask("POST", "/big.bin").starts("405"));
        const auto socket = connection();
        socket->write("nonsense\r\n\r\n");
        QVERIFY(readAnswer(*socket).starts("400"));
    }

    void connectionIsKeptForTheNextRequest()
    {
        const auto socket = connection();
        socket->write("GET /a%20b.txt HTTP/1.1\r\n\r\nGET /a%20b.txt HTTP/1.1\r\nRange: bytes=0-0\r\n"
                      "Connection: close\r\n\r\n");
        const QByteArray both = readAnswer(*socket).body;
        QVERIFY(both.startsWith("0123456789HTTP/1.1 206"));
        QVERIFY(both.endsWith("\r\n\r\n0"));
    }

    void speedIsHeld()
    {
        QElapsedTimer timer;
        timer.start();
        const Answer answer = get("/slow.bin");
        QCOMPARE(answer.body, sample("/slow.bin", 0, 50'000));
        QVERIFY(timer.elapsed() >= 400); // half a second, less what the last piece doesn't wait for
    }

    void connectionIsResetInTheMiddle()
    {
        const auto socket = connection();
        socket->write("GET /broken.bin HTTP/1.1\r\n\r\n");
        QByteArray bytes;
        while (socket->waitForReadyRead(10000))
            bytes += socket->readAll();
        QVERIFY(bytes.size() < 500'000);
        QVERIFY(bytes.contains("Content-Length: 500000"));
        QVERIFY(socket->state() != QAbstractSocket::ConnectedState);
    }

    void clientThatReadsNothingIsWaitedFor()
    {
        const auto socket = connection();
        socket->setReadBufferSize(1024);
        socket->write("GET /huge.bin HTTP/1.1\r\n\r\n");
        QVERIFY(socket->waitForReadyRead(5000));
        const qint64 before = test::processMemory("VmRSS:");
        // Others are served meanwhile, and what isn't read isn't made.
        for (int i = 0; i < 20; ++i)
            QCOMPARE(get("/big.bin").body.size(), 3'000'000);
        QVERIFY(test::processMemory("VmRSS:") - before < 100'000'000 + test::sanitizersMemory);
    }

    void manyConnectionsAreServedAtOnce()
    {
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 30; ++i) {
            sockets.push_back(connection());
            sockets.back()->write("GET /slow.bin HTTP/1.1\r\nConnection: close\r\n\r\n");
            sockets.back()->flush();
        }
        QElapsedTimer timer;
        timer.start();
        for (const auto &socket : sockets)
            QCOMPARE(readAnswer(*socket).body.size(), 50'000);
        QVERIFY(timer.elapsed() < 10000);
    }
};

QTEST_GUILESS_MAIN(TestHttpFileServer)
#include "tst_httpfileserver.moc"
