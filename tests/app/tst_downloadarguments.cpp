// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using download::Request;
using Line = QStringList;

/// `coroscope download` and its options.
class DownloadArgumentsTest : public QObject
{
    Q_OBJECT

    QHash<QString, QString> m_files;
    std::optional<QString> m_password;
    std::optional<QString> m_typed;
    QString m_question;

    std::variant<Plan, Answer, BadUse> parse(const Line &line)
    {
        using Text = std::variant<QString, BadUse>;
        Surroundings surroundings {
            .folder = u"/home/ada"_s,
            .redisPassword = {},
            .read =
                [this](const QString &path) {
                    return m_files.contains(path) ? Text(m_files.value(path))
                                                  : Text(BadUse {path + u" can't be read."_s});
                },
            .home = u"/home/ada"_s,
            .password = m_password,
            .askPassword =
                [this](const QString &question) {
                    m_question = question;
                    return m_typed;
                },
            .whyUnreadable =
                [this](const QString &path) {
                    return m_files.contains(path) ? QString() : u"no such file"_s;
                },
            .now = QDateTime(QDate(2026, 11, 24), QTime(12, 0)),
        };
        return parseCommandLine(Line {u"download"_s} + line, surroundings);
    }
    Plan plan(const Line &line)
    {
        const auto result = parse(line);
        if (const auto *error = std::get_if<BadUse>(&result))
            qWarning("%s", qPrintable(error->message));
        return std::holds_alternative<Plan>(result) ? std::get<Plan>(result) : Plan();
    }
    DownloadPlan downloads(const Line &line) { return plan(line).downloads; }
    Request only(const Line &options)
    {
        const auto requests = downloads(options + Line {u"http://h/a.iso"_s}).add.requests;
        return requests.size() == 1 ? requests[0] : Request();
    }
    QString complaint(const Line &line)
    {
        const auto result = parse(line);
        return std::holds_alternative<BadUse>(result) ? std::get<BadUse>(result).message : QString();
    }

private slots:
    void init()
    {
        m_files.clear();
        m_password.reset();
        m_typed.reset();
        m_question.clear();
    }

