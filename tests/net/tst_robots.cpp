// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/robots.h"

#include <QElapsedTimer>
#include <QTest>

using namespace coroscope::net;

/// RFC 9309, section by section.
class TestRobots : public QObject
{
    Q_OBJECT
private slots:
    void pathsAreAllowedOrNot_data()
    {
        QTest::addColumn<QByteArray>("robots");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("allowed");
        const QByteArray all = "User-agent: *\nDisallow: /private\nAllow: /private/open\n";
        QTest::newRow("no file") << QByteArray() << "/a" << true;
        QTest::newRow("forbidden") << all << "/private/x" << false;
        QTest::newRow("beginning of a name") << all << "/privateer" << false;
        QTest::newRow("longest match allows") << all << "/private/open/x" << true;
        QTest::newRow("elsewhere") << all << "/public" << true;
        QTest::newRow("case counts in paths") << all << "/Private" << true;
        QTest::newRow("equal length: allow")
            << QByteArray("User-agent: *\nDisallow: /a\nAllow: /a\n") << "/a" << true;
        QTest::newRow("everything") << QByteArray("User-agent: *\nDisallow: /\n") << "/" << false;
        QTest::newRow("robots.txt itself")
            << QByteArray("User-agent: *\nDisallow: /\n") << "/robots.txt" << true;
        QTest::newRow("empty disallow") << QByteArray("User-agent: *\nDisallow:\n") << "/a" << true;
        QTest::newRow("own group only")
            << QByteArray("User-agent: *\nDisallow: /\n\nUser-agent: coroscope\nDisallow: /x\n") << "/a"
            << true;
        QTest::newRow("own group, any case and version")
            << QByteArray("User-agent: COROSCOPE/2.0\nDisallow: /x\n") << "/x" << false;
        QTest::newRow("another's group")
            << QByteArray("User-agent: Coroscopex\nDisallow: /\n") << "/a" << true;
        QTest::newRow("own empty group")
            << QByteArray("User-agent: coroscope\n\nUser-agent: *\nDisallow: /\n") << "/a" << false;
        QTest::newRow("groups of one name are one")
            << QByteArray("User-agent: coroscope\nDisallow: /a\n\nUser-agent: b\nDisallow: /c\n\n"
                          "User-agent: coroscope\nDisallow: /d\n")
            << "/d" << false;
        QTest::newRow("several names, one group")
            << QByteArray("User-agent: b\nUser-agent: coroscope\nDisallow: /a\n") << "/a" << false;
        QTest::newRow("sitemap is no rule")
            << QByteArray("User-agent: b\nSitemap: http://h/s.xml\nUser-agent: coroscope\nDisallow: /a\n")
            << "/a" << false;
        QTest::newRow("rule before a group")
            << QByteArray("Disallow: /\nUser-agent: *\nAllow: /\n") << "/a" << true;
        QTest::newRow("comment") << QByteArray("User-agent: * # all\nDisallow: /a # not this\n") << "/a"
                                 << false;
        QTest::newRow("blanks and case")
            << QByteArray("  USER-AGENT :*\n\tdisallow\t: /a\n") << "/a" << false;
        QTest::newRow("carriage returns")
            << QByteArray("User-agent: *\r\nDisallow: /a\r\rDisallow: /b") << "/b" << false;
        QTest::newRow("byte order mark")
            << QByteArray("\xef\xbb\xbfUser-agent: *\nDisallow: /a\n") << "/a" << false;
        QTest::newRow("nonsense") << QByteArray("<html>\nUser-agent: *\n???\nDisallow: /a\n") << "/a"
                                  << false;
        const QByteArray stars = "User-agent: *\nDisallow: /*.gif$\nDisallow: /a*b/c\nDisallow: /q?x=\n";
        QTest::newRow("star and end") << stars << "/x/y.gif" << false;
        QTest::newRow("star, not at the end") << stars << "/x/y.gif?z" << true;
        QTest::newRow("star inside") << stars << "/a123b/c/d" << false;
        QTest::newRow("star inside, no match") << stars << "/a123c" << true;
        QTest::newRow("query") << stars << "/q?x=1" << false;
        QTest::newRow("other query") << stars << "/q?y=1" << true;
        QTest::newRow("escaped in the rule")
            << QByteArray("User-agent: *\nDisallow: /%E5%8D%8F\n") << "/协" << false;
        QTest::newRow("plain in the rule")
            << QByteArray("User-agent: *\nDisallow: /协\n") << "/%e5%8d%8f" << false;
        QTest::newRow("needless escape") << QByteArray("User-agent: *\nDisallow: /%61\n") << "/a" << false;
        QTest::newRow("escaped slash is none")
            << QByteArray("User-agent: *\nDisallow: /a/b\n") << "/a%2Fb" << true;
    }
    void pathsAreAllowedOrNot()
    {
        QFETCH(QByteArray, robots);
        QFETCH(QString, path);
        QFETCH(bool, allowed);
        const auto rules = RobotsRules::parse(robots, "Coroscope");
        QCOMPARE(rules.allows(QUrl("http://h" + path)), allowed);
    }
    void nothingAllowedForbidsAllButItself()
    {
        QVERIFY(!RobotsRules::nothingAllowed().allows(QUrl("http://h/")));
        QVERIFY(!RobotsRules::nothingAllowed().allows(QUrl("http://h")));
        QVERIFY(RobotsRules::nothingAllowed().allows(QUrl("http://h/robots.txt")));
    }
    void manyStarsAreNotSlow()
    {
        const QByteArray robots = "User-agent: *\nDisallow: /" + QByteArray("*a").repeated(2000) + "b\n";
        const auto rules = RobotsRules::parse(robots, "Coroscope");
        QElapsedTimer clock;
        clock.start();
        QVERIFY(rules.allows(QUrl("http://h/" + QString(20'000, 'a'))));
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    }
    void whatIsBehindTheLimitDoesNotCount()
    {
        const QByteArray robots = "User-agent: *\n" + QByteArray("# filler\n").repeated(70'000)
                                  + "Disallow: /\n";
        QVERIFY(RobotsRules::parse(robots, "Coroscope").allows(QUrl("http://h/a")));
    }
};

QTEST_GUILESS_MAIN(TestRobots)
#include "tst_robots.moc"
