// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/filesin.h"
#include "tests/support/holdingserver.h"
#include "tests/tasks/download/queueundertest.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;

/// What the commands do, and which transfer goes when.
class TestEngine : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_outside;
    QString m_folder;

    Request wanted(const QUrl &url) const { return {.urls = {url}, .folder = m_folder}; }
    Request wanted(const HoldingServer &server, const QString &path) const
    {
        return wanted(server.url(path));
    }
    Add adding(const HoldingServer &server, const QStringList &paths) const
    {
        Add command;
        for (const QString &path : paths)
            command.requests.push_back(wanted(server, path));
        return command;
    }
    QString filePath(const QString &name) const { return m_folder + '/' + name; }
    QByteArray fileContent(const QString &name) const { return contentOf(filePath(name)); }
    static std::vector<ItemId> asVector(const QList<ItemId> &ids) { return {ids.begin(), ids.end()}; }
    static std::vector<ItemId> orderOf(const QueueUnderTest &queue)
    {
        std::vector<ItemId> ids;
        for (int row = 0; row < queue.list().size(); ++row)
            ids.push_back(queue.list().at(row).id);
        return ids;
    }
    /// Waits until what has come of it is in its part.
    bool isWritten(const QString &part) const
    {
        return QueueUnderTest::waitFor([&] { return QFileInfo(filePath(part)).size() > 0; });
    }
    static bool endsItsTry(const QueueUnderTest &queue, ItemId id, int number)
    {
        return queue.waitFor([&] {
            const Item item = queue.item(id);
            return item.tries == number && (hasEnded(item.state) || item.state == ItemState::Paused);
        });
    }
    /// Waits until four bytes of it have come.
    static bool hasBegun(const QueueUnderTest &queue, ItemId id)
    {
        return queue.waitFor([&] { return queue.item(id).received == 4; });
    }

