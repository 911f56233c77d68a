// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/pythonrepr.h"

#include "core/runtime/sleep.h"
#include "tests/runtime/virtualloop.h"

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using gallery::repr;
using gallery::shortRepr;
using QCoro::Task;

namespace {

Task<QString> gives(QString value) { co_return value; }
Task<QString> fails()
{
    throw std::runtime_error("out of luck");
    co_return QString();
}
Task<QString> sleeps()
{
    co_await sleep(1h);
    co_return QString();
}

} // namespace

/// Each expectation is what CPython 3.11 prints.
class PythonReprTest : public QObject
{
    Q_OBJECT
private slots:
    void textsAreQuotedAndEscaped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << "" << "''";
        QTest::newRow("plain") << "返回值" << "'返回值'";
        QTest::newRow("apostrophe") << "it's" << "\"it's\"";
        QTest::newRow("both quotes") << "'\"" << "'\\'\"'";
        QTest::newRow("escapes") << "a\n\r\t\\" << "'a\\n\\r\\t\\\\'";
        QTest::newRow("controls") << QString(QChar(1)) + QChar(0x7f) << "'\\x01\\x7f'";
        QTest::newRow("unprintable") << QString(QChar(0x200b)) << "'\\u200b'";
        QTest::newRow("beyond the BMP") << "😀" << "'😀'";
    }
    void textsAreQuotedAndEscaped()
    {
        QFETCH(QString, text);
        QTEST(repr(text), "expected");
    }
    void bytesAreQuotedAndEscaped()
    {
        QCOMPARE(repr(QByteArray("key1")), "b'key1'");
        QCOMPARE(repr(QByteArray("\xff\0a", 3)), "b'\\xff\\x00a'");
        QCOMPARE(repr(QByteArray("it's")), "b\"it's\"");
    }
    void numbersLookLikePythons()
    {
        QCOMPARE(repr(0.5), "0.5");
        QCOMPARE(repr(3.0), "3.0");
        QCOMPARE(repr(7), "7");
    }
    void longTextsAreShortenedInTheMiddle()
    {
        QCOMPARE(shortRepr(QString(28, 'x')), "'" + QString(28, 'x') + "'");
        QCOMPARE(shortRepr(QString(29, 'x')), "'xxxxxxxxxxxx...xxxxxxxxxxxxx'");
        QCOMPARE(shortRepr(QString(40, 'a')), "'aaaaaaaaaaaa...aaaaaaaaaaaaa'");
        QCOMPARE(shortRepr(QString(31, '\'')), "\"''''''''''''...'''''''''''''\"");
        QCOMPARE(shortRepr("<!doctype html>\n<html>" + QString(100, 'y')), "'<!doctype ht...yyyyyyyyyyyyy'");
    }
    void lengthsCountCharacters() { QCOMPARE(gallery::len("a返😀"), 3); }

    void tasksSayHowTheyEnded()
    {
        Loop loop(virtualTime());
        const std::vector<AnyTask> tasks {spawn("n1", gives, QString("返回值")), spawn("n2", fails),
                                          spawn("n3", sleeps), spawn("n4", sleeps)};
        tasks[3].cancel();
        loop.turnOnce();
        QCOMPARE(repr<QString>(tasks[0]), "<Task finished name='n1' result='返回值'>");
        QCOMPARE(repr<QString>(tasks[1]), "<Task finished name='n2' exception=Exception('out of luck')>");
        QCOMPARE(repr<QString>(tasks[2]), "<Task pending name='n3'>");
        QCOMPARE(repr<QString>(tasks[3]), "<Task cancelled name='n4'>");
        QCOMPARE(repr<QString>(std::vector {tasks[0], tasks[2]}),
                 "{<Task finished name='n1' result='返回值'>, <Task pending name='n3'>}");
        QCOMPARE(repr<QString>(std::vector<AnyTask>()), "set()");
    }
};

QTEST_GUILESS_MAIN(PythonReprTest)
#include "tst_pythonrepr.moc"
