// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/filesin.h"
#include "tests/support/httpanswers.h"
#include "tests/tasks/download/queueundertest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;

namespace {

const QByteArray monday = "Mon, 05 Jan 2026 10:00:00 GMT";
const QByteArray etag = "ETag: \"v1\"";

/// The first four of ten bytes, then the connection's end.
QByteArray beginning(const QByteArray &headers)
{
    return answer("200 OK\r\nContent-Length: 10" + (headers.isEmpty() ? headers : "\r\n" + headers), "0123");
}

QByteArray part(const QByteArray &range, const QByteArray &body, const QByteArray &headers = etag)
{
    return answer("206 Partial Content\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"
                      + headers + (range.isNull() ? range : "\r\nContent-Range: bytes " + range),
                  body);
}

const QByteArray rest = part("4-9/10", "456789");

} // namespace

/// The second try of a file of which a part is there, and what a server may make of it. Bytes of two versions
/// never meet.
class TestHostileResume : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_folder;

    Request wanted(const QUrl &url) const { return {.urls = {url}, .folder = m_folder->path()}; }
    QByteArray fileContent(const QString &name) const { return contentOf(m_folder->filePath(name)); }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanupTestCase() { m_loop.reset(); }

    void unfinishedFileIsGoneOnWithOnlyIfItIsTheSame_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QList<QByteArray>>("then");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("tries");
        QTest::addColumn<QList<QByteArray>>("ranges"); // asked for, of each request
        QTest::addColumn<QByteArray>("ifRange"); // of the second

        using Answers = QList<QByteArray>;
        const Answers two {{}, "bytes=4-"};
        const Answers anew {{}, {}};
        const Answers anewAfterwards {{}, "bytes=4-", {}};
        const Answers again {{}, "bytes=4-", "bytes=4-"};
        const QByteArray same = "0123456789";
        const QByteArray other = "abcdefghij";

        QTest::newRow("a server that keeps to the rules")
            << beginning(etag) << Answers {rest} << same << 2 << two << QByteArray("\"v1\"");
        QTest::newRow("Range ignored, nothing said of the version")
            << beginning(etag) << Answers {whole(other)} << other << 2 << two << QByteArray("\"v1\"");
        QTest::newRow("Range ignored, another version")
            << beginning(etag) << Answers {whole(other, "ETag: \"v2\"")} << other << 2 << two
            << QByteArray("\"v1\"");
        QTest::newRow("whole file of the same ETag: asked once more without If-Range")
            << beginning(etag) << Answers {whole(same, etag), rest} << same << 2 << again
            << QByteArray("\"v1\"");
        QTest::newRow("whole file of the same ETag, twice")
            << beginning(etag) << Answers {whole(same, etag), whole(same, etag)} << same << 2 << again
            << QByteArray("\"v1\"");
        QTest::newRow("redirected to a page")
            << beginning(etag)
            << Answers {answer("302 Found\r\nContent-Length: 0\r\nLocation: /login"), whole("Log in, please")}
            << QByteArray("Log in, please") << 2 << again << QByteArray("\"v1\"");
        QTest::newRow("416, all is here")
            << answer("200 OK\r\nTransfer-Encoding: chunked\r\n" + etag, "a\r\n0123456789\r\n")
            << Answers {answer("416 Range Not Satisfiable\r\nContent-Length: 0\r\nContent-Range: bytes */10")}
            << same << 2 << Answers {{}, "bytes=10-"} << QByteArray("\"v1\"");
        QTest::newRow("416, all is here but of another version")
            << answer("200 OK\r\nTransfer-Encoding: chunked\r\n" + etag, "a\r\n0123456789\r\n")
            << Answers {answer("416 Range Not Satisfiable\r\nContent-Length: 0\r\nETag: \"v2\"\r\n"
                               "Content-Range: bytes */10"),
                        whole(other)}
            << other << 3 << Answers {{}, "bytes=10-", {}} << QByteArray("\"v1\"");
        QTest::newRow("416 without size")
            << beginning(etag)
            << Answers {answer("416 Range Not Satisfiable\r\nContent-Length: 0"), whole(other)} << other << 3
            << anewAfterwards << QByteArray("\"v1\"");
        QTest::newRow("416, another size")
            << beginning(etag)
            << Answers {answer("416 Range Not Satisfiable\r\nContent-Length: 0\r\nContent-Range: bytes */3"),
                        whole("abc")}
            << QByteArray("abc") << 3 << anewAfterwards << QByteArray("\"v1\"");
        QTest::newRow("206 from an earlier start")
            << beginning(etag) << Answers {part("3-9/10", "3456789"), rest} << same << 3 << again
            << QByteArray("\"v1\"");
        QTest::newRow("206 from a later start") << beginning(etag) << Answers {part("5-9/10", "56789"), rest}
                                                << same << 3 << again << QByteArray("\"v1\"");
        QTest::newRow("206 without Content-Range") << beginning(etag) << Answers {part({}, "456789"), rest}
                                                   << same << 3 << again << QByteArray("\"v1\"");
        QTest::newRow("206 whose Content-Range is rubbish")
            << beginning(etag) << Answers {part("four-nine/ten", "456789"), rest} << same << 3 << again
            << QByteArray("\"v1\"");
        QTest::newRow("206 without the file's size") << beginning(etag) << Answers {part("4-9/*", "456789")}
                                                     << same << 2 << two << QByteArray("\"v1\"");
        QTest::newRow("206 of another ETag")
            << beginning(etag)
            << Answers {part("4-9/10", "efghij", "ETag: \"v2\""), whole(other, "ETag: \"v2\"")} << other << 3
            << anewAfterwards << QByteArray("\"v1\"");
        QTest::newRow("206 of another size")
            << beginning(etag) << Answers {part("4-11/12", "efghijkl"), whole("abcdefghijkl")}
            << QByteArray("abcdefghijkl") << 3 << anewAfterwards << QByteArray("\"v1\"");
        QTest::newRow("206 in several parts")
            << beginning(etag)
            << Answers {part("4-9/10", "456789", "Content-Type: multipart/byteranges; boundary=x"), rest}
            << same << 3 << again << QByteArray("\"v1\"");
        QTest::newRow("206 of two lengths")
            << beginning(etag)
            << Answers {answer("206 Partial Content\r\nContent-Length: 8\r\nContent-Range: bytes 4-9/10\r\n"
                                   + etag,
                               "456789xx"),
                        rest}
            << same << 3 << again << QByteArray("\"v1\"");
        QTest::newRow("206 that doesn't stop at its end")
            << beginning(etag)
            << Answers {answer("206 Partial Content\r\nConnection: close\r\nContent-Range: bytes 4-9/10\r\n"
                                   + etag,
                               "456789and more")}
            << same << 2 << two << QByteArray("\"v1\"");
        QTest::newRow("206 that doesn't stop where it said it would")
            << beginning(etag)
            << Answers {answer("206 Partial Content\r\nConnection: close\r\nContent-Range: bytes 4-6/10\r\n"
                                   + etag,
                               "456xyz"),
                        part("7-9/10", "789")}
            << same << 3 << Answers {{}, "bytes=4-", "bytes=7-"} << QByteArray("\"v1\"");
        QTest::newRow("206 without the file's size that is cut short")
            << answer("200 OK\r\nTransfer-Encoding: chunked\r\n" + etag, "4\r\n0123\r\n")
            << Answers {answer("206 Partial Content\r\nConnection: close\r\nContent-Range: bytes 4-9/*\r\n"
                                   + etag,
                               "456"),
                        part("7-9/*", "789")}
            << same << 3 << Answers {{}, "bytes=4-", "bytes=7-"} << QByteArray("\"v1\"");
        QTest::newRow("206 of compressed bytes")
            << beginning(etag)
            << Answers {part("4-9/10", "efghij", etag + "\r\nContent-Encoding: gzip"), whole(other, etag)}
            << other << 3 << anewAfterwards << QByteArray("\"v1\"");
        QTest::newRow("what was compressed isn't gone on with")
            << beginning(etag + "\r\nContent-Encoding: gzip") << Answers {whole(other, etag)} << other << 2
            << anew << QByteArray();
        QTest::newRow("206 that ends early, rightly")
            << beginning(etag) << Answers {part("4-6/10", "456"), part("7-9/10", "789")} << same << 3
            << Answers {{}, "bytes=4-", "bytes=7-"} << QByteArray("\"v1\"");
        QTest::newRow("Last-Modified, where there is no ETag")
            << beginning("Last-Modified: " + monday)
            << Answers {part("4-9/10", "456789", "Last-Modified: " + monday)} << same << 2 << two << monday;
        QTest::newRow("Last-Modified, where the ETag is weak")
            << beginning("ETag: W/\"v1\"\r\nLast-Modified: " + monday)
            << Answers {part("4-9/10", "456789", "ETag: W/\"v1\"\r\nLast-Modified: " + monday)} << same << 2
            << two << monday;
        QTest::newRow("weak ETag alone: from the start")
            << beginning("ETag: W/\"v1\"") << Answers {whole(other, "ETag: W/\"v1\"")} << other << 2 << anew
            << QByteArray();
        QTest::newRow("no validator at all: from the start")
            << beginning({}) << Answers {whole(other)} << other << 2 << anew << QByteArray();
        QTest::newRow("Last-Modified that is no date: from the start")
            << beginning("Last-Modified: recently") << Answers {whole(other)} << other << 2 << anew
            << QByteArray();
    }
    void unfinishedFileIsGoneOnWithOnlyIfItIsTheSame()
    {
        QFETCH(QByteArray, first);
        QFETCH(QList<QByteArray>, then);
        QFETCH(QByteArray, content);
        QFETCH(int, tries);
        QFETCH(QList<QByteArray>, ranges);
        QFETCH(QByteArray, ifRange);

        ScriptedServer server(inTurn(QList<QByteArray> {first} + then));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/a.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(contentOf(item.path), content);
        QCOMPARE(filesIn(m_folder->path()), QStringList {item.name});
        QCOMPARE(item.received, content.size());
        QCOMPARE(item.total, std::optional<qint64>(content.size()));
        QCOMPARE(item.tries, tries);
        QList<QByteArray> asked;
        for (const QByteArray &request : server.requests()) {
            QCOMPARE(headerOf(request, "Accept-Encoding"), QByteArray("identity"));
            asked << headerOf(request, "Range");
        }
        QCOMPARE(asked, ranges);
        QCOMPARE(headerOf(server.requests().value(1), "If-Range"), ifRange);
    }

    void serverThatBoundsItsAnswersIsAskedOnAtOnce()
    {
        const ServedFile file {.content = QByteArray(100'000, 'a') + QByteArray(100'000, 'b')};
        constexpr qint64 most = 30'000;
        bool isFirst = true;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            if (std::exchange(isFirst, false)) {
                socket.write(answerTo(request, file).left(50'000));
                socket.disconnectFromHost();
                return;
            }
            const qint64 from = headerOf(request, "Range").mid(6).chopped(1).toLongLong();
            QByteArray bounded = request;
            bounded.replace("Range: bytes=" + QByteArray::number(from) + '-',
                            "Range: bytes=" + QByteArray::number(from) + '-'
                                + QByteArray::number(from + most - 1));
            socket.write(answerTo(bounded, file));
        });
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/a.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(contentOf(item.path), file.content);
        QCOMPARE(item.tries, 2);
        QVERIFY(server.requests().size() >= 6);
        for (const QByteArray &request : server.requests().mid(1))
            QCOMPARE(headerOf(request, "If-Range"), "\"v1\"");
    }

    void secondRequestForTheSameETagIsWithoutIfRange()
    {
        ScriptedServer server(inTurn({beginning(etag), whole("0123456789", etag), rest}));
        QueueUnderTest queue;
        QCOMPARE(queue.outcomeOf(wanted(server.url("/a.bin"))).state, ItemState::Done);
        QCOMPARE(server.requests().size(), 3);
        QVERIFY(headerOf(server.requests().at(2), "If-Range").isNull());
    }

    void partStaysWhereTheFileIsGone()
    {
        ScriptedServer server(inTurn({beginning(etag), answer("404 Not Found\r\nContent-Length: 0"), rest}));
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server.url("/a.bin")));
        const Item gone = queue.atRest(id);
        QCOMPARE(gone.state, ItemState::Failed);
        QCOMPARE(gone.tries, 2);
        QCOMPARE(gone.httpStatus, 404);
        QCOMPARE(gone.received, 4);
        QVERIFY2(gone.error.startsWith("404 Not Found"), qPrintable(gone.error));
        QCOMPARE(fileContent("a.bin.part").left(4), QByteArray("0123"));
        QCOMPARE(filesIn(m_folder->path()), QStringList {"a.bin.part"});

        queue.carryOut(Retry {{id}}); // it is there again
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(fileContent("a.bin"), QByteArray("0123456789"));
        QCOMPARE(queue.item(id).resumedFrom, 4);
        QCOMPARE(headerOf(server.requests().at(2), "Range"), QByteArray("bytes=4-"));
    }

    void rejectedPartsAreNotAskedForForever()
    {
        ScriptedServer server(inTurn({beginning(etag), part("3-9/10", "3456789")}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(item.tries, 5);
        QCOMPARE(server.requests().size(), 5);
        QVERIFY2(item.error.contains("bytes from 3 on instead of from 4"), qPrintable(item.error));
        QCOMPARE(fileContent("a.bin.part").left(4), QByteArray("0123"));
    }

    void fileThatIsAnotherOneAtEachTryEnds()
    {
        int asked = 0;
        ScriptedServer server([&asked](QTcpSocket &socket, const QByteArray &request) {
            const QByteArray version = "ETag: \"" + QByteArray::number(++asked) + '"';
            socket.write(headerOf(request, "Range").isNull() ? beginning(version)
                                                             : part("4-9/10", "456789", version));
            socket.disconnectFromHost();
        });
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/a.bin")));
        QCOMPARE(item.state, ItemState::Failed);
        QVERIFY2(server.requests().size() <= 10, QByteArray::number(server.requests().size()));
        QVERIFY(!QFile::exists(m_folder->filePath("a.bin")));
    }

    void unwillingToResumeStartsAnew()
    {
        ScriptedServer server(inTurn(
            {beginning(etag), answer("404 Not Found\r\nContent-Length: 0"), whole("abcdefghij", etag)}));
        QueueUnderTest queue;
        Request request = wanted(server.url("/a.bin"));
        request.options.resume = false;
        const ItemId id = queue.add(request);
        QCOMPARE(queue.atRest(id).state, ItemState::Failed);
        queue.carryOut(Retry {{id}});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QVERIFY(headerOf(server.requests().at(2), "Range").isNull());
        QCOMPARE(fileContent("a.bin"), QByteArray("abcdefghij"));
    }

    void bytesBehindFourGigabytesAreAskedForAndPutThere()
    {
        constexpr qint64 offset = (4LL << 30) + 5;
        const QString partPath = m_folder->filePath("a.bin.part");
        QVERIFY(makeFile(partPath) && QFile::resize(partPath, offset));
        const QString queueFile = m_folder->filePath("queue");
        ScriptedServer server(inTurn({part("4294967301-4294967306/4294967307", "456789")}));
        {
            StoredItem stored;
            stored.item.id = {1};
            stored.item.request = wanted(server.url("/a.bin"));
            stored.item.name = "a.bin";
            stored.part = {.path = partPath,
                           .total = offset + 6,
                           .etag = "\"v1\"",
                           .lastModified = {},
                           .finalUrl = server.url("/a.bin"),
                           .provesRanges = true,
                           .pieces = {{.first = 0, .end = offset + 6, .durable = offset}}};
            auto opened = QueueStore::open(queueFile);
            QVERIFY(std::holds_alternative<std::unique_ptr<QueueStore>>(opened));
            std::get<0>(opened)->save({stored});
        }
        QueueUnderTest queue({.queueFile = queueFile});
        QVERIFY(queue.reaches({1}, ItemState::Done));
        QCOMPARE(headerOf(server.requests().at(0), "Range"), QByteArray("bytes=4294967301-"));
        QCOMPARE(headerOf(server.requests().at(0), "If-Range"), QByteArray("\"v1\""));
        QCOMPARE(queue.item({1}).resumedFrom, offset);
        QFile file(m_folder->filePath("a.bin"));
        QCOMPARE(file.size(), offset + 6);
        QVERIFY(file.open(QIODevice::ReadOnly) && file.seek(offset - 2));
        QCOMPARE(file.readAll(), QByteArray(2, '\0') + "456789");
    }
};

QTEST_GUILESS_MAIN(TestHostileResume)
#include "tst_hostileresume.moc"
