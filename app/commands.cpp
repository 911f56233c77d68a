// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commands.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::Commands)
};

QList<Option> shownOptions()
{
    return {
        {{},
         u"screenshot"_s,
         u"FILE"_s,
         Tr::tr("save a picture of the window at the end (PNG); needs no display")},
        {{}, u"theme"_s, u"NAME"_s, Tr::tr("light, dark or system: the window's and the picture's colors")},
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

QString optionTable(const QList<Option> &options)
{
    QString table;
    for (const Option &option : options) {
        QString flags = option.letter.isNull() ? u"    "_s : u'-' + QString(option.letter);
        if (!option.name.isEmpty())
            flags += (option.letter.isNull() ? u"--"_s : u", --"_s) + option.name;
        if (option.takesValue())
            flags += u' ' + option.valueName;
        table += u"  "_s + flags.leftJustified(22) + u"  "_s + option.help + u'\n';
    }
    return table;
}

QString usage(const CommandInfo &command)
{
    return QStringList {u"coroscope"_s, command.name, command.synopsis}.join(u' ').simplified();
}

} // namespace

QList<CommandInfo> commands()
{
    return {
        {{},
         {},
         Tr::tr("open the window"),
         {},
         QList<Option> {{{}, u"version"_s, {}, Tr::tr("print the version")}} + shownOptions()},
        {u"demo"_s, u"[--headless]"_s, Tr::tr("downloads, Redis commands and sleeps on local services"),
         Tr::tr("Starts a file server and two Redis servers on this machine, for as long as it runs,\n"
                "and lets about 15 seconds of real work loose on them: in the window, or with\n"
                "--headless in the terminal, which then shows a table of the tasks.\n"),
         QList<Option> {{{}, u"headless"_s, {}, Tr::tr("run in the terminal, without the window")}}
             + runOptions()},
        {u"download"_s, u"[-d DIR] [-j N] [-o NAME] [-i FILE] URL…"_s,
         Tr::tr("fetch files over HTTP and HTTPS, several at once"),
         Tr::tr("Each file is written to NAME.part and gets its name once it is whole. The path of\n"
                "each finished file goes to standard output. The system's proxy is used.\n"),
         QList<Option> {
             {u'd', u"directory"_s, u"DIR"_s, Tr::tr("where the files go; made if missing (default: here)")},
             {u'j', u"jobs"_s, u"N"_s, Tr::tr("at most so many at once, 1 to 64 (default: 6)")},
             {u'o', u"output"_s, u"NAME"_s, Tr::tr("the file's name, for a single URL")},
             {u'i', u"input"_s, u"FILE"_s,
              Tr::tr("read URLs from a file, one a line, # for comments; - reads standard input")},
         } + tlsOptions()
             + taskOptions()},
        {u"redis"_s, u"URI… -- COMMAND…"_s, Tr::tr("send a command to one or several Redis servers"),
         Tr::tr("URI is redis://[[user]:password@]host[:port][/db], or rediss:// for TLS. The reply is\n"
                "printed as redis-cli prints it to a pipe. The password can also come in the\n"
                "environment variable REDISCLI_AUTH, where the list of processes does not show it.\n\n"
                "  coroscope redis redis://localhost -- HGETALL car\n"),
         tlsOptions() + taskOptions()},
        {u"sleep"_s, u"[--block] SECONDS…"_s, Tr::tr("sleep, all at once"),
         Tr::tr("SECONDS is a number of seconds or a time such as 250ms, 2s or 1m30s. All sleep at\n"
                "the same time on one thread; with --block each holds the loop up instead, to show\n"
                "what that does.\n"),
         QList<Option> {{{}, u"block"_s, {}, Tr::tr("block the event loop instead of yielding to it")}}
             + taskOptions()},
    };
}

QString overview()
{
    QString text = Tr::tr("Coroscope shows live how C++ coroutines interleave on the Qt event loop.")
                   + u"\n\n"_s;
    text += Tr::tr("Usage:") + u'\n';
    for (const CommandInfo &command : commands())
        text += u"  "_s + usage(command) + u"\n        "_s + command.summary + u'\n';
    text += u'\n' + Tr::tr("Options without a command:") + u'\n' + optionTable(commands().first().options);
    text += u'\n'
            + Tr::tr("Every command has more: coroscope COMMAND --help.\n\n"
                     "Results go to standard output, everything else to standard error.\n"
                     "Exit codes: 0 all tasks done, 1 some failed, 2 bad use or input, 130 interrupted.\n"
                     "Ctrl-C cancels the tasks in order; a second Ctrl-C ends at once.\n");
    return text;
}

QString helpOf(const CommandInfo &command)
{
    if (command.name.isEmpty())
        return overview();
    return Tr::tr("Usage:") + u' ' + usage(command) + u"\n\n"_s + command.details + u'\n' + Tr::tr("Options:")
           + u'\n' + optionTable(command.options);
}

} // namespace coroscope::app
