// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/tlsfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

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
        const auto files = result.jsonLines();
        QCOMPARE(files.size(), 3);
        for (const QJsonObject &file : files) {
            QCOMPARE(file.value(u"state"_s).toString(), u"done"_s);
            QVERIFY(QFile::exists(file.value(u"file"_s).toString()));
        }
        QCOMPARE(contentOf(folder.filePath(u"b"_s)), body());
        QCOMPARE(contentOf(folder.filePath(u"empty"_s)), QByteArray());
    }
    void jsonSaysWhatBecameOfAFile()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        const QString url = server.url(u"/a.bin"_s).toString();
        const auto done = Program::run({u"download"_s, u"-d"_s, folder.path(), u"--json"_s, url}).jsonLines();
        QCOMPARE(done.size(), 1);
        QCOMPARE(done[0].value(u"url"_s).toString(), url);
        QCOMPARE(done[0].value(u"file"_s).toString(), folder.filePath(u"a.bin"_s));
        QCOMPARE(done[0].value(u"bytes"_s).toInteger(), body().size());
        QCOMPARE(done[0].value(u"resumed_from"_s).toInteger(-1), 0);
        QCOMPARE(done[0].value(u"tries"_s).toInt(), 1);
        QCOMPARE(done[0].value(u"http_status"_s).toInt(), 200);
        QVERIFY(done[0].value(u"seconds"_s).isDouble());
        QVERIFY(!done[0].contains(u"error"_s));
        const auto failed = Program::run({u"download"_s, u"-d"_s, folder.path(), u"--json"_s,
                                          server.url(u"/missing"_s).toString()})
                                .jsonLines();
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed[0].value(u"state"_s).toString(), u"failed"_s);
        QCOMPARE(failed[0].value(u"http_status"_s).toInt(), 404);
        QVERIFY(failed[0].value(u"error"_s).toString().contains(u"404"_s));
    }
    void aFileThatMayNotGrowIsAnErrorInWords()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        Program program({});
        const QString path = program.process().program();
        program.process().setProgram(u"bash"_s);
        program.process().setArguments({u"-c"_s,
                                        u"ulimit -f 100; exec \"$0\" download \"$1\" --queue \"$2\""_s, path,
                                        server.url(u"/a.bin"_s).toString(), folder.filePath(u"queue"_s)});
        program.setFolder(folder.path());
        const auto result = program.run();
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("takes larger files"), result.err);
    }
    void inputWithABadLineStartsNothing()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        Program program({u"download"_s, u"-d"_s, folder.filePath(u"new"_s), u"-i"_s, u"-"_s});
        program.setInput(server.url(u"/a"_s).toString().toUtf8() + "\nnonsense\n\ngopher://h/b\n");
        const auto result = program.run();
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains(":2: ") && result.err.contains(":4: "), result.err.constData());
        QVERIFY(server.requests().isEmpty());
        QVERIFY(!QFile::exists(folder.filePath(u"new"_s)));
    }
    void whatIsDoneIsSkippedByTheNextRun()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        const QString url = server.url(u"/a"_s).toString();
        const QStringList line {u"download"_s, u"-d"_s, folder.path(), url};
        QCOMPARE(Program::run(line).exitCode, 0);
        QCOMPARE(server.requests().size(), 1);
        const auto again = Program::run(line);
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.out, QByteArray());
        QVERIFY2(again.err.contains("skipped"), again.err.constData());
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(Program::run(line + QStringList {server.url(u"/b"_s).toString()}).out,
                 (folder.filePath(u"b"_s) + u'\n').toUtf8());

        QFile file(folder.filePath(u"a"_s));
        QVERIFY(file.resize(5)); // is intact no longer
        QCOMPARE(Program::run(line + QStringList {u"--if-exists"_s, u"overwrite"_s}).exitCode, 0);
        QCOMPARE(contentOf(folder.filePath(u"a"_s)), body());
    }
    void ctrlCLeavesAQueueThatTheSameCommandResumes()
    {
        QList<QByteArray> ranges;
        bool isWhole = false;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            qint64 first = 0;
            for (const QByteArray &header : request.split('\n')) {
                if (header.toLower().startsWith("range: bytes=")) {
                    ranges << header;
                    first = header.mid(13).split('-').value(0).toLongLong();
                }
            }
            const QByteArray content = body();
            socket.write(first > 0
                             ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
                                   + QByteArray::number(first) + "-" + QByteArray::number(content.size() - 1)
                                   + "/" + QByteArray::number(content.size()) + "\r\n"
                             : QByteArray("HTTP/1.1 200 OK\r\nAccept-Ranges: bytes\r\n"));
            socket.write("ETag: \"one\"\r\nContent-Length: " + QByteArray::number(content.size() - first)
                         + "\r\n\r\n" + content.mid(first, isWhole ? -1 : 200'000));
        });
        QTemporaryDir folder;
        const QStringList line {u"download"_s, u"-d"_s, folder.path(), server.url(u"/a"_s).toString()};
        Program program(line);
        program.start();
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(folder.filePath(u"a.part"_s)).size() > 0, 30'000);
        program.signal(SIGINT);
        const auto interrupted = program.wait();
        QCOMPARE(interrupted.exitCode, 130);
        QCOMPARE(interrupted.out, QByteArray());
        QVERIFY2(interrupted.err.contains("Interrupted: 1 file left; the same command resumes."),
                 interrupted.err.constData());
        QVERIFY(!QFile::exists(folder.filePath(u"a"_s)));

        isWhole = true;
        const auto resumed = Program::run(line);
        QCOMPARE(resumed.exitCode, 0);
        QCOMPARE(resumed.out, (folder.filePath(u"a"_s) + u'\n').toUtf8());
        QVERIFY2(resumed.err.contains("resumed at"), resumed.err.constData());
        QCOMPARE(ranges.size(), 1);
        QCOMPARE(contentOf(folder.filePath(u"a"_s)), body());
    }
    void whatWasInterruptedIsFinishedByAnotherCommandToo()
    {
        bool answers = false;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            if (answers)
                serve(socket, request);
        });
        QTemporaryDir folder;
        Program program({u"download"_s, u"-d"_s, folder.path(), server.url(u"/a"_s).toString()});
        program.start();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(u".coroscope-queue"_s)), 30'000);
        program.signal(SIGINT);
        QCOMPARE(program.wait().exitCode, 130);
        answers = true;
        const auto result = Program::run(
            {u"download"_s, u"-d"_s, folder.path(), server.url(u"/b"_s).toString()});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(QFile::exists(folder.filePath(u"b"_s)));
        // Ctrl-C may have come before the first file was in the queue: then there was nothing left.
        QCOMPARE(QFile::exists(folder.filePath(u"a"_s)), result.err.contains("1 file left from before"));
    }
    void aQueueInUseIsRefused()
    {
        ScriptedServer server(serve);
        QTemporaryDir folder;
        Program first({u"download"_s, u"-d"_s, folder.path(), server.url(u"/endless"_s).toString()});
        first.start();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(u"endless.part"_s)), 30'000);
        const auto second = Program::run(
            {u"download"_s, u"-d"_s, folder.path(), server.url(u"/a"_s).toString()});
        QCOMPARE(second.exitCode, 2);
        QVERIFY2(second.err.contains("another Coroscope uses this queue"), second.err.constData());
        QVERIFY(!QFile::exists(folder.filePath(u"a"_s)));
        const auto elsewhere = Program::run({u"download"_s, u"-d"_s, folder.path(), u"--queue"_s,
                                             folder.filePath(u"other"_s), server.url(u"/a"_s).toString()});
        QCOMPARE(elsewhere.exitCode, 0);
        first.signal(SIGINT);
        QCOMPARE(first.wait().exitCode, 130);
    }
    void aFolderThatCannotBeMadeIsRefused()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto result = Program::run(
            {u"download"_s, u"-d"_s, folder.filePath(u"file/below"_s), u"http://127.0.0.1:9/a"_s});
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.contains("can't be made"), result.err.constData());
    }
    void theLoginIsSentAndNeverKept()
    {
        QByteArray seen;
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            seen += request;
            if (request.toLower().contains("authorization: basic"))
                serve(socket, request);
            else
                socket.write("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                             "Content-Length: 0\r\n\r\n");
        });
        QTemporaryDir folder;
        Program program(
            {u"download"_s, u"-d"_s, folder.path(), u"--user"_s, u"me"_s, server.url(u"/a"_s).toString()});
        program.setVariable(u"COROSCOPE_PASSWORD"_s, u"s3cretWord"_s);
        const auto result = program.run();
        QCOMPARE(result.exitCode, 0);
        QVERIFY(seen.contains(QByteArray("me:s3cretWord").toBase64()));
        for (const QFileInfo &file : QDir(folder.path()).entryInfoList(QDir::Files | QDir::Hidden))
            QVERIFY2(!contentOf(file.filePath()).contains("s3cretWord"), qPrintable(file.fileName()));
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
        const auto result = Program::run(
            {u"download"_s, u"-d"_s, folder.path(), u"--json"_s, u"--retries"_s, u"0"_s, address});
        QCOMPARE(result.exitCode, 1);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 1);
        QCOMPARE(tasks[0].value(u"state"_s).toString(), u"failed"_s);
        QVERIFY(tasks[0].value(u"error"_s).toString().contains(u"refused"_s, Qt::CaseInsensitive));
        QCOMPARE(tasks[0].value(u"file"_s).toString(), QString());
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
        const auto trusted = Program::run(line + QStringList {u"--ca-file"_s, tls.certificate()});
        QVERIFY2(trusted.exitCode == 0, trusted.err.constData());
        QCOMPARE(Program::run(line + QStringList {u"--insecure"_s, u"-o"_s, u"b"_s}).exitCode, 0);
        QCOMPARE(contentOf(folder.filePath(u"b"_s)), body());
    }
};

QTEST_GUILESS_MAIN(DownloadCommandTest)
#include "tst_downloadcommand.moc"
