// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/urlpattern.h"

#include <QTest>

#include <limits>

using namespace coroscope::download;

class TestUrlPattern : public QObject
{
    Q_OBJECT
private slots:
    void patternStandsForAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("addresses");
        const auto row = [](const char *text, const QStringList &addresses) {
            QTest::newRow(text) << QString(text) << addresses;
        };
        row("plain", {"plain"});
        row("a[1-3]b", {"a1b", "a2b", "a3b"});
        row("[08-11]", {"08", "09", "10", "11"});
        row("[001-3]", {"001", "002", "003"});
        row("[0-1]", {"0", "1"});
        row("[99-101]", {"99", "100", "101"});
        row("[a-c]", {"a", "b", "c"});
        row("[X-Z]", {"X", "Y", "Z"});
        row("[1-9:3]", {"1", "4", "7"});
        row("[a-e:2]", {"a", "c", "e"});
        row("[5-5]", {"5"});
        row("{red,green}.png", {"red.png", "green.png"});
        row("{a,,b}", {"a", "", "b"});
        row("[1-2]{x,y}", {"1x", "1y", "2x", "2y"});
        row("[1-2][1-2]", {"11", "12", "21", "22"});
        row("http://[::1]/a", {"http://[::1]/a"});
        row("http://[fe80::1-2]/a", {"http://[fe80::1-2]/a"});
        row("http://[::1]:80/[1-2]", {"http://[::1]:80/1", "http://[::1]:80/2"});
        row("?x[]=1&y[0]=2", {"?x[]=1&y[0]=2"});
        row("{one}", {"{one}"});
        row("{}", {"{}"});
        row("\\[1-3\\]", {"[1-3]"});
        row("\\{a,b\\}", {"{a,b}"});
        row("{a\\,b,c\\}}", {"a,b", "c}"});
        row("%5B1-3%5D%7Ba,b%7D", {"%5B1-3%5D%7Ba,b%7D"});
        row("a\\b", {"a\\b"});
        row("open[1-3", {"open[1-3"});
        row("a]b}c,d", {"a]b}c,d"});
        row("", {""});
    }
    void patternStandsForAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, addresses);
        const auto parsed = UrlPattern::parse(text);
        QVERIFY(std::holds_alternative<UrlPattern>(parsed));
        const auto &pattern = std::get<UrlPattern>(parsed);
        QCOMPARE(pattern.count(), addresses.size());
        QStringList expanded = pattern.expanded();
        if (text.isEmpty())
            expanded = QStringList {expanded.value(0)};
        QCOMPARE(expanded, addresses);
        QVERIFY(pattern.size() >= expanded.join(QString()).size());
    }

    void brokenPatternIsToldInASentence_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("backwards") << "[5-1]" << "backwards";
        QTest::newRow("letters backwards") << "[z-a]" << "backwards";
        QTest::newRow("number to letter") << "[1-z]" << "number";
        QTest::newRow("small to large letter") << "[a-Z]" << "case";
        QTest::newRow("no step") << "[1-5:0]" << "step";
        QTest::newRow("beyond 64 bits") << "[1-99999999999999999999]" << "too large";
        QTest::newRow("unclosed") << "a{b,c" << "closed";
        QTest::newRow("nested") << "{a,{b,c}}" << "inside";
    }
    void brokenPatternIsToldInASentence()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        const auto parsed = UrlPattern::parse(text);
        QVERIFY(std::holds_alternative<QString>(parsed));
        QVERIFY2(std::get<QString>(parsed).contains(named), qPrintable(std::get<QString>(parsed)));
    }

    void numberOfAddressesNeverOverflows()
    {
        const auto parsed = UrlPattern::parse(QString("[0-999999999999999999]").repeated(5));
        QCOMPARE(std::get<UrlPattern>(parsed).count(), std::numeric_limits<qint64>::max());
        QCOMPARE(std::get<UrlPattern>(parsed).size(), std::numeric_limits<qint64>::max());
    }
};

QTEST_GUILESS_MAIN(TestUrlPattern)
#include "tst_urlpattern.moc"
