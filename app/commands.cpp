// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commands.h"

#include "app/tracearguments.h"
#include "core/dispatch/loopkind.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::Commands)
};

Option recordOption()
{
    return {{},
            u"record"_s,
            u"FILE"_s,
            Tr::tr("record all that happens, for looking at it later: coroscope FILE")};
}

QList<Option> shownOptions()
{
    return {
        recordOption(),
        {{},
         u"screenshot"_s,
         u"FILE"_s,
         Tr::tr("save a picture of the window at the end (PNG); needs no display")},
        {{}, u"theme"_s, u"NAME"_s, Tr::tr("light, dark or system: the window's and the picture's colors")},
        {{},
         u"loop"_s,
         u"NAME"_s,
         Tr::tr("the event loop that tasks run on: %1").arg(dispatch::availableLoopNames())},
        {{},
         u"keep"_s,
         u"HOWMUCH"_s,
         Tr::tr("in the window: keep the last 10min, 5000000events or 512MB, or all"),
         true},
        {u'h', u"help"_s, {}, Tr::tr("show this help")},
    };
}

QList<Option> runOptions()
{
    return QList<Option> {
               {{}, u"json"_s, {}, Tr::tr("print one JSON object a task as it ends")},
               {{},
                u"timeout"_s,
                u"SECONDS"_s,
                Tr::tr("cancel what still runs after this time, exit code 1")},
           }
           + shownOptions();
}

QList<Option> taskOptions()
{
    return QList<Option> {
               {{},
                u"window"_s,
                {},
                Tr::tr("show it live in the window instead of running it in the terminal")},
           }
           + runOptions();
}

QList<Option> tlsOptions()
{
    return {
        {{}, u"ca-file"_s, u"FILE"_s, Tr::tr("trust the authorities in this PEM file too")},
        {{}, u"insecure"_s, {}, Tr::tr("accept any TLS certificate")},
    };
}

CommandInfo trace()
{
    const QList<Option> options {
        {u'o', u"output"_s, u"FILE"_s, Tr::tr("where to export to; - for standard output")},
        {{},
         u"format"_s,
         u"NAME"_s,
         Tr::tr("export as %1 (default: by FILE's ending)").arg(exportFormatList())},
        {{}, u"json"_s, {}, Tr::tr("info, stats: print JSON, one object a line")},
        {{}, u"csv"_s, {}, Tr::tr("stats: print comma-separated values")},
        {{}, u"theme"_s, u"NAME"_s, Tr::tr("light, dark or system: the colors of a png")},
        {u'h', u"help"_s, {}, Tr::tr("show this help")},
    };
    return {u"trace"_s,
            u"info|stats|export FILE"_s,
            Tr::tr("look into a recording, or export it"),
            Tr::tr(
                "info tells what was recorded: program, time, length, events. stats prints, for each task\n"
                "and function, how often it ran, how long it ran and waited, the lengths of its slices\n"
                "(p50, p90, p99, longest) and what woke it. export writes it for other programs:\n\n"
                "  chrome    JSON for chrome://tracing, Perfetto's viewer and Qt Creator\n"
                "  perfetto  Perfetto's protobuf, for ui.perfetto.dev\n"
                "  csv       a line a slice\n"
                "  svg       a picture of the timeline\n"
                "  png       a picture of the whole window\n\n"
                "Recordings come from --record FILE, from the window (Ctrl+S), and from any program with\n"
                "Coroscope::Trace that is started with COROSCOPE_RECORD=FILE. One that was cut off is used\n"
                "up to its last whole piece. Exit code 2: FILE can't be read.\n\n"
                "  coroscope trace export run.coro -o run.json\n"),
            {{Tr::tr("Options"), options}}};
}

QString optionTable(const QList<Option> &options)
{
    QString table;
    for (const Option &option : options) {
        QString flags = option.letter.isNull() ? u"    "_s : u'-' + QString(option.letter);
        if (!option.name.isEmpty())
            flags += (option.letter.isNull() ? u"--"_s : u", --"_s) + option.name;
        if (option.takesValue())
            flags += u' ' + option.valueName;
        constexpr int column = 24;
        if (flags.size() > column) // the help stands below
            table += u"  "_s + flags + u'\n' + QString(2 + column + 2, u' ') + option.help + u'\n';
        else
            table += u"  "_s + flags.leftJustified(column) + u"  "_s + option.help + u'\n';
    }
    return table;
}

QString groupTables(const QList<CommandInfo::Group> &groups)
{
    QStringList tables;
    for (const CommandInfo::Group &group : groups)
        tables << group.title + u":\n"_s + optionTable(group.options);
    return tables.join(u'\n');
}

QList<CommandInfo::Group> oneGroup(const QList<Option> &options) { return {{Tr::tr("Options"), options}}; }

