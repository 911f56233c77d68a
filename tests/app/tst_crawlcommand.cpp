// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "tests/support/website.h"

#include <QTest>

using namespace coroscope::test;
using namespace Qt::StringLiterals;

/// `coroscope crawl` against a real server.
class CrawlCommandTest : public QObject
{
    Q_OBJECT

    static SiteMap site()
    {
        return {{"/robots.txt", whole("User-agent: *\nDisallow: /secret\n")},
                {"/", html("The home", {"/a", "/b", "/secret", "/a#part"})},
                {"/a", html("A", {"/c", "/"})},
                {"/b", html("B", {})},
                {"/c", html("C", {"/d"})},
                {"/d", html("D", {})},
                {"/secret", html("Secret", {})}};
    }
    static Program::Result crawl(const QStringList &arguments)
    {
        return Program::run(QStringList {u"crawl"_s, u"--delay"_s, u"0"_s} + arguments);
    }
    /// The lines of the output, sorted, with the server's address taken away.
    static QList<QByteArray> linesOf(const Program::Result &result, const ScriptedServer &server)
    {
        QByteArray out = result.out;
        QList<QByteArray> lines = out.replace(server.url(QString()).toString().toUtf8(), "").split('\n');
        lines.removeAll(QByteArray());
        std::ranges::sort(lines);
        return lines;
    }

private slots:
    void aPageIsALineWithItsLengthLinksAndTitle()
    {
        ScriptedServer server(serves(site()));
        const auto result = crawl({u"--depth"_s, u"0"_s, server.url().toString()});
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(linesOf(result, server), (QList<QByteArray> {"/\t85\t3\tThe home"}));
        QCOMPARE(sortedPaths(server), (QList<QByteArray> {"/", "/robots.txt"}));
    }
    void linksAreFollowedToTheDepth_data()
    {
        QTest::addColumn<QString>("depth");
        QTest::addColumn<QList<QByteArray>>("paths");
        QTest::newRow("1") << u"1"_s << QList<QByteArray> {"/", "/a", "/b", "/robots.txt"};
        QTest::newRow("2") << u"2"_s << QList<QByteArray> {"/", "/a", "/b", "/c", "/robots.txt"};
        QTest::newRow("3") << u"3"_s << QList<QByteArray> {"/", "/a", "/b", "/c", "/d", "/robots.txt"};
    }
    void linksAreFollowedToTheDepth()
    {
        QFETCH(QString, depth);
        QFETCH(QList<QByteArray>, paths);
        ScriptedServer server(serves(site()));
        const auto result = crawl({u"--depth"_s, depth, server.url().toString()});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(sortedPaths(server), paths); // each once
        QCOMPARE(linesOf(result, server).size(), paths.size()); // with a line for what is forbidden
    }
    void whatRobotsForbidIsNamedAndNotFetchedUnlessTold()
    {
        ScriptedServer server(serves(site()));
        const auto obeying = crawl({server.url().toString()});
        QCOMPARE(obeying.exitCode, 0);
        QVERIFY(linesOf(obeying, server).contains("/secret\t0\t0\t(robots.txt forbids it)"));
        QVERIFY(!sortedPaths(server).contains("/secret"));
        const auto rude = crawl({u"--ignore-robots"_s, server.url().toString()});
        QCOMPARE(rude.exitCode, 0);
        QVERIFY(linesOf(rude, server).contains("/secret\t21\t0\tSecret"));
        QVERIFY(sortedPaths(server).contains("/secret"));
        QCOMPARE(sortedPaths(server).count("/robots.txt"), 1);
    }
    void otherHostsAreFollowedWhenAsked()
    {
        ScriptedServer other(serves(SiteMap {{"/", html("Other", {})}}));
        const QByteArray link = "http://localhost:" + QByteArray::number(other.serverPort()) + "/";
        ScriptedServer server(serves(SiteMap {{"/", html("Home", {link})}}));
        QCOMPARE(crawl({server.url().toString()}).exitCode, 0);
        QCOMPARE(other.requests().size(), 0);
        const auto result = crawl({u"--any-host"_s, server.url().toString()});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains(link + "\t20\t0\tOther\n"), result.out.constData());
    }
    void jsonHasAnObjectForEachPage()
    {
        ScriptedServer server(serves(SiteMap {{"/", html("Home", {"/gone", "/a"})}, {"/a", html("A", {})}}));
        const auto result = crawl({u"--json"_s, server.url().toString()});
        QCOMPARE(result.exitCode, 1); // for the page that isn't there
        QHash<QString, QJsonObject> pages;
        for (const QJsonObject &page : result.jsonLines()) {
            QCOMPARE(page.value(u"kind"_s).toString(), u"crawl"_s);
            pages.insert(page.value(u"task"_s).toString(), page);
        }
        QCOMPARE(pages.size(), 3);
        const QJsonObject home = pages.value(u"GET "_s + server.url().toString());
        QCOMPARE(home.value(u"state"_s).toString(), u"done"_s);
        QCOMPARE(home.value(u"result"_s).toString(), server.url().toString() + u"\t48\t2\tHome"_s);
        const QJsonObject gone = pages.value(u"GET "_s + server.url(u"/gone"_s).toString());
        QCOMPARE(gone.value(u"state"_s).toString(), u"failed"_s);
        QVERIFY2(gone.value(u"error"_s).toString().contains(u"404"_s), result.out.constData());
    }
    void badUseIsExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no page") << QStringList {} << QByteArray("address of a page");
        QTest::newRow("scheme") << QStringList {u"ftp://h/"_s} << QByteArray("http");
        QTest::newRow("depth") << QStringList {u"--depth"_s, u"deep"_s, u"http://h/"_s}
                               << QByteArray("--depth");
        QTest::newRow("per host") << QStringList {u"--per-host"_s, u"17"_s, u"http://h/"_s}
                                  << QByteArray("--per-host");
        QTest::newRow("pages") << QStringList {u"--pages"_s, u"0"_s, u"http://h/"_s} << QByteArray("--pages");
        QTest::newRow("delay") << QStringList {u"--delay"_s, u"soon"_s, u"http://h/"_s}
                               << QByteArray("--delay");
        QTest::newRow("unknown option")
            << QStringList {u"--width"_s, u"1"_s, u"http://h/"_s} << QByteArray("--width");
    }
    void badUseIsExplained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const auto result = Program::run(QStringList {u"crawl"_s} + arguments);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains(says), result.err.constData());
    }
    void aServerThatIsNotThereIsAnError()
    {
        QString address;
        {
            ScriptedServer server(serves(SiteMap()));
            address = server.url().toString();
        }
        const auto result = crawl({address});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains("refused") || result.err.contains("connect"), result.err.constData());
    }
    void theTimeoutCancelsAPageThatNeverComes()
    {
        const SiteMap pages {{"/robots.txt", whole("")}};
        ScriptedServer server([pages](QTcpSocket &socket, const QByteArray &request) {
            if (pages.contains(pathOf(request)))
                serves(pages)(socket, request);
        });
        const auto result = crawl({u"--json"_s, u"--timeout"_s, u"0.5"_s, server.url().toString()});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.jsonLines().value(0).value(u"state"_s).toString(), u"cancelled"_s);
    }
};

QTEST_GUILESS_MAIN(CrawlCommandTest)
#include "tst_crawlcommand.moc"
