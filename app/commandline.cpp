// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include "app/commands.h"
#include "app/crawlarguments.h"
#include "app/examplearguments.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::CommandLine)
};

using Specs = std::variant<std::vector<tasks::TaskSpec>, BadUse>;

/// Points to the help that tells more.
BadUse badUse(const QString &message, const QString &command)
{
    const QString help = QStringList {u"coroscope"_s, command, u"--help"_s}.join(u' ').simplified();
    return {message + u'\n' + Tr::tr("%1 tells how it is used.").arg(help)};
}

/// Takes the value out of what a parser of core/tasks returned, or its error.
template<class T>
std::optional<BadUse> fails(std::variant<T, tasks::FieldError> parsed, const QString &input, T &value)
{
    if (const auto *error = std::get_if<tasks::FieldError>(&parsed))
        return BadUse {u"%1: %2"_s.arg(shown(input), error->message)};
    value = std::get<T>(std::move(parsed));
    return {};
}

Specs redisCommands(const Arguments &arguments, const Surroundings &surroundings)
{
    if (!arguments.afterDashes || arguments.afterDashes->isEmpty()) {
        return BadUse {
            Tr::tr("redis needs a command after --, as in: coroscope redis redis://localhost -- PING")};
    }
    if (arguments.words.isEmpty())
        return BadUse {Tr::tr("redis needs at least one address before the --, such as redis://localhost.")};
    QList<QByteArray> command;
    for (const QString &word : *arguments.afterDashes)
        command << word.toUtf8();

    std::vector<tasks::TaskSpec> specs;
    for (const QString &address : arguments.words) {
        tasks::RedisSpec spec;
        if (auto error = fails(tasks::parseRedis(address, u"PING"_s), address, spec))
            return *error;
        spec.commands = {command};
        if (spec.url.password().isEmpty() && !surroundings.redisPassword.isEmpty())
            spec.url.setPassword(QString::fromUtf8(surroundings.redisPassword), QUrl::DecodedMode);
        spec.insecure = arguments.has(u"insecure"_s);
        spec.caFile = arguments.value(u"ca-file"_s);
        specs.push_back(std::move(spec));
    }
    return specs;
}

Specs mySqlStatements(const Arguments &arguments, const Surroundings &surroundings, const Plan &plan)
{
    const QString sql = arguments.afterDashes ? arguments.afterDashes->join(u' ').trimmed() : QString();
    if (sql.isEmpty()) {
        return BadUse {Tr::tr("mysql needs a statement after --, as in: coroscope mysql "
                              "mysql://root@localhost -- \"SHOW DATABASES\"")};
    }
    if (arguments.words.isEmpty())
        return BadUse {
            Tr::tr("mysql needs at least one address before the --, such as mysql://root@localhost.")};
    std::vector<tasks::TaskSpec> specs;
    for (const QString &address : arguments.words) {
        tasks::MySqlSpec spec;
        if (auto error = fails(tasks::parseMySql(address, sql), address, spec))
            return *error;
        if (spec.url.password().isEmpty() && !surroundings.mySqlPassword.isEmpty())
            spec.url.setPassword(QString::fromUtf8(surroundings.mySqlPassword), QUrl::DecodedMode);
        spec.caFile = arguments.value(u"ca-file"_s);
        if (plan.where == Plan::Where::Terminal) {
            spec.output = plan.output == Plan::Output::Json ? tasks::MySqlOutput::Json
                                                            : tasks::MySqlOutput::Lines;
        }
        specs.push_back(std::move(spec));
    }
    return specs;
}

Specs sleeps(const Arguments &arguments)
{
    if (arguments.words.isEmpty())
        return BadUse {Tr::tr("sleep needs a number of seconds, or several.")};
    std::vector<tasks::TaskSpec> specs;
    for (const QString &duration : arguments.words) {
        tasks::SleepSpec spec;
        if (auto error = fails(tasks::parseSleep(duration, arguments.has(u"block"_s)), duration, spec))
            return *error;
        specs.push_back(spec);
    }
    return specs;
}

