// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/rediscommand.h"

#include <QTest>

using namespace coroscope::net;

class TestRedisCommand : public QObject
{
    Q_OBJECT
private slots:
    void commandIsEncodedWithLengths()
    {
        QCOMPARE(encoded({"SET", QByteArray("a\0b", 3), ""}),
                 QByteArray("*3\r\n$3\r\nSET\r\n$3\r\na\0b\r\n$0\r\n\r\n", 28));
    }

    void lineIsSplitAsRedisCliDoes_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<RedisCommand>("command");
        const auto row = [](const char *name, const QByteArray &line, const RedisCommand &command) {
            QTest::newRow(name) << line << command;
        };
        row("nothing", "  \t ", {});
        row("words", " HGETALL\tcar ", {"HGETALL", "car"});
        row("double quotes", "set \"a b\" \"\"", {"set", "a b", ""});
        row("single quotes", "set 'a \"b\"' 'it\\'s'", {"set", "a \"b\"", "it's"});
        row("escapes", "set k \"\\n\\r\\t\\b\\a\\q\\\"\\\\\"", {"set", "k", "\n\r\t\b\aq\"\\"});
        row("hex", "set k \"\\x00\\xFfg\\xZZ\"",
            {"set", "k",
             QByteArray("\x00\xff"
                        "gxZZ",
                        6)});
        row("quote inside a word joins it", "a\"b c\"", {"ab c"});
        row("no escapes without quotes", "a\\nb", {"a\\nb"});
        row("no escapes in single quotes", "'a\\nb'", {"a\\nb"});
        row("UTF-8", "get 键", {"get", "键"});
    }
    void lineIsSplitAsRedisCliDoes()
    {
        QFETCH(QByteArray, line);
        QFETCH(RedisCommand, command);
        const auto split = splitCommandLine(line);
        QVERIFY(split);
        QCOMPARE(*split, command);
        QCOMPARE(splitCommandLine(joinCommandLine(*split)).value_or(RedisCommand()), command);
    }

    void badQuotesAreRefused()
    {
        QVERIFY(!splitCommandLine("set \"a"));
        QVERIFY(!splitCommandLine("set 'a"));
        QVERIFY(!splitCommandLine("set \"a\"b"));
        QVERIFY(!splitCommandLine("set 'a'b"));
        QVERIFY(!splitCommandLine("\"a\\"));
    }

    void labelNamesCommandAndKey()
    {
        QCOMPARE(label({"hset", "car", "key1", "1"}), QStringLiteral("HSET car"));
        QCOMPARE(label({"PING"}), QStringLiteral("PING"));
        QCOMPARE(label({"GET", QByteArray(100, 'k')}),
                 QStringLiteral("GET ") + QString(32, 'k') + QChar(0x2026));
        QCOMPARE(label({}), QString());
    }

    void secretsAreNeverShown_data()
    {
        QTest::addColumn<RedisCommand>("command");
        QTest::newRow("AUTH") << RedisCommand {"auth", "hush"};
        QTest::newRow("AUTH with user") << RedisCommand {"AUTH", "ann", "hush"};
        QTest::newRow("HELLO") << RedisCommand {"HELLO", "2", "AUTH", "ann", "hush"};
        QTest::newRow("CONFIG SET") << RedisCommand {"CONFIG", "set", "requirepass", "hush"};
        QTest::newRow("CONFIG SET of several")
            << RedisCommand {"CONFIG", "SET", "save", "", "masterauth", "hush"};
        QTest::newRow("ACL SETUSER") << RedisCommand {"ACL", "SETUSER", "ann", ">hush"};
        QTest::newRow("MIGRATE") << RedisCommand {"MIGRATE", "h", "1", "k", "0", "9", "AUTH", "hush"};
    }
    void secretsAreNeverShown()
    {
        QFETCH(RedisCommand, command);
        QVERIFY(holdsSecret(command));
        QVERIFY(!label(command).contains("hush"));
        QVERIFY(!withoutSecret(command).join(' ').contains("hush"));
        QCOMPARE(withoutSecret(command)[0], command[0]);
    }

    void harmlessCommandsAreKeptWhole()
    {
        QVERIFY(!holdsSecret({"SET", "AUTH", "x"}));
        QVERIFY(!holdsSecret({"CONFIG", "SET", "save", ""}));
        QVERIFY(!holdsSecret({"HELLO", "2"}));
    }

    void streamsOfMessagesAreKnown()
    {
        QVERIFY(breaksPairing({"subscribe", "news"}));
        QVERIFY(breaksPairing({"MONITOR"}));
        QVERIFY(breaksPairing({"CLIENT", "REPLY", "OFF"}));
        QVERIFY(breaksPairing({"HELLO", "3"}));
        QVERIFY(!breaksPairing({"PUBLISH", "news", "x"}));
        QVERIFY(!breaksPairing({"CLIENT", "LIST"}));
    }
};

QTEST_GUILESS_MAIN(TestRedisCommand)
#include "tst_rediscommand.moc"
