// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/tracecommand.h"

#include "app/interrupt.h"
#include "app/progressline.h"
#include "app/terminaltext.h"
#include "core/io/exporters.h"
#include "core/io/readtrace.h"
#include "core/io/statisticstable.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::TraceCommand)
};

constexpr int unreadable = 2;
constexpr int unwritable = 1;

struct Recorded
{
    model::TraceStore store;
    io::ReadReport report;
    qint64 fileSize = 0;
};

double seconds(model::Time time) { return std::chrono::duration<double>(time).count(); }

QDateTime startOf(const io::Facts &facts)
{
    const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(facts.startedAt);
    return QDateTime::fromMSecsSinceEpoch(at.count(), QTimeZone::utc());
}

std::uint32_t taskCount(const model::StoreFigures &figures)
{
    std::uint32_t count = 0;
    for (const std::uint32_t ofState : figures.tasksByState)
        count += ofState;
    return count;
}

QByteArray infoJson(const Recorded &recorded)
{
    const io::Facts &facts = recorded.report.facts;
    const model::StoreFigures figures = recorded.store.figures();
    const QJsonObject object {{u"program"_s, facts.program},
                              {u"pid"_s, qint64(facts.processId)},
                              {u"started"_s, startOf(facts).toString(Qt::ISODateWithMs)},
                              {u"writer"_s, facts.writer},
                              {u"qt"_s, facts.qtVersion},
                              {u"system"_s, facts.system},
                              {u"compiler"_s, facts.compiler},
                              {u"loop"_s, facts.loop},
                              {u"seconds"_s, seconds(recorded.store.now())},
                              {u"events"_s, qint64(recorded.report.events)},
                              {u"lost"_s, qint64(figures.lost + figures.lostTexts)},
                              {u"unknown"_s, qint64(recorded.report.unknownEvents)},
                              {u"tasks"_s, qint64(taskCount(figures))},
                              {u"bytes"_s, recorded.fileSize},
                              {u"complete"_s, !recorded.report.fault},
                              {u"fault"_s, recorded.report.fault.value_or(QString())}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QString infoText(const Recorded &recorded)
{
    const io::Facts &facts = recorded.report.facts;
    const model::StoreFigures figures = recorded.store.figures();
    const QLocale locale = QLocale::c();
    QString text;
    const auto line = [&text](const QString &what, const QString &value) {
        if (!value.isEmpty())
            text += what.leftJustified(12) + value + u'\n';
    };
    line(Tr::tr("program"), Tr::tr("%1, process %2").arg(facts.program).arg(facts.processId));
    line(Tr::tr("started"), startOf(facts).toString(u"yyyy-MM-dd HH:mm:ss.zzz 'UTC'"_s));
    line(Tr::tr("recorded by"), facts.writer);
    line(Tr::tr("built with"), QStringList {facts.compiler, u"Qt "_s + facts.qtVersion}.join(u", "_s));
    line(Tr::tr("system"), facts.system);
    line(Tr::tr("loop"), facts.loop);
    line(Tr::tr("length"), Tr::tr("%1 s").arg(seconds(recorded.store.now()), 0, 'f', 3));
    const std::uint64_t lost = figures.lost + figures.lostTexts;
    line(Tr::tr("events"),
         lost > 0
             ? Tr::tr("%1, and %2 lost").arg(locale.toString(recorded.report.events), locale.toString(lost))
             : locale.toString(recorded.report.events));
    line(Tr::tr("tasks"), locale.toString(taskCount(figures)));
    line(Tr::tr("file"),
         Tr::tr("%1 bytes, %2 an event")
             .arg(locale.toString(recorded.fileSize))
             .arg(double(recorded.fileSize) / double(std::max<std::uint64_t>(recorded.report.events, 1)), 0,
                  'f', 1));
    return text;
}

int print(const QByteArray &bytes)
{
    if (std::fwrite(bytes.data(), 1, std::size_t(bytes.size()), stdout) == std::size_t(bytes.size())
        && std::fflush(stdout) == 0)
        return 0;
    complain(Tr::tr("Standard output can't be written: %1.").arg(qt_error_string()));
    return unwritable;
}

/// Reading and writing are told on a terminal, and end where they are at Ctrl+C.
class Doing
{
public:
    /// `what` has a place for "35 %".
    io::Progress progress(const QString &what)
    {
        return [this, what](double part) {
            m_line.show([&](int columns) {
                return cutToColumns(what.arg(QStringLiteral("%1 %").arg(int(part * 100))), columns);
            });
            return !isCancelled();
        };
    }
    bool isCancelled() const { return m_interrupt.isSet(); }
    void clear() { m_line.clear(); }

private:
    InterruptFlag m_interrupt;
    ProgressLine m_line;
};

int cancelled(Doing &doing, const QString &message)
{
    doing.clear();
    complain(message);
    return Interrupt::exitCode;
}

std::optional<io::ExportError> writeTo(const TracePlan &plan, const Recorded &recorded,
                                       const io::Progress &progress)
{
    const QString &program = recorded.report.facts.program;
    if (plan.target != u"-")
        return io::exportToFile(recorded.store, *plan.format, plan.target, program, progress);
    QFile out;
    if (!out.open(stdout, QIODevice::WriteOnly))
        return io::ExportError {.what = out.errorString(), .where = {}, .advice = {}};
    return io::exportTrace(recorded.store, *plan.format, out, program, progress);
}

int exportAs(const TracePlan &plan, const Recorded &recorded, Doing &doing)
{
    const bool isFile = plan.target != u"-";
    const auto error = writeTo(plan, recorded,
                               doing.progress(Tr::tr("Exporting to %1: %2").arg(plan.target, u"%1"_s)));
    if (error && error->isCancelled)
        return cancelled(doing, isFile ? Tr::tr("Cancelled: %1 is not written.").arg(plan.target)
                                       : Tr::tr("Cancelled: what was written is not whole."));
    doing.clear();
    if (error) {
        complain(isFile ? Tr::tr("Nothing was exported: %1").arg(error->text()) : error->text());
        return unwritable;
    }
    if (isFile)
        std::fprintf(stderr, "%s\n", qUtf8Printable(Tr::tr("Exported to %1.").arg(plan.target)));
    return 0;
}

} // namespace

int runTrace(const TracePlan &plan)
{
    QFile file(plan.file);
    if (!file.open(QIODevice::ReadOnly)) {
        complain(Tr::tr("%1 can't be read: %2.").arg(plan.file, file.errorString()));
        return unreadable;
    }
    Doing doing;
    Recorded recorded;
    recorded.fileSize = file.size();
    auto read = io::readTrace(file, recorded.store, io::memoryLimit(),
                              doing.progress(Tr::tr("Reading %1: %2").arg(plan.file, u"%1"_s)));
    if (doing.isCancelled())
        return cancelled(doing, Tr::tr("Cancelled."));
    doing.clear();
    if (const auto *why = std::get_if<QString>(&read)) {
        complain(Tr::tr("%1 can't be opened. %2").arg(plan.file, *why));
        return unreadable;
    }
    recorded.report = std::get<io::ReadReport>(std::move(read));
    if (recorded.report.fault)
        complain(*recorded.report.fault);
    using Output = TracePlan::Output;
    if (plan.what == TracePlan::What::Info)
        return print(plan.output == Output::Json ? infoJson(recorded) : infoText(recorded).toUtf8());
    if (plan.what == TracePlan::What::Export)
        return exportAs(plan, recorded, doing);
    const io::TraceStatistics statistics = io::statisticsOf(recorded.store);
    switch (plan.output) {
    case Output::Json:
        return print(io::statisticsJson(statistics));
    case Output::Csv:
        return print(io::statisticsCsv(statistics));
    case Output::Plain:
        break;
    }
    return print(io::statisticsText(statistics).toUtf8());
}

} // namespace coroscope::app
