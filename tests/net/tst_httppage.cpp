// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httppage.h"

#include "core/net/blockingget.h"
#include "core/runtime/threadexecutor.h"
#include "tests/support/httpanswers.h"
#include "tests/support/looptest.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::net;
using namespace coroscope::test;
using namespace std::chrono_literals;

namespace {

QByteArray get(QUrl url) { return blockingGet(url); }
QByteArray getUnlessStopped(std::stop_token stop, QUrl url) { return blockingGet(url, {}, stop); }

QCoro::Task<QByteArray> getOnWorker(QUrl url)
{
    const auto job = runInExecutor("get", get, url);
    const QByteArray body = co_await job;
    co_return body;
}

} // namespace

/// Whole pages, awaited and blocking.
class TestHttpPage : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;

    static SpawnedTask<HttpPage> fetch(const QUrl &url, PageLimits limits = {})
    {
        return spawn("page", fetchPage, HttpClient(), HttpGet {.url = url}, limits);
    }

private slots:
    void init() { m_loop = std::make_unique<Loop>(); }
    void cleanup() { m_loop.reset(); }

    void aPageComesWhole()
    {
        ScriptedServer server(inTurn({whole("hello", "Content-Type: text/plain")}));
        const auto task = fetch(server.url("/a"));
        QVERIFY(ends(task));
        QCOMPARE(task.result().status, 200);
        QCOMPARE(task.result().body, "hello");
        QCOMPARE(task.result().contentType, "text/plain");
        QCOMPARE(task.result().url, server.url("/a"));
    }
    void redirectsAreFollowed()
    {
        ScriptedServer server(
            inTurn({answer("302 Found\r\nLocation: /b\r\nContent-Length: 0"), whole("there")}));
        const auto task = fetch(server.url("/a"));
        QVERIFY(ends(task));
        QCOMPARE(task.result().body, "there");
        QCOMPARE(task.result().url, server.url("/b"));
    }
    void anErrorPageIsAPage()
    {
        ScriptedServer server(inTurn({answer("404 Not Found\r\nContent-Length: 4", "gone")}));
        const auto task = fetch(server.url());
        QVERIFY(ends(task));
        QCOMPARE(task.result().status, 404);
        QCOMPARE(task.result().body, "gone");
        bool hasThrown = false;
        try {
            requireSuccess(task.result());
        } catch (const Exception &exception) {
            hasThrown = exception.error().httpStatus == 404;
        }
        QVERIFY(hasThrown);
    }
    void aPageThatIsCutShortFails()
    {
        ScriptedServer server(inTurn({answer("200 OK\r\nContent-Length: 10", "12345")}));
        const auto task = fetch(server.url());
        QVERIFY(ends(task));
        QCOMPARE(thrownBy<Exception>(task)->error().kind, Error::Kind::Truncated);
    }
    void tooLongPagesFailOrAreCut()
    {
        ScriptedServer server(inTurn({whole(QByteArray(100'000, 'x'))}));
        const auto failed = fetch(server.url(), {.most = 1000});
        const auto cut = fetch(server.url(), {.most = 1000, .excess = PageLimits::Excess::Cut});
        QVERIFY(ends(failed) && ends(cut));
        QCOMPARE(thrownBy<Exception>(failed)->error().kind, Error::Kind::Limit);
        QCOMPARE(cut.result().body.size(), 1000);
        QVERIFY(cut.result().isCut);
    }
    void silenceEndsIt()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) { });
        const auto task = fetch(server.url(), {.inactivity = 50ms});
        QVERIFY(ends(task));
        QCOMPARE(thrownBy<Exception>(task)->error().kind, Error::Kind::Timeout);
    }
    void textsAreDecoded_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QString>("text");
        QTest::newRow("UTF-8") << QByteArray("协程") << QByteArray("text/html") << "协程";
        QTest::newRow("charset") << QByteArray("\xe9") << QByteArray("text/html; charset=\"ISO-8859-1\"")
                                 << "é";
        QTest::newRow("byte order mark") << QByteArray("\xff\xfe"
                                                       "a\0",
                                                       4)
                                         << QByteArray("text/html") << "a";
        QTest::newRow("unknown charset") << QByteArray("a") << QByteArray("text/html; charset=x") << "a";
    }
    void textsAreDecoded()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        const HttpPage page {.contentType = type, .body = body};
        QTEST(page.text(), "text");
    }

    void theBlockingClientGetsTheSame()
    {
        ScriptedServer server(
            inTurn({answer("302 Found\r\nLocation: /b\r\nContent-Length: 0"),
                    answer("200 OK\r\nTransfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")}));
        const auto task = spawn("get", getOnWorker, server.url("/a"));
        QVERIFY(ends(task));
        QVERIFY(!task.error());
        QCOMPARE(task.result(), "hello");
    }
    void theBlockingClientNamesErrors()
    {
        ScriptedServer server(inTurn({answer("404 Not Found\r\nContent-Length: 0")}));
        const auto missing = spawn("get", getOnWorker, server.url("/a"));
        QVERIFY(ends(missing));
        QCOMPARE(thrownBy<Exception>(missing)->error().httpStatus, 404);
        const auto refused = spawn("get", getOnWorker, QUrl("http://127.0.0.1:1/"));
        QVERIFY(ends(refused));
        QCOMPARE(thrownBy<Exception>(refused)->error().kind, Error::Kind::Refused);
    }
    void theBlockingClientStopsWhenAsked()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) { }); // which never answers
        const auto job = m_loop->executor().run("get", getUnlessStopped, server.url());
        QTRY_COMPARE(server.requests().size(), 1);
        job.requestStop();
        QTRY_VERIFY_WITH_TIMEOUT(job.isDone(), 10'000);
        bool hasThrown = false;
        try {
            job.result();
        } catch (const std::exception &) {
            hasThrown = true;
        }
        QVERIFY(hasThrown);
    }
};

QTEST_GUILESS_MAIN(TestHttpPage)
#include "tst_httppage.moc"
