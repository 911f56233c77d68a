// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/queuestore.h"

#include "tests/support/filesin.h"
#include "tests/support/smalldisk.h"
#include "tests/tasks/download/fullrequest.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <sys/stat.h>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;
using Kind = net::Error::Kind;

namespace {

using Store = std::unique_ptr<QueueStore>;

Store opened(const QString &path)
{
    auto result = QueueStore::open(path);
    if (const auto *error = std::get_if<net::Error>(&result))
        qWarning("%s", qPrintable(error->text()));
    return std::holds_alternative<Store>(result) ? std::get<Store>(std::move(result)) : nullptr;
}

/// Kind::None: it could be opened.
net::Error refusal(const QString &path)
{
    auto result = QueueStore::open(path);
    const auto *error = std::get_if<net::Error>(&result);
    return error ? *error : net::Error();
}

StoredItem plain(qint64 id, ItemState state = ItemState::Queued)
{
    StoredItem stored;
    stored.item.id = ItemId {id};
    stored.item.request.urls = {QUrl(QStringLiteral("http://host/%1.bin").arg(id))};
    stored.item.request.folder = QStringLiteral("/downloads");
    stored.item.state = state;
    return stored;
}

StoredItem full(qint64 id)
{
    StoredItem stored;
    Item &item = stored.item;
    item.id = ItemId {id};
    item.request = fullRequest();
    item.state = ItemState::Scheduled;
    item.pauseReason = PauseReason::NeedsLogin;
    item.priority = -1;
    item.name = QStringLiteral("中.iso");
    item.path = QStringLiteral("/d/中.iso");
    item.finalUrl = QUrl("https://other/%2F?q=1");
    item.received = 5LL << 32;
    item.total = 6LL << 32;
    item.tries = 3;
    item.httpStatus = 206;
    item.resumedFrom = 4LL << 32;
    item.error = QStringLiteral("an error");
    item.note = QStringLiteral("a note");
    item.sha256 = QByteArray("\0\xff\x01", 3);
    item.seconds = 12.25;
    item.nextStart = QDateTime::fromMSecsSinceEpoch(1900000000123);
    item.batch = QStringLiteral("a batch");
    stored.part = {.path = QStringLiteral("/d/中.iso.part"),
                   .total = 6LL << 32,
                   .etag = "\"caf\xe9\"",
                   .lastModified = "Tue, 15 Nov 1994 12:45:26 GMT",
                   .finalUrl = QUrl("https://other/%2F?q=1"),
                   .provesRanges = true,
                   .pieces = {{0, 3LL << 32, 1LL << 32}, {3LL << 32, {}, 7}}};
    return stored;
}

QList<qint64> idsIn(const std::vector<StoredItem> &items)
{
    QList<qint64> ids;
    for (const StoredItem &stored : items)
        ids << stored.item.id.value;
    return ids;
}

bool runSql(const QString &path, const QStringList &statements)
{
    bool isDone = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase("QSQLITE", "by hand");
        database.setDatabaseName(path);
        isDone = database.open();
        for (const QString &statement : statements)
            isDone = isDone && QSqlQuery(database).exec(statement);
        database.close();
    }
    QSqlDatabase::removeDatabase("by hand");
    return isDone;
}

constexpr int itemsOfWriter = 50;

/// What the child process does until it is killed: generation after generation, each in one transaction.
int writeForever(const QString &path)
{
    const Store store = opened(path);
    if (!store)
        return 1;
    for (qint64 generation = 1;; ++generation) {
        std::vector<StoredItem> items;
        for (int i = 1; i <= itemsOfWriter; ++i) {
            items.push_back(plain(i));
            items.back().item.received = generation;
        }
        if (generation % 2) {
            store->save(items);
        } else {
            std::vector<StoredProgress> progress;
            for (const StoredItem &stored : items)
                progress.push_back(
                    {stored.item.id, {.path = {}, .pieces = {{0, {}, generation}}}, generation});
            store->saveProgress(progress);
        }
        std::printf("%lld\n", static_cast<long long>(generation));
        std::fflush(stdout);
    }
}

class Writer : public QProcess
{
public:
    explicit Writer(const QString &path)
    {
        start(QCoreApplication::applicationFilePath(), {"--write", path});
    }
    ~Writer() override { end(); }
    void end()
    {
        kill();
        waitForFinished();
    }
    /// Waits for so many lines.
    bool hasWritten(int lines)
    {
        while (m_lines < lines) {
            if (!canReadLine() && !waitForReadyRead(20000))
                return false;
            while (canReadLine()) {
                m_last = readLine().trimmed().toLongLong();
                ++m_lines;
            }
        }
        return true;
    }
    qint64 last() const { return m_last; } ///< generation that is committed for sure

private:
    int m_lines = 0;
    qint64 m_last = 0;
};

} // namespace

