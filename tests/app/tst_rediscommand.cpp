// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisservice.h"
#include "program.h"

#include <QSignalSpy>
#include <QTest>

using namespace coroscope::net;
using namespace Qt::StringLiterals;

/// `coroscope redis` against real servers.
class RedisCommandTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedisService> m_open;
    std::unique_ptr<RedisService> m_locked;

    static std::unique_ptr<RedisService> started(const QByteArray &password)
    {
        auto service = std::make_unique<RedisService>(RedisServiceOptions {.password = password});
        QSignalSpy ready(service.get(), &RedisService::ready);
        service->start();
        return ready.wait(15'000) ? std::move(service) : nullptr;
    }
    static QString withoutPassword(QUrl url)
    {
        url.setUserInfo({});
        return url.toString();
    }
    Program::Result run(const QStringList &command) const
    {
        return Program::run(QStringList {u"redis"_s, m_open->url().toString(), u"--"_s} + command);
    }

private slots:
    void initTestCase()
    {
        m_open = started({});
        m_locked = started("correct horse");
        QVERIFY(m_open && m_locked);
    }

    void repliesArePrintedAsRedisCliPrintsThemToAPipe()
    {
        QCOMPARE(run({u"SET"_s, u"greeting"_s, u"hello, world"_s}).out, QByteArray("OK\n"));
        QCOMPARE(run({u"GET"_s, u"greeting"_s}).out, QByteArray("hello, world\n"));
        QCOMPARE(run({u"GET"_s, u"nothing"_s}).out, QByteArray("\n"));
        QCOMPARE(run({u"RPUSH"_s, u"list"_s, u"a"_s, u"b"_s, u"c"_s}).out, QByteArray("3\n"));
        QCOMPARE(run({u"LRANGE"_s, u"list"_s, u"0"_s, u"-1"_s}).out, QByteArray("a\nb\nc\n"));
        QCOMPARE(run({u"PING"_s}).exitCode, 0);
        QCOMPARE(run({u"PING"_s}).err, QByteArray());
    }
    void aLongReplyIsWhole()
    {
        const QByteArray value = QByteArray(100'000, 'v') + "end";
        QCOMPARE(run({u"SET"_s, u"long"_s, QString::fromLatin1(value)}).out, QByteArray("OK\n"));
        QCOMPARE(run({u"GET"_s, u"long"_s}).out, value + '\n');
    }
    void severalServersAnswerInTheirOrder()
    {
        QCOMPARE(run({u"SET"_s, u"who"_s, u"open"_s}).exitCode, 0);
        const QString open = m_open->url().toString();
        const QString locked = m_locked->url().toString();
        QCOMPARE(Program::run({u"redis"_s, locked, u"--"_s, u"SET"_s, u"who"_s, u"locked"_s}).exitCode, 0);
        QCOMPARE(Program::run({u"redis"_s, locked, open, u"--"_s, u"GET"_s, u"who"_s}).out,
                 QByteArray("locked\nopen\n"));
    }
    void anErrorReplyFailsTheRun()
    {
        const auto result = run({u"HGET"_s, u"only a key"_s});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains("wrong number of arguments"), result.err.constData());
    }
    void thePasswordCanComeFromTheEnvironment()
    {
        Program program({u"redis"_s, withoutPassword(m_locked->url()), u"--json"_s, u"--"_s, u"PING"_s});
        program.setVariable(u"REDISCLI_AUTH"_s, u"correct horse"_s);
        const auto result = program.run();
        QCOMPARE(result.exitCode, 0);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 1);
        QCOMPARE(tasks[0].value(u"kind"_s).toString(), u"redis"_s);
        QCOMPARE(tasks[0].value(u"state"_s).toString(), u"done"_s);
        QCOMPARE(tasks[0].value(u"result"_s).toString(), u"PONG"_s);
        QVERIFY(!(result.out + result.err).contains("horse"));
    }
    void aWrongOrMissingPasswordIsAnErrorThatDoesNotRepeatIt()
    {
        Program wrong({u"redis"_s, withoutPassword(m_locked->url()), u"--"_s, u"PING"_s});
        wrong.setVariable(u"REDISCLI_AUTH"_s, u"guessed-wrong"_s);
        const auto result = wrong.run();
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("WRONGPASS") || result.err.contains("password"), result.err.constData());
        QVERIFY(!(result.out + result.err).contains("guessed-wrong"));
        const auto none = Program::run({u"redis"_s, withoutPassword(m_locked->url()), u"--"_s, u"PING"_s});
        QCOMPARE(none.exitCode, 1);
        QVERIFY2(none.err.contains("NOAUTH") || none.err.contains("password"), none.err.constData());
    }
    void aServerThatIsNotThereIsAnError()
    {
        auto gone = started({});
        QVERIFY(gone);
        const QString address = gone->url().toString();
        gone.reset();
        const auto result = Program::run({u"redis"_s, address, u"--"_s, u"PING"_s});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("refused"), result.err.constData());
    }
    void theTimeoutCancelsACommandThatWaits()
    {
        const auto result = Program::run({u"redis"_s, u"--json"_s, u"--timeout"_s, u"0.5"_s,
                                          m_open->url().toString(), u"--"_s, u"BLPOP"_s, u"never filled"_s,
                                          u"0"_s});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.jsonLines().value(0).value(u"state"_s).toString(), u"cancelled"_s);
    }
};

QTEST_GUILESS_MAIN(RedisCommandTest)
#include "tst_rediscommand.moc"
