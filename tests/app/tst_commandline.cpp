// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include "app/commands.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Line = QStringList;

class CommandLineTest : public QObject
{
    Q_OBJECT

    QHash<QString, QString> m_files;
    QByteArray m_redisPassword;

    std::variant<Plan, Answer, BadUse> parse(const Line &line) const
    {
        Surroundings surroundings {u"/home/ada"_s, m_redisPassword, [this](const QString &path) {
                                       using Text = std::variant<QString, BadUse>;
                                       return m_files.contains(path)
                                                  ? Text(m_files.value(path))
                                                  : Text(BadUse {path + u" can't be read."_s});
                                   }};
        return parseCommandLine(line, surroundings);
    }
    Plan plan(const Line &line) const
    {
        const auto result = parse(line);
        if (const auto *error = std::get_if<BadUse>(&result))
            qWarning("%s", qPrintable(error->message));
        return std::holds_alternative<Plan>(result) ? std::get<Plan>(result) : Plan();
    }
    template<class Spec>
    Spec spec(const Line &line) const
    {
        const Plan p = plan(line);
        return p.specs.size() == 1 && std::holds_alternative<Spec>(p.specs[0]) ? std::get<Spec>(p.specs[0])
                                                                               : Spec();
    }

private slots:
    void init()
    {
        m_files.clear();
        m_redisPassword.clear();
    }

