// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/tracearguments.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::CommandLine)
};

const QString picture = u"png"_s;

std::optional<BadUse> readExport(const Arguments &arguments, TracePlan &plan)
{
    plan.target = arguments.value(u"output"_s);
    QString format = arguments.value(u"format"_s).toLower();
    if (format.isEmpty()) { // then the file's name says it
        const QString suffix = QFileInfo(plan.target).suffix().toLower();
        format = suffix == picture ? picture : QString();
        for (const QString &name : io::exportFormatNames()) {
            if (suffix == io::exportSuffix(*io::exportFormatFrom(name)))
                format = name;
        }
        if (format.isEmpty())
            return BadUse {Tr::tr("trace export needs --format, one of %1.").arg(exportFormatList())};
    }
    const bool isPicture = format == picture;
    plan.format = io::exportFormatFrom(format);
    if (!plan.format && !isPicture)
        return BadUse {Tr::tr("--format is one of %1, not %2.").arg(exportFormatList(), format)};
    if (plan.target.isEmpty()) {
        const QFileInfo file(plan.file);
        plan.target = file.completeBaseName() + u'.' + (isPicture ? picture : io::exportSuffix(*plan.format));
    }
    if (isPicture && plan.target == u"-")
        return BadUse {Tr::tr("A picture is saved to a file: name it with -o FILE.png.")};
    return {};
}

} // namespace

QString exportFormatList() { return (io::exportFormatNames() << picture).join(u", "_s); }

std::variant<TracePlan, BadUse> readTraceCommand(const Arguments &arguments)
{
    const QStringList verbs {u"info"_s, u"stats"_s, u"export"_s};
    const QString verb = arguments.words.value(0);
    TracePlan plan;
    plan.what = TracePlan::What(verbs.indexOf(verb));
    if (!verbs.contains(verb)) {
        const QString guess = nearest(verb, verbs);
        const QString what = verb.isEmpty() ? Tr::tr("trace needs to know what to do: info, stats or export.")
                                            : Tr::tr("trace does info, stats or export, not %1.").arg(verb);
        return BadUse {guess.isEmpty() ? what : what + u' ' + Tr::tr("Did you mean %1?").arg(guess)};
    }
    if (arguments.words.size() != 2)
        return BadUse {
            arguments.words.size() < 2
                ? Tr::tr("trace %1 needs the file of a recording.").arg(verb)
                : Tr::tr("trace %1 takes one recording, not %2 too.").arg(verb, arguments.words[2])};
    plan.file = arguments.words[1];
    const bool isJson = arguments.has(u"json"_s);
    const bool isCsv = arguments.has(u"csv"_s);
    if (isJson && isCsv)
        return BadUse {Tr::tr("--json and --csv exclude each other.")};
    plan.output = isJson  ? TracePlan::Output::Json
                  : isCsv ? TracePlan::Output::Csv
                          : TracePlan::Output::Plain;
    if (plan.what != TracePlan::What::Export) {
        for (const QString &option : {u"format"_s, u"output"_s}) {
            if (arguments.has(option))
                return BadUse {Tr::tr("--%1 is for trace export.").arg(option)};
        }
        if (plan.what == TracePlan::What::Info && isCsv)
            return BadUse {Tr::tr("--csv is for trace stats.")};
        return plan;
    }
    if (isJson || isCsv)
        return BadUse {Tr::tr("trace export takes --format, one of %1.").arg(exportFormatList())};
    if (auto error = readExport(arguments, plan))
        return *error;
    return plan;
}

} // namespace coroscope::app
