// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/redistask.h"

#include "core/net/redisservice.h"
#include "tests/support/looptest.h"

#include <QSignalSpy>
#include <QTest>

using namespace coroscope;
using namespace coroscope::tasks;
using namespace coroscope::test;
using net::RedisReply;

class TestRedisTask : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<net::RedisService> m_service;

    SpawnedTask<RedisResult> run(const QString &commands, const TaskContext &context = {},
                                 bool pipelined = false) const
    {
        auto spec = std::get<RedisSpec>(parseRedis(m_service->url().toString(QUrl::FullyEncoded), commands));
        spec.pipelined = pipelined;
        return spawn("redis", runRedis, spec, context);
    }

private slots:
    void initTestCase()
    {
        m_loop = std::make_unique<Loop>();
        m_service = std::make_unique<net::RedisService>(net::RedisServiceOptions {.password = "hush"});
        QSignalSpy ready(m_service.get(), &net::RedisService::ready);
        m_service->start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 10000);
    }
    void init()
    {
        const auto flush = run("FLUSHALL");
        QVERIFY(ends(flush) && !flush.error());
    }
    void cleanupTestCase()
    {
        m_loop.reset();
        m_service.reset();
    }

    void commandsRunInOrder()
    {
        const TaskContext context;
        const auto task = run("HSET car key1 1 key2 2 key3 3\nHGETALL car", context);
        QVERIFY(ends(task));
        QCOMPARE(task.result().replies.size(), std::size_t(2));
        QCOMPARE(toTraceText(task.result()), QStringLiteral("{key1: 1, key2: 2, key3: 3}"));
        QCOMPARE(context.book->output(task.id()), "3\nkey1\n1\nkey2\n2\nkey3\n3\n");
    }

    void pipelinedCommandsAnswerInOrder()
    {
        const auto task = run("INCR n\nINCR n\nINCR n", {}, true);
        QVERIFY(ends(task));
        const std::vector<RedisReply> counted {RedisReply::integer(1), RedisReply::integer(2),
                                               RedisReply::integer(3)};
        QVERIFY(task.result().replies == counted);
    }

    void errorReplyFailsTheTaskButNotTheNextCommand()
    {
        const TaskContext context;
        const auto task = run("SET k v\nINCR k\nSET after 1", context);
        QVERIFY(ends(task));
        const auto thrown = thrownBy<net::Exception>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->error().kind, net::Error::Kind::Server);
        QVERIFY2(thrown->error().what.startsWith("INCR k: ERR value is not an integer"), thrown->what());
        QVERIFY(context.book->output(task.id()).endsWith("\n\nOK\n"));
        const auto after = run("GET after");
        QVERIFY(ends(after));
        QCOMPARE(toTraceText(after.result()), QStringLiteral("1"));
    }

    void passwordNeverShowsInAnError()
    {
        RedisSpec spec {.url = m_service->url(), .commands = {{"PING"}}};
        spec.url.setPassword("wrong-secret");
        const auto task = spawn("redis", runRedis, spec, TaskContext());
        QVERIFY(ends(task));
        const auto thrown = thrownBy<net::Exception>(task);
        QVERIFY(thrown);
        QCOMPARE(thrown->error().kind, net::Error::Kind::Login);
        QVERIFY(!thrown->error().text().contains("secret"));
    }

    void addressThatIsNoneIsSaid()
    {
        const auto task = spawn("redis", runRedis,
                                RedisSpec {.url = QUrl("http://h"), .commands = {{"PING"}}}, TaskContext());
        QVERIFY(ends(task));
        QCOMPARE(thrownBy<net::Exception>(task)->error().kind, net::Error::Kind::Input);
    }
};

QTEST_GUILESS_MAIN(TestRedisTask)
#include "tst_redistask.moc"
