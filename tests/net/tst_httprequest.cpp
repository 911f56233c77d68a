// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httprequest.h"

#include <QTest>

using namespace coroscope::net;

namespace {
constexpr RangeAnswer whole = WholeBody {};
constexpr RangeAnswer none = Unsatisfiable {};
constexpr RangeAnswer bytes(qint64 first, qint64 last) { return ByteRange {first, last}; }
} // namespace

class TestHttpRequest : public QObject
{
    Q_OBJECT
private slots:
    void headIsRead()
    {
        const auto request = parseHttpRequest(
            "GET /a%20b/c.bin?x=1 HTTP/1.1\r\nHost: h\r\nRange:bytes=1-2 \r\n\r\n");
        QVERIFY(request);
        QCOMPARE(request->method, "GET");
        QCOMPARE(request->path, "/a b/c.bin");
        QCOMPARE(request->header("host").value_or(""), "h");
        QCOMPARE(request->header("range").value_or(""), "bytes=1-2");
        QVERIFY(!request->header("cookie"));
        QVERIFY(request->keepAlive);
    }

    void connectionEndsWhereAsked()
    {
        QVERIFY(!parseHttpRequest("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n")->keepAlive);
        QVERIFY(!parseHttpRequest("GET / HTTP/1.0\r\n\r\n")->keepAlive);
        QVERIFY(parseHttpRequest("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keepAlive);
    }

    void nonsenseIsNoRequest_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("empty") << QByteArray("\r\n\r\n");
        QTest::newRow("two words") << QByteArray("GET /\r\n\r\n");
        QTest::newRow("HTTP/2") << QByteArray("GET / HTTP/2\r\n\r\n");
        QTest::newRow("no path") << QByteArray("GET http HTTP/1.1\r\n\r\n");
        QTest::newRow("header without colon") << QByteArray("GET / HTTP/1.1\r\nHost\r\n\r\n");
    }
    void nonsenseIsNoRequest()
    {
        QFETCH(QByteArray, head);
        QVERIFY(!parseHttpRequest(head));
    }

    void rangeIsReadAsRfc9110Says_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<qint64>("size");
        QTest::addColumn<RangeAnswer>("answer");
        QTest::newRow("from") << QByteArray("bytes=10-") << qint64(100) << bytes(10, 99);
        QTest::newRow("from to") << QByteArray("bytes=0-0") << qint64(100) << bytes(0, 0);
        QTest::newRow("to beyond the end") << QByteArray("bytes=10-1000") << qint64(100) << bytes(10, 99);
        QTest::newRow("last five") << QByteArray("bytes=-5") << qint64(100) << bytes(95, 99);
        QTest::newRow("last of too many") << QByteArray("bytes=-500") << qint64(100) << bytes(0, 99);
        QTest::newRow("beyond 4 GiB")
            << QByteArray("bytes=5000000000-") << qint64(6000000000) << bytes(5000000000, 5999999999);
        QTest::newRow("from the end") << QByteArray("bytes=100-") << qint64(100) << none;
        QTest::newRow("last none") << QByteArray("bytes=-0") << qint64(100) << none;
        QTest::newRow("of nothing") << QByteArray("bytes=0-") << qint64(0) << none;
        QTest::newRow("backwards") << QByteArray("bytes=9-3") << qint64(100) << whole;
        QTest::newRow("two ranges") << QByteArray("bytes=0-1,4-5") << qint64(100) << whole;
        QTest::newRow("another unit") << QByteArray("lines=0-1") << qint64(100) << whole;
        QTest::newRow("no number") << QByteArray("bytes=x-") << qint64(100) << whole;
        QTest::newRow("no dash") << QByteArray("bytes=5") << qint64(100) << whole;
        QTest::newRow("too big a number")
            << QByteArray("bytes=99999999999999999999-") << qint64(100) << whole;
    }
    void rangeIsReadAsRfc9110Says()
    {
        QFETCH(QByteArray, header);
        QFETCH(qint64, size);
        QFETCH(RangeAnswer, answer);
        QCOMPARE(parseRange(header, size), answer);
    }

    void pathStaysInsideTheFolder()
    {
        QCOMPARE(pathInsideFolder("/a/./b//c").value_or("refused"), "a/b/c");
        QCOMPARE(pathInsideFolder("/").value_or("refused"), "");
        QVERIFY(!pathInsideFolder("/../etc/passwd"));
        QVERIFY(!pathInsideFolder("/a/../../b"));
        QVERIFY(!pathInsideFolder("/a\\..\\b"));
        QVERIFY(!pathInsideFolder(QByteArray("/a\0b", 4)));
    }
};

QTEST_GUILESS_MAIN(TestHttpRequest)
#include "tst_httprequest.moc"