    void oneUrlComesIntoTheCurrentFolder()
    {
        const Plan p = plan({u"http://example.org/a.iso"_s});
        QCOMPARE(p.what, Plan::What::Downloads);
        QCOMPARE(p.where, Plan::Where::Terminal);
        const DownloadPlan &downloads = p.downloads;
        QCOMPARE(downloads.add.requests.size(), 1u);
        QVERIFY(downloads.add.skipDone);
        QVERIFY(!downloads.add.startAt.isValid());
        Request expected;
        expected.urls = {QUrl(u"http://example.org/a.iso"_s)};
        expected.folder = u"/home/ada"_s;
        QVERIFY(downloads.add.requests[0] == expected);
        QVERIFY(!downloads.asksForLimits());
        QCOMPARE(downloads.queue().queueFile, u"/home/ada/.coroscope-queue"_s);
        QVERIFY(downloads.queue().limits == download::Limits());
        QVERIFY(downloads.queue().resumeOnStart);
        QVERIFY(!downloads.queue().asksForLogin);
    }
    void theQueueIsKeptInTheFolderOrWhereItIsWanted()
    {
        QCOMPARE(downloads({u"-d"_s, u"out/./x/.."_s, u"http://h/a"_s}).queueFile,
                 u"/home/ada/out/.coroscope-queue"_s);
        QCOMPARE(downloads({u"--queue"_s, u"q"_s, u"-d"_s, u"/out"_s, u"http://h/a"_s}).queueFile,
                 u"/home/ada/q"_s);
    }
    void limitsAreThoseAskedFor()
    {
        const DownloadPlan some = downloads({u"-j2"_s, u"--limit-rate"_s, u"1.5M"_s, u"http://h/a"_s});
        const auto limits = some.limits({.transfers = 9, .perHost = 4, .bytesPerSecond = {}});
        QCOMPARE(limits.transfers, 2);
        QCOMPARE(limits.perHost, 4);
        QCOMPARE(limits.bytesPerSecond, 1536 * 1024);
        QCOMPARE(downloads({u"--per-host"_s, u"3"_s, u"http://h/a"_s}).queue().limits->perHost, 3);
    }
    void thePlanBecomesCommands()
    {
        auto commands = commandsOf(plan({u"http://h/a"_s}));
        QCOMPARE(commands.size(), 1u);
        const auto first = std::get<tasks::DownloadCommand>(commands[0]);
        QCOMPARE(std::get<download::Add>(first.command).requests.size(), 1u);
        commands = commandsOf(plan({u"-j"_s, u"2"_s, u"http://h/a"_s}), {.transfers = 9, .perHost = 4});
        QCOMPARE(commands.size(), 2u);
        const auto limits = std::get<download::SetLimits>(
            std::get<tasks::DownloadCommand>(commands[0]).command);
        QCOMPARE(limits.limits.transfers, 2);
        QCOMPARE(limits.limits.perHost, 4);
    }
    void optionsOfATransferAreKept()
    {
        m_files = {{u"/home/ada/ca.pem"_s, {}}, {u"/home/ada/c.txt"_s, {}}, {u"/etc/netrc"_s, {}}};
        const Request r = only({u"-o"_s,          u"b.iso"_s,        u"--retries"_s,
                                u"0"_s,           u"--inactivity"_s, u"5"_s,
                                u"--low-speed"_s, u"1k:30"_s,        u"--segments"_s,
                                u"4"_s,           u"--no-resume"_s,  u"--if-exists"_s,
                                u"newer"_s,       u"--ca-file"_s,    u"ca.pem"_s,
                                u"--cookies"_s,   u"c.txt"_s,        u"--netrc-file"_s,
                                u"/etc/netrc"_s,  u"--proxy"_s,      u"socks5h://127.0.0.1:1080"_s,
                                u"--http2"_s,     u"--insecure"_s,   u"--referer"_s,
                                u"http://h/"_s,   u"--header"_s,     u"X-A: 1"_s,
                                u"--header"_s,    u"X-B: 2"_s});
        QCOMPARE(r.fileName, u"b.iso"_s);
        QCOMPARE(r.options.retries, 0);
        QCOMPARE(r.options.inactivity, 5s);
        QCOMPARE(r.options.lowSpeed->bytesPerSecond, 1024);
        QCOMPARE(r.options.segments, 4);
        QVERIFY(!r.options.resume);
        QCOMPARE(r.options.ifExists, download::IfExists::OnlyIfNewer);
        QCOMPARE(r.options.access.tls.caFile, u"/home/ada/ca.pem"_s);
        QVERIFY(r.options.access.tls.insecure);
        QCOMPARE(r.options.access.cookiesFile, u"/home/ada/c.txt"_s);
        QCOMPARE(r.options.access.netrcFile, u"/etc/netrc"_s);
        QCOMPARE(r.options.access.proxy, u"socks5h://127.0.0.1:1080"_s);
        QVERIFY(r.options.access.http2);
        QCOMPARE(r.referer, "http://h/");
        QCOMPARE(r.headers, QList<net::HttpHeader>({{"X-A", "1"}, {"X-B", "2"}}));
    }
    void netrcIsInTheHomeFolder()
    {
        QVERIFY(complaint({u"--netrc"_s, u"http://h/a"_s}).contains(u"/home/ada/.netrc"_s));
        m_files = {{u"/home/ada/.netrc"_s, {}}};
        QCOMPARE(only({u"--netrc"_s}).options.access.netrcFile, u"/home/ada/.netrc"_s);
        QCOMPARE(only({}).options.access.netrcFile, QString());
    }
    void aChecksumBelongsToTheOneFile()
    {
        const Request r = only({u"--checksum"_s, u"sha-256="_s + QString(64, u'a')});
        QVERIFY(r.checksum);
        QCOMPARE(r.checksum->algorithm, QCryptographicHash::Sha256);
        QCOMPARE(r.checksum->digest, QByteArray(32, '\xaa'));
    }
    void aStartTimeIsKept()
    {
        QCOMPARE(downloads({u"--start-at"_s, u"03:00"_s, u"http://h/a"_s}).add.startAt,
                 QDateTime(QDate(2026, 11, 25), QTime(3, 0)));
    }
    void aUserAndPasswordGoToEachFileWithoutALoginOfItsOwn()
    {
        const auto requests = downloads({u"--user"_s, u"me:a:b"_s, u"http://h/a"_s, u"http://you:own@h/b"_s})
                                  .add.requests;
        QCOMPARE(requests.size(), 2u);
        QCOMPARE(requests[0].credentials.user, u"me"_s);
        QCOMPARE(requests[0].credentials.password, u"a:b"_s);
        QCOMPARE(requests[1].credentials.user, u"you"_s);
        QCOMPARE(requests[1].url(), QUrl(u"http://h/b"_s));
    }
    void aPasswordComesFromTheEnvironmentOrElseIsAskedFor()
    {
        m_typed = u"typed"_s;
        QCOMPARE(only({u"--user"_s, u"me"_s}).credentials.password, u"typed"_s);
        QVERIFY(m_question.contains(u"me"_s));
        m_question.clear();
        m_password = u"known"_s;
        QCOMPARE(only({u"--user"_s, u"me"_s}).credentials.password, u"known"_s);
        QCOMPARE(only({u"--user"_s, u"me:"_s}).credentials.password, QString());
        QCOMPARE(m_question, QString());
    }
    void nobodyIsAskedIfAnythingElseIsWrong()
    {
        m_typed = u"typed"_s;
        QVERIFY(!complaint({u"--user"_s, u"me"_s, u"ftp://h/a"_s}).isEmpty());
        QVERIFY(!complaint({u"--user"_s, u"me"_s, u"--json"_s, u"--window"_s, u"http://h/a"_s}).isEmpty());
        QCOMPARE(m_question, QString());
    }
    void anAuthorizationHeaderIsALogin()
    {
        Request r = only({u"--header"_s, u"Authorization: Bearer t0ken"_s});
        QCOMPARE(r.credentials.bearer, "t0ken");
        QVERIFY(r.headers.isEmpty());
        r = only({u"--header"_s, u"authorization: Basic bWU6c2VjcmV0"_s});
        QCOMPARE(r.credentials.user, u"me"_s);
        QCOMPARE(r.credentials.password, u"secret"_s);
        QVERIFY(r.headers.isEmpty());
    }
    void allBadLinesAreNamedAndNothingStarts()
    {
        m_files = {{u"list.txt"_s, u"http://h/a\nftp://h/b\n# fine\nnonsense\nhttp://h/c\n"_s}};
        const QString message = complaint({u"-i"_s, u"list.txt"_s, u"gopher://h/d"_s});
        QVERIFY2(message.contains(u"list.txt:2: "_s), qPrintable(message));
        QVERIFY2(message.contains(u"list.txt:4: "_s), qPrintable(message));
        QVERIFY2(message.contains(u"gopher://h/d: "_s), qPrintable(message));
        QVERIFY2(!message.contains(u"list.txt:1"_s), qPrintable(message));
        QVERIFY2(message.contains(u"Nothing was started"_s), qPrintable(message));
    }
    void aListComesBeforeTheWords()
    {
        m_files = {{u"-"_s, u"# two\nhttp://h/a\n\nhttp://h/b\n"_s}};
        const auto requests = downloads({u"-i"_s, u"-"_s, u"http://h/c"_s}).add.requests;
        QCOMPARE(requests.size(), 3u);
        QCOMPARE(requests[2].url().path(), u"/c"_s);
    }

