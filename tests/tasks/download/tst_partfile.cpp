// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/partfile.h"

#include "core/net/error.h"
#include "tests/support/filesin.h"
#include "tests/support/smalldisk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace coroscope;
using namespace coroscope::test;
using download::IfExists;
using download::PartFile;
using Kind = net::Error::Kind;

namespace {

constexpr qint64 mebibyte = 1 << 20;

PartFile newPart(const QString &folder, const QString &name, IfExists policy = IfExists::Rename)
{
    return PartFile::create(folder, name, policy);
}

/// What `work` throws; Kind::None if nothing.
template<typename Work>
net::Error errorOf(Work work)
{
    try {
        work();
    } catch (const net::Exception &e) {
        return e.error();
    }
    return {};
}

} // namespace

class TestPartFile : public QObject
{
    Q_OBJECT
private slots:
    void fileHasItsNameOnlyWhenWhole()
    {
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a.bin");
        part.writeAt(0, "hello ");
        part.writeAt(6, "world");
        part.sync();
        QCOMPARE(filesIn(folder.path()), QStringList {"a.bin.part"});
        QCOMPARE(part.path(), folder.filePath("a.bin.part"));
        QCOMPARE(part.finalName(), QStringLiteral("a.bin"));
        QCOMPARE(part.size(), 11);
        const QString path = part.commit({}, IfExists::Rename);
        QVERIFY(!part.isOpen());
        QCOMPARE(path, folder.filePath("a.bin"));
        QCOMPARE(filesIn(folder.path()), QStringList {"a.bin"});
        QCOMPARE(contentOf(path), "hello world");
    }

    void namelessFileIsSeenOnlyWithItsName()
    {
        QTemporaryDir folder;
        QSet<QString> taken;
        auto file = PartFile::createNameless(folder.path(), "a.bin", taken);
        if (!file)
            QSKIP("the file system of the temporary folder has no files without a name");
        file->writeAt(0, "hello");
        QCOMPARE(filesIn(folder.path()), QStringList());
        QCOMPARE(file->path(), folder.filePath("a.bin.part"));
        QCOMPARE(file->commit({}, IfExists::Rename), folder.filePath("a.bin"));
        QCOMPARE(filesIn(folder.path()), QStringList {"a.bin"});
        QCOMPARE(contentOf(folder.filePath("a.bin")), "hello");
    }

    void namelessFileThatIsGivenUpLeavesNothing()
    {
        QTemporaryDir folder;
        QSet<QString> taken;
        {
            auto file = PartFile::createNameless(folder.path(), "a.bin", taken);
            if (!file)
                QSKIP("the file system of the temporary folder has no files without a name");
            file->writeAt(0, "hello");
        }
        QCOMPARE(filesIn(folder.path()), QStringList());
    }

    void namelessFilesGetNamesThatNobodyHas()
    {
        QTemporaryDir folder;
        QSet<QString> taken;
        QVERIFY(makeFile(folder.filePath("a.bin"), "old"));
        PartFile reserved = newPart(folder.path(), "a.bin"); // "a (1).bin.part"
        auto first = PartFile::createNameless(folder.path(), "a.bin", taken);
        if (!first)
            QSKIP("the file system of the temporary folder has no files without a name");
        auto second = PartFile::createNameless(folder.path(), "a.bin", taken);
        QVERIFY(second);
        QCOMPARE(first->finalName(), QStringLiteral("a (2).bin"));
        QCOMPARE(second->finalName(), QStringLiteral("a (3).bin"));
        QVERIFY(makeFile(folder.filePath("a (2).bin"), "faster"));
        QCOMPARE(second->commit({}, IfExists::Rename), folder.filePath("a (3).bin"));
        QCOMPARE(first->commit({}, IfExists::Rename), folder.filePath("a (4).bin"));
        QCOMPARE(contentOf(folder.filePath("a.bin")), "old");
        QCOMPARE(contentOf(folder.filePath("a (2).bin")), "faster");
    }

    void bytesStandWhereTheyAreWritten()
    {
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a");
        part.startSync();
        part.writeAt(3, "def");
        part.writeAt(0, "abc");
        QCOMPARE(contentOf(part.path()), "abcdef");
        part.truncate(4);
        QCOMPARE(part.size(), 4);
        const qint64 far = 5LL << 30;
        part.writeAt(far, "x");
        QCOMPARE(part.size(), far + 1);
    }

