// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisclient.h"

#include "core/net/redisservice.h"
#include "tests/support/looptest.h"
#include "tests/support/resolverthreads.h"
#include "tests/support/tlsfiles.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

using Client = std::shared_ptr<RedisClient>;

QCoro::Task<RedisReply> askOnce(RedisOptions options, RedisCommand command)
{
    RedisClient client(std::move(options));
    co_await client.connect();
    auto reply = co_await client.command(std::move(command));
    co_return reply;
}

QCoro::Task<> connectTo(Client client) { co_await client->connect(); }

QCoro::Task<RedisReply> ask(Client client, RedisCommand command)
{
    auto reply = co_await client->command(std::move(command));
    co_return reply;
}

QCoro::Task<qint64> pipeline(Client client, int count)
{
    std::deque<RedisPending> pending;
    for (int i = 0; i < count; ++i)
        pending.push_back(client->command({"HSET", "h", "f" + QByteArray::number(i), QByteArray::number(i)}));
    qint64 added = 0;
    for (; !pending.empty(); pending.pop_front()) {
        const auto reply = co_await pending.front();
        added += reply.toInteger();
    }
    co_return added;
}

QCoro::Task<bool> storeAndRead(Client client, QByteArray value)
{
    co_await client->command({"SET", "big", value});
    const auto reply = co_await client->command({"GET", "big"});
    co_return reply.bytes() == value;
}

QCoro::Task<qint64> askOneByOne(Client client, int count)
{
    qint64 last = 0;
    for (int i = 0; i < count; ++i) {
        const auto reply = co_await client->command({"INCR", "n"});
        last = reply.toInteger();
    }
    co_return last;
}

} // namespace

class TestRedisClient : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<RedisService> m_open;
    std::unique_ptr<RedisService> m_guarded;

    static RedisOptions optionsOf(const RedisService &service)
    {
        return {.address = std::get<RedisAddress>(parseRedisUrl(service.url()))};
    }
    static std::unique_ptr<RedisService> started(RedisServiceOptions options = {})
    {
        auto service = std::make_unique<RedisService>(std::move(options));
        QSignalSpy ready(service.get(), &RedisService::ready);
        service->start();
        return QTest::qWaitFor([&] { return ready.count() > 0; }, 10000) ? std::move(service) : nullptr;
    }
    Client connected(const RedisService &service)
    {
        auto client = std::make_shared<RedisClient>(optionsOf(service));
        const auto task = spawn("connect", connectTo, client);
        return ends(task) && !task.error() ? client : nullptr;
    }
    static Error errorOf(const AnyTask &task)
    {
        const auto thrown = thrownBy<Exception>(task);
        return thrown ? thrown->error() : Error {};
    }