QString usage(const CommandInfo &command)
{
    return QStringList {u"coroscope"_s, command.name, command.synopsis}.join(u' ').simplified();
}

CommandInfo crawl()
{
    const QList<Option> options {
        {{},
         u"depth"_s,
         u"N"_s,
         Tr::tr("follow links so many steps away; 0: these pages alone (default: 1)")},
        {{}, u"any-host"_s, {}, Tr::tr("follow links to other hosts, too")},
        {{}, u"pages"_s, u"N"_s, Tr::tr("at most so many pages in all (default: 100)")},
        {{}, u"per-host"_s, u"N"_s, Tr::tr("at most so many at once from one host, 1 to 16 (default: 2)")},
        {{}, u"delay"_s, u"S"_s, Tr::tr("from one request to the next, to one host (default: 0.2)")},
        {{}, u"ignore-robots"_s, {}, Tr::tr("fetch what a site's robots.txt forbids, too")},
    };
    return {u"crawl"_s, u"[--depth N] URL…"_s, Tr::tr("fetch pages, and the pages that they link to"),
            Tr::tr(
                "Prints a line a page as it comes: its address, the length of its text, the number of its\n"
                "links and its title, with tabs between. No page is fetched twice; of each page at most\n"
                "4 MiB are read. What robots.txt forbids is left out.\n\n"
                "  coroscope crawl --depth 2 https://example.org/\n"),
            oneGroup(options + tlsOptions() + taskOptions())};
}

CommandInfo example()
{
    QList<Option> options {
        {{}, u"speed"_s, u"F"_s, Tr::tr("divide every sleep by F, as 10 or 0.5 (default: 1)")},
        {{},
         u"url"_s,
         u"URL"_s,
         Tr::tr("fetch this instead of a local sample; several times, if wanted"),
         true},
        {{},
         u"redis"_s,
         u"URI"_s,
         Tr::tr("use this server instead of a local one; several times, if wanted"),
         true},
        {{},
         u"mysql"_s,
         u"URI"_s,
         Tr::tr("use this server instead of a local one; several times, if wanted"),
         true},
        {{}, u"bytes"_s, {}, Tr::tr("show replies of Redis as bytes instead of text")},
        {u'd', u"directory"_s, u"DIR"_s, Tr::tr("where files go (default: here)")},
    };
    return {u"example"_s, u"[ID] [--speed F]"_s, Tr::tr("list the systems of the tutorial, or run one"),
            Tr::tr("Each is a small program of coroutines, which prints what its counterpart in Python\n"
                   "prints. Where it needs a server, one is started on this machine for as long as it runs,\n"
                   "unless you give an address. With --json its lines go to standard error.\n\n"
                   "  coroscope example task-2\n"
                   "  coroscope example greenlet --speed 5\n"
                   "  coroscope example redis-2 --redis redis://localhost --redis redis://otherhost\n"),
            oneGroup(options + taskOptions())};
}

