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

/// What files are called in their folder, and what becomes of those that are there already.
class TestFilesThere : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<QTemporaryDir> m_outside;
    QString m_folder;

    Request wanted(const QUrl &url) const { return {.urls = {url}, .folder = m_folder}; }
    QString pathOf(const QString &name) const { return m_folder + '/' + name; }

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void init()
    {
        m_outside = std::make_unique<QTemporaryDir>();
        m_folder = m_outside->filePath("a/b/target");
        QVERIFY(QDir().mkpath(m_folder));
    }
    void cleanupTestCase() { m_loop.reset(); }

    void serversNameStaysInTheFolder_data()
    {
        QTest::addColumn<QByteArray>("disposition");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *name, const QByteArray &value, const QString &file) {
            QTest::newRow(name) << QByteArray("Content-Disposition: attachment; " + value) << file;
        };
        row("up and away", "filename=\"../../etc/passwd\"", "passwd");
        row("up and away, encoded", "filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd");
        row("from the root", "filename=\"/abs\"", "abs");
        row("in a folder", "filename=\"a/b\"", "b");
        row("in a folder of another system", "filename=\"C:\\\\dir\\\\b.txt\"", "b.txt");
        row("a device", "filename=\"CON\"", "_CON");
        row("a device with an extension", "filename=\"nul.txt\"", "_nul.txt");
        row("with a NUL", "filename*=UTF-8''x%00y", "xy");
        row("only dots", "filename=\"..\"", "url.bin");
        row("what other systems refuse", "filename=\"a<b>|c?.txt\"", "a_b__c_.txt");
        row("Chinese", "filename*=UTF-8''%E4%B8%AD.txt", QString::fromUtf8("中.txt"));
        row("both", "filename=\"plain.txt\"; filename*=UTF-8''%E4%B8%AD.txt", QString::fromUtf8("中.txt"));
        row("UTF-8 that isn't", "filename=\"a\xff\xfe.txt\"", QString::fromUtf8("aÿþ.txt"));
    }
    void serversNameStaysInTheFolder()
    {
        QFETCH(QByteArray, disposition);
        QFETCH(QString, name);
        ScriptedServer server(inTurn({whole("hello", disposition)}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/url.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.name, name);
        QCOMPARE(item.path, pathOf(name));
        QCOMPARE(filesIn(m_folder), QStringList {name});
        QCOMPARE(filesIn(m_outside->path()), QStringList {"a"});
        QCOMPARE(filesIn(m_outside->filePath("a")), QStringList {"b"});
        QCOMPARE(filesIn(m_outside->filePath("a/b")), QStringList {"target"});
    }

    void longNameIsCutAndKeepsItsExtension()
    {
        const QByteArray longName = QByteArray("\xe4\xb8\xad").repeated(130) + ".tar.gz";
        ScriptedServer server(inTurn({whole("hello", "Content-Disposition: attachment; filename*=UTF-8''"
                                                         + longName.toPercentEncoding())}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/url.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QVERIFY2(item.name.toUtf8().size() <= 250, qPrintable(item.name));
        QVERIFY2(item.name.endsWith(QString::fromUtf8("中.tar.gz")), qPrintable(item.name));
        QCOMPARE(filesIn(m_folder), QStringList {item.name});
    }

    void addressNamesTheFileAndStaysInTheFolder_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << "/dir/a.bin?x=/y" << "a.bin";
        QTest::newRow("encoded slashes") << "/dir/..%2F..%2Fetc%2Fpasswd" << "passwd";
        QTest::newRow("decoded once") << "/a%2541.bin" << "a%41.bin";
        QTest::newRow("none") << "/dir/" << "index.html";
        QTest::newRow("bytes that are no UTF-8") << "/a%FF.bin" << QString::fromUtf8("aÿ.bin");
    }
    void addressNamesTheFileAndStaysInTheFolder()
    {
        QFETCH(QString, path);
        QFETCH(QString, name);
        ScriptedServer server(inTurn({whole("hello")}));
        QueueUnderTest queue;
        const QUrl url(server.url().toString() + path.mid(1), QUrl::StrictMode);
        const Item item = queue.outcomeOf(wanted(url));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(filesIn(m_folder), QStringList {name});
    }

    void twoOfOneNameAreBothKept()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &request) {
            socket.write(whole(test::pathOf(request)));
        });
        QueueUnderTest queue;
        const QList<ItemId> ids = queue.add(
            Add {.requests = {wanted(server.url("/one/a.tar.gz")), wanted(server.url("/two/a.tar.gz"))}});
        QCOMPARE(ids.size(), 2);
        QSet<QString> paths;
        for (const ItemId id : ids) {
            const Item item = queue.atRest(id);
            QVERIFY2(item.state == ItemState::Done, description(item));
            QCOMPARE(contentOf(item.path), item.request.url().path().toUtf8());
            QCOMPARE(QFileInfo(item.path).fileName(), item.name);
            paths << item.path;
        }
        QCOMPARE(paths, (QSet<QString> {pathOf("a.tar.gz"), pathOf("a (1).tar.gz")}));
    }

    void noneOfABatchTakesAnothersPlace_data()
    {
        QTest::addColumn<IfExists>("policy");
        QTest::addColumn<QString>("chosen"); // name
        QTest::newRow("overwrite") << IfExists::Overwrite << QString();
        QTest::newRow("only if newer") << IfExists::OnlyIfNewer << QString();
        QTest::newRow("skip") << IfExists::Skip << QString();
        QTest::newRow("skip, name chosen") << IfExists::Skip << "a.bin";
    }
    void noneOfABatchTakesAnothersPlace()
    {
        QFETCH(IfExists, policy);
        QFETCH(QString, chosen);
        const QByteArray date = "Last-Modified: Mon, 05 Jan 2026 10:00:00 GMT";
        ScriptedServer server([&date](QTcpSocket &socket, const QByteArray &request) {
            socket.write(whole(test::pathOf(request), date));
        });
        QueueUnderTest queue({.limits = Limits {.transfers = 1}}); // one after the other
        Add add {.requests = {wanted(server.url("/one/a.bin")), wanted(server.url("/two/a.bin"))}};
        for (Request &request : add.requests) {
            request.options.ifExists = policy;
            request.fileName = chosen;
        }
        for (const ItemId id : queue.add(add)) {
            const Item item = queue.atRest(id);
            QVERIFY2(item.state == ItemState::Done, description(item));
            QCOMPARE(contentOf(item.path), item.request.url().path().toUtf8());
        }
        QCOMPARE(filesIn(m_folder), (QStringList {"a (1).bin", "a.bin"}));

        Request later = wanted(server.url("/three/a.bin")); // to it, they are there
        later.options.ifExists = IfExists::Overwrite;
        QCOMPARE(queue.outcomeOf(later).path, pathOf("a.bin"));
        QCOMPARE(contentOf(pathOf("a.bin")), "/three/a.bin");
    }

    void filesOfTheQueueAreNoFilesToFetch_data()
    {
        QTest::addColumn<QString>("queueName");
        QTest::addColumn<QString>("offered");
        QTest::addColumn<QString>("name");
        QTest::newRow("its own") << "mine.queue" << "mine.queue" << "_mine.queue";
        QTest::newRow("in other letters") << "mine.queue" << "MINE.queue" << "_MINE.queue";
        QTest::newRow("SQLite's log") << "mine.queue" << "mine.queue-wal" << "_mine.queue-wal";
        QTest::newRow("SQLite's journal") << "mine.queue" << "mine.queue-journal" << "_mine.queue-journal";
        QTest::newRow("another") << "mine.queue" << "mine.queue2" << "mine.queue2";
        QTest::newRow("one that the next run would find") << "mine" << ".coroscope-queue"
                                                          << "_.coroscope-queue";
    }
    void filesOfTheQueueAreNoFilesToFetch()
    {
        QFETCH(QString, queueName);
        QFETCH(QString, offered);
        QFETCH(QString, name);
        ScriptedServer server(
            inTurn({whole("hello", "Content-Disposition: attachment; filename=" + offered.toLatin1())}));
        Request request = wanted(server.url("/a.bin"));
        request.options.ifExists = IfExists::Overwrite;
        {
            QueueUnderTest queue({.queueFile = pathOf(queueName)});
            const Item item = queue.outcomeOf(request);
            QVERIFY2(item.state == ItemState::Done, description(item));
            QCOMPARE(item.path, pathOf(name));
            QCOMPARE(contentOf(item.path), "hello");
        }
        QueueUnderTest next({.queueFile = pathOf(queueName)});
        QVERIFY(QueueUnderTest::waitFor([&] { return next.list().size() == 1; }));
        QCOMPARE(next.list().fault(), QString());
    }

    void folderOfTheNameIsKept_data()
    {
        QTest::addColumn<IfExists>("policy");
        QTest::addColumn<QString>("chosen"); // name
        QTest::newRow("rename") << IfExists::Rename << QString();
        QTest::newRow("overwrite") << IfExists::Overwrite << QString();
        QTest::newRow("only if newer") << IfExists::OnlyIfNewer << QString();
        QTest::newRow("skip") << IfExists::Skip << QString();
        QTest::newRow("skip, name chosen") << IfExists::Skip << "a.bin";
    }
    void folderOfTheNameIsKept()
    {
        QFETCH(IfExists, policy);
        QFETCH(QString, chosen);
        QVERIFY(QDir(m_folder).mkdir("a.bin"));
        QVERIFY(makeFile(pathOf("a.bin/kept")));
        ScriptedServer server(inTurn({whole("hello")}));
        Request request = wanted(server.url("/a.bin"));
        request.options.ifExists = policy;
        request.fileName = chosen;
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.path, pathOf("a (1).bin"));
        QCOMPARE(filesIn(m_folder), (QStringList {"a (1).bin", "a.bin"}));
        QVERIFY(QFile::exists(pathOf("a.bin/kept")));
    }

    void fileOfTheNameIsTreatedAsWished_data()
    {
        QTest::addColumn<IfExists>("policy");
        QTest::addColumn<QString>("chosen"); // name
        QTest::addColumn<int>("daysOlder"); // the server's copy
        QTest::addColumn<QByteArray>("content"); // of a.bin afterwards
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<int>("requests");
        const QStringList one {"a.bin"};
        const QStringList two {"a (1).bin", "a.bin"};
        const QByteArray old = "old";
        const QByteArray fresh = "fresh";
        QTest::newRow("rename") << IfExists::Rename << QString() << 0 << old << two << 1;
        QTest::newRow("skip") << IfExists::Skip << QString() << 0 << old << one << 1;
        QTest::newRow("skip, name chosen") << IfExists::Skip << "a.bin" << 0 << old << one << 0;
        QTest::newRow("overwrite") << IfExists::Overwrite << QString() << 0 << fresh << one << 1;
        QTest::newRow("older") << IfExists::OnlyIfNewer << QString() << 1 << old << one << 1;
        QTest::newRow("newer") << IfExists::OnlyIfNewer << QString() << -1 << fresh << one << 1;
        QTest::newRow("as old") << IfExists::OnlyIfNewer << QString() << 0 << old << one << 1;
    }
    void fileOfTheNameIsTreatedAsWished()
    {
        QFETCH(IfExists, policy);
        QFETCH(QString, chosen);
        QFETCH(int, daysOlder);
        QFETCH(QByteArray, content);
        QFETCH(QStringList, files);
        QFETCH(int, requests);

        const QDateTime ours(QDate(2026, 1, 10), QTime(12, 0), Qt::UTC);
        {
            QFile there(pathOf("a.bin"));
            QVERIFY(there.open(QIODevice::WriteOnly));
            there.write("old");
            there.flush();
            QVERIFY(there.setFileTime(ours, QFileDevice::FileModificationTime));
        }
        const QString date = QLocale::c().toString(ours.addDays(-daysOlder),
                                                   "ddd, dd MMM yyyy HH:mm:ss 'GMT'");
        ScriptedServer server(inTurn({whole("fresh", "Last-Modified: " + date.toLatin1())}));
        Request request = wanted(server.url("/a.bin"));
        request.options.ifExists = policy;
        request.fileName = chosen;
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(contentOf(pathOf("a.bin")), content);
        QCOMPARE(filesIn(m_folder), files);
        QCOMPARE(server.requests().size(), requests);
        const bool isSkipped = content == "old" && files.size() == 1;
        QCOMPARE(item.note.contains("skipped"), isSkipped);
        QCOMPARE(item.path.isEmpty(), false);
    }

    void fileStaysWhereNobodyKnowsWhichIsNewer()
    {
        QVERIFY(makeFile(pathOf("a.bin"), "old"));
        ScriptedServer server(inTurn({whole("fresh")}));
        Request request = wanted(server.url("/a.bin"));
        request.options.ifExists = IfExists::OnlyIfNewer;
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(request);
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(contentOf(pathOf("a.bin")), "old");
        QCOMPARE(filesIn(m_folder), QStringList {"a.bin"});
        QVERIFY2(item.note.contains("doesn't say"), qPrintable(item.note));
    }

    void oldFileStaysUntilTheNewOneIsWhole()
    {
        QVERIFY(makeFile(pathOf("a.bin"), "old"));
        ScriptedServer server(inTurn({answer("200 OK\r\nContent-Length: 10", "0123")}));
        Request request = wanted(server.url("/a.bin"));
        request.options.ifExists = IfExists::Overwrite;
        QueueUnderTest queue;
        QCOMPARE(queue.outcomeOf(request).state, ItemState::Failed);
        QCOMPARE(contentOf(pathOf("a.bin")), QByteArray("old"));
    }

    void serversTimeIsKept()
    {
        const QByteArray date = "Mon, 05 Jan 2026 10:00:00 GMT";
        ScriptedServer server(inTurn({whole("hello", "Last-Modified: " + date)}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/a.bin")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(QFileInfo(item.path).lastModified().toUTC(),
                 QDateTime(QDate(2026, 1, 5), QTime(10, 0), Qt::UTC));
    }
};

QTEST_GUILESS_MAIN(TestFilesThere)
#include "tst_filesthere.moc"
