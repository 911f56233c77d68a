// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/chunk.h"
#include "core/io/varint.h"

#include <QTest>

using namespace coroscope::io;

class ChunkTest : public QObject
{
    Q_OBJECT

private slots:
    void numbersComeBack_data()
    {
        QTest::addColumn<quint64>("value");
        QTest::addColumn<int>("bytes");
        QTest::newRow("0") << quint64(0) << 1;
        QTest::newRow("127") << quint64(127) << 1;
        QTest::newRow("128") << quint64(128) << 2;
        QTest::newRow("2^32") << (quint64(1) << 32) << 5;
        QTest::newRow("2^63") << (quint64(1) << 63) << 10;
        QTest::newRow("2^64 - 1") << ~quint64(0) << 10;
    }
    void numbersComeBack()
    {
        QFETCH(quint64, value);
        QFETCH(int, bytes);
        std::string out;
        putVarint(out, value);
        QCOMPARE(int(out.size()), bytes);
        ByteReader reader(out);
        QCOMPARE(reader.varint(), value);
        QVERIFY(reader.isAtEnd());
        QVERIFY(!reader.hasFailed());
        QCOMPARE(zigzag(unzigzag(value)), value);
    }

    void readingPastTheEndFails()
    {
        const std::string cut = "\x80\x80";
        ByteReader reader(cut);
        QCOMPARE(reader.varint(), 0u);
        QVERIFY(reader.hasFailed());
        QVERIFY(reader.isAtEnd());
        QVERIFY(ByteReader("\x05"
                           "ab")
                    .block()
                    .empty());
    }

    void aContentComesBack_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("isCompressed");
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("short") << QByteArray("abc") << false;
        QTest::newRow("long") << QByteArray(100'000, 'x') << canCompress();
        QByteArray noise;
        for (quint32 i = 1, x = 1; i < 1000; ++i)
            noise.append(char((x = x * 1664525 + 1013904223) >> 24));
        QTest::newRow("noise") << noise << false;
    }
    void aContentComesBack()
    {
        QFETCH(QByteArray, content);
        QFETCH(bool, isCompressed);
        const QByteArray chunk = makeChunk(ChunkType::Events, content);
        const auto header = readChunkHeader(chunk);
        QVERIFY(header);
        QCOMPARE(header->isCompressed, isCompressed);
        QCOMPARE(qsizetype(header->stored), chunk.size() - ChunkHeader::size);
        QCOMPARE(openChunk(*header, chunk, QByteArrayView(chunk).sliced(ChunkHeader::size)), content);
    }

    void aSizeThatLiesIsRefused()
    {
        QByteArray chunk = makeChunk(ChunkType::Events, QByteArray(100'000, 'x'));
        chunk[11] = char(0x7f); // 2 GiB, it says
        QVERIFY(!readChunkHeader(chunk));
    }
};

QTEST_GUILESS_MAIN(ChunkTest)
#include "tst_chunk.moc"