    void nothingOpensTheWindow()
    {
        const Plan p = plan({});
        QCOMPARE(p.what, Plan::What::Window);
        QCOMPARE(p.where, Plan::Where::Window);
        QVERIFY(p.specs.empty());
        QVERIFY(!p.timeout);
    }
    void demoRunsInTheWindowOrHeadless()
    {
        QCOMPARE(plan({u"demo"_s}).what, Plan::What::Demo);
        QCOMPARE(plan({u"demo"_s}).where, Plan::Where::Window);
        QCOMPARE(plan({u"demo"_s, u"--headless"_s}).where, Plan::Where::Terminal);
        QCOMPARE(plan({u"demo"_s, u"--screenshot"_s, u"a.png"_s}).where, Plan::Where::Terminal);
        QCOMPARE(plan({u"demo"_s, u"--screenshot"_s, u"a.png"_s}).picture, u"a.png"_s);
    }
    void oneUrlIsADownloadIntoTheCurrentFolder()
    {
        const auto file = spec<tasks::DownloadSpec>({u"download"_s, u"http://example.org/a.iso"_s});
        QCOMPARE(file.url, QUrl(u"http://example.org/a.iso"_s));
        QCOMPARE(file.folder, u"/home/ada"_s);
        QCOMPARE(file.fileName, QString());
        QVERIFY(!file.insecure);
        QCOMPARE(plan({u"download"_s, u"http://example.org/a.iso"_s}).where, Plan::Where::Terminal);
    }
    void aDownloadsOptionsAreKept()
    {
        const auto file = spec<tasks::DownloadSpec>({u"download"_s, u"-d"_s, u"out"_s, u"-o"_s, u"b.iso"_s,
                                                     u"--insecure"_s, u"--ca-file"_s, u"ca.pem"_s,
                                                     u"https://example.org/a.iso"_s});
        QCOMPARE(file.folder, u"/home/ada/out"_s);
        QCOMPARE(file.fileName, u"b.iso"_s);
        QVERIFY(file.insecure);
        QCOMPARE(file.caFile, u"ca.pem"_s);
    }
    void severalUrlsAreABatchWithALimit()
    {
        const Line urls {u"http://example.org/a"_s, u"http://example.org/b"_s};
        QCOMPARE(spec<tasks::BatchSpec>(Line {u"download"_s} + urls).downloads.size(), 2u);
        QCOMPARE(spec<tasks::BatchSpec>(Line {u"download"_s} + urls).limit, 6);
        QCOMPARE(spec<tasks::BatchSpec>(Line {u"download"_s, u"-j2"_s} + urls).limit, 2);
    }
    void urlsComeFromAFileToo()
    {
        m_files.insert(u"-"_s, u"# two files\nhttp://example.org/a\n\nhttp://example.org/b\n"_s);
        const auto batch = spec<tasks::BatchSpec>(
            {u"download"_s, u"-i"_s, u"-"_s, u"http://example.org/c"_s});
        QCOMPARE(batch.downloads.size(), 3u);
        QCOMPARE(batch.downloads[1].url, QUrl(u"http://example.org/b"_s));
    }
    void aRedisCommandGoesToEachAddress()
    {
        const Plan p = plan({u"redis"_s, u"redis://localhost:7000/2"_s, u"redis://localhost"_s, u"--"_s,
                             u"SET"_s, u"a key"_s, u"--json"_s});
        QCOMPARE(p.specs.size(), 2u);
        const auto first = std::get<tasks::RedisSpec>(p.specs[0]);
        QCOMPARE(first.url.port(), 7000);
        QCOMPARE(first.commands, QList<QList<QByteArray>>({{"SET", "a key", "--json"}}));
        QCOMPARE(p.output, Plan::Output::Plain);
    }
    void theRedisPasswordComesFromTheAddressOrElseTheEnvironment()
    {
        const Line line {u"redis"_s, u"redis://localhost"_s, u"--"_s, u"PING"_s};
        QCOMPARE(spec<tasks::RedisSpec>(line).url.password(), QString());
        m_redisPassword = "50%40 off";
        QCOMPARE(spec<tasks::RedisSpec>(line).url.password(QUrl::FullyDecoded), u"50%40 off"_s);
        const Line own {u"redis"_s, u"redis://:own@localhost"_s, u"--"_s, u"PING"_s};
        QCOMPARE(spec<tasks::RedisSpec>(own).url.password(), u"own"_s);
    }
    void sleepsTakeNumbersAndUnits()
    {
        const Plan p = plan({u"sleep"_s, u"0.5"_s, u"2s"_s, u"250ms"_s});
        QCOMPARE(p.specs.size(), 3u);
        QCOMPARE(std::get<tasks::SleepSpec>(p.specs[0]).duration, std::chrono::nanoseconds(500ms));
        QCOMPARE(std::get<tasks::SleepSpec>(p.specs[1]).duration, std::chrono::nanoseconds(2s));
        QCOMPARE(std::get<tasks::SleepSpec>(p.specs[2]).duration, std::chrono::nanoseconds(250ms));
        QVERIFY(!std::get<tasks::SleepSpec>(p.specs[0]).block);
        QVERIFY(spec<tasks::SleepSpec>({u"sleep"_s, u"1"_s, u"--block"_s}).block);
    }
    void commonOptionsApplyToEachCommand()
    {
        const Plan p = plan(
            {u"sleep"_s, u"1"_s, u"--timeout"_s, u"0.25"_s, u"--json"_s, u"--theme"_s, u"dark"_s});
        QCOMPARE(p.timeout, 250ms);
        QCOMPARE(p.output, Plan::Output::Json);
        QCOMPARE(*p.theme, ui::ThemeChoice::Dark);
        QCOMPARE(plan({u"sleep"_s, u"1"_s, u"--window"_s}).where, Plan::Where::Window);
    }
    void helpAndVersionAnswer()
    {
        QVERIFY(std::get<Answer>(parse({u"--help"_s})).text.contains(u"coroscope redis URI"_s));
        QVERIFY(std::get<Answer>(parse({u"-h"_s})).text.contains(u"130 interrupted"_s));
        QVERIFY(std::get<Answer>(parse({u"help"_s, u"redis"_s})).text.contains(u"REDISCLI_AUTH"_s));
        QVERIFY(std::get<Answer>(parse({u"--version"_s})).text.startsWith(u"coroscope "_s));
        for (const CommandInfo &command : commands()) {
            if (!command.name.isEmpty())
                QVERIFY(std::get<Answer>(parse({command.name, u"--help"_s})).text.contains(command.synopsis));
        }
    }
    void noLineOfHelpIsWiderThanATerminal()
    {
        QString all = overview();
        for (const CommandInfo &command : commands())
            all += helpOf(command);
        for (const QString &line : all.split(u'\n'))
            QVERIFY2(line.size() <= 100, qPrintable(line));
    }

