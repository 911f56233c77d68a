// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/samplecontent.h"
#include "tests/support/filesin.h"
#include "tests/support/httpanswers.h"
#include "tests/tasks/download/queueundertest.h"

#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 size = 8 << 20;
constexpr qint64 quarter = size / 4;

QByteArray number(qint64 value) { return QByteArray::number(value); }

} // namespace

/// One file over several connections, from several servers, and not too fast.
class TestPieces : public QObject
{
    Q_OBJECT

    const QByteArray m_content = net::sampleContent(1, 0, size);
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_folder;

    Request wanted(const QList<QUrl> &urls, int segments = 1) const
    {
        Request request {.urls = urls, .folder = m_folder->path()};
        request.options.segments = segments;
        return request;
    }
    bool isRight(const QString &name) const { return contentOf(m_folder->filePath(name)) == m_content; }
    static QList<QByteArray> rangesOf(const ScriptedServer &server)
    {
        QList<QByteArray> ranges;
        for (const QByteArray &request : server.requests())
            ranges << headerOf(request, "Range");
        std::ranges::sort(ranges);
        return ranges;
    }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanupTestCase() { m_loop.reset(); }

    void fourPiecesAreFetchedAtOnce()
    {
        ScriptedServer server(serves({.content = m_content}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({server.url("/a.bin")}, 4));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QVERIFY(isRight("a.bin"));
        QCOMPARE(rangesOf(server),
                 (QList<QByteArray> {"bytes=0-", "bytes=" + number(quarter) + '-' + number(2 * quarter - 1),
                                     "bytes=" + number(2 * quarter) + '-' + number(3 * quarter - 1),
                                     "bytes=" + number(3 * quarter) + '-' + number(size - 1)}));
        for (const QByteArray &request : server.requests()) {
            if (headerOf(request, "Range") != "bytes=0-")
                QCOMPARE(headerOf(request, "If-Range"), QByteArray("\"v1\""));
        }
        QCOMPARE(item.received, size);
    }

    void piecesThatComeBeforeTheFirstAreOfTheSameFile()
    {
        std::vector<std::pair<QPointer<QTcpSocket>, QByteArray>> late;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            const QByteArray bytes = answerTo(request, {.content = m_content});
            const qsizetype head = bytes.indexOf("\r\n\r\n") + 4;
            socket.write(bytes.first(head));
            late.emplace_back(&socket, bytes.mid(head));
            if (late.size() < 4)
                return;
            std::ranges::reverse(late); // the first piece comes last
            for (const auto &[other, body] : late) {
                if (other)
                    other->write(body);
            }
        });
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({server.url("/a.bin")}, 4));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QVERIFY(isRight("a.bin"));
        QCOMPARE(filesIn(m_folder->path()), QStringList {"a.bin"});
    }

    void onlyThePieceThatWasCutOffIsAskedForAgain()
    {
        const QByteArray cut = "bytes=" + number(2 * quarter) + '-' + number(3 * quarter - 1);
        bool wasCut = false;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            const QByteArray bytes = answerTo(request, {.content = m_content});
            if (wasCut || headerOf(request, "Range") != cut) {
                socket.write(bytes);
                return;
            }
            wasCut = true;
            socket.write(bytes.first(bytes.indexOf("\r\n\r\n") + 4 + 100'000));
            socket.disconnectFromHost();
        });
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({server.url("/a.bin")}, 4));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QVERIFY(isRight("a.bin"));
        QCOMPARE(server.requests().size(), 5);
        QVERIFY(rangesOf(server).contains("bytes=" + number(2 * quarter + 100'000) + '-'
                                          + number(3 * quarter - 1)));
    }

    void pieceThatGivesUpEndsTheOthers()
    {
        const QByteArray gone = "bytes=" + number(2 * quarter) + '-' + number(3 * quarter - 1);
        int open = 0;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            if (headerOf(request, "Range") == gone) {
                socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            const QByteArray bytes = answerTo(request, {.content = m_content});
            ++open; // and never ends
            QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [&open] { --open; });
            socket.write(bytes.first(bytes.indexOf("\r\n\r\n") + 4 + 100'000));
        });
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({server.url("/a.bin")}, 4));
        QVERIFY2(item.state == ItemState::Failed, description(item));
        QVERIFY2(item.error.contains("404"), description(item));
        QTRY_COMPARE(open, 0);
    }

    void serverThatDoesNotProveThatItCanGetsOneConnection_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("no ranges") << QByteArray("200 OK\r\nETag: \"v1\"");
        QTest::newRow("no ETag") << "206 Partial Content\r\nContent-Range: bytes 0-" + number(size - 1) + '/'
                                        + number(size);
        QTest::newRow("weak ETag") << "206 Partial Content\r\nETag: W/\"v1\"\r\nContent-Range: bytes 0-"
                                          + number(size - 1) + '/' + number(size);
        QTest::newRow("size unknown")
            << "206 Partial Content\r\nETag: \"v1\"\r\nContent-Range: bytes 0-" + number(size - 1) + "/*";
    }
    void serverThatDoesNotProveThatItCanGetsOneConnection()
    {
        QFETCH(QByteArray, head);
        ScriptedServer server(inTurn({answer(head + "\r\nContent-Length: " + number(size), m_content)}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({server.url("/a.bin")}, 4));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QVERIFY(isRight("a.bin"));
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(item.tries, 1);
    }

    void smallFileIsNotCut()
    {
        ScriptedServer server(serves({.content = m_content.first(1'500'000)}));
        QueueUnderTest queue;
        QCOMPARE(queue.outcomeOf(wanted({server.url("/a.bin")}, 4)).state, ItemState::Done);
        QCOMPARE(server.requests().size(), 1);
    }

    void pausedPiecesGoOnWhereTheyWere()
    {
        bool isSlow = true;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            const QByteArray bytes = answerTo(request, {.content = m_content});
            socket.write(isSlow ? bytes.first(bytes.indexOf("\r\n\r\n") + 4 + 600'000) : bytes);
        });
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted({server.url("/a.bin")}, 4));
        QVERIFY(queue.waitFor([&] { return queue.item(id).received == 4 * 600'000; }));
        queue.carryOut(Pause {{id}});
        QVERIFY(queue.reaches(id, ItemState::Paused));
        QCOMPARE(queue.item(id).received, 4 * 600'000);
        isSlow = false;
        queue.carryOut(Resume {{id}});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QVERIFY(isRight("a.bin"));
        QCOMPARE(server.requests().size(), 8);
        QCOMPARE(queue.item(id).resumedFrom, 4 * 600'000);
        for (int i = 0; i < 4; ++i)
            QVERIFY(rangesOf(server).contains("bytes=" + number(i * quarter + 600'000) + '-'
                                              + number((i + 1) * quarter - 1)));
    }

    void serversBehindOneNameWithDifferentETagsAreNotAskedForever()
    {
        int asked = 0;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            socket.write(answerTo(request, {.content = m_content, .etag = '"' + number(++asked) + '"'}));
        });
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({server.url("/a.bin")}, 4));
        QVERIFY2(hasEnded(item.state), description(item));
        QVERIFY2(server.requests().size() <= 30, number(server.requests().size()));
        QVERIFY(item.state != ItemState::Done || isRight("a.bin"));
    }

    void rangeThatIsNeverSatisfiableIsNotAskedForForever()
    {
        ScriptedServer server(
            inTurn({answer("416 Range Not Satisfiable\r\nContent-Length: 0\r\nContent-Range: bytes */8")}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({server.url("/a.bin")}, 4));
        QVERIFY2(item.state == ItemState::Failed, description(item));
        QVERIFY2(server.requests().size() <= 10, number(server.requests().size()));
    }

    // --- mirrors -------------------------------------------------------------------------------------------

    void nextMirrorHasWhatTheFirstHasNot()
    {
        ScriptedServer first(inTurn({answer("404 Not Found\r\nContent-Length: 0")}));
        ScriptedServer second(serves({.content = m_content}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({first.url("/a.bin"), second.url("/b.bin")}));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QVERIFY(isRight("b.bin"));
        QCOMPARE(item.finalUrl, second.url("/b.bin"));
        QCOMPARE(first.requests().size(), 1);
        QCOMPARE(item.tries, 2);
    }

    void mirrorThatWantsALoginIsLeftForTheNext()
    {
        ScriptedServer first(inTurn({answer("401 Unauthorized\r\nContent-Length: 0")}));
        ScriptedServer second(serves({.content = m_content}));
        QueueUnderTest queue({.asksForLogin = true});
        const Item item = queue.outcomeOf(wanted({first.url("/a.bin"), second.url("/b.bin")}));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QVERIFY(isRight("b.bin"));
        QCOMPARE(first.requests().size(), 1);
    }

    void nextMirrorMayHaveTheRightBytes()
    {
        const QByteArray right = "0123456789";
        ScriptedServer first(serves({.content = "ABCDEFGHIJ"}));
        ScriptedServer second(serves({.content = "abcdefghij"}));
        ScriptedServer third(serves({.content = right}));
        Request request = wanted({first.url("/a.bin"), second.url("/a.bin"), third.url("/a.bin")});
        request.checksum = Checksum {QCryptographicHash::Sha256,
                                     QCryptographicHash::hash(right, QCryptographicHash::Sha256)};
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(contentOf(item.path), right);
        QCOMPARE(first.requests().size() + second.requests().size() + third.requests().size(), 3);
    }

    void eachMirrorIsAskedOnceWhereNoneHasIt()
    {
        ScriptedServer first(inTurn({answer("404 Not Found\r\nContent-Length: 0")}));
        ScriptedServer second(inTurn({answer("410 Gone\r\nContent-Length: 0")}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({first.url("/a.bin"), second.url("/b.bin")}));
        QCOMPARE(item.state, ItemState::Failed);
        QCOMPARE(first.requests().size(), 1);
        QCOMPARE(second.requests().size(), 1);
    }

    void bytesOfTwoMirrorsMeetOnlyWhereBothNameTheSameVersion_data()
    {
        QTest::addColumn<QByteArray>("etag"); // of the second
        QTest::addColumn<qint64>("resumedFrom");
        QTest::newRow("same") << QByteArray("\"v1\"") << qint64(4);
        QTest::newRow("another") << QByteArray("\"v2\"") << qint64(0);
    }
    void bytesOfTwoMirrorsMeetOnlyWhereBothNameTheSameVersion()
    {
        QFETCH(QByteArray, etag);
        QFETCH(qint64, resumedFrom);
        ScriptedServer first(inTurn({answer("200 OK\r\nContent-Length: 10\r\nETag: \"v1\"", "0123")}));
        ScriptedServer second(serves({.content = "abcdefghij", .etag = etag}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted({first.url("/a.bin"), second.url("/a.bin")}));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(contentOf(item.path), QByteArray(resumedFrom ? "0123efghij" : "abcdefghij"));
        QCOMPARE(headerOf(second.requests().value(0), "If-Range"), QByteArray("\"v1\""));
        QCOMPARE(filesIn(m_folder->path()), QStringList {"a.bin"});
    }

    // --- speed ---------------------------------------------------------------------------------------------

    void fileComesNoFasterThanItMay()
    {
        ScriptedServer server(serves({.content = m_content.first(1'000'000)}));
        Request request = wanted({server.url("/a.bin")});
        request.options.bytesPerSecond = 500'000;
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(request);
        QCOMPARE(item.state, ItemState::Done);
        QVERIFY2(item.seconds > 1.4 && item.seconds < 6, number(qint64(item.seconds * 1000)));
    }

    void limitedFileLeavesTheLoopToOthers()
    {
        ScriptedServer server(serves({.content = m_content.first(1'000'000)}));
        Request request = wanted({server.url("/a.bin")});
        request.options.bytesPerSecond = 800'000;
        QueueUnderTest queue;
        const std::clock_t before = std::clock();
        const Item item = queue.outcomeOf(request);
        const double busy = double(std::clock() - before)
                            / CLOCKS_PER_SEC; // processor time: whatever else runs
        QCOMPARE(item.state, ItemState::Done);
        QVERIFY2(busy < item.seconds / 2, number(qint64(busy * 1000)));
    }

    void allTogetherComeNoFasterThanTheyMay()
    {
        ScriptedServer server(serves({.content = m_content.first(500'000)}));
        QueueUnderTest queue({.limits = Limits {.bytesPerSecond = 500'000}});
        const QList<ItemId> ids = queue.add(
            Add {.requests = {wanted({server.url("/a.bin")}), wanted({server.url("/b.bin")})}});
        double longest = 0;
        for (const ItemId id : ids) {
            const Item item = queue.atRest(id);
            QCOMPARE(item.state, ItemState::Done);
            longest = std::max(longest, item.seconds);
        }
        QVERIFY2(longest > 1.4 && longest < 6, number(qint64(longest * 1000)));
    }

    void limitedFilesAreNotTakenForSlow()
    {
        ScriptedServer server(serves({.content = m_content.first(60'000)}));
        Request request = wanted({server.url("/a.bin")});
        request.options.bytesPerSecond = 20'000;
        request.options.lowSpeed = LowSpeed {.bytesPerSecond = 100'000, .duration = 1s};
        request.options.retries = 0;
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
    }

    void limitedFilesAreNotTakenForSilent()
    {
        ScriptedServer server(serves({.content = m_content.first(20'000)}));
        Request request = wanted({server.url("/a.bin")});
        request.options.bytesPerSecond = 20'000;
        request.options.inactivity = 200ms;
        request.options.retries = 0;
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
    }
};

QTEST_GUILESS_MAIN(TestPieces)
#include "tst_pieces.moc"
