// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/handover.h"
#include "program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QtEndian>

#include <csignal>

#include <sys/stat.h>

using namespace coroscope::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A second start, and the window that is open already.
class HandoverTest : public QObject
{
    Q_OBJECT

    /// handOver() blocks: on a thread of its own, while this one serves.
    static bool handOverMeanwhile(const QString &path, const HandedOver &what)
    {
        bool isTaken = false;
        const std::unique_ptr<QThread> second(QThread::create([&] { isTaken = handOver(path, what); }));
        second->start();
        while (!second->wait(1))
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        return isTaken;
    }
    static QByteArray framed(const QByteArray &json)
    {
        QByteArray length(4, '\0');
        qToBigEndian(quint32(json.size()), length.data());
        return length + json;
    }
    /// What the server answers to some bytes.
    static QByteArray answerTo(const QString &path, const QByteArray &bytes)
    {
        QLocalSocket socket;
        socket.connectToServer(path);
        socket.write(bytes);
        [&] { QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState); }();
        return socket.readAll();
    }

    /// A window of the program, off-screen, with settings and a socket of its own.
    static void prepare(Program &program, const QTemporaryDir &folder)
    {
        QDir(folder.path()).mkdir(u"run"_s);
        QFile::setPermissions(folder.filePath(u"run"_s),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        program.setVariable(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        program.setVariable(u"XDG_CONFIG_HOME"_s, folder.path());
        program.setVariable(u"XDG_DATA_HOME"_s, folder.path());
        program.setVariable(u"XDG_RUNTIME_DIR"_s, folder.filePath(u"run"_s));
        program.setFolder(folder.path());
    }
    static QStringList sockets(const QTemporaryDir &folder)
    {
        return QDir(folder.filePath(u"run"_s)).entryList({u"coroscope-*"_s}, QDir::System);
    }

private slots:
    void whatIsHandedOverArrives()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"socket"_s);
        HandoverServer server(path);
        QVERIFY(server.listen());
        QStringList received;
        connect(&server, &HandoverServer::received, this,
                [&](const HandedOver &what) { received << what.urls; });
        const QString large = QString(u"http://h/é\n"_s).repeated(400'000);
        QVERIFY(handOverMeanwhile(path, {u"http://h/a\n"_s}));
        QVERIFY(handOverMeanwhile(path, {large}));
        QVERIFY(handOverMeanwhile(path, {}));
        QCOMPARE(received, QStringList({u"http://h/a\n"_s, large, QString()}));
    }
    void onlyThisUserCanReachTheSocket()
    {
        QTemporaryDir folder;
        HandoverServer server(folder.filePath(u"socket"_s));
        QVERIFY(server.listen());
        struct stat status {};
        QCOMPARE(stat(qPrintable(folder.filePath(u"socket"_s)), &status), 0);
        QCOMPARE(status.st_mode & 077, 0u);
    }
    void theSocketIsOnlyInAPrivateFolder()
    {
        QTemporaryDir folder;
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        QCOMPARE(QFileInfo(handoverPath()).path(), folder.path());
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                                         | QFile::ReadOther | QFile::ExeOther));
        QVERIFY(QFileInfo(handoverPath()).path() != folder.path());
        qputenv("XDG_RUNTIME_DIR", before);
    }
    void eachDisplayHasASocketOfItsOwn()
    {
        const QByteArray before = qgetenv("DISPLAY");
        qputenv("DISPLAY", ":1");
        const QString first = handoverPath();
        qputenv("DISPLAY", ":2");
        QVERIFY(first != handoverPath());
        qputenv("DISPLAY", before);
    }
    void onlyOneWindowListens()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"socket"_s);
        HandoverServer first(path);
        QVERIFY(first.listen());
        QVERIFY(!HandoverServer(path).listen());
        QVERIFY(handOverMeanwhile(path, {})); // the second left the socket alone
    }
    void aSocketLeftBehindIsReplaced()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"socket"_s);
        QFile leftover(path);
        QVERIFY(leftover.open(QIODevice::WriteOnly));
        leftover.close();
        QVERIFY(!handOver(path, {}));
        HandoverServer server(path);
        QVERIFY(server.listen());
        QVERIFY(handOverMeanwhile(path, {}));
    }
    void withoutAWindowNothingIsTaken()
    {
        QTemporaryDir folder;
        QVERIFY(!handOver(folder.filePath(u"socket"_s), {}));
        QVERIFY(!handOver(QString(), {}));
    }
    void aWindowThatHangsIsNotWaitedForLong()
    {
        QTemporaryDir folder;
        HandoverServer server(folder.filePath(u"socket"_s));
        QVERIFY(server.listen());
        QElapsedTimer time;
        time.start();
        QVERIFY(
            !handOver(folder.filePath(u"socket"_s), {u"http://h/a"_s}, 200ms)); // on the server's own thread
        QVERIFY(time.elapsed() < 5000);
    }
    void whatIsNoMessageIsNotTaken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isAnswered");
        QTest::newRow("too long") << QByteArray("\x7f\xff\xff\xff") << false;
        QTest::newRow("no JSON") << framed("hello") << true;
        QTest::newRow("another version") << framed("{\"version\":2,\"urls\":\"http://h/a\"}") << true;
        QTest::newRow("no URLs") << framed("{\"version\":1}") << true;
        QTest::newRow("wrong type") << framed("{\"version\":1,\"urls\":[\"a\"]}") << true;
    }
    void whatIsNoMessageIsNotTaken()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isAnswered);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"socket"_s);
        HandoverServer server(path);
        QVERIFY(server.listen());
        bool isTaken = false;
        connect(&server, &HandoverServer::received, this, [&] { isTaken = true; });
        const QByteArray answer = answerTo(path, bytes);
        QCOMPARE(!answer.isEmpty(), isAnswered);
        QVERIFY(!answer.contains("true"));
        QVERIFY(!isTaken);
    }

    void aSecondStartIsTakenByTheOpenWindow_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::newRow("window alone") << QStringList {};
        QTest::newRow("URL") << QStringList {u"http://127.0.0.1:9/a"_s};
        QTest::newRow("file") << QStringList {u"list.txt"_s};
        QTest::newRow("download") << QStringList {u"download"_s, u"--window"_s, u"http://127.0.0.1:9/a"_s};
    }
    void aSecondStartIsTakenByTheOpenWindow()
    {
        QFETCH(QStringList, line);
        QTemporaryDir folder;
        QFile list(folder.filePath(u"list.txt"_s));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write("http://127.0.0.1:9/b\n");
        list.close();
        Program first(QStringList {});
        prepare(first, folder);
        first.start();
        QTRY_COMPARE_WITH_TIMEOUT(sockets(folder).size(), 1, 30'000);
        Program second(line);
        prepare(second, folder);
        const auto result = second.run();
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(first.process().state(), QProcess::Running);
        first.signal(SIGTERM);
        QCOMPARE(first.wait().exitCode, 130);
    }
    void afterACrashTheNextWindowTakesTheSocket()
    {
        QTemporaryDir folder;
        {
            Program first(QStringList {});
            prepare(first, folder);
            first.start();
            QTRY_COMPARE_WITH_TIMEOUT(sockets(folder).size(), 1, 30'000);
            first.signal(SIGKILL);
            first.wait();
            QCOMPARE(sockets(folder).size(), 1);
        }
        Program next(QStringList {});
        prepare(next, folder);
        next.start();
        // It takes a third start's word, once it listens.
        QTRY_VERIFY_WITH_TIMEOUT(handOver(folder.filePath(u"run/"_s) + sockets(folder).value(0), {}, 500ms),
                                 30'000);
        next.signal(SIGTERM);
        QCOMPARE(next.wait().exitCode, 130);
    }
    void theLoginIsNotHandedOver()
    {
        QTemporaryDir folder;
        Program first(QStringList {});
        prepare(first, folder);
        first.start();
        QTRY_COMPARE_WITH_TIMEOUT(sockets(folder).size(), 1, 30'000);
        Program second(
            {u"download"_s, u"--window"_s, u"--user"_s, u"me:secret"_s, u"http://127.0.0.1:9/a"_s});
        prepare(second, folder);
        const auto result = second.run();
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.err.contains("login"));
        QVERIFY(!result.err.contains("secret"));
        first.signal(SIGTERM);
        first.wait();
    }
};

QTEST_GUILESS_MAIN(HandoverTest)
#include "tst_handover.moc"