private slots:
    void initTestCase()
    {
        m_loop = std::make_unique<Loop>();
        m_open = started();
        m_guarded = started({.password = "hush/%:@ hush"});
        QVERIFY2(m_open && m_guarded, "redis-server is needed for this test");
    }
    void init()
    {
        const auto flush = spawn("flush", askOnce, optionsOf(*m_open), RedisCommand {"FLUSHALL"});
        QVERIFY(ends(flush));
        QVERIFY(!flush.error());
    }
    void cleanupTestCase()
    {
        m_loop.reset();
        m_open.reset();
        m_guarded.reset();
    }

    void commandGetsItsTypedReply()
    {
        const Client client = connected(*m_open);
        QVERIFY(client);
        const auto reply = [&](const RedisCommand &command) {
            const auto task = spawn("ask", ask, client, command);
            return ends(task) ? task.result() : RedisReply();
        };
        QCOMPARE(reply({"SET", "k", "v"}), RedisReply::status("OK"));
        QCOMPARE(reply({"GET", "k"}), RedisReply::bulk("v"));
        QCOMPARE(reply({"GET", "none"}), RedisReply());
        QCOMPARE(reply({"HSET", "car", "key1", "1", "key2", "2"}), RedisReply::integer(2));
        QCOMPARE(reply({"HGETALL", "car"}).elements().size(), std::size_t(4));
        QVERIFY(reply({"INCR", "car"}).isError());
        QVERIFY(reply({"INCR", "car"}).bytes().startsWith("WRONGTYPE"));
        QCOMPARE(reply({"EVAL", "return {1,{2,{3,'x',{}}},false}", "0"}),
                 RedisReply::array(
                     {RedisReply::integer(1),
                      RedisReply::array({RedisReply::integer(2),
                                         RedisReply::array({RedisReply::integer(3), RedisReply::bulk("x"),
                                                            RedisReply::array({})})}),
                      RedisReply()}));
    }

    void passwordLetsIn()
    {
        const auto task = spawn("ask", askOnce, optionsOf(*m_guarded), RedisCommand {"PING"});
        QVERIFY(ends(task));
        QCOMPARE(task.result(), RedisReply::status("PONG"));
    }

    void wrongPasswordIsSaidWithoutShowingIt()
    {
        RedisOptions options = optionsOf(*m_guarded);
        options.address.password = "wrong-secret";
        const auto task = spawn("ask", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(task));
        const Error error = errorOf(task);
        QCOMPARE(error.kind, Error::Kind::Login);
        QVERIFY(error.what.startsWith("WRONGPASS"));
        QCOMPARE(error.where, QStringLiteral("127.0.0.1:%1").arg(m_guarded->port()));
        QVERIFY(!error.text().contains("wrong-secret"));
    }

    void missingPasswordIsTheServersErrorReply()
    {
        RedisOptions options = optionsOf(*m_guarded);
        options.address.password.clear();
        const auto task = spawn("ask", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(task));
        QVERIFY(task.result().bytes().startsWith("NOAUTH"));
    }

    void databaseIsSelected()
    {
        RedisOptions options = optionsOf(*m_open);
        options.address.database = 3;
        const auto write = spawn("ask", askOnce, options, RedisCommand {"SET", "there", "1"});
        QVERIFY(ends(write));
        const auto here = spawn("ask", askOnce, optionsOf(*m_open), RedisCommand {"GET", "there"});
        const auto there = spawn("ask", askOnce, options, RedisCommand {"GET", "there"});
        QVERIFY(ends(here) && ends(there));
        QVERIFY(here.result().isNil());
        QCOMPARE(there.result(), RedisReply::bulk("1"));
    }

    void databaseThatIsNotThereIsAnError()
    {
        RedisOptions options = optionsOf(*m_open);
        options.address.database = 99;
        const auto task = spawn("ask", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(task));
        QCOMPARE(errorOf(task).kind, Error::Kind::Server);
        QVERIFY(errorOf(task).what.contains("DB index"));
    }

    void tenThousandCommandsArePipelined()
    {
        const Client client = connected(*m_open);
        QVERIFY(client);
        const auto task = spawn("pipeline", pipeline, client, 10000);
        QVERIFY(ends(task));
        QCOMPARE(task.result(), 10000);
    }

    void valueOf64MiBGoesThereAndBack()
    {
        const Client client = connected(*m_open);
        QVERIFY(client);
        QByteArray value(64 << 20, 'v');
        value[12345678] = '\0';
        const auto task = spawn("big", storeAndRead, client, value);
        QVERIFY(ends(task, 60s));
        QVERIFY(task.result());
    }

    void twoServersInterleave()
    {
        const Client one = connected(*m_open);
        const Client two = connected(*m_guarded);
        QVERIFY(one && two);
        const auto slow = spawn("one", ask, one, RedisCommand {"BLPOP", "list", "0"});
        const auto quick = spawn("two", askOneByOne, two, 50);
        QVERIFY(ends(quick));
        QCOMPARE(quick.result(), 50);
        QVERIFY(!slow.isDone());
        const auto push = spawn("push", askOnce, optionsOf(*m_open), RedisCommand {"RPUSH", "list", "x"});
        QVERIFY(ends(push) && ends(slow));
        QCOMPARE(slow.result(), RedisReply::array({RedisReply::bulk("list"), RedisReply::bulk("x")}));
    }

    void cancelledCommandLeavesTheStreamInStep()
    {
        const Client client = connected(*m_open);
        QVERIFY(client);
        const auto blocked = spawn("blocked", ask, client, RedisCommand {"BLPOP", "never", "0.3"});
        const auto next = spawn("next", ask, client, RedisCommand {"ECHO", "after"});
        const auto probe = spawn("probe", askOnce, optionsOf(*m_open), RedisCommand {"PING"});
        QVERIFY(ends(probe)); // the first two have been sent by then
        QVERIFY(blocked.cancel());
        QVERIFY(ends(blocked));
        QVERIFY(blocked.isCancelled());
        QVERIFY(ends(next));
        QCOMPARE(next.result(), RedisReply::bulk("after"));
    }

    void serverKilledMidCommandFailsAllThatWait()
    {
        const auto service = started();
        QVERIFY(service);
        const Client client = connected(*service);
        QVERIFY(client);
        const auto one = spawn("one", ask, client, RedisCommand {"BLPOP", "never", "0"});
        const auto two = spawn("two", ask, client, RedisCommand {"PING"});
        const auto probe = spawn("probe", askOnce, optionsOf(*service), RedisCommand {"PING"});
        QVERIFY(ends(probe)); // both commands are at the server by then
        ::kill(pid_t(service->pid()), SIGKILL);
        QVERIFY(ends(one) && ends(two));
        for (const AnyTask &task : {AnyTask(one), AnyTask(two)}) {
            QCOMPARE(errorOf(task).kind, Error::Kind::Lost);
            QCOMPARE(errorOf(task).where, QStringLiteral("127.0.0.1:%1").arg(service->port()));
        }
        const auto later = spawn("later", ask, client, RedisCommand {"PING"});
        QVERIFY(ends(later));
        QCOMPARE(errorOf(later).kind, Error::Kind::Lost);
    }

    void nobodyListeningIsRefused()
    {
        auto service = started();
        QVERIFY(service);
        const RedisOptions options = optionsOf(*service);
        service.reset();
        const auto task = spawn("ask", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(task));
        QCOMPARE(errorOf(task).kind, Error::Kind::Refused);
        QVERIFY(errorOf(task).text().contains(QString::number(options.address.port)));
    }

    void unknownHostIsSaid()
    {
        const auto task = spawn("ask", askOnce, RedisOptions {.address = {.host = "no-such-host.invalid"}},
                                RedisCommand {"PING"});
        QVERIFY(ends(task));
        QCOMPARE(errorOf(task).kind, Error::Kind::Dns);
    }

    void silentServerIsGivenUp()
    {
        RedisOptions options = optionsOf(*m_open);
        options.timeout = 100ms;
        const auto task = spawn("ask", askOnce, options, RedisCommand {"BLPOP", "never", "5"});
        QVERIFY(ends(task));
        QCOMPARE(errorOf(task).kind, Error::Kind::Timeout);
        QVERIFY2(errorOf(task).what.contains("0.1 s"), qPrintable(errorOf(task).what));
    }

    void streamOfMessagesIsRefusedAndHarmless()
    {
        const Client client = connected(*m_open);
        QVERIFY(client);
        const auto refused = spawn("subscribe", ask, client, RedisCommand {"SUBSCRIBE", "news"});
        const auto next = spawn("next", ask, client, RedisCommand {"PING"});
        QVERIFY(ends(refused) && ends(next));
        QCOMPARE(errorOf(refused).kind, Error::Kind::Input);
        QCOMPARE(next.result(), RedisReply::status("PONG"));
    }

    void replyNestedTooDeepIsRefused()
    {
        // Tables in tables, made by the server itself.
        const QByteArray script = "local t = 7; for i = 1, tonumber(ARGV[1]) do t = {t} end; return t";
        const auto deep = [&](const QByteArray &depth) {
            const auto task = spawn("deep", askOnce, optionsOf(*m_open),
                                    RedisCommand {"EVAL", script, "0", depth});
            ends(task);
            return task;
        };
        const auto accepted = deep("31");
        QVERIFY(!accepted.error());
        const auto refused = deep("33");
        QCOMPARE(errorOf(refused).kind, Error::Kind::Limit);
        QVERIFY2(errorOf(refused).text().contains("32"), qPrintable(errorOf(refused).text()));
    }

    void replyLargerThanTheLimitIsRefused()
    {
        RedisOptions options = optionsOf(*m_open);
        options.replyLimit = 1000;
        const auto store = spawn("set", askOnce, options, RedisCommand {"SET", "k", QByteArray(2000, 'x')});
        QVERIFY(ends(store));
        const auto task = spawn("get", askOnce, options, RedisCommand {"GET", "k"});
        QVERIFY(ends(task));
        QCOMPARE(errorOf(task).kind, Error::Kind::Limit);
    }

    void clientDestroyedWhileSomebodyWaitsFailsHim()
    {
        Client client = connected(*m_open);
        QVERIFY(client);
        const auto task = spawn("wait", ask, client, RedisCommand {"BLPOP", "never", "5"});
        const auto probe = spawn("probe", askOnce, optionsOf(*m_open), RedisCommand {"PING"});
        QVERIFY(ends(probe));
        client->close();
        QVERIFY(ends(task));
        QCOMPARE(errorOf(task).kind, Error::Kind::Lost);
    }

    void tlsIsVerified()
    {
        const TlsFiles tls;
        QVERIFY2(tls.isValid(), "openssl is needed for this test");
        const auto service = started(
            {.password = "hush",
             .settings = {"port 0", "tls-port {port}", "tls-cert-file " + tls.certificate().toUtf8(),
                          "tls-key-file " + tls.key().toUtf8(), "tls-auth-clients no"}});
        QVERIFY(service);
        RedisOptions options = optionsOf(*service);
        options.address.tls = true;

        const auto refused = spawn("refused", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(refused));
        QCOMPARE(errorOf(refused).kind, Error::Kind::Tls);
        QVERIFY2(errorOf(refused).what.contains("self-signed"), qPrintable(errorOf(refused).text()));

        options.tls.caFile = tls.certificate();
        const auto trusted = spawn("trusted", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(trusted));
        QCOMPARE(trusted.result(), RedisReply::status("PONG"));

        options.tls = {.insecure = true};
        const auto insecure = spawn("insecure", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(insecure));
        QCOMPARE(insecure.result(), RedisReply::status("PONG"));

        options.tls = {.caFile = tls.key()};
        const auto noAuthority = spawn("no authority", askOnce, options, RedisCommand {"PING"});
        QVERIFY(ends(noAuthority));
        QCOMPARE(errorOf(noAuthority).kind, Error::Kind::Tls);
        QCOMPARE(errorOf(noAuthority).where, tls.key());
    }

    void nothingIsLeftBehindWhenTheLoopEnds()
    {
        const Client client = connected(*m_open);
        QVERIFY(client);
        spawn("wait", ask, client, RedisCommand {"BLPOP", "never", "5"});
        spawn("connect", askOnce, optionsOf(*m_open), RedisCommand {"BLPOP", "never", "5"});
        const auto probe = spawn("probe", askOnce, optionsOf(*m_open), RedisCommand {"PING"});
        QVERIFY(ends(probe));
        m_loop = nullptr;
        m_loop = std::make_unique<Loop>();
    }
};

QTEST_GUILESS_MAIN(TestRedisClient)
#include "tst_redisclient.moc"
