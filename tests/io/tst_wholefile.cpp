// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/wholefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace coroscope::io;

class TestWholeFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char *name) const { return m_folder.filePath(QLatin1StringView(name)); }
    static void put(const QString &name, const QByteArray &bytes)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static QByteArray content(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }

private slots:
    void cleanup()
    {
        QDir folder(m_folder.path());
        for (const QString &name : folder.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot))
            QVERIFY(folder.remove(name));
    }

    void itIsThereWhenItIsWhole()
    {
        WholeFile file(path("new"));
        QVERIFY(file.open());
        QCOMPARE(file.device().write("all"), 3);
        QVERIFY(!QFile::exists(path("new")));
        QVERIFY(file.commit());
        QCOMPARE(content(path("new")), QByteArray("all"));
    }

    void anOldFileStaysUntilThen()
    {
        put(path("old"), "before");
        {
            WholeFile file(path("old"));
            QVERIFY(file.open());
            QCOMPARE(file.device().write("half"), 4);
            QVERIFY(file.device().flush());
        }
        QCOMPARE(content(path("old")), QByteArray("before"));
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList("old"));
    }

    void aLinkStaysALink()
    {
        put(path("target"), "before");
        QVERIFY(QFile::link(path("target"), path("link")));
        WholeFile file(path("link"));
        QVERIFY(file.open());
        file.device().write("all");
        QVERIFY(file.commit());
        QVERIFY(QFileInfo(path("link")).isSymLink());
        QCOMPARE(content(path("target")), QByteArray("all"));
    }

    void aPipeIsWrittenToAndStays()
    {
        const QByteArray name = QFile::encodeName(path("pipe"));
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        const int reader = ::open(name.constData(), O_RDONLY | O_NONBLOCK);
        QVERIFY(reader >= 0);
        WholeFile file(path("pipe"));
        QVERIFY(file.open());
        file.device().write("all");
        QVERIFY(file.commit());
        char bytes[8];
        QCOMPARE(::read(reader, bytes, sizeof bytes), 3);
        struct stat now;
        QCOMPARE(::lstat(name.constData(), &now), 0);
        QVERIFY(S_ISFIFO(now.st_mode));
        ::close(reader);
    }

    void aFullDeviceIsAnError()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("no /dev/full here");
        WholeFile file(QStringLiteral("/dev/full"));
        QVERIFY(file.open());
        file.device().write("all");
        QVERIFY(!file.commit());
        QVERIFY(!file.errorString().isEmpty());
        QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile());
    }

    void whereNoFileCanBeThereIsAReason()
    {
        WholeFile file(path("none/at/all"));
        QVERIFY(!file.open());
        QVERIFY(!file.errorString().isEmpty());
        WholeFile folder(m_folder.path());
        QVERIFY(!folder.open());
    }
};

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
