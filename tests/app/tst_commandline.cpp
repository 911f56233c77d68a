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
        Surroundings surroundings;
        surroundings.folder = u"/home/ada"_s;
        surroundings.redisPassword = m_redisPassword;
        surroundings.read = [this](const QString &path) {
            using Text = std::variant<QString, BadUse>;
            return m_files.contains(path) ? Text(m_files.value(path))
                                          : Text(BadUse {path + u" can't be read."_s});
        };
        surroundings.isRecording = [this](const QString &path) {
            return m_files.value(path) == u"(recording)";
        };
        surroundings.whyUnreadable = [this](const QString &path) {
            return m_files.contains(path) ? QString() : u"no such file"_s;
        };
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
    void urlsAndFilesThatListThemFillTheWindowsForm()
    {
        m_files = {{u"/home/ada/list.txt"_s, u"# two\nhttp://h/a\nhttp://h/b"_s},
                   {u"/tmp/with space"_s, u"http://h/c\n"_s}};
        const Plan p = plan({u"https://h/x"_s, u"list.txt"_s, u"file:///tmp/with%20space"_s});
        QCOMPARE(p.what, Plan::What::Window);
        QCOMPARE(p.where, Plan::Where::Window);
        QCOMPARE(p.urls, u"https://h/x\n# two\nhttp://h/a\nhttp://h/b\nhttp://h/c\n"_s);
        QCOMPARE(plan({u"--theme"_s, u"dark"_s, u"HTTP://h/x"_s}).urls, u"HTTP://h/x\n"_s);
        QVERIFY(commandsOf(p).empty());
    }
    void recordingsAreOpenedAndListsOfUrlsAreRead()
    {
        m_files = {{u"/home/ada/run.coro"_s, u"(recording)"_s}, {u"/home/ada/list.txt"_s, u"http://h/a"_s}};
        const Plan p = plan({u"run.coro"_s, u"file:///home/ada/run.coro"_s});
        QCOMPARE(p.what, Plan::What::Recordings);
        QCOMPARE(p.where, Plan::Where::Window);
        QCOMPARE(p.recordings, QStringList({u"/home/ada/run.coro"_s, u"/home/ada/run.coro"_s}));
        QCOMPARE(plan({u"list.txt"_s}).what, Plan::What::Window);
        QVERIFY(std::holds_alternative<BadUse>(parse({u"run.coro"_s, u"--record"_s, u"b.coro"_s})));
        const Plan picture = plan({u"run.coro"_s, u"--screenshot"_s, u"a.png"_s});
        QCOMPARE(picture.what, Plan::What::Recordings);
        QCOMPARE(picture.where, Plan::Where::Terminal);
        QVERIFY(std::holds_alternative<BadUse>(
            parse({u"run.coro"_s, u"run.coro"_s, u"--screenshot"_s, u"a.png"_s})));
        QVERIFY(!p.isFollowing);
        QVERIFY(plan({u"run.coro"_s, u"--follow"_s}).isFollowing);
        const auto nothing = parse({u"list.txt"_s, u"--follow"_s});
        QVERIFY(std::get<BadUse>(nothing).message.contains(u"--follow is for a recording"_s));
    }
    void whateverRunsCanBeRecorded()
    {
        QCOMPARE(plan({u"sleep"_s, u"1"_s, u"--record"_s, u"run.coro"_s}).record, u"run.coro"_s);
        QCOMPARE(plan({u"demo"_s, u"--record=run.coro"_s}).record, u"run.coro"_s);
        QCOMPARE(plan({u"--record"_s, u"run.coro"_s}).record, u"run.coro"_s);
        QVERIFY(std::holds_alternative<BadUse>(parse({u"sleep"_s, u"1"_s, u"--record="_s})));
    }
    void traceSaysWhatToDoWithAFile()
    {
        const Plan p = plan({u"trace"_s, u"export"_s, u"run.coro"_s, u"-o"_s, u"run.pftrace"_s});
        QCOMPARE(p.what, Plan::What::Trace);
        QCOMPARE(p.trace.what, TracePlan::What::Export);
        QCOMPARE(p.trace.file, u"run.coro"_s);
        QVERIFY(p.trace.format == io::ExportFormat::Perfetto); // by the name's ending
        QCOMPARE(plan({u"trace"_s, u"export"_s, u"a/run.coro"_s, u"--format"_s, u"csv"_s}).trace.target,
                 u"run.csv"_s);
        QVERIFY(!plan({u"trace"_s, u"export"_s, u"a"_s, u"-o"_s, u"run.PNG"_s}).trace.format);
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
    void aStatementGoesToEachMySqlServer()
    {
        const Plan p = plan({u"mysql"_s, u"mysql://me@one/db"_s, u"two"_s, u"--"_s, u"SELECT"_s, u"1"_s});
        QCOMPARE(p.specs.size(), std::size_t(2));
        const auto first = std::get<tasks::MySqlSpec>(p.specs[0]);
        QCOMPARE(first.url, QUrl(u"mysql://me@one/db"_s));
        QCOMPARE(first.sql, u"SELECT 1"_s);
        QVERIFY(first.output == tasks::MySqlOutput::Lines);
        const Plan json = plan({u"mysql"_s, u"--json"_s, u"mysql://one"_s, u"--"_s, u"SELECT 1"_s});
        QVERIFY(std::get<tasks::MySqlSpec>(json.specs[0]).output == tasks::MySqlOutput::Json);
        const Plan window = plan({u"mysql"_s, u"--window"_s, u"mysql://one"_s, u"--"_s, u"SELECT 1"_s});
        QVERIFY(std::get<tasks::MySqlSpec>(window.specs[0]).output == tasks::MySqlOutput::None);
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
        QVERIFY(!p.loop);
        QCOMPARE(p.timeout, 250ms);
        QCOMPARE(p.output, Plan::Output::Json);
        QCOMPARE(*p.theme, ui::ThemeChoice::Dark);
        QCOMPARE(plan({u"sleep"_s, u"1"_s, u"--window"_s}).where, Plan::Where::Window);
    }
    void theLoopIsOneOfThoseAvailable()
    {
        for (const dispatch::LoopKind kind : dispatch::availableLoops()) {
            const QString name = dispatch::nameOf(kind);
            QCOMPARE(plan({u"sleep"_s, u"1"_s, u"--loop"_s, name}).loop, std::optional(kind));
            QCOMPARE(plan({u"demo"_s, u"--loop="_s + name}).loop, std::optional(kind));
            QCOMPARE(plan({u"--loop"_s, name}).loop, std::optional(kind));
            const auto bad = parse({u"sleep"_s, u"1"_s, u"--loop"_s, u"select"_s});
            QVERIFY(std::get<BadUse>(bad).message.contains(name));
            QVERIFY(std::get<Answer>(parse({u"download"_s, u"--help"_s})).text.contains(name));
        }
        QVERIFY(std::holds_alternative<BadUse>(parse({u"sleep"_s, u"1"_s, u"--loop"_s, u"default"_s})));
    }
    void howMuchIsKeptIsTheWindows()
    {
        QVERIFY(!plan({}).keep);
        QCOMPARE(plan({u"--keep"_s, u"10min"_s}).keep->time, std::optional<model::Time>(10min));
        QCOMPARE(plan({u"demo"_s, u"--keep=512MB"_s}).keep->memoryBytes,
                 std::optional<std::uint64_t>(512'000'000));
        const Plan both = plan(
            {u"sleep"_s, u"1"_s, u"--window"_s, u"--keep"_s, u"10min"_s, u"--keep"_s, u"5000000events"_s});
        QCOMPARE(both.keep->time, std::optional<model::Time>(10min));
        QCOMPARE(both.keep->events, std::optional<std::uint64_t>(5'000'000));
        QVERIFY(!plan({u"demo"_s, u"--keep"_s, u"all"_s}).keep->isLimited());
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
        QTest::newRow("missing recording") << Line {u"run.coro"_s} << u"There is no file run.coro."_s;
        QTest::newRow("missing file") << Line {u"/nowhere/list"_s} << u"There is no file /nowhere/list."_s;
        QTest::newRow("unknown command") << Line {u"quit"_s} << u"There is no command quit."_s;
        QTest::newRow("near command") << Line {u"slep"_s, u"1"_s} << u"Did you mean sleep?"_s;
        QTest::newRow("another kind of URL") << Line {u"ftp://example.org/a"_s} << u"only http and https"_s;
        QTest::newRow("a file that isn't there") << Line {u"https://h/a"_s, u"none.txt"_s} << u"none.txt"_s;
        QTest::newRow("a file that is no text") << Line {u"picture.png"_s} << u"no list of URLs"_s;
        QTest::newRow("URL and picture")
            << Line {u"https://h/a"_s, u"--screenshot"_s, u"a.png"_s} << u"coroscope download --screenshot"_s;
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
        QTest::newRow("bad loop") << Line {u"sleep"_s, u"1"_s, u"--loop"_s, u"select"_s}
                                  << u"There is no event loop select here. --loop takes: "_s;
        QTest::newRow("bad keep") << Line {u"--keep"_s, u"512"_s} << u"--keep: “512” is neither a time"_s;
        QTest::newRow("keeps too little") << Line {u"demo"_s, u"--keep"_s, u"1MB"_s} << u"16MB at least"_s;
        QTest::newRow("keeps in a terminal")
            << Line {u"sleep"_s, u"1"_s, u"--keep"_s, u"10min"_s} << u"--keep is the window's"_s;
        QTest::newRow("MySQL URI first") << Line {u"mysql://me:secret@h"_s} << u"coroscope mysql mysql://"_s;
        QTest::newRow("no statement") << Line {u"mysql"_s, u"mysql://h"_s} << u"after --"_s;
        QTest::newRow("no --") << Line {u"redis"_s, u"redis://h"_s, u"PING"_s} << u"after --"_s;
        QTest::newRow("no command") << Line {u"redis"_s, u"redis://h"_s, u"--"_s} << u"after --"_s;
        QTest::newRow("no address") << Line {u"redis"_s, u"--"_s, u"PING"_s} << u"address before"_s;
        QTest::newRow("not redis") << Line {u"redis"_s, u"http://h"_s, u"--"_s, u"PING"_s} << u"http://h"_s;
        QTest::newRow("demo with words") << Line {u"demo"_s, u"fast"_s} << u"fast"_s;
        QTest::newRow("JSON in a window") << Line {u"demo"_s, u"--json"_s} << u"--headless"_s;
        QTest::newRow("not built yet") << Line {u"attach"_s, u"1234"_s} << u"There is no command attach."_s;
    }
    void badUseSaysWhatAndWhatToDo()
    {
        QFETCH(Line, line);
        QFETCH(QString, part);
        m_files = {{u"/home/ada/picture.png"_s, u"\u0089PNG\0"_s}};
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
              Line {u"demo"_s, u"redis://:secret@h"_s}, Line {u"ftp://me:secret@h/a"_s}}) {
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
        QCOMPARE(withoutDisplay(plan({u"download"_s, u"--window"_s, u"http://h/a"_s})).what,
                 Plan::What::Downloads);
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
