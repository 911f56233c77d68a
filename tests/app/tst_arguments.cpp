// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/arguments.h"

#include <QTest>

using namespace coroscope::app;
using namespace Qt::StringLiterals;

class ArgumentsTest : public QObject
{
    Q_OBJECT

    static QList<Option> known()
    {
        return {{u'd', u"directory"_s, u"DIR"_s, {}},
                {u'j', u"jobs"_s, u"N"_s, {}},
                {{}, u"json"_s, {}, {}},
                {{}, u"header"_s, u"TEXT"_s, {}, true}};
    }
    static Arguments read(const QStringList &line)
    {
        const auto result = readArguments(line, known());
        return std::holds_alternative<Arguments>(result) ? std::get<Arguments>(result)
                                                         : Arguments {{}, {u"bad use"_s}, {}};
    }
    static QString complaint(const QStringList &line)
    {
        const auto result = readArguments(line, known());
        return std::holds_alternative<BadUse>(result) ? std::get<BadUse>(result).message : QString();
    }

private slots:
    void whatMayBeAPasswordIsNotShown()
    {
        QCOMPARE(shown(u"http://ann:hush@host/a"_s), u"http://…@host/a"_s);
        QCOMPARE(shown(u"ann:hush@host:1"_s), u"…@host:1"_s);
        QCOMPARE(shown(u"me@host"_s), u"me@host"_s);
        QCOMPARE(shown(u"http://host/a"_s), u"http://host/a"_s);
        QCOMPARE(shown(QString(1000, u'a')), QString(300, u'a') + u'…');
    }
    void anOptionsValueCanBeGivenInEachUsualWay_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::newRow("letter, then value") << QStringList {u"-d"_s, u"out"_s};
        QTest::newRow("letter with value") << QStringList {u"-dout"_s};
        QTest::newRow("name, then value") << QStringList {u"--directory"_s, u"out"_s};
        QTest::newRow("name = value") << QStringList {u"--directory=out"_s};
        QTest::newRow("twice, the last counts") << QStringList {u"-d"_s, u"in"_s, u"-d"_s, u"out"_s};
    }
    void anOptionsValueCanBeGivenInEachUsualWay()
    {
        QFETCH(QStringList, line);
        QCOMPARE(read(line).value(u"directory"_s), u"out"_s);
        QVERIFY(read(line).words.isEmpty());
    }
    void optionsAndWordsMayBeMixed()
    {
        const Arguments arguments = read({u"a"_s, u"--json"_s, u"b"_s, u"-j"_s, u"2"_s, u"c"_s});
        QCOMPARE(arguments.words, QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QVERIFY(arguments.has(u"json"_s));
        QCOMPARE(arguments.value(u"jobs"_s), u"2"_s);
        QVERIFY(!arguments.has(u"directory"_s));
    }
    void whatFollowsTwoDashesIsLeftAlone()
    {
        const Arguments arguments = read({u"a"_s, u"--"_s, u"--json"_s, u"--"_s, u"-d"_s});
        QCOMPARE(arguments.words, QStringList(u"a"_s));
        QVERIFY(!arguments.has(u"json"_s));
        QCOMPARE(arguments.afterDashes, QStringList({u"--json"_s, u"--"_s, u"-d"_s}));
        QVERIFY(!read({u"a"_s}).afterDashes);
    }
    void aLoneDashAndNegativeNumbersAreWords()
    {
        QCOMPARE(read({u"-"_s, u"-1"_s, u"-.5"_s}).words, QStringList({u"-"_s, u"-1"_s, u"-.5"_s}));
    }
    void anOptionThatRepeatsKeepsAllItsValues()
    {
        const Arguments arguments = read({u"--header"_s, u"b"_s, u"x"_s, u"--header=a"_s});
        QCOMPARE(arguments.values(u"header"_s), QStringList({u"b"_s, u"a"_s}));
        QVERIFY(arguments.has(u"header"_s));
        QVERIFY(arguments.values(u"directory"_s).isEmpty());
    }
    void anEmptyValueIsAValue()
    {
        QVERIFY(read({u"--directory="_s}).has(u"directory"_s));
        QCOMPARE(read({u"-d"_s, QString()}).value(u"directory"_s), QString());
    }
    void badUseSaysWhat_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<QString>("message");
        QTest::newRow("unknown") << QStringList {u"--nothing-like-it"_s}
                                 << u"There is no option --nothing-like-it here."_s;
        QTest::newRow("near") << QStringList {u"--jsn"_s}
                              << u"There is no option --jsn here. Did you mean --json?"_s;
        QTest::newRow("unknown letter") << QStringList {u"-x"_s} << u"There is no option -x here."_s;
        QTest::newRow("no value") << QStringList {u"-d"_s} << u"-d needs a value: --directory DIR."_s;
        QTest::newRow("dashes are no value")
            << QStringList {u"-j"_s, u"--"_s} << u"-j needs a value: --jobs N."_s;
        QTest::newRow("a switch with a value")
            << QStringList {u"--json=yes"_s} << u"--json takes no value."_s;
    }
    void badUseSaysWhat()
    {
        QFETCH(QStringList, line);
        QFETCH(QString, message);
        QCOMPARE(complaint(line), message);
    }
    void theNearestWordIsGuessed()
    {
        const QStringList candidates {u"demo"_s, u"download"_s, u"redis"_s, u"sleep"_s};
        QCOMPARE(nearest(u"donwload"_s, candidates), u"download"_s);
        QCOMPARE(nearest(u"reddis"_s, candidates), u"redis"_s);
        QCOMPARE(nearest(u"asleep"_s, candidates), u"sleep"_s);
        QCOMPARE(nearest(u"quit"_s, candidates), QString());
    }
};

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "tst_arguments.moc"