CommandInfo download()
{
    CommandInfo
        info {u"download"_s,
              u"[OPTIONS] URL…"_s,
              Tr::tr("fetch files over HTTP and HTTPS, several at once; what was begun is resumed"),
              Tr::tr("Each file is written to NAME.part and gets its name once it is whole. The path of\n"
                     "each finished file goes to standard output, everything else to standard error.\n"
                     "An interrupted run loses nothing: the same command resumes it, and checks with the\n"
                     "server that the file is still the same.\n"),
              {},
              {}};
    info.groups << CommandInfo::Group {
        Tr::tr("What and where"),
        {{u'i', u"input"_s, u"FILE"_s,
          Tr::tr("read URLs from a file, or with - from standard input; see below")},
         {u'd', u"directory"_s, u"DIR"_s, Tr::tr("where the files go; made if missing (default: here)")},
         {u'o', u"output"_s, u"NAME"_s, Tr::tr("the file's name, for a single file")},
         {{},
          u"if-exists"_s,
          u"WHAT"_s,
          Tr::tr("rename (the default), skip, overwrite, or newer: if the server's is")},
         {{},
          u"checksum"_s,
          u"ALGO=HEX"_s,
          Tr::tr("what a single file must have: md5, sha-1, sha-256, sha3-256 …")},
         {{}, u"start-at"_s, u"TIME"_s, Tr::tr("begin at 03:00 (today or tomorrow) or 2030-01-31T03:00")}}};
    info.groups << CommandInfo::Group {
        Tr::tr("How fast"),
        {{u'j', u"jobs"_s, u"N"_s, Tr::tr("at most so many files at once, 1 to 64 (default: 16)")},
         {{}, u"per-host"_s, u"N"_s, Tr::tr("at most so many at once from one host, 1 to 64 (default: 6)")},
         {{},
          u"segments"_s,
          u"N"_s,
          Tr::tr("connections for one big file, 1 to 16, where the server can (default: 1)")},
         {{}, u"limit-rate"_s, u"RATE"_s, Tr::tr("bytes a second for all together: 256k, 1.5M (k is 1024)")},
         {{}, u"http2"_s, {}, Tr::tr("use HTTP/2 where the server offers it")}}};
    info.groups << CommandInfo::Group {
        Tr::tr("When something goes wrong"),
        {{{}, u"retries"_s, u"N"_s, Tr::tr("tries after the first, for what may pass (default: 4)")},
         {{},
          u"inactivity"_s,
          u"S"_s,
          Tr::tr("give up a connection that brings nothing for so long (default: 60)")},
         {{},
          u"low-speed"_s,
          u"BYTES:S"_s,
          Tr::tr("… or fewer bytes a second than that for S seconds, as in 1k:30")},
         {{}, u"resume"_s, {}, Tr::tr("go on with what is there; this is the default")},
         {{}, u"no-resume"_s, {}, Tr::tr("begin unfinished files anew")},
         {{}, u"queue"_s, u"FILE"_s, Tr::tr("where the queue is kept (default: DIR/.coroscope-queue)")}}};
    info.groups << CommandInfo::Group {
        Tr::tr("Access"),
        QList<Option> {{{},
                        u"user"_s,
                        u"USER[:PASSWORD]"_s,
                        Tr::tr("log in at the servers; without a password it is asked for"),
                        false},
                       {{}, u"netrc"_s, {}, Tr::tr("take logins from ~/.netrc")},
                       {{}, u"netrc-file"_s, u"FILE"_s, Tr::tr("take logins from another such file")},
                       {{},
                        u"header"_s,
                        u"\"Name: value\""_s,
                        Tr::tr("send this, too; can be given several times"),
                        true},
                       {{}, u"referer"_s, u"URL"_s, Tr::tr("the page that led there")},
                       {{}, u"cookies"_s, u"FILE"_s, Tr::tr("send cookies from a file in Netscape's format")},
                       {{},
                        u"proxy"_s,
                        u"URL"_s,
                        Tr::tr("http://HOST:PORT, socks5:// or socks5h://; none (default: the system's)")}}
            + tlsOptions()};
    QList<Option> run = taskOptions();
    for (Option &option : run) {
        if (option.name == u"json")
            option.help = Tr::tr("print one JSON object a file as it ends; see below");
        else if (option.name == u"timeout")
            option.help = Tr::tr("stop after this time, with exit code 1; the queue is kept");
        else if (option.name == u"window")
            option.help = Tr::tr("fetch in the window instead of the terminal; see below");
    }
    info.groups << CommandInfo::Group {Tr::tr("The run"), run};
    info.more = Tr::tr(
        "Input: one URL a line, # for comments; several URLs with tabs between are mirrors of one file.\n"
        "Indented lines below a URL are its own: out=NAME, dir=DIR, checksum=sha-256=HEX, header=…,\n"
        "referer=…. file[001-100].jpg and {a,b} stand for several. If any line can't be read, all such\n"
        "lines are named and nothing starts.\n"
        "\n"
        "Kept: DIR/.coroscope-queue holds what is to be fetched, how far each file is, and what is done;\n"
        "never a login. One command at a time can use it. What it holds unfinished is fetched by the next\n"
        "run, too, whatever its URLs are. Files that are done and intact are skipped then, so the queue\n"
        "stays; with --if-exists newer, servers are asked for newer ones. It may be deleted when all is\n"
        "done. With --window the files go into the window's own queue; if a window is open already, its\n"
        "form is filled with them, and its settings apply.\n"
        "\n"
        "Passwords: others on this computer can see a command line in the list of processes, so also\n"
        "the password in --user, --proxy or a URL, and the token in --header. With --user USER it is taken\n"
        "from the environment variable COROSCOPE_PASSWORD, or else asked for; --netrc takes it from a\n"
        "file. The login of --user and --header goes to every server of the batch.\n"
        "\n"
        "Exit codes: 0 all files are there, 1 some failed or the time was over, 2 bad use, bad input, or\n"
        "the queue can't be used, 130 interrupted: what was fetched is kept.\n"
        "\n"
        "JSON: "
        "{\"url\",\"file\",\"state\",\"bytes\",\"resumed_from\",\"tries\",\"http_status\",\"sha256\"?,"
        "\"error\"?,\n"
        "\"seconds\"} as each file ends; state is done, failed or cancelled.\n"
        "\n"
        "  coroscope download https://example.org/image.iso\n"
        "  coroscope download -d photos 'https://example.org/img[001-120].jpg'\n"
        "  coroscope download -i list.txt -j 4 --limit-rate 2M --json > done.jsonl\n"
        "  coroscope download --checksum sha-256=9f86d081… -o image.iso https://example.org/latest\n"
        "  curl -s https://example.org/urls | coroscope download -i - -d mirror --if-exists newer\n");
    return info;
}

} // namespace

