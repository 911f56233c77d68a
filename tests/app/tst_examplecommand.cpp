// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

/// `coroscope example`, as a shell starts it.
class ExampleCommandTest : public QObject
{
    Q_OBJECT

    static Program::Result run(const QStringList &words)
    {
        return Program::run(QStringList {u"example"_s} + words);
    }

private slots:
    void aloneItListsAll()
    {
        const auto result = run({});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out.count('\n'), 26);
        QVERIFY(result.out.startsWith("generator "));
        QVERIFY(result.out.contains("\nwait-timeout "));
        QCOMPARE(result.err, QByteArray());
    }
    void asJsonTheListIsAnObjectALine()
    {
        const auto examples = run({u"--json"_s}).jsonLines();
        QCOMPARE(examples.size(), 26);
        QCOMPARE(examples[0].value(u"id"_s).toString(), u"generator"_s);
        QVERIFY(!examples[0].value(u"title"_s).toString().isEmpty());
    }
    void itPrintsThePythonLinesAndNothingElse()
    {
        const auto result = run({u"task-3"_s, u"--speed"_s, u"10"_s});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(
            QString::fromUtf8(result.out),
            u"1\n1\n2\n2\n"
            "{<Task finished name='Task-2' result='返回值'>, <Task finished name='Task-3' result='返回值'>}\n"
            "set()\n"_s);
        QCOMPARE(result.err, QByteArray());
    }
    void theSpeedDividesSleepsThatBlockToo()
    {
        QElapsedTimer clock;
        clock.start();
        const auto result = run({u"greenlet"_s, u"--speed=20"_s});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out.count('\n'), 15);
        QVERIFY(result.out.startsWith("A + 0\nB + 0\nC + 0\nA + 1\n"));
        QVERIFY(clock.elapsed() >= 325);
        QVERIFY2(clock.elapsed() < 6000, qPrintable(QString::number(clock.elapsed())));
    }
    void asJsonEachTaskIsAnObjectAndTheLinesGoAside()
    {
        const auto result = run({u"future-2"_s, u"--speed"_s, u"20"_s, u"--json"_s});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.err, QByteArray("666\n"));
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 2);
        QCOMPARE(tasks[0].value(u"task"_s).toString(), u"set_after"_s);
        QCOMPARE(tasks[1].value(u"task"_s).toString(), u"example future-2"_s);
        QCOMPARE(tasks[1].value(u"state"_s).toString(), u"done"_s);
    }
    void badUseIsNamed_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("unknown") << QStringList {
            u"taks-1"_s} << QByteArray("There is no example taks-1. Did you mean task-1, task-2, task-3?");
        QTest::newRow("unknown and far")
            << QStringList {u"xyzzy"_s} << QByteArray("coroscope example lists them");
        QTest::newRow("two") << QStringList {u"await-1"_s, u"await-2"_s}
                             << QByteArray("One example at a time");
        QTest::newRow("speed") << QStringList {u"await-1"_s, u"--speed"_s, u"fast"_s}
                               << QByteArray("--speed: ");
        QTest::newRow("no speed") << QStringList {u"await-1"_s, u"--speed"_s, u"0"_s}
                                  << QByteArray("--speed: ");
        QTest::newRow("needs none") << QStringList {u"await-1"_s, u"--redis"_s, u"redis://h"_s}
                                    << QByteArray("--redis: This example needs none");
        QTest::newRow("no url") << QStringList {u"crawler"_s, u"--url"_s, u"ftp://h/a"_s}
                                << QByteArray("--url: ");
        QTest::newRow("option") << QStringList {u"await-1"_s, u"--sped=2"_s}
                                << QByteArray("Did you mean --speed?");
    }
    void badUseIsNamed()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, said);
        const auto result = run(words);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains(said), result.err.constData());
    }
    void futureOneEndsWithTheTimeout()
    {
        const auto result = run({u"future-1"_s, u"--timeout"_s, u"0.5"_s});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out, QByteArray());
    }
    void futureOneEndsWithCtrlC()
    {
        Program program({u"example"_s, u"future-1"_s});
        program.start();
        QTest::qWait(1000); // nothing that it prints says that it waits
        QCOMPARE(program.process().state(), QProcess::Running);
        program.signal(SIGINT);
        QCOMPARE(program.wait().exitCode, 130);
    }
    void ctrlCEndsWhatAnExampleSpawned()
    {
        Program program({u"example"_s, u"task-1"_s, u"--speed"_s, u"0.01"_s});
        program.start();
        QTRY_VERIFY(program.process().bytesAvailable() > 0);
        program.signal(SIGINT);
        QCOMPARE(program.wait().exitCode, 130);
    }
    void filesGoToTheFolderAsked()
    {
        QTemporaryDir folder;
        const auto result = run({u"executor-download"_s, u"-d"_s, folder.path()});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out.count("下载完成"), 3);
        QCOMPARE(QDir(folder.path()).entryList({u"*.jpg"_s}).size(), 3);
    }
    void aServerThatIsNotThereFailsTheRun()
    {
        const auto result = run({u"redis-1"_s, u"--redis"_s, u"redis://:hush@127.0.0.1:1"_s});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out, QByteArray("开始执行:redis://127.0.0.1:1\n"));
        QVERIFY2(result.err.contains("refused"), result.err.constData());
        QVERIFY(!(result.out + result.err).contains("hush"));
    }
    void itsOwnServersAreStartedWhereNoneIsGiven()
    {
        const auto result = run({u"redis-2"_s});
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QCOMPARE(result.out.count("{'key1': '1', 'key2': '2', 'key3': '3'}\n"), 2);
        QVERIFY(!result.out.contains('@'));
        QCOMPARE(result.err, QByteArray());
    }
    void processesRunOfTheProgramItself()
    {
        const auto result = run({u"executor-process"_s, u"--speed"_s, u"10"_s});
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QCOMPARE(result.out.count("<Future at 0x"), 10);
        QCOMPARE(result.out.count('\n'), 20);
    }
};

QTEST_GUILESS_MAIN(ExampleCommandTest)
#include "tst_examplecommand.moc"