    void badUseSaysWhatAndWhatToDo_data()
    {
        QTest::addColumn<Line>("line");
        QTest::addColumn<QString>("part");
        QTest::newRow("unknown command") << Line {u"quit"_s} << u"There is no command quit."_s;
        QTest::newRow("near command") << Line {u"slep"_s, u"1"_s} << u"Did you mean sleep?"_s;
        QTest::newRow("URL first") << Line {u"https://example.org/a"_s} << u"coroscope download https://"_s;
        QTest::newRow("redis URI first") << Line {u"redis://:secret@h"_s} << u"coroscope redis redis://"_s;
        QTest::newRow("unknown option")
            << Line {u"sleep"_s, u"--blok"_s, u"1"_s} << u"Did you mean --block?"_s;
        QTest::newRow("help named") << Line {u"sleep"_s} << u"coroscope sleep --help"_s;
        QTest::newRow("no seconds") << Line {u"sleep"_s} << u"needs a number"_s;
        QTest::newRow("not a time") << Line {u"sleep"_s, u"soon"_s} << u"soon"_s;
        QTest::newRow("negative time") << Line {u"sleep"_s, u"-1"_s} << u"-1"_s;
        QTest::newRow("bad timeout") << Line {u"sleep"_s, u"1"_s, u"--timeout"_s, u"never"_s}
                                     << u"--timeout"_s;
        QTest::newRow("bad theme") << Line {u"--theme"_s, u"blue"_s} << u"light, dark or system"_s;
        QTest::newRow("no URL") << Line {u"download"_s} << u"at least one URL"_s;
        QTest::newRow("not http") << Line {u"download"_s, u"ftp://example.org/a"_s}
                                  << u"ftp://example.org/a"_s;
        QTest::newRow("two URLs, one name")
            << Line {u"download"_s, u"-o"_s, u"x"_s, u"http://a/1"_s, u"http://a/2"_s}
            << u"-o names one file"_s;
        QTest::newRow("no jobs") << Line {u"download"_s, u"-j"_s, u"0"_s, u"http://a/1"_s}
                                 << u"from 1 to 64"_s;
        QTest::newRow("no such list") << Line {u"download"_s, u"-i"_s, u"none.txt"_s} << u"none.txt"_s;
        QTest::newRow("no --") << Line {u"redis"_s, u"redis://h"_s, u"PING"_s} << u"after --"_s;
        QTest::newRow("no command") << Line {u"redis"_s, u"redis://h"_s, u"--"_s} << u"after --"_s;
        QTest::newRow("no address") << Line {u"redis"_s, u"--"_s, u"PING"_s} << u"address before"_s;
        QTest::newRow("not redis") << Line {u"redis"_s, u"http://h"_s, u"--"_s, u"PING"_s} << u"http://h"_s;
        QTest::newRow("demo with words") << Line {u"demo"_s, u"fast"_s} << u"fast"_s;
        QTest::newRow("JSON in a window") << Line {u"demo"_s, u"--json"_s} << u"--headless"_s;
        QTest::newRow("not built yet") << Line {u"crawl"_s, u"http://a"_s} << u"There is no command crawl."_s;
    }
    void badUseSaysWhatAndWhatToDo()
    {
        QFETCH(Line, line);
        QFETCH(QString, part);
        const auto result = parse(line);
        QVERIFY(std::holds_alternative<BadUse>(result));
        const QString message = std::get<BadUse>(result).message;
        QVERIFY2(message.contains(part), qPrintable(message));
    }
    void aPasswordIsNeverRepeated()
    {
        for (const Line &line :
             {Line {u"redis"_s, u"http://:secret@h"_s, u"--"_s, u"PING"_s},
              Line {u"redis"_s, u"redis://:secret@"_s, u"--"_s, u"PING"_s},
              Line {u"redis"_s, u"redis://:secret@h:x"_s, u"--"_s, u"PING"_s}, Line {u"redis://:secret@h"_s},
              Line {u"demo"_s, u"redis://:secret@h"_s}, Line {u"https://me:secret@h/a"_s},
              Line {u"download"_s, u"ftp://me:secret@h/a"_s}}) {
            const auto result = parse(line);
            QVERIFY(std::holds_alternative<BadUse>(result));
            QVERIFY2(!std::get<BadUse>(result).message.contains(u"secret"_s), qPrintable(line.join(u' ')));
        }
    }

    void withoutADisplayTheWorkGoesToTheTerminal()
    {
        const Plan window = withoutDisplay(plan({}));
        QCOMPARE(window.what, Plan::What::Demo);
        QCOMPARE(window.where, Plan::Where::Terminal);
        QVERIFY(!window.picture.isEmpty());
        QCOMPARE(withoutDisplay(plan({u"demo"_s})).what, Plan::What::Demo);
        const Plan sleep = withoutDisplay(plan({u"sleep"_s, u"1"_s, u"--window"_s}));
        QCOMPARE(sleep.where, Plan::Where::Terminal);
        QVERIFY(sleep.picture.isEmpty());
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
