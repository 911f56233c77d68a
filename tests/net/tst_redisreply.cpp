// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisreply.h"

#include <QTest>

using namespace coroscope::net;
using R = RedisReply;

class TestRedisReply : public QObject
{
    Q_OBJECT
private slots:
    void pipeTextIsRedisClis_data()
    {
        QTest::addColumn<RedisReply>("reply");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nil") << R() << QByteArray("\n");
        QTest::newRow("integer") << R::integer(3) << QByteArray("3\n");
        QTest::newRow("status") << R::status("OK") << QByteArray("OK\n");
        QTest::newRow("error") << R::error("ERR no") << QByteArray("ERR no\n\n");
        QTest::newRow("bulk is not changed") << R::bulk("a\nb\n") << QByteArray("a\nb\n\n");
        QTest::newRow("empty array") << R::array({}) << QByteArray("\n");
        QTest::newRow("array") << R::array({R::bulk("k1"), R::bulk("v1")}) << QByteArray("k1\nv1\n");
        QTest::newRow("nested with nil") << R::array(
            {R::integer(1), R::array({R::integer(2), R::array({R::bulk("x"), R::array({})})}), R()})
                                         << QByteArray("1\n2\nx\n\n\n");
    }
    void pipeTextIsRedisClis()
    {
        QFETCH(RedisReply, reply);
        QFETCH(QByteArray, text);
        QCOMPARE(toPipeText(reply), text);
    }

    void traceTextReadsAsAPersonWouldSayIt()
    {
        const R pairs = R::array({R::bulk("key1"), R::bulk("1"), R::bulk("key2"), R::bulk("2")});
        QCOMPARE(toTraceText(QList<QByteArray> {"hgetall", "car"}, pairs),
                 QStringLiteral("{key1: 1, key2: 2}"));
        QCOMPARE(toTraceText(QList<QByteArray> {"LRANGE", "l", "0", "-1"}, pairs),
                 QStringLiteral("[key1, 1, key2, 2]"));
        QCOMPARE(toTraceText(R()), QStringLiteral("(nil)"));
        QCOMPARE(toTraceText(R::integer(-3)), QStringLiteral("-3"));
        QCOMPARE(toTraceText(R::bulk("a\nb")), QStringLiteral("a\\nb"));
        QCOMPARE(toTraceText(QList<QByteArray> {"HGETALL", "x"}, R::array({})), QStringLiteral("{}"));
    }

    void traceTextOfMuchIsBounded()
    {
        R many = R::array({});
        for (int i = 0; i < 100000; ++i)
            many.append(R::integer(i));
        const QString text = toTraceText(many);
        QVERIFY(text.size() < 5000);
        QVERIFY2(text.endsWith(" more]"), qPrintable(text.right(40)));
    }
};

QTEST_GUILESS_MAIN(TestRedisReply)
#include "tst_redisreply.moc"