private slots:
    void initTestCase()
    {
        m_outside = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_outside->filePath("share").toUtf8()); // the trash
        QVERIFY(QDir().mkpath(m_outside->filePath("share")));
        m_loop = std::make_unique<Loop>();
    }
    void init()
    {
        static int number = 0;
        m_folder = m_outside->filePath(QString::number(++number));
        QVERIFY(QDir().mkpath(m_folder));
    }
    void cleanupTestCase() { m_loop.reset(); }

    void rowTellsOfTheFile()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server, "/a.bin"));
        QVERIFY(hasBegun(queue, id));
        const Item active = queue.item(id);
        QCOMPARE(active.state, ItemState::Active);
        QCOMPARE(active.name, QString("a.bin"));
        QCOMPARE(active.total, std::optional<qint64>(10));
        QCOMPARE(active.tries, 1);
        QVERIFY(active.task);
        QCOMPARE(queue.list().ofTask(active.task)->id, id);
        QCOMPARE(queue.list().totals().active, 1);
        QCOMPARE(queue.list().totals().expected, 10);

        QSignalSpy ended(&queue.list(), &DownloadList::allEnded);
        server.release("/a.bin");
        const Item done = queue.atRest(id);
        QCOMPARE(done.state, ItemState::Done);
        QCOMPARE(done.path, filePath("a.bin"));
        QCOMPARE(done.received, 10);
        QCOMPARE(done.httpStatus, 200);
        QCOMPARE(done.finalUrl, server.url("/a.bin"));
        QCOMPARE(queue.list().totals().done, 1);
        QTRY_COMPARE(ended.size(), 1);
    }

    void smallFileIsNotSeenBeforeItIsWhole()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server, "/a.bin"));
        QVERIFY(hasBegun(queue, id));
        QCOMPARE(filesIn(m_folder), QStringList());
        server.release("/a.bin");
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(filesIn(m_folder), QStringList {"a.bin"});
        QCOMPARE(fileContent("a.bin"), HoldingServer::content);
    }

    void smallFileThatIsSlowIsWrittenBeforeItIsWhole()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server, "/a.bin"));
        QVERIFY(isWritten("a.bin.part"));
        QCOMPARE(fileContent("a.bin.part").left(4), QByteArray("0123"));
        server.release("/a.bin");
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(fileContent("a.bin"), HoldingServer::content);
    }

    void smallFilesOfOneNameAreAllKept()
    {
        HoldingServer server;
        server.letGo();
        QueueUnderTest queue;
        constexpr int many = 20;
        Add command;
        for (int i = 0; i < many; ++i)
            command.requests.push_back(wanted(server, QString("/%1/a.bin").arg(i)));
        const QList<ItemId> ids = queue.add(command);
        QSet<QString> paths;
        for (const ItemId id : ids) {
            QVERIFY(queue.reaches(id, ItemState::Done));
            paths.insert(queue.item(id).path);
            QCOMPARE(contentOf(queue.item(id).path), HoldingServer::content);
        }
        QCOMPARE(paths.size(), many);
        QCOMPARE(filesIn(m_folder).size(), many);
    }

    void sameAddressTwiceIsOneItem()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const QList<ItemId> ids = queue.add(adding(server, {"/a.bin", "/a.bin", "/b.bin"}));
        QCOMPARE(ids.size(), 2);
        QVERIFY(hasBegun(queue, ids[1]));
        QCOMPARE(server.requests().size(), 2);
    }

    void addingWhatFailedGoesOnWithIt()
    {
        ScriptedServer server(inTurn({answer("404 Not Found\r\nContent-Length: 0"), whole("hello")}));
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server.url("/a.bin")));
        QCOMPARE(queue.atRest(id).state, ItemState::Failed);
        queue.carryOut(Add {.requests = {wanted(server.url("/a.bin"))}});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(queue.list().size(), 1);
    }

    void fileThatIsDoneIsFetchedAgainUnlessItIsIntact()
    {
        HoldingServer server;
        server.letGo();
        QueueUnderTest queue;
        const Add again {.requests = {wanted(server, "/a.bin")}, .skipDone = true};
        const ItemId id = queue.add(again).value(0);
        QCOMPARE(queue.atRest(id).state, ItemState::Done);

        queue.carryOut(again);
        queue.add(wanted(server, "/b.bin")); // after it, so that it was heard
        QCOMPARE(server.asked().count("/a.bin"), 1);

        QVERIFY(QFile::remove(filePath("a.bin")));
        queue.carryOut(again);
        QVERIFY(endsItsTry(queue, id, 2));
        QVERIFY(QFile::exists(filePath("a.bin")));
        QCOMPARE(server.asked().count("/a.bin"), 2);

        const Item second = queue.outcomeOf(wanted(server, "/a.bin")); // without skipDone
        QCOMPARE(second.path, filePath("a (1).bin"));
        QVERIFY(second.id != id);
    }

    void fileThatIsDoneIsFetchedAgainIfTheServersIsNewer()
    {
        ServedFile file {.content = "old", .etag = {}, .lastModified = "Mon, 05 Jan 2026 10:00:00 GMT"};
        ScriptedServer server([&file](QTcpSocket &socket, const QByteArray &request) {
            socket.write(answerTo(request, file));
        });
        QueueUnderTest queue;
        Request request = wanted(server.url("/a.bin"));
        request.options.ifExists = IfExists::OnlyIfNewer;
        const Add again {.requests = {request}, .skipDone = true};
        const ItemId id = queue.add(again).value(0);
        QCOMPARE(queue.atRest(id).state, ItemState::Done);
        queue.carryOut(again);
        QVERIFY(endsItsTry(queue, id, 2));
        QVERIFY2(queue.item(id).note.contains("skipped"), qPrintable(queue.item(id).note));
        file = {.content = "newer", .etag = {}, .lastModified = "Tue, 06 Jan 2026 10:00:00 GMT"};
        queue.carryOut(again);
        QVERIFY(endsItsTry(queue, id, 3));
        QCOMPARE(contentOf(filePath("a.bin")), "newer");
        QCOMPARE(filesIn(QFileInfo(filePath("a.bin")).path()), QStringList {"a.bin"});
    }

    void pausedItemStartsWhenResumed()
    {
        HoldingServer server;
        server.letGo();
        QueueUnderTest queue;
        Add command = adding(server, {"/a.bin"});
        command.paused = true;
        const ItemId id = queue.add(command).value(0);
        const ItemId other = queue.add(wanted(server, "/b.bin"));
        QCOMPARE(queue.atRest(other).state, ItemState::Done);
        QCOMPARE(queue.item(id).state, ItemState::Paused);
        QCOMPARE(server.asked(), QByteArrayList {"/b.bin"});
        queue.carryOut(Resume {{id}});
        QVERIFY(queue.reaches(id, ItemState::Done));
    }

    void pauseKeepsWhatHasComeAndResumeGoesOn()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server, "/a.bin"));
        QVERIFY(hasBegun(queue, id));
        queue.carryOut(Pause {{id}});
        QVERIFY(queue.reaches(id, ItemState::Paused));
        QCOMPARE(queue.item(id).pauseReason, PauseReason::ByUser);
        QCOMPARE(queue.item(id).received, 4);
        QCOMPARE(fileContent("a.bin.part").left(4), QByteArray("0123"));
        QTRY_COMPARE(server.openConnections(), 0);
        server.letGo();
        queue.carryOut(Resume {{id}});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(queue.item(id).resumedFrom, 4);
        QCOMPARE(headerOf(server.requests().at(1), "Range"), QByteArray("bytes=4-"));
        QCOMPARE(headerOf(server.requests().at(1), "If-Range"), QByteArray("\"v1\""));
        QCOMPARE(fileContent("a.bin"), HoldingServer::content);
    }

    void resumeRightAfterPauseGoesOn()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server, "/a.bin"));
        QVERIFY(hasBegun(queue, id));
        server.letGo();
        queue.carryOut(PauseAll {});
        queue.carryOut(ResumeAll {});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(fileContent("a.bin"), HoldingServer::content);
        QCOMPARE(headerOf(server.requests().at(1), "Range"), QByteArray("bytes=4-"));
    }

    void cancelDiscardsWhatHasCome()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const QList<ItemId> ids = queue.add(adding(server, {"/a.bin", "/b.bin"}));
        QVERIFY(hasBegun(queue, ids[0]) && hasBegun(queue, ids[1]));
        queue.carryOut(Pause {{ids[1]}});
        QVERIFY(queue.reaches(ids[1], ItemState::Paused));
        queue.carryOut(Cancel {asVector(ids)});
        for (const ItemId id : ids) {
            QVERIFY(queue.reaches(id, ItemState::Cancelled));
            QCOMPARE(queue.item(id).received, 0);
        }
        QTRY_COMPARE(filesIn(m_folder), QStringList());

        server.letGo();
        queue.carryOut(Retry {{ids[0]}});
        QVERIFY(queue.reaches(ids[0], ItemState::Done));
        QVERIFY(headerOf(server.requests().constLast(), "Range").isNull());
    }

    void removedItemsComeBackWithWhatTheyHad()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const QList<ItemId> ids = queue.add(adding(server, {"/a.bin", "/b.bin", "/c.bin"}));
        for (const ItemId id : ids)
            QVERIFY(hasBegun(queue, id));
        QVERIFY(isWritten("b.bin.part"));
        queue.carryOut(Remove {{ids[1]}});
        QVERIFY(queue.waitFor([&] { return queue.list().size() == 2; }));
        QVERIFY(queue.list().canUndoRemove());
        QTRY_COMPARE(server.openConnections(), 2);
        QVERIFY(QFile::exists(filePath("b.bin.part")));
        server.letGo();
        queue.carryOut(UndoRemove {});
        QVERIFY(queue.reaches(ids[1], ItemState::Done));
        QCOMPARE(orderOf(queue), asVector(ids));
        QVERIFY(!queue.list().canUndoRemove());
        QCOMPARE(headerOf(server.requests().constLast(), "Range"), QByteArray("bytes=4-"));
    }

    void partOfWhatWasRemovedGoesWithTheNextRemove()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const QList<ItemId> ids = queue.add(adding(server, {"/a.bin", "/b.bin"}));
        for (const ItemId id : ids)
            QVERIFY(hasBegun(queue, id));
        QVERIFY(isWritten("a.bin.part") && isWritten("b.bin.part"));
        queue.carryOut(Remove {{ids[0]}});
        QVERIFY(queue.waitFor([&] { return queue.list().size() == 1; }));
        QVERIFY(QFile::exists(filePath("a.bin.part")));
        queue.carryOut(Remove {{ids[1]}});
        QTRY_VERIFY(!QFile::exists(filePath("a.bin.part")));
        QVERIFY(QFile::exists(filePath("b.bin.part")));
        queue.end(); // nobody can bring it back any more
        QTRY_COMPARE(filesIn(m_folder), QStringList());
    }

    void removedFileIsInTheTrashUntilItIsBroughtBack()
    {
        HoldingServer server;
        server.letGo();
        QueueUnderTest queue;
        const ItemId id = queue.outcomeOf(wanted(server, "/a.bin")).id;
        queue.carryOut(Remove {.items = {id}, .withFile = true});
        QVERIFY(queue.waitFor([&] { return queue.list().size() == 0; }));
        QCOMPARE(filesIn(m_folder), QStringList());
        queue.carryOut(UndoRemove {});
        QVERIFY(queue.waitFor([&] { return queue.list().size() == 1; }));
        QCOMPARE(queue.item(id).state, ItemState::Done);
        QCOMPARE(fileContent("a.bin"), HoldingServer::content);
    }

    void clearingTakesOutWhatHasEnded()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const QList<ItemId> ids = queue.add(adding(server, {"/a.bin", "/b.bin", "/c.bin"}));
        for (const ItemId id : ids)
            QVERIFY(hasBegun(queue, id));
        server.release("/a.bin");
        queue.carryOut(Cancel {{ids[2]}});
        QVERIFY(queue.reaches(ids[0], ItemState::Done) && queue.reaches(ids[2], ItemState::Cancelled));
        queue.carryOut(ClearEnded {});
        QVERIFY(queue.waitFor([&] { return queue.list().size() == 1; }));
        QCOMPARE(queue.list().at(0).id, ids[1]);
        QVERIFY(QFile::exists(filePath("a.bin")));
        queue.carryOut(UndoRemove {});
        QVERIFY(queue.waitFor([&] { return queue.list().size() == 3; }));
        QCOMPARE(orderOf(queue), asVector(ids));
        QCOMPARE(queue.item(ids[0]).state, ItemState::Done);
    }

    void itemsAreMoved_data()
    {
        QTest::addColumn<QList<int>>("moved");
        QTest::addColumn<int>("before"); // -1: to the end
        QTest::addColumn<QList<int>>("order");
        QTest::newRow("to the top") << QList<int> {3} << 0 << QList<int> {3, 0, 1, 2};
        QTest::newRow("to the end") << QList<int> {0} << -1 << QList<int> {1, 2, 3, 0};
        QTest::newRow("two, in their order") << QList<int> {3, 1} << 0 << QList<int> {3, 1, 0, 2};
        QTest::newRow("before itself") << QList<int> {1} << 1 << QList<int> {0, 1, 2, 3};
    }
    void itemsAreMoved()
    {
        QFETCH(QList<int>, moved);
        QFETCH(int, before);
        QFETCH(QList<int>, order);
        HoldingServer server;
        QueueUnderTest queue;
        Add command = adding(server, {"/0", "/1", "/2", "/3"});
        command.paused = true;
        const QList<ItemId> ids = queue.add(command);
        Move move {.items = {}, .before = before < 0 ? ItemId {} : ids[before]};
        for (const int i : moved)
            move.items.push_back(ids[i]);
        queue.carryOut(move);
        std::vector<ItemId> expected;
        for (const int i : order)
            expected.push_back(ids[i]);
        const int deltas = queue.deltas();
        QVERIFY(queue.waitFor([&] { return queue.deltas() > deltas; }));
        QCOMPARE(orderOf(queue), expected);
    }

    void higherPriorityThenPlaceInTheQueueGoesFirst_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("few, all with lanes") << 6;
        QTest::newRow("many") << 60;
    }
    void higherPriorityThenPlaceInTheQueueGoesFirst()
    {
        QFETCH(int, count);
        HoldingServer server;
        server.letGo();
        QueueUnderTest queue({.limits = Limits {.transfers = 1}});
        QStringList paths;
        for (int i = 0; i < count; ++i)
            paths << '/' + QString::number(i);
        Add command = adding(server, paths);
        command.paused = true;
        const QList<ItemId> ids = queue.add(command);
        queue.carryOut(SetPriority {{ids[4]}, 1});
        queue.carryOut(SetPriority {{ids[0]}, -1});
        queue.carryOut(Move {{ids[5]}, ids[2]});
        queue.carryOut(ResumeAll {});
        QVERIFY(queue.waitFor([&] { return queue.list().totals().done == count; }));
        QCOMPARE(server.asked().first(5), (QByteArrayList {"/4", "/1", "/5", "/2", "/3"}));
        QCOMPARE(server.asked().constLast(), QByteArray("/0"));
        QCOMPARE(server.requests().size(), count);
    }

    void limitsAreHonored_data()
    {
        QTest::addColumn<int>("count"); // of files from each host
        QTest::newRow("few, all with lanes") << 4;
        QTest::newRow("many") << 40;
    }
    void limitsAreHonored()
    {
        QFETCH(int, count);
        HoldingServer server;
        QueueUnderTest queue({.limits = Limits {.transfers = 5, .perHost = 2}});
        Add command;
        for (const QString &host : {QString("127.0.0.1"), QString("localhost")}) {
            for (int i = 0; i < count; ++i) {
                QUrl url = server.url('/' + host + QString::number(i));
                url.setHost(host);
                command.requests.push_back(wanted(url));
            }
        }
        queue.add(command);
        QTRY_COMPARE(server.requests().size(), 4);
        QCOMPARE(std::ranges::count_if(server.asked(),
                                       [](const QByteArray &path) { return path.contains("localhost"); }),
                 2);

        queue.carryOut(SetLimits {{.transfers = 5, .perHost = 4}});
        QTRY_COMPARE(server.requests().size(), 5);
        QVERIFY(queue.waitFor([&] { return queue.list().limits().perHost == 4; }));

        queue.carryOut(SetLimits {{.transfers = 1, .perHost = 4}}); // who goes may end
        server.release(server.asked().first());
        QVERIFY(queue.waitFor([&] { return queue.list().totals().done == 1; }));
        QCOMPARE(server.requests().size(), 5);
        queue.carryOut(PauseAll {}); // those that wait for a place, too
        QVERIFY(queue.waitFor([&] { return queue.list().totals().paused == 2 * count - 1; }));
        QCOMPARE(server.requests().size(), 5);
    }

    void replacedAddressKeepsTheBytesOfTheSameFile_data()
    {
        QTest::addColumn<QByteArray>("content"); // at the new address
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<bool>("isFailed"); // before
        QTest::newRow("same size") << QByteArray("0123456789") << QByteArray("0123456789") << false;
        QTest::newRow("another size") << QByteArray("another") << QByteArray("another") << false;
        QTest::newRow("after a failure") << QByteArray("0123456789") << QByteArray("0123456789") << true;
    }
    void replacedAddressKeepsTheBytesOfTheSameFile()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, expected);
        QFETCH(bool, isFailed);
        ScriptedServer old([&](QTcpSocket &socket, const QByteArray &request) {
            socket.write(headerOf(request, "Range").isNull()
                             ? answer("200 OK\r\nContent-Length: 10\r\nETag: \"v1\"", "0123")
                             : answer("404 Not Found\r\nContent-Length: 0"));
            if (isFailed)
                socket.disconnectFromHost();
        });
        ScriptedServer fresh(serves({.content = content, .etag = "\"another\""}));
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(old.url("/a.bin")));
        if (isFailed)
            QVERIFY(queue.reaches(id, ItemState::Failed));
        QVERIFY(hasBegun(queue, id));
        queue.carryOut(ReplaceUrl {id, fresh.url("/b.bin")});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(contentOf(queue.item(id).path), expected);
        QCOMPARE(headerOf(fresh.requests().at(0), "Range"), QByteArray("bytes=4-"));
        QVERIFY(headerOf(fresh.requests().at(0), "If-Range").isNull()); // its ETag is another server's
        QCOMPARE(queue.item(id).request.url(), fresh.url("/b.bin"));
    }

    void loginIsAskedForAndGoesToAllThatWaitForIt()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &request) {
            const bool isKnown = headerOf(request, "Authorization")
                                 == "Basic " + QByteArray("ann:hush").toBase64();
            socket.write(
                isKnown
                    ? whole("hello")
                    : answer("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0"));
        });
        QueueUnderTest queue({.asksForLogin = true});
        const QList<ItemId> ids = queue.add(
            Add {.requests = {wanted(server.url("/a.bin")), wanted(server.url("/b.bin"))}});
        for (const ItemId id : ids) {
            QVERIFY(queue.reaches(id, ItemState::Paused));
            QCOMPARE(queue.item(id).pauseReason, PauseReason::NeedsLogin);
            QVERIFY(queue.item(id).error.startsWith("401 Unauthorized"));
        }
        QCOMPARE(server.requests().size(), 2);
        queue.carryOut(GiveCredentials {ids[0], {.user = "ann", .password = "wrong", .bearer = {}}});
        QVERIFY(endsItsTry(queue, ids[0], 2) && endsItsTry(queue, ids[1], 2));
        QCOMPARE(server.requests().size(), 4);
        queue.carryOut(GiveCredentials {ids[0], {.user = "ann", .password = "hush", .bearer = {}}});
        for (const ItemId id : ids) {
            QVERIFY(queue.reaches(id, ItemState::Done));
            QVERIFY(queue.item(id).request.credentials.isEmpty());
        }
    }

    void proxysLoginIsAskedForAndGoesToTheProxy_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("plain") << "http";
        QTest::newRow("through a tunnel") << "https";
    }
    void proxysLoginIsAskedForAndGoesToTheProxy()
    {
        QFETCH(QString, scheme);
        const QByteArray login = "Basic " + QByteArray("ann:hush").toBase64();
        ScriptedServer proxy([&login](QTcpSocket &socket, const QByteArray &request) {
            socket.write(headerOf(request, "Proxy-Authorization") == login
                             ? answer("404 Not Found\r\nContent-Length: 0")
                             : answer("407 Proxy Authentication Required\r\n"
                                      "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0"));
        });
        Request request = wanted(QUrl(scheme + "://files.example/a.bin"));
        request.options.access.proxy = "http://127.0.0.1:" + QString::number(proxy.serverPort());
        QueueUnderTest queue({.asksForLogin = true});
        const ItemId id = queue.add(request);
        QVERIFY(queue.reaches(id, ItemState::Paused));
        QCOMPARE(queue.item(id).pauseReason, PauseReason::NeedsLogin);
        QCOMPARE(queue.item(id).httpStatus, 407);
        queue.carryOut(GiveCredentials {id, {.user = "ann", .password = "hush", .bearer = {}}});
        QVERIFY(queue.reaches(id, ItemState::Failed));
        QCOMPARE(headerOf(proxy.requests().last(), "Proxy-Authorization"), login);
        QVERIFY(queue.item(id).error.contains("404"));
    }

    void itemWaitsForItsTime()
    {
        HoldingServer server;
        server.letGo();
        QueueUnderTest queue;
        Add command = adding(server, {"/a.bin", "/b.bin"});
        command.startAt = QDateTime::currentDateTime().addSecs(3600);
        const QList<ItemId> ids = queue.add(command);
        for (const ItemId id : ids) {
            QCOMPARE(queue.item(id).state, ItemState::Scheduled);
            QCOMPARE(queue.item(id).nextStart, command.startAt);
        }
        QElapsedTimer timer;
        timer.start();
        queue.carryOut(SetStart {{ids[1]}, QDateTime::currentDateTime().addMSecs(500)});
        QVERIFY(queue.reaches(ids[1], ItemState::Done));
        QVERIFY(timer.elapsed() >= 490);
        QCOMPARE(server.asked(), QByteArrayList {"/b.bin"});
        queue.carryOut(SetStart {{ids[0]}, {}});
        QVERIFY(queue.reaches(ids[0], ItemState::Done));
    }

    void itemUnderWayStopsUntilItsTime()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const ItemId id = queue.add(wanted(server, "/a.bin"));
        QVERIFY(hasBegun(queue, id));
        queue.carryOut(SetStart {{id}, QDateTime::currentDateTime().addSecs(3600)});
        QVERIFY(queue.reaches(id, ItemState::Scheduled));
        QCOMPARE(queue.item(id).received, 4);
        server.letGo();
        queue.carryOut(Resume {{id}});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(headerOf(server.requests().at(1), "Range"), QByteArray("bytes=4-"));
    }

    void suspendedQueueStopsAndKeepsAll()
    {
        HoldingServer server;
        QueueUnderTest queue;
        const QList<ItemId> ids = queue.add(adding(server, {"/a.bin", "/b.bin"}));
        QVERIFY(hasBegun(queue, ids[0]) && hasBegun(queue, ids[1]));
        int ended = 0;
        queue.engine().suspend([&ended] { ++ended; });
        QTRY_COMPARE(ended, 1);
        QCOMPARE(filesIn(m_folder), (QStringList {"a.bin.part", "b.bin.part"}));
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(server.requests().size(), 2);
    }

    void commandsForNobodyAreHarmless()
    {
        HoldingServer server;
        server.letGo();
        QueueUnderTest queue;
        const ItemId id = queue.outcomeOf(wanted(server, "/a.bin")).id;
        const std::vector<ItemId> nobody {{}, {99}, {-1}};
        for (const Command &command : {Command(Pause {nobody}),
                                       Command(Resume {nobody}),
                                       Command(Cancel {nobody}),
                                       Command(Retry {nobody}),
                                       Command(Remove {nobody}),
                                       Command(UndoRemove {}),
                                       Command(Move {nobody, {99}}),
                                       Command(SetPriority {nobody, 1}),
                                       Command(SetRate {nobody, 5}),
                                       Command(SetStart {nobody, {}}),
                                       Command(ReplaceUrl {{99}, server.url("/x")}),
                                       Command(GiveCredentials {{99}, {}}),
                                       Command(Pause {{id}}),
                                       Command(Resume {{id}}),
                                       Command(Cancel {{id}}),
                                       Command(Retry {{id}}),
                                       Command(SetStart {{id}, {}}),
                                       Command(ReplaceUrl {id, server.url("/x")}),
                                       Command(PauseAll {}),
                                       Command(ResumeAll {})})
            queue.carryOut(command);
        QCOMPARE(queue.outcomeOf(wanted(server, "/b.bin")).state, ItemState::Done);
        QCOMPARE(queue.item(id).state, ItemState::Done);
        QCOMPARE(orderOf(queue).size(), std::size_t(2));
        QCOMPARE(server.requests().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
