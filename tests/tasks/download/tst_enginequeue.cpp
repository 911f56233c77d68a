// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/filesin.h"
#include "tests/support/holdingserver.h"
#include "tests/tasks/download/queueundertest.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;

/// A queue that lives longer than its program.
class TestEngineQueue : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_folder;

    Request wanted(const QUrl &url) const { return {.urls = {url}, .folder = m_folder->filePath("files")}; }
    QueueOptions kept() const { return {.queueFile = m_folder->filePath("queue")}; }
    QString filePath(const QString &name) const { return m_folder->filePath("files/" + name); }
    /// Quits with four of ten bytes.
    ItemId begin(const HoldingServer &server)
    {
        QueueUnderTest queue(kept());
        const ItemId id = queue.add(wanted(server.url("/a.bin")));
        const bool hasBegun = queue.waitFor([&] { return queue.item(id).received == 4; });
        return hasBegun ? id : ItemId {};
    }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanupTestCase() { m_loop.reset(); }

    void nextStartGoesOnWhereTheLastOneStopped()
    {
        HoldingServer server;
        const ItemId id = begin(server);
        QVERIFY(id);
        QCOMPARE(contentOf(filePath("a.bin.part")).left(4), QByteArray("0123"));
        server.letGo();
        QueueUnderTest queue(kept());
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(queue.item(id).resumedFrom, 4);
        QCOMPARE(headerOf(server.requests().at(1), "Range"), QByteArray("bytes=4-"));
        QCOMPARE(headerOf(server.requests().at(1), "If-Range"), QByteArray("\"v1\""));
        QCOMPARE(contentOf(filePath("a.bin")), HoldingServer::content);
    }

    void nextStartMayComeBackPaused()
    {
        HoldingServer server;
        const ItemId id = begin(server);
        QVERIFY(id);
        QueueOptions options = kept();
        options.resumeOnStart = false;
        QueueUnderTest queue(options);
        QVERIFY(queue.reaches(id, ItemState::Paused));
        QCOMPARE(queue.item(id).received, 4);
        QCOMPARE(queue.item(id).total, std::optional<qint64>(10));
        QCOMPARE(server.requests().size(), 1);
    }

    void partThatIsNotAsItWasIsBegunAnew_data()
    {
        QTest::addColumn<int>("left"); // bytes; -1: none
        QTest::newRow("gone") << -1;
        QTest::newRow("shorter") << 2;
    }
    void partThatIsNotAsItWasIsBegunAnew()
    {
        QFETCH(int, left);
        HoldingServer server;
        const ItemId id = begin(server);
        QVERIFY(id);
        const QString part = filePath("a.bin.part");
        QVERIFY(left < 0 ? QFile::remove(part) : QFile::resize(part, left));
        server.letGo();
        QueueUnderTest queue(kept());
        QVERIFY(queue.reaches(id, ItemState::Done));
        QVERIFY(headerOf(server.requests().at(1), "Range").isNull());
        QCOMPARE(contentOf(queue.item(id).path), HoldingServer::content);
    }

    void fileThatChangedMeanwhileIsBegunAnew()
    {
        HoldingServer old;
        const ItemId id = begin(old);
        QVERIFY(id);
        QueueOptions options = kept();
        options.resumeOnStart = false;
        ScriptedServer fresh(serves({.content = "ABCDEFGHIJ", .etag = "\"v2\""}));
        {
            // The same address, for the queue: another server answers there.
            auto opened = QueueStore::open(options.queueFile);
            auto &store = std::get<std::unique_ptr<QueueStore>>(opened);
            std::vector<StoredItem> items = store->load();
            QCOMPARE(items.size(), std::size_t(1));
            items[0].item.request.urls = {fresh.url("/a.bin")};
            store->save(items);
        }
        QueueUnderTest queue(options);
        QVERIFY(queue.reaches(id, ItemState::Paused));
        queue.carryOut(Resume {{id}});
        QVERIFY(queue.reaches(id, ItemState::Done));
        QCOMPARE(headerOf(fresh.requests().at(0), "If-Range"), QByteArray("\"v1\""));
        QCOMPARE(contentOf(filePath("a.bin")), QByteArray("ABCDEFGHIJ"));
        QCOMPARE(filesIn(m_folder->filePath("files")), QStringList {"a.bin"});
    }

    void orderPriorityLimitsAndEndsAreKept()
    {
        HoldingServer server;
        server.letGo();
        QList<ItemId> ids;
        {
            QueueUnderTest queue(kept());
            Add command {.requests = {}, .paused = true};
            for (const char *path : {"/0", "/1", "/2", "/3"})
                command.requests.push_back(wanted(server.url(path)));
            ids = queue.add(command);
            queue.carryOut(Move {{ids[3]}, ids[0]});
            queue.carryOut(SetPriority {{ids[2]}, 1});
            queue.carryOut(SetLimits {{.transfers = 3, .perHost = 2, .bytesPerSecond = 5000}});
            queue.carryOut(Resume {{ids[1]}});
            QVERIFY(queue.reaches(ids[1], ItemState::Done));
            queue.carryOut(Remove {{ids[0]}});
        }
        QueueUnderTest queue(kept());
        QVERIFY(queue.waitFor([&] { return queue.list().size() == 3; }));
        QCOMPARE(queue.list().at(0).id, ids[3]);
        QCOMPARE(queue.list().at(1).id, ids[1]);
        QCOMPARE(queue.list().at(2).id, ids[2]);
        QCOMPARE(queue.item(ids[1]).state, ItemState::Done);
        QCOMPARE(queue.item(ids[1]).path, filePath("1"));
        QCOMPARE(queue.item(ids[2]).state, ItemState::Paused);
        QCOMPARE(queue.item(ids[2]).priority, 1);
        QCOMPARE(queue.list().limits(), (Limits {.transfers = 3, .perHost = 2, .bytesPerSecond = 5000}));
        QCOMPARE(server.requests().size(), 1);

        const ItemId fresh = queue.add(wanted(server.url("/4")));
        QVERIFY(fresh > ids[3]);
    }

    void doneFileIsNotFetchedAgainByTheNextStart()
    {
        HoldingServer server;
        server.letGo();
        const Add command {.requests = {wanted(server.url("/a.bin"))}, .skipDone = true};
        {
            QueueUnderTest queue(kept());
            QCOMPARE(queue.atRest(queue.add(command).value(0)).state, ItemState::Done);
        }
        QueueUnderTest queue(kept());
        queue.carryOut(command);
        QCOMPARE(queue.outcomeOf(wanted(server.url("/b.bin"))).state, ItemState::Done);
        QCOMPARE(server.asked(), (QByteArrayList {"/a.bin", "/b.bin"}));
    }

    void whatIsNotLastingIsNotKept()
    {
        HoldingServer server;
        server.letGo();
        {
            QueueUnderTest queue(kept());
            queue.add(Add {.requests = {wanted(server.url("/a.bin"))}, .isLasting = false});
            queue.add(Add {.requests = {wanted(server.url("/b.bin"))}, .paused = true});
        }
        QueueUnderTest queue(kept());
        QVERIFY(queue.waitFor([&] { return queue.list().size() > 0; }));
        QCOMPARE(queue.list().size(), 1);
        QCOMPARE(queue.list().at(0).name, QString("b.bin"));
    }

    void secretsAreNotWrittenDown()
    {
        HoldingServer server;
        {
            QueueUnderTest queue(kept());
            Request request = wanted(server.url("/a.bin"));
            request.credentials = {.user = "ann", .password = "SECRET", .bearer = {}};
            request.headers = {{"Cookie", "a=SECRET"}, {"X-Plain", "plain"}};
            const ItemId id = queue.add(request);
            QVERIFY(queue.waitFor([&] { return queue.item(id).received == 4; }));
            QVERIFY(server.requests().at(0).contains("SECRET"));
        }
        for (const QString &name : filesIn(m_folder->path())) {
            if (name.startsWith("queue"))
                QVERIFY2(!contentOf(m_folder->filePath(name)).contains("SECRET"), qPrintable(name));
        }
    }

    void secondEngineIsKeptOut()
    {
        HoldingServer server;
        QueueUnderTest first(kept());
        const ItemId id = first.add(Add {.requests = {wanted(server.url("/a.bin"))}, .paused = true})
                              .value(0);
        {
            QueueUnderTest second(kept());
            QVERIFY(second.waitFor([&] { return !second.list().fault().isEmpty(); }));
            QVERIFY(second.list().isLocked());
            QVERIFY(second.list().fault().contains(kept().queueFile));
            second.carryOut(Add {.requests = {wanted(server.url("/b.bin"))}});
            second.carryOut(ResumeAll {});
            QCOMPARE(second.list().size(), 0);
        }
        server.letGo();
        first.carryOut(Resume {{id}}); // and does no harm to the first
        QVERIFY(first.reaches(id, ItemState::Done));
        QCOMPARE(server.asked(), QByteArrayList {"/a.bin"});
    }

    void fileThatIsNoQueueIsAFault()
    {
        QVERIFY(makeFile(kept().queueFile, QByteArray("not a database ").repeated(1000)));
        QueueUnderTest queue(kept());
        QVERIFY(queue.waitFor([&] { return !queue.list().fault().isEmpty(); }));
        QVERIFY(!queue.list().isLocked());
        QVERIFY(contentOf(kept().queueFile).startsWith("not a database"));
    }

    void commandsBeforeTheQueueIsReadAreCarriedOutAfter()
    {
        HoldingServer server;
        server.letGo();
        ItemId id;
        {
            QueueUnderTest queue(kept());
            id = queue.add(Add {.requests = {wanted(server.url("/a.bin"))}, .paused = true}).value(0);
        }
        QueueUnderTest queue(kept());
        QVERIFY(!queue.list().isLoaded());
        queue.carryOut(Resume {{id}});
        queue.carryOut(Add {.requests = {wanted(server.url("/b.bin"))}});
        QVERIFY(queue.waitFor([&] { return queue.list().totals().done == 2; }));
        QCOMPARE(queue.list().at(0).id, id);
    }

    void thousandsAreAddedInOneGo()
    {
        constexpr int count = 10'000;
        HoldingServer server;
        QElapsedTimer timer;
        {
            QueueUnderTest queue(kept());
            Add command {.requests = {}, .paused = true};
            for (int i = 0; i < count; ++i)
                command.requests.push_back(wanted(server.url('/' + QString::number(i))));
            timer.start();
            QCOMPARE(queue.add(command).size(), count);
            QVERIFY2(timer.elapsed() < 30'000, QByteArray::number(timer.elapsed()));
            QCOMPARE(queue.list().totals().paused, count);

            const int deltas = queue.deltas();
            queue.carryOut(Cancel {{queue.list().at(0).id}});
            QVERIFY(queue.waitFor([&] { return queue.list().totals().cancelled == 1; }));
            QVERIFY(queue.deltas() - deltas <= 3); // a change, not everything again
        }
        timer.start();
        QueueUnderTest queue(kept());
        QVERIFY(queue.waitFor([&] { return queue.list().size() == count; }));
        QVERIFY2(timer.elapsed() < 30'000, QByteArray::number(timer.elapsed()));
        QCOMPARE(queue.list().totals().paused, count - 1);
        QCOMPARE(queue.list().at(count - 1).name, QString::number(count - 1));
    }
};

QTEST_GUILESS_MAIN(TestEngineQueue)
#include "tst_enginequeue.moc"