std::variant<dispatch::LoopKind, BadUse> loopNamed(const QString &name)
{
    const auto kind = dispatch::loopKindNamed(name);
    if (kind && dispatch::availableLoops().contains(*kind))
        return *kind;
    const QString what = kind == dispatch::LoopKind::Uv
                             ? Tr::tr("This program was built without libuv, so it has no event loop uv.")
                             : Tr::tr("There is no event loop %1 here.").arg(name);
    return BadUse {what + u' ' + Tr::tr("--loop takes: %1.").arg(dispatch::availableLoopNames())};
}

std::optional<BadUse> readCommonOptions(const Arguments &arguments, Plan &plan)
{
    if (arguments.has(u"timeout"_s)) {
        tasks::SleepSpec limit;
        if (auto error = fails(tasks::parseSleep(arguments.value(u"timeout"_s), false), u"--timeout"_s,
                               limit))
            return error;
        plan.timeout = std::chrono::ceil<std::chrono::milliseconds>(limit.duration);
    }
    if (arguments.has(u"theme"_s)) {
        const QString theme = arguments.value(u"theme"_s);
        const QStringList names {u"system"_s, u"light"_s, u"dark"_s};
        if (!names.contains(theme))
            return BadUse {Tr::tr("--theme is light, dark or system, not %1.").arg(theme)};
        plan.theme = ui::ThemeChoice(names.indexOf(theme));
    }
    if (arguments.has(u"loop"_s)) {
        const auto loop = loopNamed(arguments.value(u"loop"_s));
        if (const auto *error = std::get_if<BadUse>(&loop))
            return *error;
        plan.loop = std::get<dispatch::LoopKind>(loop);
    }
    if (arguments.has(u"keep"_s)) {
        const auto keep = model::parseRetention(arguments.values(u"keep"_s).join(u','));
        if (const auto *why = std::get_if<QString>(&keep))
            return BadUse {u"--keep: "_s + *why};
        plan.keep = std::get<model::Retention>(keep);
    }
    if (arguments.has(u"json"_s))
        plan.output = Plan::Output::Json;
    plan.record = arguments.value(u"record"_s);
    if (arguments.has(u"record"_s) && plan.record.isEmpty())
        return BadUse {Tr::tr("--record needs the name of a file.")};
    plan.picture = arguments.value(u"screenshot"_s);
    if (arguments.has(u"screenshot"_s) && plan.picture.isEmpty())
        return BadUse {Tr::tr("--screenshot needs the name of a file.")};
    return {};
}

/// `demo` shows itself in the window unless told otherwise, the other commands in the terminal; a picture
/// needs no window on a screen.
Plan::Where placeOf(const Arguments &arguments, Plan::What what)
{
    if (arguments.has(u"window"_s))
        return Plan::Where::Window;
    if (what == Plan::What::Trace)
        return Plan::Where::Terminal;
    if (what == Plan::What::Tasks || what == Plan::What::Downloads || what == Plan::What::Example
        || arguments.has(u"headless"_s) || arguments.has(u"screenshot"_s))
        return Plan::Where::Terminal;
    return Plan::Where::Window;
}

BadUse unknownCommand(const QString &word, const QList<CommandInfo> &known)
{
    if (word.startsWith(u"redis://"_s) || word.startsWith(u"rediss://"_s))
        return badUse(Tr::tr("A command comes first, as in: coroscope redis redis://localhost -- PING"), {});
    if (word.startsWith(u"mysql://"_s))
        return badUse(
            Tr::tr(
                "A command comes first, as in: coroscope mysql mysql://root@localhost -- \"SHOW DATABASES\""),
            {});
    if (word.contains(u"://"_s))
        return badUse(Tr::tr("%1 can't be fetched: only http and https can.").arg(shown(word)), {});
    if (word.contains(u'/') || word.endsWith(u".coro"_s)) // a file that was there would have been opened
        return badUse(Tr::tr("There is no file %1.").arg(shown(word)), {});
    QStringList names;
    for (const CommandInfo &command : known)
        names << command.name;
    const QString guess = nearest(word, names);
    const QString message = Tr::tr("There is no command %1.").arg(shown(word));
    return badUse(guess.isEmpty() ? message : message + u' ' + Tr::tr("Did you mean %1?").arg(guess), {});
}

bool isWebAddress(const QString &word)
{
    return word.startsWith(u"http://"_s, Qt::CaseInsensitive)
           || word.startsWith(u"https://"_s, Qt::CaseInsensitive);
}

