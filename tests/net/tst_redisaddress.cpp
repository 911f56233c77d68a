// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisaddress.h"

#include <QTest>

using namespace coroscope::net;

class TestRedisAddress : public QObject
{
    Q_OBJECT
private slots:
    void everyPartIsRead_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<RedisAddress>("address");
        const auto row = [](const char *url, RedisAddress address) {
            QTest::newRow(url) << QString(url) << address;
        };
        row("redis://host", {.host = "host"});
        row("redis://host/", {.host = "host"});
        row("redis://127.0.0.1:7000/3", {.host = "127.0.0.1", .port = 7000, .database = 3});
        row("rediss://host:1", {.host = "host", .port = 1, .tls = true});
        row("redis://:p%40ss%2Fw%00d@host", {.host = "host", .password = QByteArray("p@ss/w\0d", 8)});
        row("redis://ann:secret@host", {.host = "host", .user = "ann", .password = "secret"});
        row("redis://[::1]:6380", {.host = "::1", .port = 6380});
    }
    void everyPartIsRead()
    {
        QFETCH(QString, url);
        QFETCH(RedisAddress, address);
        const auto parsed = parseRedisUrl(QUrl(url));
        QVERIFY(std::holds_alternative<RedisAddress>(parsed));
        QCOMPARE(std::get<RedisAddress>(parsed), address);
    }

    void wrongAddressIsNamed_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("empty") << QString();
        QTest::newRow("http") << QStringLiteral("http://host");
        QTest::newRow("no host") << QStringLiteral("redis:///1");
        QTest::newRow("database isn't a number") << QStringLiteral("redis://host/cars");
        QTest::newRow("negative database") << QStringLiteral("redis://host/-1");
        QTest::newRow("port 0") << QStringLiteral("redis://host:0");
        QTest::newRow("user alone") << QStringLiteral("redis://ann@host");
        QTest::newRow("query") << QStringLiteral("redis://host?db=1");
    }
    void wrongAddressIsNamed()
    {
        QFETCH(QString, url);
        const auto parsed = parseRedisUrl(QUrl(url));
        QVERIFY(std::holds_alternative<Error>(parsed));
        QCOMPARE(std::get<Error>(parsed).kind, Error::Kind::Input);
        QVERIFY(!std::get<Error>(parsed).advice.isEmpty());
    }

    void hostAndPortNeverHoldThePassword()
    {
        const auto parsed = parseRedisUrl(QUrl(QStringLiteral("redis://ann:secret@[::1]:7000/1")));
        QCOMPARE(std::get<RedisAddress>(parsed).hostAndPort(), QStringLiteral("[::1]:7000"));
    }
};

QTEST_GUILESS_MAIN(TestRedisAddress)
#include "tst_redisaddress.moc"