QList<CommandInfo> commands()
{
    return {
        {{},
         u"[URL… | FILE…]"_s,
         Tr::tr("open the window; URLs, and files that list them, fill its download form"),
         {},
         oneGroup(QList<Option> {{{}, u"version"_s, {}, Tr::tr("print the version")},
                                 {{},
                                  u"follow"_s,
                                  {},
                                  Tr::tr("show a recording as it is written, until its program ends")}}
                  + shownOptions())},
        {u"demo"_s, u"[--headless]"_s, Tr::tr("downloads, Redis commands and sleeps on local services"),
         Tr::tr("Starts a file server and two Redis servers on this machine, for as long as it runs,\n"
                "and lets about 15 seconds of real work loose on them: in the window, or with\n"
                "--headless in the terminal, which then shows a table of the tasks.\n"),
         oneGroup(QList<Option> {{{}, u"headless"_s, {}, Tr::tr("run in the terminal, without the window")}}
                  + runOptions())},
        example(),
        download(),
        {u"redis"_s, u"URI… -- COMMAND…"_s, Tr::tr("send a command to one or several Redis servers"),
         Tr::tr("URI is redis://[[user]:password@]host[:port][/db], or rediss:// for TLS. The reply is\n"
                "printed as redis-cli prints it to a pipe. The password can also come in the\n"
                "environment variable REDISCLI_AUTH, where the list of processes does not show it.\n\n"
                "  coroscope redis redis://localhost -- HGETALL car\n"),
         oneGroup(tlsOptions() + taskOptions())},
        {u"mysql"_s, u"URI… -- SQL"_s, Tr::tr("send a statement to one or several MySQL or MariaDB servers"),
         Tr::tr("URI is mysql://[user[:password]@]host[:port][/database][?ssl-mode=MODE][&socket=PATH];\n"
                "MODE is disabled (the default), required, or verify-identity, which also checks the\n"
                "server's certificate. Several servers answer at the same time. Rows are printed with tabs\n"
                "between, under a header line: NULL as NULL, bytes as 0x…, a tab within a text as \\t. With\n"
                "--json the result is an array of objects. The password can also come in the environment\n"
                "variable MYSQL_PWD, where the list of processes does not show it. What is interrupted is\n"
                "stopped at the server, too (KILL QUERY).\n\n"
                "  coroscope mysql mysql://root@localhost/mysql -- \"SELECT Host, User FROM user\"\n"),
         oneGroup(
             QList<Option> {
                 {{}, u"ca-file"_s, u"FILE"_s, Tr::tr("use TLS, and trust the authorities in this PEM file")}}
             + taskOptions())},
        crawl(),
        trace(),
        {u"sleep"_s, u"[--block] SECONDS…"_s, Tr::tr("sleep, all at once"),
         Tr::tr("SECONDS is a number of seconds or a time such as 250ms, 2s or 1m30s. All sleep at\n"
                "the same time on one thread; with --block each holds the loop up instead, to show\n"
                "what that does.\n"),
         oneGroup(
             QList<Option> {{{}, u"block"_s, {}, Tr::tr("block the event loop instead of yielding to it")}}
             + taskOptions())},
    };
}

QString overview()
{
    QString text = Tr::tr("Coroscope shows live how C++ coroutines interleave on the Qt event loop.")
                   + u"\n\n"_s;
    text += Tr::tr("Usage:") + u'\n';
    for (const CommandInfo &command : commands())
        text += u"  "_s + usage(command) + u"\n        "_s + command.summary + u'\n';
    text += u'\n' + Tr::tr("Options without a command:") + u'\n' + optionTable(commands().first().options());
    text += u'\n'
            + Tr::tr("Every command has more: coroscope COMMAND --help.\n\n"
                     "Results go to standard output, everything else to standard error.\n"
                     "Exit codes: 0 all tasks done, 1 some failed, 2 bad use or input, 130 interrupted.\n"
                     "Ctrl-C cancels the tasks in order; a second Ctrl-C ends at once.\n"
                     "Downloads are kept then: the same command resumes them.\n");
    return text;
}

QString helpOf(const CommandInfo &command)
{
    if (command.name.isEmpty())
        return overview();
    return Tr::tr("Usage:") + u' ' + usage(command) + u"\n\n"_s + command.details + u'\n'
           + groupTables(command.groups) + (command.more.isEmpty() ? QString() : u'\n' + command.more);
}

QList<Option> CommandInfo::options() const
{
    QList<Option> all;
    for (const Group &group : groups)
        all += group.options;
    return all;
}

} // namespace coroscope::app
