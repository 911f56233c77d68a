// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include "app/commands.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTextStream>

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

/// A word of the command line, for a message: without what may be a password in an address.
QString shown(const QString &word)
{
    const qsizetype scheme = word.indexOf(u"://"_s);
    const qsizetype at = word.lastIndexOf(u'@');
    return scheme < 0 || at < scheme ? word : word.left(scheme + 3) + u"…"_s + word.mid(at);
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

Specs downloads(const Arguments &arguments, const Surroundings &surroundings)
{
    if (arguments.afterDashes)
        return BadUse {Tr::tr("download takes URLs only; leave the -- out.")};
    const QString folder = arguments.has(u"directory"_s)
                               ? QDir(surroundings.folder).absoluteFilePath(arguments.value(u"directory"_s))
                               : surroundings.folder;
    int limit = tasks::BatchSpec().limit;
    if (arguments.has(u"jobs"_s)) {
        bool isNumber = false;
        limit = arguments.value(u"jobs"_s).toInt(&isNumber);
        if (!isNumber || limit < 1 || limit > 64)
            return BadUse {Tr::tr("-j takes a number from 1 to 64, not %1.").arg(arguments.value(u"jobs"_s))};
    }

    std::vector<tasks::DownloadSpec> files;
    if (arguments.has(u"input"_s)) {
        const QString path = arguments.value(u"input"_s);
        const auto text = surroundings.read(path);
        if (const auto *error = std::get_if<BadUse>(&text))
            return *error;
        if (auto error = fails(tasks::parseUrlList(std::get<QString>(text), folder), path, files))
            return *error;
    }
    for (const QString &url : arguments.words) {
        tasks::DownloadSpec file;
        if (auto error = fails(tasks::parseDownload(url, folder, arguments.value(u"output"_s)), url, file))
            return *error;
        files.push_back(std::move(file));
    }
    if (files.empty())
        return BadUse {Tr::tr("download needs at least one URL.")};
    if (arguments.has(u"output"_s) && files.size() > 1)
        return BadUse {
            Tr::tr("-o names one file, and there are %1 URLs; use -d for a folder.").arg(files.size())};
    for (tasks::DownloadSpec &file : files) {
        file.insecure = arguments.has(u"insecure"_s);
        file.caFile = arguments.value(u"ca-file"_s);
    }
    if (files.size() == 1)
        return std::vector<tasks::TaskSpec> {std::move(files.front())};
    return std::vector<tasks::TaskSpec> {tasks::BatchSpec {{}, std::move(files), limit}};
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
    if (arguments.has(u"json"_s))
        plan.output = Plan::Output::Json;
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
    if (what == Plan::What::Tasks || arguments.has(u"headless"_s) || arguments.has(u"screenshot"_s))
        return Plan::Where::Terminal;
    return Plan::Where::Window;
}

BadUse unknownCommand(const QString &word, const QList<CommandInfo> &known)
{
    if (word.contains(u"://"_s)) {
        const bool redis = word.startsWith(u"redis"_s);
        return badUse(redis
                          ? Tr::tr("A command comes first, as in: coroscope redis redis://localhost -- PING")
                          : Tr::tr("A command comes first, as in: coroscope download %1").arg(shown(word)),
                      {});
    }
    QStringList names;
    for (const CommandInfo &command : known)
        names << command.name;
    const QString guess = nearest(word, names);
    const QString message = Tr::tr("There is no command %1.").arg(shown(word));
    return badUse(guess.isEmpty() ? message : message + u' ' + Tr::tr("Did you mean %1?").arg(guess), {});
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
    const auto command = std::ranges::find(known, name, &CommandInfo::name);
    if (command == known.end())
        return unknownCommand(name, known);

    const auto read = readArguments(rest, command->options);
    if (const auto *error = std::get_if<BadUse>(&read)) {
        // Help is wanted most by those who don't know the options.
        return badUse(error->message, name);
    }
    const auto &arguments = std::get<Arguments>(read);
    if (arguments.has(u"help"_s))
        return Answer {helpOf(*command)};
    if (arguments.has(u"version"_s))
        return Answer {version()};

    Plan plan;
    if (auto error = readCommonOptions(arguments, plan))
        return badUse(error->message, name);
    if (name.isEmpty() || name == u"demo") {
        if (!arguments.words.isEmpty() || arguments.afterDashes) {
            const QString word = arguments.words.value(0, u"--"_s);
            return name.isEmpty() ? unknownCommand(word, known)
                                  : badUse(Tr::tr("demo takes options only, not %1.").arg(shown(word)), name);
        }
        plan.what = name.isEmpty() ? Plan::What::Window : Plan::What::Demo;
    } else {
        plan.what = Plan::What::Tasks;
        Specs specs = name == u"download" ? downloads(arguments, surroundings)
                      : name == u"redis"  ? redisCommands(arguments, surroundings)
                                          : sleeps(arguments);
        if (const auto *error = std::get_if<BadUse>(&specs))
            return badUse(error->message, name);
        plan.specs = std::get<std::vector<tasks::TaskSpec>>(std::move(specs));
    }
    plan.where = placeOf(arguments, plan.what);
    if (plan.where == Plan::Where::Window && plan.output == Plan::Output::Json)
        return badUse(name == u"demo" ? Tr::tr("--json prints to the terminal: add --headless.")
                                      : Tr::tr("--json prints to the terminal: leave --window out."),
                      name);
    return plan;
}

std::vector<tasks::Command> commandsOf(const Plan &plan)
{
    if (plan.what == Plan::What::Demo)
        return {tasks::StartDemo {}};
    std::vector<tasks::Command> commands;
    for (const tasks::TaskSpec &spec : plan.specs)
        commands.push_back(tasks::Launch {spec});
    return commands;
}

Plan withoutDisplay(Plan plan)
{
    if (plan.where == Plan::Where::Terminal)
        return plan;
    plan.where = Plan::Where::Terminal;
    if (plan.what == Plan::What::Tasks)
        return plan;
    plan.what = Plan::What::Demo;
    if (plan.picture.isEmpty())
        plan.picture = u"coroscope-demo.png"_s;
    return plan;
}

Surroundings Surroundings::ofProcess()
{
    return {
        QDir::currentPath(),
        qgetenv("REDISCLI_AUTH"),
        [](const QString &path) -> std::variant<QString, BadUse> {
            QFile file(path);
            const bool isOpen = path == u"-" ? file.open(stdin, QIODevice::ReadOnly)
                                             : file.open(QIODevice::ReadOnly);
            if (!isOpen)
                return BadUse {Tr::tr("%1 can't be read: %2.").arg(path, file.errorString())};
            return QString::fromUtf8(file.readAll());
        },
    };
}

} // namespace coroscope::app
