// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/crawltask.h"

#include "core/net/error.h"
#include "tests/support/looptest.h"
#include "tests/support/website.h"

#include <QElapsedTimer>
#include <QTest>

using namespace coroscope;
using namespace coroscope::tasks;
using namespace coroscope::test;
using namespace std::chrono_literals;

class TestCrawlTask : public QObject
{
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;

    static SpawnedTask<CrawlResult> start(CrawlSpec spec, const TaskContext &context = {})
    {
        return spawn("crawl", crawl, std::move(spec), context);
    }
    static CrawlSpec quick(const QUrl &url, int depth = 1)
    {
        return {.urls = {url}, .depth = depth, .delay = 0ms};
    }

private slots:
    void init() { m_loop = std::make_unique<Loop>(); }
    void cleanup() { m_loop.reset(); }

    void linksAreFollowedToTheDepth_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<QList<QByteArray>>("paths");
        QTest::newRow("0") << 0 << QList<QByteArray> {"/", "/robots.txt"};
        QTest::newRow("1") << 1 << QList<QByteArray> {"/", "/a", "/b", "/robots.txt"};
        QTest::newRow("2") << 2 << QList<QByteArray> {"/", "/a", "/b", "/c", "/robots.txt"};
        QTest::newRow("9") << 9 << QList<QByteArray> {"/", "/a", "/b", "/c", "/d", "/robots.txt"};
    }
    void linksAreFollowedToTheDepth()
    {
        QFETCH(int, depth);
        QFETCH(QList<QByteArray>, paths);
        ScriptedServer server(
            serves({{"/", html("home", {"a", "/b", "#top", "mailto:x@y", "javascript:void(0)"})},
                    {"/a", html("a", {"/", "/b#part", "/c", "./a"})},
                    {"/b", html("b", {"../a"})},
                    {"/c", html("c", {"/d"})},
                    {"/d", html("d", {"/"})}}));
        const auto task = start(quick(server.url(), depth));
        QVERIFY(ends(task));
        QVERIFY(!task.error());
        QCOMPARE(sortedPaths(server), paths); // each once
        QCOMPARE(task.result().done, paths.size() - 1);
        QCOMPARE(task.result().failed, 0);
    }
    void otherHostsAreLeftAloneUnlessAsked()
    {
        ScriptedServer other(serves({{"/", html("other", {})}}));
        const QByteArray link = "http://localhost:" + QByteArray::number(other.serverPort()) + "/";
        ScriptedServer server(serves({{"/", html("home", {link})}}));
        QVERIFY(ends(start(quick(server.url()))));
        QCOMPARE(other.requests().size(), 0);
        CrawlSpec anywhere = quick(server.url());
        anywhere.sameHost = false;
        const auto task = start(anywhere);
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 2);
        QCOMPARE(sortedPaths(other), (QList<QByteArray> {"/", "/robots.txt"}));
    }
    void robotsAreObeyedUnlessTold()
    {
        ScriptedServer server(serves({{"/robots.txt", whole("User-agent: *\nDisallow: /secret\n")},
                                      {"/", html("home", {"/secret", "/open"})},
                                      {"/secret", html("secret", {})},
                                      {"/open", html("open", {})}}));
        const auto task = start(quick(server.url()));
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 2);
        QCOMPARE(task.result().forbidden, 1);
        QVERIFY(!sortedPaths(server).contains("/secret"));
        QCOMPARE(sortedPaths(server).count("/robots.txt"), 1);

        CrawlSpec rude = quick(server.url());
        rude.obeysRobots = false;
        const auto all = start(rude);
        QVERIFY(ends(all));
        QCOMPARE(all.result().done, 3);
        QCOMPARE(sortedPaths(server).count("/robots.txt"), 1);
    }
    void robotsThatCantBeHadForbidAll()
    {
        ScriptedServer server(
            serves({{"/robots.txt", answer("503 Busy\r\nContent-Length: 0")}, {"/", html("home", {})}}));
        const auto task = start(quick(server.url()));
        QVERIFY(ends(task));
        QCOMPARE(task.result().forbidden, 1);
        QCOMPARE(sortedPaths(server), (QList<QByteArray> {"/robots.txt"}));
    }
    void requestsKeepTheirDistance()
    {
        ScriptedServer server(serves({{"/", html("home", {"/a", "/b", "/c"})},
                                      {"/a", html("a", {})},
                                      {"/b", html("b", {})},
                                      {"/c", html("c", {})}}));
        CrawlSpec spec = quick(server.url());
        spec.delay = 100ms;
        QElapsedTimer clock;
        clock.start();
        const auto task = start(spec);
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 4);
        QVERIFY2(clock.elapsed() >= 300, qPrintable(QString::number(clock.elapsed())));
    }
    void onlySoManyGoAtOnceToAHost()
    {
        int open = 0;
        int mostOpen = 0;
        SiteMap site {{"/", html("home", {"/a", "/b", "/c", "/d", "/e"})}};
        ScriptedServer server([&](QTcpSocket &socket, const QByteArray &request) {
            const QByteArray path = pathOf(request);
            if (path == "/" || path == "/robots.txt") {
                serves(site)(socket, request);
                return;
            }
            mostOpen = std::max(mostOpen, ++open);
            QTimer::singleShot(20, &socket, [&] {
                --open;
                socket.write(html("x", {}));
            });
        });
        CrawlSpec spec = quick(server.url());
        spec.perHost = 3;
        const auto task = start(spec);
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 6);
        QCOMPARE(mostOpen, 3);
    }
    void pagesThatFailAreCounted()
    {
        ScriptedServer server(serves({{"/", html("home", {"/gone", "/a"})}, {"/a", html("a", {})}}));
        const auto task = start(quick(server.url()));
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 2);
        QCOMPARE(task.result().failed, 1);
        QVERIFY(toTraceText(task.result()).startsWith("2 pages, "));
        QVERIFY(toTraceText(task.result()).endsWith(", 1 failed"));
    }
    void aSiteThatCannotBeReachedSaysSo_data()
    {
        QTest::addColumn<bool>("obeysRobots");
        QTest::newRow("robots asked first") << true;
        QTest::newRow("robots ignored") << false;
    }
    void aSiteThatCannotBeReachedSaysSo()
    {
        QFETCH(bool, obeysRobots);
        QUrl gone;
        {
            ScriptedServer server(serves(SiteMap()));
            gone = server.url();
        }
        CrawlSpec spec = quick(gone);
        spec.obeysRobots = obeysRobots;
        const auto task = start(spec);
        QVERIFY(ends(task));
        const auto error = thrownBy<net::Exception>(task);
        QVERIFY(error);
        QVERIFY2(QString::fromUtf8(error->what()).contains("refused", Qt::CaseInsensitive), error->what());
        QCOMPARE(m_loop->taskCount(), std::size_t(0));
    }
    void oneSiteThatCannotBeReachedIsNoFailureOfTheOthers()
    {
        ScriptedServer server(serves({{"/", html("home", {})}}));
        CrawlSpec spec = quick(server.url());
        spec.urls << QUrl("http://127.0.0.1:1/");
        const auto task = start(spec);
        QVERIFY(ends(task));
        QVERIFY(!task.error());
        QCOMPARE(task.result().done, 1);
        QCOMPARE(task.result().failed, 1);
        QCOMPARE(task.result().forbidden, 0);
    }
    void noMoreThanSoManyPages()
    {
        QList<QByteArray> links;
        SiteMap site;
        for (int i = 0; i < 50; ++i) {
            links << "/" + QByteArray::number(i);
            site["/" + QByteArray::number(i)] = html("x", {});
        }
        site["/"] = html("home", links);
        ScriptedServer server(serves(site));
        CrawlSpec spec = quick(server.url());
        spec.pages = 10;
        const auto task = start(spec);
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 10);
    }
    void eachPageHasATaskAndALineOfOutput()
    {
        ScriptedServer server(
            serves({{"/", html("The home", {"/b", "/b", "/c"})}, {"/b", whole("123")}, {"/c", whole("")}}));
        const TaskContext context;
        const auto task = start(quick(server.url(), 0), context);
        QVERIFY(ends(task));
        const QList<TaskId> known = context.book->tasks();
        QCOMPARE(known.size(), 1);
        QCOMPARE(context.book->output(known[0]), server.url().toString().toUtf8() + "\t62\t2\tThe home\n");
    }
    void aLongPageIsReadToItsLimit()
    {
        ScriptedServer server(
            serves({{"/", whole("<a href=/early>" + QByteArray(100'000, 'x') + "<a href=/late>",
                                "Content-Type: text/html")},
                    {"/early", html("early", {})},
                    {"/late", html("late", {})}}));
        CrawlSpec spec = quick(server.url());
        spec.bodyLimit = 1000;
        const auto task = start(spec);
        QVERIFY(ends(task));
        QCOMPARE(task.result().done, 2);
        QVERIFY(!sortedPaths(server).contains("/late"));
    }
    void theBaseElementCounts()
    {
        ScriptedServer server(serves({{"/", whole("<base href=/dir/><a href=x>", "Content-Type: text/html")},
                                      {"/dir/x", html("x", {})}}));
        const auto task = start(quick(server.url()));
        QVERIFY(ends(task));
        QVERIFY(sortedPaths(server).contains("/dir/x"));
    }
    void cancellingEndsAllPages()
    {
        SiteMap site {{"/", html("home", {"/a", "/b"})}};
        ScriptedServer server([site](QTcpSocket &socket, const QByteArray &request) {
            if (pathOf(request) == "/" || pathOf(request) == "/robots.txt")
                serves(site)(socket, request);
        });
        const auto task = start(quick(server.url()));
        QTRY_COMPARE(server.requests().size(), 4); // robots.txt, home, and two that never come
        task.cancel();
        QVERIFY(ends(task));
        QVERIFY(task.isCancelled());
        QCOMPARE(m_loop->taskCount(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestCrawlTask)
#include "tst_crawltask.moc"