    void partSurvivesItsObject()
    {
        QTemporaryDir folder;
        {
            PartFile part = newPart(folder.path(), "a.bin");
            part.writeAt(0, "x");
            PartFile moved(std::move(part));
            QVERIFY(!part.isOpen()); // NOLINT: that is what is tested
            PartFile assigned = newPart(folder.path(), "b.bin");
            assigned = std::move(moved);
            QCOMPARE(assigned.finalName(), QStringLiteral("a.bin"));
        }
        QCOMPARE(filesIn(folder.path()), QStringList({"a.bin.part", "b.bin.part"}));
    }

    void removedPartIsGone()
    {
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a.bin");
        QVERIFY(part.remove());
        QVERIFY(!part.isOpen());
        QCOMPARE(filesIn(folder.path()), QStringList());
    }

    void strangersFileInPlaceOfThePartIsNotTouched()
    {
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a");
        PartFile other = newPart(folder.path(), "b");
        for (const PartFile *p : {&part, &other}) {
            QVERIFY(QFile::remove(p->path()));
            QVERIFY(makeFile(p->path(), "a stranger's"));
        }
        const net::Error error = errorOf([&] { part.commit({}, IfExists::Rename); });
        QCOMPARE(error.kind, Kind::Disk);
        QCOMPARE(error.where, part.path());
        QVERIFY(!other.remove());
        QCOMPARE(filesIn(folder.path()), QStringList({"a.part", "b.part"}));
    }

    void takenNamesAreLeftAlone()
    {
        QTemporaryDir folder;
        QVERIFY(makeFile(folder.filePath("a.bin")));
        QVERIFY(QDir(folder.path()).mkdir("a (1).bin"));
        QVERIFY(QFile::link("nowhere", folder.filePath("a (2).bin")));
        QVERIFY(makeFile(folder.filePath("a (3).bin.part")));
        QVERIFY(QDir(folder.path()).mkdir("a (4).bin.part"));
        QVERIFY(QFile::link("nowhere", folder.filePath("a (5).bin.part")));
        PartFile part = newPart(folder.path(), "a.bin");
        QCOMPARE(part.commit({}, IfExists::Rename), folder.filePath("a (6).bin"));
        QVERIFY(!QFile::exists(folder.filePath("nowhere")));
    }

    void twoPartsOfOneNameGetTwoFiles()
    {
        QTemporaryDir folder;
        PartFile one = newPart(folder.path(), "a.bin");
        PartFile two = newPart(folder.path(), "a.bin");
        one.writeAt(0, "1");
        two.writeAt(0, "2");
        QCOMPARE(contentOf(two.commit({}, IfExists::Rename)), "2");
        QCOMPARE(contentOf(one.commit({}, IfExists::Rename)), "1");
        QCOMPARE(filesIn(folder.path()), QStringList({"a (1).bin", "a.bin"}));
    }

    void numbersEnd()
    {
        QTemporaryDir folder;
        for (const char *name : {"a", "a (1)", "a (2)"})
            QVERIFY(makeFile(folder.filePath(name)));
        const auto make = [&](int most) {
            return PartFile::createNumbered(folder.path(), "a", IfExists::Rename, most);
        };
        const net::Error error = errorOf([&] { make(2); });
        QCOMPARE(error.kind, Kind::Disk);
        QCOMPARE(error.where, folder.filePath("a"));
        QVERIFY(error.what.contains(QStringLiteral("2")));
        QCOMPARE(make(3).finalName(), QStringLiteral("a (3)"));
    }

    void nameTakenMeanwhileIsNotReplaced_data()
    {
        QTest::addColumn<IfExists>("policy");
        QTest::newRow("rename") << IfExists::Rename;
        QTest::newRow("skip") << IfExists::Skip;
    }
    void nameTakenMeanwhileIsNotReplaced()
    {
        QFETCH(IfExists, policy);
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a.bin", policy);
        part.writeAt(0, "mine");
        QVERIFY(makeFile(folder.filePath("a.bin"), "a stranger's"));
        QVERIFY(QFile::link("nowhere", folder.filePath("a (1).bin")));
        QCOMPARE(part.commit({}, policy), folder.filePath("a (2).bin"));
        QCOMPARE(contentOf(folder.filePath("a.bin")), "a stranger's");
        QCOMPARE(contentOf(folder.filePath("a (2).bin")), "mine");
    }

