// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/filesin.h"
#include "tests/support/httpanswers.h"
#include "tests/support/smalldisk.h"
#include "tests/tasks/download/queueundertest.h"

#include <QTest>

#include <unistd.h>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;

namespace {

constexpr qint64 diskSize = 4 << 20;

QByteArray content(qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qint64 i = 0; i < size; ++i)
        bytes[i] = char((i * 7 + i / 251) & 0xff);
    return bytes;
}

Request wanted(const QUrl &url, const QString &folder) { return {.urls = {url}, .folder = folder}; }

} // namespace

/// Disks that are full or can't be written.
class TestHostileDisk : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;

private slots:
    void initTestCase() { m_loop = std::make_unique<Loop>(); }
    void cleanupTestCase() { m_loop.reset(); }

    void fullDiskPausesAllAndWhatHasComeIsGoneOnWith_data()
    {
        QTest::addColumn<bool>("isSizeKnown");
        QTest::newRow("size known before") << true;
        QTest::newRow("size unknown") << false;
    }
    void fullDiskPausesAllAndWhatHasComeIsGoneOnWith()
    {
        QFETCH(bool, isSizeKnown);
        const SmallDisk disk(diskSize);
        QVERIFY2(disk.isMounted(), disk.error());
        const QString ballast = disk.filePath("ballast");
        QVERIFY(makeFile(ballast, QByteArray(2 << 20, 'b')));

        const ServedFile file {.content = content(3 << 20)};
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            if (pathOf(request) == "/slow.bin") {
                socket.write(answer("200 OK\r\nContent-Length: 10\r\nETag: \"s\"", "0123"));
                return;
            }
            if (isSizeKnown || !headerOf(request, "Range").isNull()) {
                socket.write(answerTo(request, file));
                return;
            }
            socket.write(answer("200 OK\r\nConnection: close\r\nETag: \"v1\"", file.content));
            socket.disconnectFromHost();
        });
        QueueUnderTest queue({.limits = Limits {.transfers = 2}});
        const ItemId slow = queue.add(wanted(server.url("/slow.bin"), disk.path()));
        QVERIFY(queue.waitFor([&] { return QFileInfo(disk.filePath("slow.bin.part")).size() > 0; }));
        const QList<ItemId> ids = queue.add(Add {.requests = {wanted(server.url("/big.bin"), disk.path()),
                                                              wanted(server.url("/next.bin"), disk.path())}});
        QCOMPARE(ids.size(), 2);
        const Item full = queue.atRest(ids[0]);
        QCOMPARE(full.state, ItemState::Paused);
        QCOMPARE(full.pauseReason, PauseReason::DiskFull);
        QVERIFY2(full.error.contains("the disk is full"), description(full));
        QVERIFY2(!isSizeKnown || full.error.contains("bytes are missing"), description(full));
        for (const ItemId other : {slow, ids[1]}) {
            const Item paused = queue.atRest(other);
            QCOMPARE(paused.state, ItemState::Paused);
            QCOMPARE(paused.pauseReason, PauseReason::DiskFull);
            QVERIFY(!paused.error.isEmpty());
        }
        QVERIFY(filesIn(disk.path()).contains("big.bin.part") || isSizeKnown);
        QCOMPARE(contentOf(disk.filePath("slow.bin.part")).left(4), QByteArray("0123"));
        QCOMPARE(queue.item(slow).received, 4);

        QVERIFY(QFile::remove(ballast));
        const qsizetype before = server.requests().size();
        queue.carryOut(Resume {{ids[0]}});
        QVERIFY(queue.reaches(ids[0], ItemState::Done));
        QCOMPARE(filesIn(disk.path()).filter("big"), QStringList {"big.bin"});
        QVERIFY(contentOf(disk.filePath("big.bin")) == file.content);
        QCOMPARE(server.requests().size(), before + 1);
        const QByteArray range = headerOf(server.requests().constLast(), "Range");
        QVERIFY2(isSizeKnown || range.startsWith("bytes="), server.requests().constLast());
        QCOMPARE(queue.item(slow).state, ItemState::Paused);
    }

    void folderThatCannotBeWrittenIsSaidBeforeAnyRequest()
    {
        SmallDisk disk(diskSize);
        QVERIFY2(disk.isMounted(), disk.error());
        QVERIFY(disk.makeReadOnly());
        ScriptedServer server(inTurn({whole("0123456789")}));
        QueueUnderTest queue;
        for (const QString &folder : {disk.path(), disk.filePath("sub")}) {
            const Item item = queue.outcomeOf(wanted(server.url("/a.bin"), folder));
            QCOMPARE(item.state, ItemState::Failed);
            QVERIFY2(item.error.contains(disk.path()), description(item));
            QVERIFY2(item.error.contains("Choose another folder"), description(item));
        }
        QCOMPARE(server.connections(), 0);
    }

    void folderIsMadeIfMissing()
    {
        const QTemporaryDir folder;
        ScriptedServer server(inTurn({whole("0123456789")}));
        QueueUnderTest queue;
        const Item item = queue.outcomeOf(wanted(server.url("/a.bin"), folder.filePath("new/sub")));
        QVERIFY2(item.state == ItemState::Done, description(item));
        QCOMPARE(item.path, folder.filePath("new/sub/a.bin"));
    }
};

COROSCOPE_SMALLDISK_MAIN(TestHostileDisk)
#include "tst_hostiledisk.moc"
