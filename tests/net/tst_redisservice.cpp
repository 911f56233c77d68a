// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisservice.h"

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

bool isAlive(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = status.readAll();
    return !text.sliced(text.lastIndexOf(')')).startsWith(") Z"); // a zombie is dead
}

QByteArray ask(quint16 port, const QByteArray &commands)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!socket.waitForConnected(5000))
        return "refused";
    socket.write(commands + "QUIT\r\n");
    while (socket.waitForReadyRead(5000)) { }
    return socket.readAll();
}

} // namespace

class TestRedisService : public QObject
{
    Q_OBJECT
private slots:
    void serverAsksForItsPassword()
    {
        RedisService service({.password = RedisService::randomPassword()});
        QSignalSpy ready(&service, &RedisService::ready);
        service.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 10000);
        QVERIFY(ask(service.port(), "PING\r\n").startsWith("-NOAUTH"));
        const QByteArray password = service.url().password().toLatin1();
        QVERIFY(password.size() >= 20);
        QVERIFY(ask(service.port(), "AUTH " + password + "\r\nPING\r\n").contains("+PONG"));
    }

    void passwordStandsOnNoCommandLine()
    {
        RedisService service({.password = "conspicuous"});
        QSignalSpy ready(&service, &RedisService::ready);
        service.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 10000);
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(service.pid()));
        QVERIFY(commandLine.open(QIODevice::ReadOnly));
        const QByteArray text = commandLine.readAll();
        QVERIFY(!text.isEmpty());
        QVERIFY(!text.contains("conspicuous"));
    }

    void twoServersRunAtOnce()
    {
        RedisService one;
        RedisService two;
        QSignalSpy oneReady(&one, &RedisService::ready);
        QSignalSpy twoReady(&two, &RedisService::ready);
        one.start();
        two.start();
        QTRY_COMPARE_WITH_TIMEOUT(oneReady.count(), 1, 10000);
        QTRY_COMPARE_WITH_TIMEOUT(twoReady.count(), 1, 10000);
        QVERIFY(one.port() != two.port());
        QVERIFY(ask(one.port(), "PING\r\n").contains("+PONG"));
        QVERIFY(ask(two.port(), "PING\r\n").contains("+PONG"));
    }

    void serverEndsWithItsObject()
    {
        qint64 pid = 0;
        {
            RedisService service;
            QSignalSpy ready(&service, &RedisService::ready);
            service.start();
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 10000);
            pid = service.pid();
            QVERIFY(isAlive(pid));
        }
        QVERIFY(!isAlive(pid));
    }

    void serverEndsWhenTheProgramIsKilled()
    {
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(), {victimOption});
        QVERIFY(program.waitForReadyRead(20000));
        const qint64 pid = program.readLine().trimmed().toLongLong();
        QVERIFY(pid > 0);
        QVERIFY(isAlive(pid));
        program.kill();
        QVERIFY(program.waitForFinished());
        QTRY_VERIFY(!isAlive(pid));
    }

    void missingProgramIsNamedWithItsPackage()
    {
        RedisService service({.program = "no-such-redis-server"});
        QSignalSpy failed(&service, &RedisService::failed);
        service.start();
        QTRY_COMPARE(failed.count(), 1);
        const auto error = failed[0][0].value<Error>();
        QVERIFY(error.what.contains("no-such-redis-server"));
        QVERIFY(error.text().contains("package redis-server"));
    }

    void refusedConfigurationIsSaid()
    {
        RedisService service({.settings = {"no-such-setting yes"}});
        QSignalSpy failed(&service, &RedisService::failed);
        service.start();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 10000);
        QVERIFY(!failed[0][0].value<Error>().advice.isEmpty());
    }

    void deathOfTheServerIsSaid()
    {
        RedisService service;
        QSignalSpy ready(&service, &RedisService::ready);
        QSignalSpy failed(&service, &RedisService::failed);
        service.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 10000);
        ::kill(pid_t(service.pid()), SIGKILL);
        QTRY_COMPARE(failed.count(), 1);
    }
};

/// Started by serverEndsWhenTheProgramIsKilled: holds a server until it is killed.
int holdAServer(QCoreApplication &app)
{
    RedisService service;
    QObject::connect(&service, &RedisService::ready, &app, [&service] {
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
    TestRedisService test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_redisservice.moc"
