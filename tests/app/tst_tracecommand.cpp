// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "tests/io/sleepersfile.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace coroscope;
using namespace Qt::StringLiterals;

/// What --record writes, and `coroscope trace` makes of it.
class TraceCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_recording;

    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    static Program::Result trace(const QStringList &words)
    {
        return Program::run(QStringList {u"trace"_s} + words);
    }
    /// A file, or one inside of a folder.
    static bool hasOpen(const Program &program, const QString &path)
    {
        const QDir open(u"/proc/%1/fd"_s.arg(program.processId()));
        return std::ranges::any_of(open.entryInfoList(QDir::Files | QDir::System), [&](const QFileInfo &one) {
            return one.symLinkTarget().startsWith(path);
        });
    }
    static QByteArray contentOf(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void initTestCase()
    {
        m_recording = path("sleeps.coro");
        const auto result = Program::run({u"sleep"_s, u"0.1"_s, u"0.2"_s, u"--record"_s, m_recording});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(QFile::exists(m_recording));
    }

    void infoTellsWhatWasRecorded()
    {
        const auto result = trace({u"info"_s, m_recording});
        QCOMPARE(result.err, QByteArray()); // it was closed: nothing is missing
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains("program     coroscope, process "), result.out.constData());
        QVERIFY(result.out.contains("tasks       2\n"));
        const auto json = trace({u"info"_s, m_recording, u"--json"_s}).jsonLines();
        QCOMPARE(json.size(), 1);
        QCOMPARE(json[0][u"program"_s].toString(), u"coroscope"_s);
        QCOMPARE(json[0][u"tasks"_s].toInt(), 2);
        QCOMPARE(json[0][u"complete"_s].toBool(), true);
        QVERIFY(json[0][u"seconds"_s].toDouble() >= 0.2);
        QVERIFY(json[0][u"events"_s].toInt() > 8);
    }

    void statsTellHowLongEachRanAndWaited()
    {
        const auto result = trace({u"stats"_s, m_recording, u"--json"_s});
        QCOMPARE(result.exitCode, 0);
        QStringList names;
        for (const QJsonObject &row : result.jsonLines()) {
            if (row[u"scope"_s].toString() != u"task"_s)
                continue;
            names << row[u"name"_s].toString();
            if (names.last() == u"sleep 0.2 s"_s)
                QVERIFY(row[u"wait_ns"_s].toDouble() >= 0.2e9);
        }
        QVERIFY2(names.contains(u"sleep 0.1 s"_s) && names.contains(u"sleep 0.2 s"_s),
                 qPrintable(names.join(u", "_s)));
        QVERIFY(trace({u"stats"_s, m_recording}).out.contains("sleep 0.2 s"));
        QVERIFY(trace({u"stats"_s, m_recording, u"--csv"_s}).out.count('\n') >= 3);
    }

    void exportsAreWrittenWhereAsked()
    {
        const auto chrome = trace({u"export"_s, m_recording, u"-o"_s, path("run.json")});
        QCOMPARE(chrome.exitCode, 0);
        QVERIFY(chrome.err.contains("Exported to"));
        const auto json = QJsonDocument::fromJson(contentOf(path("run.json"))).object();
        QVERIFY(json[u"traceEvents"_s].toArray().size() > 8);
        const auto csv = trace({u"export"_s, m_recording, u"--format"_s, u"csv"_s, u"-o"_s, u"-"_s});
        QVERIFY(csv.out.contains("sleep 0.2 s"));
        QCOMPARE(trace({u"export"_s, m_recording, u"-o"_s, path("run.svg")}).exitCode, 0);
        QVERIFY(contentOf(path("run.svg")).contains("<svg"));
        QCOMPARE(trace({u"export"_s, m_recording, u"-o"_s, path("run.png")}).exitCode, 0);
        const QImage picture(path("run.png"));
        QCOMPARE(picture.size(), QSize(1600, 960));
    }

    void anInterruptedExportLeavesNothing()
    {
        QVERIFY(io::writeSleepers(path("long.coro"), 200'000));
        QDir folder(m_folder.path());
        folder.mkdir(u"out"_s);
        folder.cd(u"out"_s);
        const auto files = [&folder] {
            folder.refresh();
            return folder.entryList(QDir::Files | QDir::Hidden);
        };
        Program program(
            {u"trace"_s, u"export"_s, path("long.coro"), u"-o"_s, folder.filePath(u"long.json"_s)});
        program.start();
        QTRY_VERIFY_WITH_TIMEOUT(hasOpen(program, folder.path()), 60'000); // under another name, or none
        QVERIFY(!files().contains(u"long.json"_s));
        program.signal(SIGINT);
        const auto result = program.wait();
        QCOMPARE(result.exitCode, 130);
        QVERIFY2(result.err.contains("long.json is not written"), result.err.constData());
        QCOMPARE(files(), QStringList());
    }

    void anInterruptWhileItReadsEndsItToo()
    {
        QVERIFY(io::writeSleepers(path("long.coro"), 200'000));
        Program program({u"trace"_s, u"stats"_s, path("long.coro")});
        program.start();
        QTRY_VERIFY_WITH_TIMEOUT(hasOpen(program, path("long.coro")), 30'000);
        program.signal(SIGINT);
        const auto result = program.wait();
        QCOMPARE(result.exitCode, 130);
        QCOMPARE(result.out, QByteArray());
    }

    void aFileThatCannotBeWrittenIsExitCode1()
    {
        const auto result = trace({u"export"_s, m_recording, u"-o"_s, path("no/such/run.json")});
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.err.contains("no/such/run.json"));
        QCOMPARE(Program::run({u"sleep"_s, u"0"_s, u"--record"_s, path("no/such/run.coro")}).exitCode, 1);
    }

    void aKilledProgramsRecordingIsGoodToItsLastSecond()
    {
        const QString name = path("killed.coro");
        Program program({u"sleep"_s, u"0.1"_s, u"60"_s, u"--record"_s, name});
        program.start();
        const auto isEnough = [&] { return trace({u"stats"_s, name}).out.contains("done"); };
        QTRY_VERIFY_WITH_TIMEOUT(isEnough(), 30'000);
        program.signal(SIGKILL);
        program.wait();
        const auto result = trace({u"info"_s, name});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.err.contains("wasn't closed"), result.err.constData());
        QVERIFY(result.out.contains("tasks       2\n"));
    }

    void aCutRecordingIsUsedUpToThere()
    {
        QFile whole(m_recording);
        QVERIFY(whole.open(QIODevice::ReadOnly));
        QFile cut(path("cut.coro"));
        QVERIFY(cut.open(QIODevice::WriteOnly));
        cut.write(whole.readAll().chopped(20));
        cut.close();
        const auto result = trace({u"info"_s, cut.fileName(), u"--json"_s});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.err.contains("is cut"));
        QCOMPARE(result.jsonLines()[0][u"complete"_s].toBool(), false);
    }

    void badUseIsExitCode2_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("nothing to do") << QStringList {} << QByteArray("info, stats or export");
        QTest::newRow("a slip") << QStringList {u"stat"_s, u"x"_s} << QByteArray("Did you mean stats?");
        QTest::newRow("no file") << QStringList {u"info"_s} << QByteArray("needs the file");
        QTest::newRow("two files") << QStringList {u"info"_s, u"a"_s, u"b"_s}
                                   << QByteArray("one recording, not b");
        QTest::newRow("no such file")
            << QStringList {u"info"_s, u"/no/such.coro"_s} << QByteArray("/no/such.coro");
        QTest::newRow("no recording")
            << QStringList {u"info"_s, u"/etc/passwd"_s} << QByteArray("no recording");
        QTest::newRow("no format") << QStringList {u"export"_s, u"a"_s} << QByteArray("needs --format");
        QTest::newRow("no such format")
            << QStringList {u"export"_s, u"a"_s, u"--format"_s, u"gif"_s} << QByteArray("not gif");
        QTest::newRow("a picture to a pipe")
            << QStringList {u"export"_s, u"a"_s, u"--format"_s, u"png"_s, u"-o"_s, u"-"_s}
            << QByteArray("-o FILE.png");
        QTest::newRow("two outputs") << QStringList {u"stats"_s, u"a"_s, u"--json"_s, u"--csv"_s}
                                     << QByteArray("exclude each other");
    }
    void badUseIsExitCode2()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, message);
        const auto result = trace(words);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.contains(message), result.err.constData());
        QCOMPARE(result.out, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TraceCommandTest)
#include "tst_tracecommand.moc"
