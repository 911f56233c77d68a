// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/tlsfiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope::test;
using namespace Qt::StringLiterals;

/// `coroscope download` against a real server.
class DownloadCommandTest : public QObject
{
    Q_OBJECT

    static QByteArray body() { return QByteArray(300'000, 'x') + "end"; }

    static void serve(QTcpSocket &socket, const QByteArray &request)
    {
        const QByteArray path = request.split(' ').value(1);
        const QByteArray content = path == "/empty" ? QByteArray() : body();
        if (path.startsWith("/missing"))
            socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
        else if (!path.startsWith("/endless"))
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(content.size())
                         + "\r\n\r\n" + content);
        else
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nonly so much");
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
    }

private slots:
    void aFileGoesToTheCurrentFolderAndItsPathToStandardOutput()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        Program program({u"download"_s, server.url(u"/a.bin"_s).toString()});
        program.setFolder(folder.path());
        const auto result = program.run();
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out, (QDir(folder.path()).canonicalPath() + u"/a.bin\n"_s).toUtf8());
        QCOMPARE(contentOf(folder.filePath(u"a.bin"_s)), body());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList(u"a.bin"_s));
    }
    void folderAndNameCanBeChosen()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        const QString target = folder.filePath(u"new/deep"_s);
        const auto result = Program::run(
            {u"download"_s, u"-d"_s, target, u"-o"_s, u"b.bin"_s, server.url(u"/a"_s).toString()});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(contentOf(target + u"/b.bin"_s), body());
    }
    void severalComeFromStandardInputAtOnce()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        Program program(
            {u"download"_s, u"-j"_s, u"2"_s, u"-d"_s, folder.path(), u"-i"_s, u"-"_s, u"--json"_s});
        QByteArray list = "# three files\n";
        for (const QString &path : {u"/a"_s, u"/b"_s, u"/empty"_s})
            list += server.url(path).toString().toUtf8() + '\n';
        program.setInput(list);
        const auto result = program.run();
        QCOMPARE(result.exitCode, 0);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 3);
        for (const QJsonObject &task : tasks) {
            QCOMPARE(task.value(u"kind"_s).toString(), u"download"_s);
            QCOMPARE(task.value(u"state"_s).toString(), u"done"_s);
            QVERIFY(task.value(u"task"_s).toString().startsWith(u"GET "_s));
            QVERIFY(QFile::exists(task.value(u"result"_s).toString()));
        }
        QCOMPARE(contentOf(folder.filePath(u"b"_s)), body());
        QCOMPARE(contentOf(folder.filePath(u"empty"_s)), QByteArray());
    }
    void aMissingFileIsAnErrorInWords()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        const auto result = Program::run(
            {u"download"_s, u"-d"_s, folder.path(), server.url(u"/missing.png"_s).toString()});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains("404"), result.err.constData());
        QVERIFY2(result.err.contains("missing.png"), result.err.constData());
        QVERIFY(QDir(folder.path()).isEmpty());
    }
    void oneFailureOfSeveralFailsTheRunAndKeepsTheOthers()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        const auto result = Program::run({u"download"_s, u"-d"_s, folder.path(),
                                          server.url(u"/a"_s).toString(),
                                          server.url(u"/missing"_s).toString()});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out, (folder.filePath(u"a"_s) + u'\n').toUtf8());
        QCOMPARE(result.err.count('\n'), 1);
        QCOMPARE(contentOf(folder.filePath(u"a"_s)), body());
    }
    void aRefusedConnectionIsAnError()
    {
        QString address;
        {
            ScriptedServer server(serve);
            address = server.url(u"/a"_s).toString();
        }
        QTemporaryDir folder;
        const auto result = Program::run({u"download"_s, u"-d"_s, folder.path(), u"--json"_s, address});
        QCOMPARE(result.exitCode, 1);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 1);
        QCOMPARE(tasks[0].value(u"state"_s).toString(), u"failed"_s);
        QVERIFY(tasks[0].value(u"error"_s).toString().contains(u"refused"_s, Qt::CaseInsensitive));
        QVERIFY(!tasks[0].contains(u"result"_s));
    }
    void theTimeoutCancelsADownloadThatDoesNotEnd()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        const auto result = Program::run({u"download"_s, u"-d"_s, folder.path(), u"--json"_s, u"--timeout"_s,
                                          u"0.5"_s, server.url(u"/endless"_s).toString()});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.jsonLines().value(0).value(u"state"_s).toString(), u"cancelled"_s);
        QVERIFY(!QFile::exists(folder.filePath(u"endless"_s)));
    }
    void aCertificateIsCheckedUnlessToldOtherwise()
    {
        TlsFiles tls;
        QVERIFY(tls.isValid());
        ScriptedServer server(serve, ScriptedServer::Call::OnHttpHead, &tls);
        QTemporaryDir folder;
        const QStringList line {u"download"_s, u"-d"_s, folder.path(), server.url(u"/a"_s).toString()};
        const auto refused = Program::run(line);
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("certificate"), refused.err.constData());
        QCOMPARE(Program::run(line + QStringList {u"--ca-file"_s, tls.certificate()}).exitCode, 0);
        QCOMPARE(Program::run(line + QStringList {u"--insecure"_s, u"-o"_s, u"b"_s}).exitCode, 0);
        QCOMPARE(contentOf(folder.filePath(u"b"_s)), body());
    }
};

QTEST_GUILESS_MAIN(DownloadCommandTest)
#include "tst_downloadcommand.moc"
