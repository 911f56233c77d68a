// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/mysqlservice.h"

#include "core/net/mysqlsystemtables.h"

#include <QCoreApplication>
#include <QDir>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <cstdio>

using namespace coroscope::net;

namespace {

constexpr char victimOption[] = "--hold-a-server";
constexpr int patience = 30000; // ms

bool isAlive(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = status.readAll();
    return !text.sliced(text.lastIndexOf(')')).startsWith(") Z"); // a zombie is dead
}

/// What a server says first: a packet with its version.
QByteArray greetingOf(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    return socket.waitForReadyRead(5000) ? socket.readAll() : QByteArray();
}

} // namespace

class TestMySqlService : public QObject
{
    Q_OBJECT
private slots:
    void twoServersRunAtOnce()
    {
        MySqlService one;
        MySqlService two;
        QSignalSpy onePrepared(&one, &MySqlService::prepared);
        QSignalSpy oneReady(&one, &MySqlService::ready);
        QSignalSpy twoReady(&two, &MySqlService::ready);
        one.start();
        two.start();
        QTRY_COMPARE_WITH_TIMEOUT(oneReady.count(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(twoReady.count(), 1, patience);
        QCOMPARE(onePrepared.count(), 1);
        QVERIFY(one.port() != two.port());
        QVERIFY(greetingOf(one.port()).contains("MariaDB"));
        QVERIFY(greetingOf(two.port()).contains("MariaDB"));
    }

    void passwordStandsOnNoCommandLineAndInNoFile()
    {
        MySqlService service({.password = "conspicuous"});
        QSignalSpy ready(&service, &MySqlService::ready);
        service.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(service.pid()));
        QVERIFY(commandLine.open(QIODevice::ReadOnly));
        const QByteArray text = commandLine.readAll();
        QVERIFY(text.contains("127.0.0.1"));
        QVERIFY(!text.contains("conspicuous"));
        const qsizetype at = text.indexOf("--datadir=") + 10;
        const QString folder = QString::fromLocal8Bit(text.sliced(at, text.indexOf('\0', at) - at));
        for (const QFileInfo &info : QDir(folder + QStringLiteral("/mysql")).entryInfoList(QDir::Files)) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("conspicuous"), qUtf8Printable(info.fileName()));
        }
        QCOMPARE(service.url().password(), QStringLiteral("conspicuous"));
    }

    void serverEndsWithItsObject()
    {
        qint64 pid = 0;
        {
            MySqlService service;
            QSignalSpy ready(&service, &MySqlService::ready);
            service.start();
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
            pid = service.pid();
            QVERIFY(isAlive(pid));
        }
        QVERIFY(!isAlive(pid));
    }

    void serverEndsWhenTheProgramIsKilled()
    {
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(victimOption)});
        QVERIFY(program.waitForReadyRead(patience));
        const qint64 pid = program.readLine().trimmed().toLongLong();
        QVERIFY(pid > 0);
        QVERIFY(isAlive(pid));
        program.kill();
        QVERIFY(program.waitForFinished());
        QTRY_VERIFY(!isAlive(pid));
    }

    void missingProgramIsNamedWithItsPackage()
    {
        MySqlService service({.program = QStringLiteral("no-such-mariadbd")});
        QSignalSpy failed(&service, &MySqlService::failed);
        service.start();
        QTRY_COMPARE(failed.count(), 1);
        const auto error = failed[0][0].value<Error>();
        QVERIFY(error.what.contains(QStringLiteral("no-such-mariadbd")));
        QVERIFY(error.text().contains(QStringLiteral("package mariadb-server-core")));
    }

    void refusedSettingIsSaid()
    {
        MySqlService service({.settings = {QStringLiteral("--no-such-setting")}});
        QSignalSpy failed(&service, &MySqlService::failed);
        service.start();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
        const auto error = failed[0][0].value<Error>();
        QVERIFY2(error.advice.contains(QStringLiteral("no-such-setting")), qUtf8Printable(error.text()));
    }

    void deathOfTheServerIsSaid()
    {
        MySqlService service;
        QSignalSpy ready(&service, &MySqlService::ready);
        QSignalSpy failed(&service, &MySqlService::failed);
        service.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, patience);
        ::kill(pid_t(service.pid()), SIGKILL);
        QTRY_COMPARE(failed.count(), 1);
    }

    void passwordIsHashedAsTheServerDoes()
    {
        QCOMPARE(nativePasswordHash("password"), QByteArray("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"));
        QCOMPARE(nativePasswordHash({}), QByteArray());
    }
};

/// Started by serverEndsWhenTheProgramIsKilled: holds a server until it is killed.
int holdAServer(QCoreApplication &app)
{
    MySqlService service;
    QObject::connect(&service, &MySqlService::ready, &app, [&service] {
        std::printf("%lld\n", static_cast<long long>(service.pid()));
        std::fflush(stdout);
    });
    service.start();
    return app.exec();
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], victimOption) == 0)
        return holdAServer(app);
    TestMySqlService test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_mysqlservice.moc"
