// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/dispatch/loopkind.h"
#include "program.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

/// The program itself, from the outside: what needs no server.
class ProgramTest : public QObject
{
    Q_OBJECT

    /// Whether a process has a handler for a signal, as the kernel says.
    static bool catches(qint64 process, int signal)
    {
        QFile status(u"/proc/%1/status"_s.arg(process));
        if (!status.open(QIODevice::ReadOnly))
            return false;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("SigCgt:"))
                return (line.mid(7).trimmed().toULongLong(nullptr, 16) >> (signal - 1)) & 1;
        }
        return false;
    }

private slots:
    void versionAndHelpGoToStandardOutput()
    {
        const auto version = Program::run({u"--version"_s});
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.out.startsWith("coroscope "));
        QCOMPARE(version.err, QByteArray());
        const auto help = Program::run({u"--help"_s});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.out.contains("coroscope download"));
        QCOMPARE(help.err, QByteArray());
    }
    void tasksRunOnTheLoopThatIsAskedFor()
    {
        for (const coroscope::dispatch::LoopKind kind : coroscope::dispatch::availableLoops()) {
            const auto result = Program::run(
                {u"sleep"_s, u"0.01"_s, u"--loop"_s, coroscope::dispatch::nameOf(kind)});
            QCOMPARE(result.exitCode, 0);
        }
    }
    void badUseGoesToStandardErrorAndEndsWith2_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::newRow("command") << QStringList {u"quit"_s};
        QTest::newRow("option") << QStringList {u"--quit"_s};
        QTest::newRow("value") << QStringList {u"sleep"_s, u"soon"_s};
        QTest::newRow("loop") << QStringList {u"sleep"_s, u"0"_s, u"--loop"_s, u"select"_s};
        QTest::newRow("list") << QStringList {u"download"_s, u"-i"_s, u"/no/such/list"_s};
        QTest::newRow("picture's folder")
            << QStringList {u"sleep"_s, u"0"_s, u"--screenshot"_s, u"/no/such/a.png"_s};
        QTest::newRow("picture's format")
            << QStringList {u"sleep"_s, u"0"_s, u"--screenshot"_s, u"/tmp/a.xyz"_s};
    }
    void badUseGoesToStandardErrorAndEndsWith2()
    {
        QFETCH(QStringList, line);
        const auto result = Program::run(line);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.out, QByteArray());
        QVERIFY(result.err.startsWith("coroscope: "));
    }
    void wordsOfOthersDoNotCommandTheTerminal()
    {
        Program program({u"download"_s, u"-i"_s, u"-"_s});
        program.setInput("http://host/\xe2\x80\xae[9-1]\nhttp://host/a\n  checksum=\x1b[31m\x07=12\n");
        const auto result = program.run();
        QCOMPARE(result.exitCode, 2);
        QVERIFY(result.err.contains("?[31m?"));
        for (const char *command : {"\x1b", "\x07", "\xe2\x80\xae"})
            QVERIFY2(!result.err.contains(command), result.err);
    }
    void streamsMayBeClosed()
    {
        Program program({});
        const QString path = program.process().program();
        program.process().setProgram(u"sh"_s);
        program.process().setArguments({u"-c"_s, u"exec \"$0\" sleep 0 <&- >&- 2>&-"_s, path});
        QCOMPARE(program.run().exitCode, 0);
    }
    void sleepsSleepAtTheSameTime()
    {
        QElapsedTimer time;
        time.start();
        const auto result = Program::run({u"sleep"_s, u"0.6"_s, u"600ms"_s, u"0.6s"_s, u"0.6"_s, u"0.6"_s});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out, QByteArray());
        QCOMPARE(result.err, QByteArray());
        QVERIFY(time.elapsed() >= 600);
        QVERIFY(time.elapsed() < 5 * 600);
    }
    void blockingSleepsSleepOneAfterTheOther()
    {
        // The second may be spawned before or after the first one's block: only the whole run's time is
        // certain.
        QElapsedTimer time;
        time.start();
        const auto result = Program::run({u"sleep"_s, u"--block"_s, u"--json"_s, u"0.6"_s, u"0.6"_s});
        QVERIFY(time.elapsed() >= 1200);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 2);
        for (const QJsonObject &task : tasks)
            QVERIFY(task.value(u"seconds"_s).toDouble() >= 0.6);
    }
    void jsonHasAnObjectATask()
    {
        const auto result = Program::run({u"sleep"_s, u"--json"_s, u"0.3"_s, u"0.1"_s});
        QCOMPARE(result.exitCode, 0);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 2);
        QCOMPARE(tasks[0].value(u"task"_s).toString(), u"sleep 0.1 s"_s); // as they end
        QCOMPARE(tasks[1].value(u"task"_s).toString(), u"sleep 0.3 s"_s);
        for (const QJsonObject &task : tasks) {
            QCOMPARE(task.value(u"kind"_s).toString(), u"sleep"_s);
            QCOMPARE(task.value(u"state"_s).toString(), u"done"_s);
            QVERIFY(!task.contains(u"error"_s));
        }
        const double seconds = tasks[1].value(u"seconds"_s).toDouble();
        QVERIFY(seconds >= 0.3);
        QVERIFY(seconds < 3);
    }
    void theTimeoutCancelsWhatStillRuns()
    {
        QElapsedTimer time;
        time.start();
        const auto result = Program::run(
            {u"sleep"_s, u"--timeout"_s, u"0.4"_s, u"--json"_s, u"60"_s, u"0.1"_s});
        QVERIFY(time.elapsed() < 30'000);
        QCOMPARE(result.exitCode, 1);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 2);
        QCOMPARE(tasks[0].value(u"state"_s).toString(), u"done"_s);
        QCOMPARE(tasks[1].value(u"state"_s).toString(), u"cancelled"_s);
        QVERIFY(tasks[1].value(u"seconds"_s).toDouble() < 30);
    }
    void aTimeoutThatIsNotReachedChangesNothing()
    {
        QCOMPARE(Program::run({u"sleep"_s, u"--timeout"_s, u"60"_s, u"0.1"_s}).exitCode, 0);
    }
    void aSignalCancelsInOrderAndEndsWith130_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl-C") << SIGINT;
        QTest::newRow("kill") << SIGTERM;
    }
    void aSignalCancelsInOrderAndEndsWith130()
    {
        QFETCH(int, signal);
        Program program({u"sleep"_s, u"--json"_s, u"0.1"_s, u"600"_s});
        program.start();
        // Its first line says that it is under way.
        QVERIFY(program.process().waitForReadyRead(30'000));
        program.signal(signal);
        const auto result = program.wait();
        QCOMPARE(result.exitCode, 130);
        const auto tasks = result.jsonLines();
        QCOMPARE(tasks.size(), 2);
        QCOMPARE(tasks[1].value(u"state"_s).toString(), u"cancelled"_s);
    }
    void aSecondSignalEndsAtOnce()
    {
        // A blocked loop can't be cancelled.
        Program program({u"sleep"_s, u"--json"_s, u"--block"_s, u"0.1"_s, u"600"_s});
        program.start();
        QVERIFY(program.process().waitForReadyRead(30'000));
        program.signal(SIGINT);
        program.process().setReadChannel(QProcess::StandardError);
        QVERIFY(program.process().waitForReadyRead(30'000)); // it says how to end at once
        program.signal(SIGINT);
        QCOMPARE(program.wait().exitCode, 130);
    }
    void aSignalClosesTheWindowToo()
    {
        QTemporaryDir settings;
        Program program({u"sleep"_s, u"--window"_s, u"600"_s});
        program.setVariable(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        program.setVariable(u"XDG_CONFIG_HOME"_s, settings.path());
        program.start();
        QTRY_VERIFY_WITH_TIMEOUT(catches(program.processId(), SIGTERM), 30'000);
        program.signal(SIGTERM);
        QCOMPARE(program.wait().exitCode, 130);
    }
    void aFullDiskBehindStandardOutputIsAnError()
    {
        Program program({u"sleep"_s, u"--json"_s, u"0"_s});
        program.process().setStandardOutputFile(u"/dev/full"_s);
        const auto result = program.run();
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.err.contains("No space left"));
    }
    void withoutADisplayWorkForTheWindowRunsInTheTerminal()
    {
        const auto result = Program::run({u"sleep"_s, u"--window"_s, u"0.1"_s});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.err.contains("no display"));
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