/// What the window's form is to be filled with: URLs, and the text of files that list them.
std::variant<QString, BadUse> readUrls(const QStringList &words, const Surroundings &surroundings,
                                       const QList<CommandInfo> &known)
{
    QString urls;
    for (const QString &word : words) {
        if (isWebAddress(word)) {
            urls += word + u'\n';
            continue;
        }
        const QUrl address(word);
        const QString path = address.isLocalFile() ? address.toLocalFile() : word;
        if (!surroundings.whyUnreadable(surroundings.absolute(path)).isEmpty())
            return unknownCommand(word, known);
        const auto text = surroundings.read(surroundings.absolute(path));
        if (const auto *error = std::get_if<BadUse>(&text))
            return badUse(error->message, {});
        const auto &list = std::get<QString>(text);
        constexpr qsizetype most = 4 << 20;
        if (list.contains(QChar::Null) || list.contains(QChar::ReplacementCharacter) || list.size() > most)
            return badUse(Tr::tr("%1 is no list of URLs.").arg(word), {});
        urls += list + (list.endsWith(u'\n') ? QString() : u"\n"_s);
    }
    return urls;
}

/// Files of which each is a recording; else the words are URLs and lists of them.
bool areRecordings(const QStringList &words, const Surroundings &surroundings)
{
    return !words.isEmpty() && surroundings.isRecording
           && std::ranges::all_of(words, [&](const QString &word) {
                  const QUrl address(word);
                  const QString path = address.isLocalFile() ? address.toLocalFile() : word;
                  return surroundings.isRecording(surroundings.absolute(path));
              });
}

Plan::What whatOf(const QString &command)
{
    return command.isEmpty()        ? Plan::What::Window
           : command == u"trace"    ? Plan::What::Trace
           : command == u"demo"     ? Plan::What::Demo
           : command == u"download" ? Plan::What::Downloads
           : command == u"example"  ? Plan::What::Example
                                    : Plan::What::Tasks;
}

/// What a command is to work on.
std::optional<BadUse> readWork(const QString &command, const Arguments &arguments,
                               const Surroundings &surroundings, const QList<CommandInfo> &known, Plan &plan)
{
    const auto take = [](auto read, auto &target) -> std::optional<BadUse> {
        if (auto *error = std::get_if<BadUse>(&read))
            return std::move(*error);
        target = std::get<0>(std::move(read));
        return {};
    };
    std::optional<BadUse> error;
    switch (plan.what) {
    case Plan::What::Window:
        if (arguments.has(u"follow"_s))
            return badUse(Tr::tr("--follow is for a recording: coroscope FILE --follow"), command);
        return take(readUrls(arguments.words, surroundings, known), plan.urls); // its errors are whole
    case Plan::What::Recordings:
        for (const QString &word : arguments.words) {
            const QUrl address(word);
            plan.recordings << surroundings.absolute(address.isLocalFile() ? address.toLocalFile() : word);
        }
        if (!plan.picture.isEmpty() && plan.recordings.size() > 1)
            return badUse(Tr::tr("A picture shows one recording, not several."), command);
        if (!plan.record.isEmpty())
            return badUse(Tr::tr("A recording can't be recorded: leave --record out."), command);
        plan.isFollowing = arguments.has(u"follow"_s);
        break;
    case Plan::What::Trace:
        error = take(readTraceCommand(arguments), plan.trace);
        break;
    case Plan::What::Demo:
        if (!arguments.words.isEmpty())
            error = BadUse {Tr::tr("demo takes options only, not %1.").arg(shown(arguments.words[0]))};
        break;
    case Plan::What::Downloads:
        error = take(readDownload(arguments, surroundings), plan.downloads);
        break;
    case Plan::What::Example:
        error = take(readExample(arguments, surroundings), plan.specs);
        break;
    case Plan::What::Tasks:
        error = take(command == u"redis"   ? redisCommands(arguments, surroundings)
                     : command == u"mysql" ? mySqlStatements(arguments, surroundings, plan)
                     : command == u"crawl" ? readCrawl(arguments)
                                           : sleeps(arguments),
                     plan.specs);
        break;
    }
    return error ? badUse(error->message, command) : error;
}

QString version()
{
    return u"coroscope %1 (Qt %2)\n"_s.arg(QCoreApplication::applicationVersion(),
                                           QString::fromLatin1(qVersion()));
}

} // namespace

