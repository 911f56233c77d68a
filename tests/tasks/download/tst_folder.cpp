// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/folder.h"

#include "core/net/error.h"
#include "tests/support/filesin.h"
#include "tests/support/smalldisk.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::download;
using namespace coroscope::test;
using Kind = net::Error::Kind;

namespace {

constexpr qint64 mebibyte = 1 << 20;

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

class TestFolder : public QObject
{
    Q_OBJECT
private slots:
    void missingFolderIsMade()
    {
        QTemporaryDir folder;
        makeWritableFolder(folder.filePath("new/one"));
        QVERIFY(QFileInfo(folder.filePath("new/one")).isDir());
        syncFolder(folder.filePath("new/one"));
    }

    void unusableFolderIsNamed_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("a file stands there") << QStringLiteral("/proc/self/status/x");
        QTest::newRow("nobody may write there") << QStringLiteral("/proc/self/x");
    }
    void unusableFolderIsNamed()
    {
        QFETCH(QString, folder);
        const net::Error error = errorOf([&] { makeWritableFolder(folder); });
        QCOMPARE(error.kind, Kind::Disk);
        QCOMPARE(error.where, folder);
        QVERIFY(!error.what.isEmpty());
        QVERIFY(!error.advice.isEmpty());
        QCOMPARE(errorOf([&] { syncFolder(folder); }).where, folder);
    }

    void readOnlyFolderIsNamed()
    {
        SmallDisk disk(mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        QVERIFY(disk.makeReadOnly());
        QCOMPARE(errorOf([&] { makeWritableFolder(disk.path()); }).where, disk.path());
        QCOMPARE(errorOf([&] { makeWritableFolder(disk.filePath("x")); }).where, disk.filePath("x"));
    }

    void freeSpaceIsTheDisks()
    {
        SmallDisk disk(mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        QCOMPARE(freeSpace(disk.path()), mebibyte);
        QVERIFY(makeFile(disk.filePath("a"), QByteArray(mebibyte / 2, 'x')));
        QCOMPARE(freeSpace(disk.path()), mebibyte / 2);
        QCOMPARE(freeSpace(disk.filePath("not/made/yet")), mebibyte / 2);
    }

    void freeSpaceOfNoDiskIsUnknown() { QVERIFY(!freeSpace("/proc/self")); }

    void missingSpaceIsSaid()
    {
        SmallDisk disk(mebibyte);
        QVERIFY2(disk.isMounted(), disk.error());
        requireFreeSpace(disk.path(), mebibyte);
        const net::Error error = errorOf([&] { requireFreeSpace(disk.path(), mebibyte + 1234); });
        QCOMPARE(error.kind, Kind::DiskFull);
        QCOMPARE(error.where, disk.path());
        QVERIFY2(error.what.contains("1,234 bytes"), qPrintable(error.what));
        requireFreeSpace("/proc/self", mebibyte); // unknown is no error
    }
};

COROSCOPE_SMALLDISK_MAIN(TestFolder)
#include "tst_folder.moc"
