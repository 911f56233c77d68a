// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/htmlpage.h"

#include <QElapsedTimer>
#include <QTest>

using namespace coroscope::net;

class TestHtmlPage : public QObject
{
    Q_OBJECT
private slots:
    void linksAreFound_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QStringList>("links");
        QTest::newRow("quoted") << R"(<a href="/a">x</a><a href='/b'>)" << QStringList {"/a", "/b"};
        QTest::newRow("unquoted") << "<a href=/a/b>x</a>" << QStringList {"/a/b"};
        QTest::newRow("case and blanks") << "<A\n HREF = \"/a\"\t>" << QStringList {"/a"};
        QTest::newRow("among others")
            << "<a class=x disabled data-href='/n' href='/a' id=y>" << QStringList {"/a"};
        QTest::newRow("twice: the first") << "<a href=/a href=/b>" << QStringList {"/a"};
        QTest::newRow("areas and frames")
            << "<area href=/a><iframe src=/b></iframe><frame src=/c><img src=/d>"
            << QStringList {"/a", "/b", "/c"};
        QTest::newRow("references") << "<a href='/a?x=1&amp;y=2&#38;z=&#x26;'>"
                                    << QStringList {"/a?x=1&y=2&z=&"};
        QTest::newRow("no references")
            << "<a href='/a?x=1&y=2&unknown;'>" << QStringList {"/a?x=1&y=2&unknown;"};
        QTest::newRow("comment") << "<!-- <a href=/no> --><a href=/a>" << QStringList {"/a"};
        QTest::newRow("script and style")
            << "<script>'<a href=/no>'</script><style><a href=/no></STYLE><a href=/a>" << QStringList {"/a"};
        QTest::newRow("a > in a value")
            << "<a title='>' href=/a><x y=\"<a href=/no>\">" << QStringList {"/a"};
        QTest::newRow("doctype and declarations")
            << "<!doctype html><?xml a?><a href=/a>" << QStringList {"/a"};
        QTest::newRow("less than") << "1 < 2 <<a href=/a>" << QStringList {"/a"};
        QTest::newRow("empty") << "<a href=''><a href><a>" << QStringList();
        QTest::newRow("cut in a tag") << "<a href=/a><a href=\"/b" << QStringList {"/a", "/b"};
        QTest::newRow("cut in a name") << "<a href=/a><" << QStringList {"/a"};
        QTest::newRow("cut in a comment") << "<a href=/a><!-- <a href=/no>" << QStringList {"/a"};
        QTest::newRow("slash") << "<a/href=/a/>" << QStringList {"/a/"};
        QTest::newRow("another element") << "<abbr href=/no>" << QStringList();
        QTest::newRow("no HTML") << "plain text" << QStringList();
    }
    void linksAreFound()
    {
        QFETCH(QString, html);
        QTEST(readHtml(html).links, "links");
    }
    void theTitleIsTextWithoutItsBlanks()
    {
        QCOMPARE(readHtml("<title>\n Tom &amp; <b>\n Jerry </title>").title, "Tom & <b> Jerry");
        QCOMPARE(readHtml("<TITLE lang=de>a</TITLE><title>b</title>").title, "a");
        QCOMPARE(readHtml("<title>without end").title, "without end");
        QCOMPARE(readHtml("<p>none").title, QString());
    }
    void theFirstBaseCounts()
    {
        QCOMPARE(readHtml("<base target=x><base href='/b/'><base href='/c/'>").base, "/b/");
    }
    void hostilePagesAreReadInLinearTime_data()
    {
        QTest::addColumn<QString>("piece");
        QTest::newRow("open tags") << "<a ";
        QTest::newRow("comments") << "<!--";
        QTest::newRow("quotes") << "<a href='";
        QTest::newRow("titles") << "<title>";
        QTest::newRow("references") << "<a href=&#38;&amp;&&&>";
        QTest::newRow("end tags") << "</";
    }
    void hostilePagesAreReadInLinearTime()
    {
        QFETCH(QString, piece);
        QElapsedTimer clock;
        clock.start();
        readHtml(piece.repeated(100'000));
        QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestHtmlPage)
#include "tst_htmlpage.moc"