    void badUseSaysWhichOptionAndWhatToDo_data()
    {
        QTest::addColumn<Line>("options");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *name, const Line &options, const QString &part) {
            QTest::newRow(name) << options << part;
        };
        row("jobs: none", {u"-j0"_s}, u"--jobs takes a number from 1 to 64, not “0”."_s);
        row("jobs: many", {u"-j"_s, u"65"_s}, u"from 1 to 64"_s);
        row("per host", {u"--per-host"_s, u"x"_s}, u"--per-host takes a number"_s);
        row("rate", {u"--limit-rate"_s, u"fast"_s}, u"--limit-rate takes bytes a second such as"_s);
        row("retries", {u"--retries"_s, u"-1"_s}, u"--retries takes a number from 0"_s);
        row("segments", {u"--segments"_s, u"17"_s}, u"--segments takes a number from 1 to 16"_s);
        row("inactivity", {u"--inactivity"_s, u"0"_s}, u"--inactivity takes seconds"_s);
        row("low speed", {u"--low-speed"_s, u"1k"_s}, u"BYTES:SECONDS"_s);
        row("if exists", {u"--if-exists"_s, u"ask"_s}, u"rename, skip, overwrite or newer, not “ask”"_s);
        row("resume both ways", {u"--resume"_s, u"--no-resume"_s}, u"leave one out"_s);
        row("CA file", {u"--ca-file"_s, u"none.pem"_s}, u"/home/ada/none.pem can't be read: no such file"_s);
        row("cookies", {u"--cookies"_s, u"none"_s}, u"--cookies: /home/ada/none"_s);
        row("netrc file", {u"--netrc-file"_s, u""_s}, u"--netrc-file needs the name of a file"_s);
        row("proxy's scheme", {u"--proxy"_s, u"ftp://h:1"_s}, u"socks5://HOST:PORT"_s);
        row("proxy without a host", {u"--proxy"_s, u"http://"_s}, u"http://HOST:PORT"_s);
        row("header in two lines", {u"--header"_s, u"A: b\r\nC: d"_s}, u"--header: "_s);
        row("header without a name", {u"--header"_s, u"A"_s}, u"--header: "_s);
        row("header Range", {u"--header"_s, u"range: bytes=0-"_s}, u"--header: "_s);
        row("referer", {u"--referer"_s, u"a\nb"_s}, u"--referer"_s);
        row("list with --insecure", {u"--insecure"_s, u"-i"_s, u"none.txt"_s}, u"none.txt"_s);
        row("start", {u"--start-at"_s, u"noon"_s}, u"--start-at takes a time to come"_s);
        row("start over", {u"--start-at"_s, u"2020-01-01T00:00"_s}, u"a time to come"_s);
        row("no user", {u"--user"_s, u":x"_s}, u"USER:PASSWORD"_s);
        row("no password", {u"--user"_s, u"me"_s}, u"COROSCOPE_PASSWORD"_s);
        row("name with a folder", {u"-o"_s, u"x/y"_s}, u"use -d"_s);
        row("name of a folder", {u"-o"_s, u".."_s}, u"use -d"_s);
        row("empty folder", {u"-d"_s, u""_s}, u"--directory needs a name"_s);
        row("two files, one name", {u"-o"_s, u"x"_s, u"http://h/2"_s}, u"-o names one file"_s);
        row("two files, one checksum", {u"--checksum"_s, u"sha-256="_s + QString(64, u'a'), u"http://h/2"_s},
            u"--checksum is for one file"_s);
        row("checksum", {u"--checksum"_s, u"sha-256=12"_s}, u"--checksum: "_s);
        row("dashes", {u"--"_s}, u"leave the -- out"_s);
        row("no such list", {u"-i"_s, u"none.txt"_s}, u"none.txt"_s);
        row("window and queue", {u"--window"_s, u"--queue"_s, u"q"_s}, u"a queue of its own"_s);
        row("window and JSON", {u"--window"_s, u"--json"_s}, u"leave --window out"_s);
    }
    void badUseSaysWhichOptionAndWhatToDo()
    {
        QFETCH(Line, options);
        QFETCH(QString, part);
        const QString message = complaint(Line {u"http://h/1"_s} + options);
        QVERIFY2(message.contains(part), qPrintable(message));
        QVERIFY2(message.contains(u"coroscope download --help"_s), qPrintable(message));
    }
    void secretsAreNeverRepeated()
    {
        for (const Line &line :
             {Line {u"ftp://me:secret@h/a"_s}, Line {u"--proxy"_s, u"ftp://me:secret@h:1"_s, u"http://h/a"_s},
              Line {u"--header"_s, u"Authorization secret"_s, u"http://h/a"_s},
              Line {u"--user"_s, u":secret"_s, u"http://h/a"_s}}) {
            const QString message = complaint(line);
            QVERIFY(!message.isEmpty());
            QVERIFY2(!message.contains(u"secret"_s), qPrintable(message));
        }
    }
    void withoutUrlsItSaysHowToNameThem()
    {
        QVERIFY(complaint({}).contains(u"at least one URL"_s));
        m_files = {{u"empty"_s, u"# nothing\n"_s}};
        QVERIFY(complaint({u"-i"_s, u"empty"_s}).contains(u"no URL in the input"_s));
    }
    void uncheckedCertificatesAreWarnedOf()
    {
        QVERIFY(downloads({u"--insecure"_s, u"http://h/a"_s}).notes.value(0).contains(u"--insecure"_s));
        QVERIFY(downloads({u"http://h/a"_s}).notes.isEmpty());
    }
    void whatLinesCannotSayIsKnown()
    {
        QVERIFY(!hasMoreThanInput(downloads({u"-d"_s, u"x"_s, u"--header"_s, u"X-A: 1"_s, u"http://h/a"_s})));
        for (const Line &line :
             {Line {u"--segments"_s, u"2"_s}, Line {u"-j2"_s}, Line {u"--user"_s, u"a:b"_s},
              Line {u"--header"_s, u"Cookie: a"_s}, Line {u"--start-at"_s, u"3:00"_s}})
            QVERIFY2(hasMoreThanInput(downloads(line + Line {u"http://h/a"_s})), qPrintable(line[0]));
    }
    void filesBecomeLinesForTheWindow()
    {
        const auto requests = downloads({u"-d"_s, u"/out"_s, u"-o"_s, u"b"_s, u"--referer"_s, u"http://r/"_s,
                                         u"--header"_s, u"X-A: 1"_s, u"--header"_s, u"Cookie: secret"_s,
                                         u"--user"_s, u"me:secret"_s, u"http://you:hidden@h/a%7B1,2%7D"_s})
                                  .add.requests;
        // What is a range in a list is none here.
        QCOMPARE(asInput(requests),
                 u"http://h/a%7B1,2%7D\n  out=b\n  dir=/out\n  header=X-A: 1\n  referer=http://r/\n"_s);
    }
};

QTEST_GUILESS_MAIN(DownloadArgumentsTest)
#include "tst_downloadarguments.moc"
