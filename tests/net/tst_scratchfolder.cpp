// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/scratchfolder.h"

#include <QDir>
#include <QProcess>
#include <QTest>

#include <cstdio>

using coroscope::net::ScratchFolder;

namespace {
constexpr char holdOption[] = "--hold-a-folder";
const QString kind = QStringLiteral("test");
} // namespace

class TestScratchFolder : public QObject
{
    Q_OBJECT
private slots:
    void folderGoesWithItsObject()
    {
        QString path;
        {
            const ScratchFolder folder(kind);
            path = folder.path();
            QVERIFY(QDir(path).exists());
            QVERIFY(path.contains("coroscope-test-"));
        }
        QVERIFY(!QDir(path).exists());
    }

    void foldersInUseAreLeftAlone()
    {
        const ScratchFolder one(kind);
        const ScratchFolder two(kind);
        QVERIFY(QDir(one.path()).exists());
        QVERIFY(QDir(two.path()).exists());
        QVERIFY(one.path() != two.path());
    }

    void folderOfAKilledProgramIsRemovedByTheNext()
    {
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(), {holdOption});
        QVERIFY(program.waitForReadyRead(20000));
        const QString path = QString::fromUtf8(program.readLine().trimmed());
        const ScratchFolder meanwhile(kind);
        QVERIFY(QDir(path).exists());
        program.kill();
        QVERIFY(program.waitForFinished());
        QVERIFY(QDir(path).exists());
        const ScratchFolder next(kind);
        QVERIFY(!QDir(path).exists());
    }
};

/// Started by folderOfAKilledProgramIsRemovedByTheNext: holds a folder until it is killed.
int holdAFolder(QCoreApplication &app)
{
    const ScratchFolder folder(kind);
    std::printf("%s\n", qUtf8Printable(folder.path()));
    std::fflush(stdout);
    return app.exec();
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], holdOption) == 0)
        return holdAFolder(app);
    TestScratchFolder test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_scratchfolder.moc"
