// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/redisreader.h"

#include <QTest>

using namespace coroscope::net;

namespace {

QByteArray nested(int depth)
{
    QByteArray bytes;
    for (int i = 0; i < depth; ++i)
        bytes += "*1\r\n";
    return bytes + ":7\r\n";
}

const QByteArray manyReplies = "+OK\r\n-ERR no\r\n:-12\r\n$3\r\na\r\n\r\n$-1\r\n*-1\r\n*0\r\n$0\r\n\r\n"
                               "*3\r\n:1\r\n*2\r\n$1\r\nx\r\n*0\r\n$-1\r\n+last\r\n";

std::vector<RedisReply> expected()
{
    using R = RedisReply;
    return {R::status("OK"),
            R::error("ERR no"),
            R::integer(-12),
            R::bulk("a\r\n"),
            R(),
            R(),
            R::array({}),
            R::bulk(""),
            R::array({R::integer(1), R::array({R::bulk("x"), R::array({})}), R()}),
            R::status("last")};
}

} // namespace

class TestRedisReader : public QObject
{
    Q_OBJECT
private slots:
    void everyTypeIsReadHoweverTheBytesAreCut_data()
    {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 2, 3, 7, 1000})
            QTest::addRow("%d bytes at a time", piece) << piece;
    }
    void everyTypeIsReadHoweverTheBytesAreCut()
    {
        QFETCH(int, piece);
        RedisReader reader;
        std::vector<RedisReply> replies;
        for (qsizetype at = 0; at < manyReplies.size(); at += piece) {
            reader.feed(manyReplies.mid(at, piece));
            while (auto reply = reader.next())
                replies.push_back(*reply);
        }
        QVERIFY(!reader.error());
        QVERIFY(replies == expected());
    }

    void nestingOf32IsRead()
    {
        RedisReader reader;
        reader.feed(nested(32));
        auto reply = reader.next();
        QVERIFY(reply);
        for (int i = 0; i < 32; ++i) {
            QCOMPARE(reply->elements().size(), std::size_t(1));
            reply = RedisReply(reply->elements()[0]);
        }
        QCOMPARE(reply->toInteger(), 7);
    }

    void nestingOf33IsRefused()
    {
        RedisReader reader;
        reader.feed(nested(33));
        QVERIFY(!reader.next());
        QVERIFY(reader.error());
        QCOMPARE(reader.error()->kind, Error::Kind::Limit);
        reader.feed("+OK\r\n");
        QVERIFY(!reader.next()); // final
    }

    void tooLargeIsRefusedBeforeItIsReceived_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("bulk") << QByteArray("$1001\r\n");
        QTest::newRow("array of bulks")
            << QByteArray("*3\r\n$600\r\n" + QByteArray(600, 'x') + "\r\n$600\r\n");
        QTest::newRow("count of elements") << QByteArray("*400\r\n");
        QTest::newRow("huge count of elements") << QByteArray("*9223372036854775807\r\n");
        QTest::newRow("status without end") << QByteArray("+" + QByteArray(2000, 'x'));
    }
    void tooLargeIsRefusedBeforeItIsReceived()
    {
        QFETCH(QByteArray, bytes);
        RedisReader reader(1000);
        reader.feed(bytes);
        QVERIFY(!reader.next());
        QVERIFY(reader.error());
        QCOMPARE(reader.error()->kind, Error::Kind::Limit);
    }

    void limitCountsEachReplyByItself()
    {
        RedisReader reader(1000);
        for (int i = 0; i < 10; ++i) {
            reader.feed("$900\r\n" + QByteArray(900, 'x') + "\r\n");
            QVERIFY(reader.next());
        }
        QVERIFY(!reader.error());
    }

    void manySmallRepliesAtOnceAreNotTooLarge()
    {
        RedisReader reader(1000);
        reader.feed(QByteArray("+OK\r\n").repeated(1000));
        int count = 0;
        while (reader.next())
            ++count;
        QVERIFY(!reader.error());
        QCOMPARE(count, 1000);
    }

    void brokenProtocolIsAnError_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
        QTest::newRow("length isn't a number") << QByteArray("$x\r\n");
        QTest::newRow("length is -2") << QByteArray("*-2\r\n");
        QTest::newRow("integer isn't one") << QByteArray(":1x\r\n");
        QTest::newRow("endless length") << QByteArray("*1111111111111111111111111111111111111111");
        QTest::newRow("RESP3") << QByteArray("%1\r\n+a\r\n:1\r\n");
    }
    void brokenProtocolIsAnError()
    {
        QFETCH(QByteArray, bytes);
        RedisReader reader;
        reader.feed(bytes);
        QVERIFY(!reader.next());
        QVERIFY(reader.error());
        QCOMPARE(reader.error()->kind, Error::Kind::Protocol);
        QVERIFY(!reader.error()->what.isEmpty());
    }

    void anUnfinishedReplyIsFreedWithItsReader()
    {
        RedisReader reader;
        reader.feed("*3\r\n$3\r\nabc\r\n*2\r\n$100\r\nxyz");
        QVERIFY(!reader.next());
        QVERIFY(!reader.error());
    }

    void largeValueIsRead()
    {
        constexpr qint64 size = 8 << 20;
        RedisReader reader;
        const QByteArray wire = "$" + QByteArray::number(size) + "\r\n" + QByteArray(size, 'v') + "\r\n";
        std::optional<RedisReply> reply;
        for (qsizetype at = 0; at < wire.size() && !reply; at += 65536) {
            reader.feed(QByteArrayView(wire).sliced(at, qMin<qsizetype>(65536, wire.size() - at)));
            reply = reader.next();
        }
        QVERIFY(reply);
        QCOMPARE(reply->bytes(), QByteArray(size, 'v'));
    }
};

QTEST_GUILESS_MAIN(TestRedisReader)
#include "tst_redisreader.moc"