    void fileIsReplacedWhereThatIsWanted_data()
    {
        QTest::addColumn<IfExists>("policy");
        QTest::newRow("overwrite") << IfExists::Overwrite;
        QTest::newRow("only if newer") << IfExists::OnlyIfNewer;
    }
    void fileIsReplacedWhereThatIsWanted()
    {
        QFETCH(IfExists, policy);
        QTemporaryDir folder;
        QVERIFY(makeFile(folder.filePath("a.bin"), "old"));
        PartFile part = newPart(folder.path(), "a.bin", policy);
        QCOMPARE(part.finalName(), QStringLiteral("a.bin"));
        part.writeAt(0, "new");
        QCOMPARE(contentOf(folder.filePath("a.bin")), "old");
        QCOMPARE(part.commit({}, policy), folder.filePath("a.bin"));
        QCOMPARE(contentOf(folder.filePath("a.bin")), "new");
        QCOMPARE(filesIn(folder.path()), QStringList {"a.bin"});
    }

    void folderIsNeverReplaced()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("a"));
        QCOMPARE(newPart(folder.path(), "a", IfExists::Overwrite).finalName(), QStringLiteral("a (1)"));
        PartFile late = newPart(folder.path(), "b", IfExists::Overwrite);
        QVERIFY(QDir(folder.path()).mkdir("b"));
        QCOMPARE(late.commit({}, IfExists::Overwrite), folder.filePath("b (1)"));
        QVERIFY(QFileInfo(folder.filePath("b")).isDir());
    }

    void partOfTheNameIsInTheWayOfOverwriting()
    {
        QTemporaryDir folder;
        QVERIFY(makeFile(folder.filePath("a.part"), "another's"));
        QCOMPARE(newPart(folder.path(), "a", IfExists::Overwrite).finalName(), QStringLiteral("a (1)"));
        QCOMPARE(contentOf(folder.filePath("a.part")), "another's");
    }

    void timeOfModificationIsTheServers_data()
    {
        QTest::addColumn<QDateTime>("time");
        QTest::newRow("after 1970") << QDateTime::fromMSecsSinceEpoch(1700000000123);
        QTest::newRow("before 1970") << QDateTime::fromMSecsSinceEpoch(-1500);
    }
    void timeOfModificationIsTheServers()
    {
        QFETCH(QDateTime, time);
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a");
        part.writeAt(0, "x");
        const QString path = part.commit(time, IfExists::Rename);
        QCOMPARE(QFileInfo(path).lastModified(), time);
    }

    void unfinishedPartIsGoneOnWith()
    {
        QTemporaryDir folder;
        QString path;
        {
            PartFile part = newPart(folder.path(), "a (1).bin");
            part.writeAt(0, "abc");
            path = part.path();
        }
        QVERIFY(!PartFile::reopen(path, 4));
        auto part = PartFile::reopen(path, 2);
        QVERIFY(part);
        QCOMPARE(part->size(), 3);
        QCOMPARE(part->path(), path);
        part->writeAt(3, "def");
        QCOMPARE(part->commit({}, IfExists::Rename), folder.filePath("a (1).bin"));
        QCOMPARE(contentOf(folder.filePath("a (1).bin")), "abcdef");
    }

    void whatIsNoPartIsNotOpened_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"missing.part", "link.part", "dangling.part", "folder.part", "pipe.part",
                                 "finished", ".part", "finished/x.part"})
            QTest::newRow(name) << QString(name);
    }
    void whatIsNoPartIsNotOpened()
    {
        QFETCH(QString, name);
        QTemporaryDir folder;
        QVERIFY(makeFile(folder.filePath("finished"), "abc"));
        QVERIFY(makeFile(folder.filePath(".part"), "abc"));
        QVERIFY(QFile::link(folder.filePath("finished"), folder.filePath("link.part")));
        QVERIFY(QFile::link("nowhere", folder.filePath("dangling.part")));
        QVERIFY(QDir(folder.path()).mkdir("folder.part"));
        QVERIFY(::mkfifo(QFile::encodeName(folder.filePath("pipe.part")).constData(), 0600) == 0);
        QVERIFY(!PartFile::reopen(folder.filePath(name), 0));
        QCOMPARE(contentOf(folder.filePath("finished")), "abc");
    }

    void childrenDoNotInheritThePart()
    {
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a");
        bool isFound = false;
        for (const QString &number : QDir("/proc/self/fd").entryList(QDir::Files | QDir::System)) {
            if (QFile::symLinkTarget("/proc/self/fd/" + number) != part.path())
                continue;
            isFound = true;
            QVERIFY(::fcntl(number.toInt(), F_GETFD) & FD_CLOEXEC);
        }
        QVERIFY(isFound);
    }

    void missingFolderIsMade()
    {
        QTemporaryDir folder;
        PartFile part = newPart(folder.filePath("new/one"), "a");
        QCOMPARE(part.commit({}, IfExists::Rename), folder.filePath("new/one/a"));
    }

    void roomIsTakenAtOnce()
    {
        SmallDisk disk(4 * mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        PartFile part = newPart(disk.path(), "a");
        part.preallocate(2 * mebibyte);
        QCOMPARE(part.size(), 0);
        QVERIFY(*download::freeSpace(disk.path()) <= 2 * mebibyte);
    }

    void fileThatIsTooLargeForTheDiskIsRefusedBefore()
    {
        SmallDisk disk(mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        PartFile part = newPart(disk.path(), "a");
        part.writeAt(0, "abc");
        const net::Error error = errorOf([&] { part.preallocate(3 * mebibyte); });
        QCOMPARE(error.kind, Kind::DiskFull);
        QCOMPARE(error.where, part.path());
        QVERIFY2(error.what.contains("2,097,152"), qPrintable(error.what));
        QVERIFY(!error.advice.isEmpty());
        QCOMPARE(part.size(), 3);
        QVERIFY(*download::freeSpace(disk.path()) > mebibyte / 2); // it took nothing
    }

    void fileThatIsTooLargeForAnyDiskIsRefusedBefore()
    {
        const QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a");
        const net::Error error = errorOf([&] { part.preallocate(std::numeric_limits<qint64>::max()); });
        QVERIFY(error.kind == Kind::Disk || error.kind == Kind::DiskFull);
        QCOMPARE(error.where, part.path());
        QVERIFY(!error.advice.isEmpty());
    }

    void fullDiskKeepsWhatCame()
    {
        SmallDisk disk(mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        PartFile part = newPart(disk.path(), "a");
        const QByteArray bytes(mebibyte / 4, 'x');
        qint64 written = 0;
        const net::Error error = errorOf([&] {
            for (;; written += bytes.size())
                part.writeAt(written, bytes);
        });
        QCOMPARE(error.kind, Kind::DiskFull);
        QCOMPARE(error.where, part.path());
        QCOMPARE(written, mebibyte);
        QVERIFY(PartFile::reopen(part.path(), written));
    }

    void fullDiskSaysHowMuchIsMissing()
    {
        SmallDisk disk(mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        PartFile other = newPart(disk.path(), "other");
        PartFile part = newPart(disk.path(), "a");
        part.preallocate(mebibyte - 4096); // not worth it yet
        other.writeAt(0, QByteArray(mebibyte / 2, 'o'));
        const net::Error error = errorOf([&] { part.writeAt(0, QByteArray(mebibyte - 4096, 'x')); });
        QCOMPARE(error.kind, Kind::DiskFull);
        QVERIFY2(error.what.contains("520,192"), qPrintable(error.what)); // half of it, less a page
    }

    void readOnlyFolderIsNamed()
    {
        SmallDisk disk(mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        QVERIFY(makeFile(disk.filePath("a.part"), "abc"));
        QVERIFY(disk.makeReadOnly());
        const net::Error made = errorOf([&] { newPart(disk.path(), "b"); });
        QCOMPARE(made.kind, Kind::Disk);
        QCOMPARE(made.where, disk.path());
        QVERIFY(!made.advice.isEmpty());
        const net::Error opened = errorOf([&] { PartFile::reopen(disk.filePath("a.part"), 0); });
        QCOMPARE(opened.kind, Kind::Disk);
        QCOMPARE(opened.where, disk.filePath("a.part"));
    }

    void failedWriteIsSaidInWords()
    {
        QTemporaryDir folder;
        PartFile part = newPart(folder.path(), "a");
        rlimit before {};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
        const rlimit small {.rlim_cur = 1000, .rlim_max = before.rlim_max};
        ::signal(SIGXFSZ, SIG_IGN);
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &small) == 0);
        const net::Error error = errorOf([&] { part.writeAt(0, QByteArray(2000, 'x')); });
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
        QCOMPARE(error.kind, Kind::Disk);
        const QString text = error.text();
        QVERIFY2(text.contains("too large", Qt::CaseInsensitive), qPrintable(text));
        QVERIFY2(text.contains("a.part"), qPrintable(text));
    }
};

COROSCOPE_SMALLDISK_MAIN(TestPartFile)
#include "tst_partfile.moc"