std::variant<Plan, Answer, BadUse> parseCommandLine(const QStringList &line, const Surroundings &surroundings)
{
    const QList<CommandInfo> known = commands();
    QStringList rest = line;
    QString name = rest.value(0).startsWith(u'-') ? QString() : rest.value(0);
    if (!name.isEmpty())
        rest.removeFirst();
    if (name == u"help") {
        name = rest.value(0);
        rest = {u"--help"_s};
    }
    auto command = std::ranges::find(known, name, &CommandInfo::name);
    if (command == known.end()) { // then it may be a URL or a file
        if (rest == QStringList {u"--help"_s})
            return unknownCommand(name, known);
        rest = line;
        name.clear();
        command = known.begin();
    }

    const auto read = readArguments(rest, command->options());
    if (const auto *error = std::get_if<BadUse>(&read)) {
        // Help is wanted most by those who don't know the options.
        return badUse(error->message, name);
    }
    const auto &arguments = std::get<Arguments>(read);
    if (arguments.has(u"help"_s))
        return Answer {helpOf(*command)};
    if (arguments.has(u"version"_s))
        return Answer {version()};

    if (name == u"example" && arguments.words.isEmpty())
        return Answer {listOfExamples(arguments.has(u"json"_s))};

    Plan plan;
    if (auto error = readCommonOptions(arguments, plan))
        return badUse(error->message, name);
    if (arguments.afterDashes && (name.isEmpty() || name == u"demo"))
        return badUse(Tr::tr("Nothing can follow a -- here."), name);
    plan.what = whatOf(name);
    if (plan.what == Plan::What::Window && areRecordings(arguments.words, surroundings))
        plan.what = Plan::What::Recordings;
    plan.where = placeOf(arguments, plan.what);
    if (plan.what == Plan::What::Trace) {
        const auto error = readWork(name, arguments, surroundings, known, plan);
        return error ? std::variant<Plan, Answer, BadUse>(*error) : plan;
    }
    const bool isInWindow = plan.where == Plan::Where::Window;
    if (isInWindow && plan.output == Plan::Output::Json)
        return badUse(name == u"demo" ? Tr::tr("--json prints to the terminal: add --headless.")
                                      : Tr::tr("--json prints to the terminal: leave --window out."),
                      name);
    // What the terminal prints at the end is read from the session, all of it.
    if (plan.keep && (!isInWindow || plan.what == Plan::What::Recordings))
        return badUse(plan.what == Plan::What::Recordings
                          ? Tr::tr("A recording is shown whole: leave --keep out.")
                          : Tr::tr("--keep is the window's: the terminal tells of all tasks at the end."),
                      name);
    if (isInWindow && arguments.has(u"queue"_s))
        return badUse(Tr::tr("The window has a queue of its own: leave --queue or --window out."), name);
    if (!isInWindow && plan.what == Plan::What::Window && !arguments.words.isEmpty())
        return badUse(Tr::tr(
                          "A picture can be taken of a command: coroscope download --screenshot FILE URL…"),
                      name);
    if (auto error = readWork(name, arguments, surroundings, known, plan))
        return *error;
    return plan;
}

std::vector<tasks::Command> commandsOf(const Plan &plan, const download::Limits &limits)
{
    if (plan.what == Plan::What::Demo)
        return {tasks::StartDemo {}};
    std::vector<tasks::Command> commands;
    if (plan.downloads.asksForLimits())
        commands.push_back(tasks::DownloadCommand {download::SetLimits {plan.downloads.limits(limits)}});
    if (!plan.downloads.add.requests.empty())
        commands.push_back(tasks::DownloadCommand {plan.downloads.add});
    for (const tasks::TaskSpec &spec : plan.specs)
        commands.push_back(tasks::Launch {spec});
    return commands;
}

Plan withoutDisplay(Plan plan)
{
    if (plan.where == Plan::Where::Terminal)
        return plan;
    plan.where = Plan::Where::Terminal;
    if (plan.what == Plan::What::Tasks || plan.what == Plan::What::Downloads
        || plan.what == Plan::What::Example || !plan.urls.isEmpty())
        return plan;
    plan.what = Plan::What::Demo;
    if (plan.picture.isEmpty())
        plan.picture = u"coroscope-demo.png"_s;
    return plan;
}

} // namespace coroscope::app