class TestQueueStore : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void newQueueIsEmptyAndPrivate()
    {
        const QString path = m_folder->filePath("new/folder/queue");
        const Store store = opened(path);
        QVERIFY(store);
        QVERIFY(store->load().empty());
        QCOMPARE(store->limits(), Limits());
        store->save({plain(1)});
        for (const QString &name : filesIn(QFileInfo(path).path())) {
            struct stat info = {};
            QVERIFY(::stat(QFile::encodeName(m_folder->filePath("new/folder/" + name)).constData(), &info)
                    == 0);
            QCOMPARE(int(info.st_mode & 0777), 0600);
        }
    }

    void everyFieldComesBack()
    {
        const StoredItem before = full(42);
        opened(queue())->save({before, plain(7)});
        const std::vector<StoredItem> items = opened(queue())->load();
        QCOMPARE(idsIn(items), QList<qint64>({42, 7}));
        const Item &item = items[0].item;
        QVERIFY(item.request == before.item.request);
        QCOMPARE(item.state, before.item.state);
        QCOMPARE(item.pauseReason, before.item.pauseReason);
        QCOMPARE(item.priority, before.item.priority);
        QCOMPARE(item.name, before.item.name);
        QCOMPARE(item.path, before.item.path);
        QCOMPARE(item.finalUrl, before.item.finalUrl);
        QCOMPARE(item.received, before.item.received);
        QCOMPARE(item.total, before.item.total);
        QCOMPARE(item.tries, before.item.tries);
        QCOMPARE(item.httpStatus, before.item.httpStatus);
        QCOMPARE(item.resumedFrom, before.item.resumedFrom);
        QCOMPARE(item.error, before.item.error);
        QCOMPARE(item.note, before.item.note);
        QCOMPARE(item.sha256, before.item.sha256);
        QCOMPARE(item.seconds, before.item.seconds);
        QCOMPARE(item.nextStart, before.item.nextStart);
        QCOMPARE(item.batch, before.item.batch);
        QVERIFY(items[0].part == before.part);
        QVERIFY(!items[1].item.total);
        QVERIFY(!items[1].item.nextStart.isValid());
        QVERIFY(items[1].part == PartState());
    }

    void whatWasUnderWayIsQueued_data()
    {
        QTest::addColumn<ItemState>("before");
        QTest::addColumn<ItemState>("after");
        QTest::newRow("queued") << ItemState::Queued << ItemState::Queued;
        QTest::newRow("scheduled") << ItemState::Scheduled << ItemState::Scheduled;
        QTest::newRow("active") << ItemState::Active << ItemState::Queued;
        QTest::newRow("waiting") << ItemState::Waiting << ItemState::Queued;
        QTest::newRow("paused") << ItemState::Paused << ItemState::Paused;
        QTest::newRow("done") << ItemState::Done << ItemState::Done;
        QTest::newRow("failed") << ItemState::Failed << ItemState::Failed;
        QTest::newRow("cancelled") << ItemState::Cancelled << ItemState::Cancelled;
    }
    void whatWasUnderWayIsQueued()
    {
        QFETCH(ItemState, before);
        QFETCH(ItemState, after);
        StoredItem stored = plain(1, before);
        stored.item.nextStart = QDateTime::currentDateTime();
        stored.item.bytesPerSecond = 5;
        stored.item.task = TaskId {5};
        const Store store = opened(queue());
        store->save({stored});
        const Item item = store->load().at(0).item;
        QCOMPARE(item.state, after);
        QCOMPARE(item.nextStart.isValid(), after == ItemState::Scheduled);
        QCOMPARE(item.bytesPerSecond, 0);
        QVERIFY(!item.task);
    }

    void everyReasonOfPausingComesBack()
    {
        const Store store = opened(queue());
        for (const PauseReason reason :
             {PauseReason::ByUser, PauseReason::DiskFull, PauseReason::NeedsLogin}) {
            StoredItem stored = plain(1, ItemState::Paused);
            stored.item.pauseReason = reason;
            store->save({stored});
            QCOMPARE(store->load().at(0).item.pauseReason, reason);
        }
    }

    void savedAgainItKeepsItsPlace()
    {
        const Store store = opened(queue());
        store->save({plain(3), plain(1), plain(2)});
        StoredItem changed = plain(1);
        changed.item.name = QStringLiteral("changed");
        store->save({changed, plain(9)});
        const auto items = store->load();
        QCOMPARE(idsIn(items), QList<qint64>({3, 1, 2, 9}));
        QCOMPARE(items[1].item.name, QStringLiteral("changed"));
    }

    void orderIsKept()
    {
        const Store store = opened(queue());
        store->save({plain(1), plain(2), plain(3)});
        store->setOrder({ItemId {3}, ItemId {99}, ItemId {1}, ItemId {2}});
        QCOMPARE(idsIn(store->load()), QList<qint64>({3, 1, 2}));
        store->save({plain(4)});
        QCOMPARE(idsIn(store->load()), QList<qint64>({3, 1, 2, 4}));
    }

    void removedItemsAreGone()
    {
        const Store store = opened(queue());
        store->save({plain(1), plain(2), plain(3)});
        store->remove({ItemId {1}, ItemId {3}, ItemId {99}});
        QCOMPARE(idsIn(store->load()), QList<qint64> {2});
    }

    void passingItemsAreNotKept()
    {
        StoredItem passing = plain(1);
        passing.item.isLasting = false;
        const Store store = opened(queue());
        store->save({passing, plain(2)});
        QCOMPARE(idsIn(store->load()), QList<qint64> {2});
    }

    void progressIsKept()
    {
        const Store store = opened(queue());
        store->save({plain(1), full(2)});
        PartState part {.path = "/d/1.part", .total = 100, .etag = "\"e\"", .pieces = {{0, {}, 50}}};
        store->saveProgress({{ItemId {1}, part, 60}, {ItemId {2}, {}, 0}, {ItemId {99}, part, 1}});
        const auto items = store->load();
        QCOMPARE(idsIn(items), QList<qint64>({1, 2}));
        QVERIFY(items[0].part == part);
        QCOMPARE(items[0].item.received, 60);
        QCOMPARE(items[0].item.total, 100);
        QVERIFY(items[1].part == PartState());
        QCOMPARE(items[1].item.received, 0);
        QCOMPARE(items[1].item.total, full(2).item.total);
        QCOMPARE(items[1].item.name, full(2).item.name);
    }

    void outcomeIsKeptWithoutTheRequest()
    {
        const Store store = opened(queue());
        store->save({plain(1), full(2)});
        StoredItem ended = full(1);
        ended.item.state = ItemState::Done;
        ended.item.path = "/d/other";
        ended.part = {};
        StoredItem unknown = full(99);
        store->saveOutcome({ended, unknown});
        const auto items = store->load();
        QCOMPARE(idsIn(items), QList<qint64>({1, 2}));
        QCOMPARE(items[0].item.state, ItemState::Done);
        QCOMPARE(items[0].item.path, QStringLiteral("/d/other"));
        QCOMPARE(items[0].item.tries, ended.item.tries);
        QCOMPARE(items[0].item.total, ended.item.total);
        QVERIFY(items[0].part == PartState());
        QCOMPARE(items[0].item.request.urls, plain(1).item.request.urls);
        QCOMPARE(items[0].item.batch, plain(1).item.batch);
        QVERIFY(items[1].part == full(2).part);
    }

    void ofWhatIsDoneOnlyThatAndThePathChange()
    {
        const Store store = opened(queue());
        StoredItem next = full(3);
        store->save({full(1), full(2), plain(3)});
        store->saveOutcome({&next}, {{ItemId {2}, QStringLiteral("/d/done")}, {ItemId {99}, {}}});
        const auto items = store->load();
        QCOMPARE(idsIn(items), QList<qint64>({1, 2, 3}));
        QVERIFY(items[0].part == full(1).part);
        const Item &done = items[1].item;
        QCOMPARE(done.state, ItemState::Done);
        QCOMPARE(done.path, QStringLiteral("/d/done"));
        QVERIFY(items[1].part == PartState());
        QVERIFY(done.request == full(2).item.request);
        QCOMPARE(done.name, full(2).item.name);
        QCOMPARE(done.total, full(2).item.total);
        QCOMPARE(done.tries, full(2).item.tries);
        QCOMPARE(done.seconds, full(2).item.seconds);
        QVERIFY(items[2].part == next.part);
    }

    void limitsAreKept()
    {
        const Limits limits {.transfers = 3, .perHost = 2, .bytesPerSecond = 5LL << 32};
        opened(queue())->setLimits(limits);
        const Store store = opened(queue());
        QCOMPARE(store->limits(), limits);
        store->setLimits({});
        QCOMPARE(store->limits(), Limits());
    }

    void secondStoreIsRefused()
    {
        Store store = opened(queue());
        const net::Error error = refusal(queue());
        QCOMPARE(error.kind, Kind::Locked);
        QVERIFY2(error.what.contains("another Coroscope"), qPrintable(error.what));
        QCOMPARE(error.where, queue());
        QVERIFY(!error.advice.isEmpty());
        store->save({plain(1)}); // the first one isn't harmed
        QVERIFY(refusal(queue()).what.contains("another Coroscope"));
        store.reset();
        QCOMPARE(opened(queue())->load().size(), 1U);
    }

    void secondProcessIsRefusedUntilTheFirstIsKilled()
    {
        Writer writer(queue());
        QVERIFY(writer.hasWritten(1));
        QVERIFY(refusal(queue()).what.contains("another Coroscope"));
        writer.end();
        QCOMPARE(opened(queue())->load().size(), std::size_t(itemsOfWriter));
    }

    void ofManyThatOpenAtOnceOneGetsIt_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("a new file") << false;
        QTest::newRow("one that is there") << true;
    }
    void ofManyThatOpenAtOnceOneGetsIt()
    {
        QFETCH(bool, isThere);
        if (isThere)
            opened(queue())->save({plain(1)});
        constexpr int count = 4;
        std::atomic<int> ready = 0;
        std::atomic<int> tried = 0;
        std::atomic<int> got = 0;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back(QThread::create([&] {
                ++ready;
                while (ready < count)
                    QThread::yieldCurrentThread();
                auto result = QueueStore::open(queue());
                got += std::holds_alternative<Store>(result);
                ++tried;
                while (tried < count) // it holds it until all have tried
                    QThread::yieldCurrentThread();
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            thread->wait();
        QCOMPARE(got.load(), 1);
        QVERIFY(opened(queue()));
    }

    void killedInTheMidstOfSavingItIsWhole()
    {
        qint64 atLeast = 0;
        for (int round = 0; round < 12; ++round) {
            Writer writer(queue());
            QVERIFY(writer.hasWritten(1 + round * 3));
            atLeast = writer.last();
            writer.end();
            const Store store = opened(queue());
            QVERIFY(store);
            const auto items = store->load();
            QCOMPARE(items.size(), std::size_t(itemsOfWriter));
            const qint64 generation = items[0].item.received;
            QVERIFY(generation >= atLeast); // a killed process takes back nothing
            for (const StoredItem &stored : items)
                QCOMPARE(stored.item.received, generation);
        }
    }

    void strangeFileIsRefusedAndLeftAsItIs_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("short text") << QByteArray("hello");
        QTest::newRow("long text") << QByteArray("http://host/a\n").repeated(1000);
        QTest::newRow("zeros") << QByteArray(8192, '\0');
        QTest::newRow("a header alone") << QByteArray("SQLite format 3\0", 16);
    }
    void strangeFileIsRefusedAndLeftAsItIs()
    {
        QFETCH(QByteArray, content);
        QVERIFY(makeFile(queue(), content));
        const net::Error error = refusal(queue());
        QCOMPARE(error.kind, Kind::Disk);
        QCOMPARE(error.where, queue());
        QVERIFY(!error.what.isEmpty());
        QVERIFY(!error.advice.isEmpty());
        QCOMPARE(contentOf(queue()), content);
        QCOMPARE(filesIn(m_folder->path()), QStringList {"queue"});
    }

    void otherProgramsDatabaseIsRefusedAndLeftAsItIs_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::newRow("tables") << QStringList {"CREATE TABLE item (id)"};
        QTest::newRow("another's mark") << QStringList {"PRAGMA application_id = 7"};
        QTest::newRow("a version") << QStringList {"PRAGMA user_version = 1"};
    }
    void otherProgramsDatabaseIsRefusedAndLeftAsItIs()
    {
        QFETCH(QStringList, statements);
        QVERIFY(runSql(queue(), statements));
        const QByteArray content = contentOf(queue());
        const net::Error error = refusal(queue());
        QVERIFY2(error.what.contains("another program"), qPrintable(error.what));
        QCOMPARE(contentOf(queue()), content);
    }

    void newerQueueIsRefusedAndLeftAsItIs()
    {
        opened(queue())->save({plain(1)});
        QVERIFY(runSql(queue(), {"PRAGMA user_version = 1000"}));
        const net::Error error = refusal(queue());
        QCOMPARE(error.kind, Kind::Disk);
        QVERIFY2(error.what.contains("newer"), qPrintable(error.what));
        QCOMPARE(error.where, queue());
        QVERIFY(runSql(queue(), {"PRAGMA user_version = 1"}));
        QCOMPARE(opened(queue())->load().size(), 1U);
    }

    void damagedQueueIsRefusedAndLeftAsItIs()
    {
        {
            std::vector<StoredItem> items;
            for (int i = 1; i <= 200; ++i)
                items.push_back(full(i));
            opened(queue())->save(items);
        }
        QByteArray content = contentOf(queue());
        QVERIFY(content.size() > 20 * 4096);
        for (qsizetype at = 8 * 4096; at < 12 * 4096; ++at)
            content[at] = char(0xA5);
        QVERIFY(makeFile(queue(), content));
        const net::Error error = refusal(queue());
        QVERIFY2(error.what.contains("damaged"), qPrintable(error.what));
        QCOMPARE(error.where, queue());
        QVERIFY(!error.advice.isEmpty());
        QCOMPARE(contentOf(queue()), content);
    }

    void rowThatMakesNoSenseIsDamage_data()
    {
        QTest::addColumn<QString>("change");
        const auto row = [](const char *name, const char *change) { QTest::newRow(name) << change; };
        row("an unknown state", "UPDATE item SET state = 'dancing'");
        row("a part of no pieces, which might be taken for whole", "UPDATE item SET part_pieces = '[]'");
        row("a piece that doesn't begin at the start", "UPDATE item SET part_pieces = '[[3,null,1]]'");
        row("a piece before the file", "UPDATE item SET part_pieces = '[[-3,10,1]]'");
        row("more than there can be", "UPDATE item SET part_pieces = '[[0,10,11]]'");
        row("less than nothing", "UPDATE item SET part_pieces = '[[0,10,-1]]'");
        row("pieces with a gap", "UPDATE item SET part_pieces = '[[0,10,1],[11,20,0]]'");
        row("a piece without an end before another", "UPDATE item SET part_pieces = '[[0,null,1],[0,9,1]]'");
        row("a column that isn't there", "ALTER TABLE item DROP COLUMN note");
    }
    void rowThatMakesNoSenseIsDamage()
    {
        QFETCH(QString, change);
        StoredItem stored = plain(1);
        stored.part.path = QStringLiteral("/downloads/1.bin.part");
        stored.part.pieces = {{.first = 0, .end = 10, .durable = 4}};
        opened(queue())->save({stored});
        QVERIFY(runSql(queue(), {change}));
        const Store store = opened(queue());
        try {
            store->load();
            QFAIL("it was read");
        } catch (const net::Exception &e) {
            QVERIFY(e.error().what.contains("damaged"));
        }
    }

    void whatIsNoFileIsRefused()
    {
        QVERIFY(QDir(m_folder->path()).mkdir("queue"));
        QCOMPARE(refusal(queue()).where, queue());
        const QString pipe = m_folder->filePath("pipe");
        QVERIFY(::mkfifo(QFile::encodeName(pipe).constData(), 0600) == 0);
        QCOMPARE(refusal(pipe).where, pipe);
    }

    void readOnlyFolderIsNamed()
    {
        SmallDisk disk(1 << 20);
        QVERIFY2(disk.isMounted(), disk.error());
        opened(disk.filePath("there"))->save({plain(1)});
        QVERIFY(disk.makeReadOnly());
        for (const char *name : {"new", "there"}) {
            const net::Error error = refusal(disk.filePath(name));
            QCOMPARE(error.kind, Kind::Disk);
            QCOMPARE(error.where, disk.path());
            QVERIFY(!error.advice.isEmpty());
        }
    }

    void fullDiskChangesNothing()
    {
        SmallDisk disk(1 << 20);
        QVERIFY2(disk.isMounted(), disk.error());
        const Store store = opened(disk.filePath("queue"));
        store->save({plain(1)});
        std::vector<StoredItem> many;
        for (int i = 1; i <= 5000; ++i)
            many.push_back(full(i));
        net::Error error;
        try {
            store->save(many);
        } catch (const net::Exception &e) {
            error = e.error();
        }
        QCOMPARE(error.kind, Kind::DiskFull);
        QCOMPARE(error.where, disk.filePath("queue"));
        QCOMPARE(idsIn(store->load()), QList<qint64> {1});
        store->save({plain(2)}); // there is room for a little
        QCOMPARE(idsIn(store->load()), QList<qint64>({1, 2}));
    }

    void whatFilledTheDiskIsNotedAllTheSame()
    {
        SmallDisk disk(1 << 20);
        QVERIFY2(disk.isMounted(), disk.error());
        const Store store = opened(disk.filePath("queue"));
        store->save({plain(1), plain(2)});
        QFile hog(disk.filePath("hog"));
        QVERIFY(hog.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        for (const qint64 piece : {1 << 16, 1 << 12}) {
            while (hog.write(QByteArray(piece, 'x')) == piece) { }
        }
        store->save({plain(1, ItemState::Paused), plain(2, ItemState::Failed)});
        store->saveOutcome({plain(2, ItemState::Done)});
        const std::vector<StoredItem> items = store->load();
        QCOMPARE(items.at(0).item.state, ItemState::Paused);
        QCOMPARE(items.at(1).item.state, ItemState::Done);
    }

    void noSecretIsInTheFiles()
    {
        StoredItem stored = plain(1);
        stored.item.request = secretRequest();
        stored.item.finalUrl = QUrl("https://SECRET:SECRET@other/a");
        stored.part.finalUrl = stored.item.finalUrl;
        const auto findsNone = [this] {
            bool hasHost = false;
            for (const QString &name : filesIn(m_folder->path())) {
                const QByteArray bytes = contentOf(m_folder->filePath(name));
                if (bytes.contains("SECRET"))
                    return false;
                hasHost = hasHost || bytes.contains("host:8443");
            }
            return hasHost;
        };
        Store store = opened(queue());
        store->save({stored});
        store->saveProgress({{ItemId {1}, stored.part, 5}});
        QVERIFY(filesIn(m_folder->path()).contains("queue-wal"));
        QVERIFY(findsNone());
        store.reset();
        QCOMPARE(filesIn(m_folder->path()), QStringList {"queue"});
        QVERIFY(findsNone());
    }

    void tenThousandItemsAreQuick()
    {
#if defined(__has_feature) && (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
        constexpr int count = 1000; // they make each allocation slow
        constexpr double patience = 8;
#else
        constexpr int count = 10000;
        constexpr double patience = 2; // where nothing is optimized
#endif
        std::vector<StoredItem> items;
        for (int i = 1; i <= count; ++i) {
            items.push_back(plain(i));
            items.back().item.name = QStringLiteral("%1.bin").arg(i);
            items.back().part = {.path = QStringLiteral("/downloads/%1.bin.part").arg(i),
                                 .total = 1 << 20,
                                 .etag = "\"5f3c-1a2b3c\"",
                                 .finalUrl = items.back().item.request.url(),
                                 .pieces = {{0, {}, 1 << 19}}};
        }
        const auto spent = [](auto work) { // of the processor: others may use the machine, too
            const std::clock_t before = std::clock();
            work();
            return double(std::clock() - before) / CLOCKS_PER_SEC;
        };
        Store store = opened(queue());
        const double saved = spent([&] { store->save(items); });
        std::vector<StoredProgress> progress;
        std::vector<ItemId> order;
        for (const StoredItem &stored : items) {
            progress.push_back({stored.item.id, stored.part, 1});
            order.push_back(stored.item.id);
        }
        std::ranges::reverse(order);
        const double progressed = spent([&] { store->saveProgress(progress); });
        const double ordered = spent([&] { store->setOrder(order); });
        const double closed = spent([&] { store.reset(); });
        const double reopened = spent([&] { store = opened(queue()); });
        std::vector<StoredItem> loaded;
        const double read = spent([&] { loaded = store->load(); });
        QCOMPARE(loaded.size(), items.size());
        QCOMPARE(loaded[0].item.id, ItemId {count});
        qInfo("%d items: save %.3f s, progress %.3f s, order %.3f s, close %.3f s, open %.3f s, load %.3f s",
              count, saved, progressed, ordered, closed, reopened, read);
        QVERIFY(saved < 1.0 * patience);
        QVERIFY(reopened + read < 0.5 * patience);
    }

private:
    QString queue() const { return m_folder->filePath("queue"); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char **argv)
{
    coroscope::test::enterMountNamespace(argv);
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--write") == 0)
        return writeForever(QString::fromLocal8Bit(argv[2]));
    TestQueueStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_queuestore.moc"
