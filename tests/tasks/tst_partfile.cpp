// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/partfile.h"

#include "core/net/error.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace coroscope;
using tasks::PartFile;

namespace {

QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System,
                                  QDir::Name);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void touch(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

} // namespace

class TestPartFile : public QObject
{
    Q_OBJECT
private slots:
    void fileHasItsNameOnlyWhenWhole()
    {
        QTemporaryDir folder;
        PartFile part(folder.path(), "a.bin");
        part.write("hello ");
        part.write("world");
        QCOMPARE(filesIn(folder.path()), QStringList {"a.bin.part"});
        QCOMPARE(part.size(), 11);
        const QString path = part.commit();
        QCOMPARE(path, folder.filePath("a.bin"));
        QCOMPARE(filesIn(folder.path()), QStringList {"a.bin"});
        QCOMPARE(contentOf(path), "hello world");
    }

    void uncommittedPartIsRemoved()
    {
        QTemporaryDir folder;
        {
            PartFile part(folder.path(), "a.bin");
            part.write("x");
            PartFile moved(std::move(part));
        }
        QCOMPARE(filesIn(folder.path()), QStringList());
    }

    void takenNamesAreLeftAlone()
    {
        QTemporaryDir folder;
        touch(folder.filePath("a.bin"));
        QDir(folder.path()).mkdir("a (1).bin");
        QFile::link("nowhere", folder.filePath("a (2).bin"));
        touch(folder.filePath("a (3).bin.part"));
        PartFile part(folder.path(), "a.bin");
        QCOMPARE(part.commit(), folder.filePath("a (4).bin"));
    }

    void twoPartsOfOneNameGetTwoFiles()
    {
        QTemporaryDir folder;
        PartFile one(folder.path(), "a.bin");
        PartFile two(folder.path(), "a.bin");
        one.write("1");
        two.write("2");
        QCOMPARE(contentOf(two.commit()), "2");
        QCOMPARE(contentOf(one.commit()), "1");
        QCOMPARE(filesIn(folder.path()), QStringList({"a (1).bin", "a.bin"}));
    }

    void nameTakenMeanwhileIsNotReplaced()
    {
        QTemporaryDir folder;
        PartFile part(folder.path(), "a.bin");
        part.write("mine");
        touch(folder.filePath("a.bin"));
        QCOMPARE(part.commit(), folder.filePath("a (1).bin"));
        QCOMPARE(contentOf(folder.filePath("a.bin")), "");
        QCOMPARE(contentOf(folder.filePath("a (1).bin")), "mine");
    }

    void missingFolderIsMade()
    {
        QTemporaryDir folder;
        PartFile part(folder.filePath("new/one"), "a");
        QCOMPARE(part.commit(), folder.filePath("new/one/a"));
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
        try {
            PartFile part(folder, "a");
            QFAIL("a part was made");
        } catch (const net::Exception &e) {
            QCOMPARE(e.error().kind, net::Error::Kind::Disk);
            QCOMPARE(e.error().where, folder);
            QVERIFY(!e.error().what.isEmpty());
        }
    }

    void failedWriteIsSaidInWords()
    {
        QTemporaryDir folder;
        PartFile part(folder.path(), "a");
        rlimit before {};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
        const rlimit small {.rlim_cur = 1000, .rlim_max = before.rlim_max};
        ::signal(SIGXFSZ, SIG_IGN);
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &small) == 0);
        QString text;
        try {
            part.write(QByteArray(2000, 'x'));
        } catch (const net::Exception &e) {
            text = e.error().text();
        }
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
        QVERIFY2(text.contains("too large", Qt::CaseInsensitive), qPrintable(text));
        QVERIFY2(text.contains("a.part"), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestPartFile)
#include "tst_partfile.moc"
