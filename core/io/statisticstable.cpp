// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/statisticstable.h"

#include "core/io/csvrow.h"
#include "core/io/exportjson.h"
#include "core/io/exporttable.h"
#include "core/io/exportwords.h"
#include "core/model/words.h"

#include <QCoreApplication>

namespace coroscope::io {

using namespace Qt::StringLiterals;
using model::words::duration;

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::io::StatisticsTable)
};

/// "timer=3 reply=1", "timer 3, reply 1"
QString causesText(const StatisticsRow &row, QLatin1StringView equals, const QString &separator)
{
    QStringList causes;
    for (std::size_t i = 0; i < row.wakes.size(); ++i) {
        if (row.wakes[i] > 0 && i > 0)
            causes << causeWord(trace::Cause(i)) + equals + QString::number(row.wakes[i]);
    }
    return causes.join(separator);
}

QStringList cells(const StatisticsRow &row)
{
    return {QString::number(row.count), duration(row.busy), duration(row.wait), duration(row.ready),
            duration(row.p50),          duration(row.p90),  duration(row.p99),  duration(row.longest)};
}

void setColumns(ExportTable &table, const QString &what, const QString &second)
{
    table.addColumn(what);
    table.addColumn(Words::tr("kind"));
    if (second.isEmpty())
        table.addColumn(Words::tr("state"));
    else
        table.addNumberColumn(second);
    for (const QString &title : {Words::tr("slices"), Words::tr("busy"), Words::tr("waiting"),
                                 Words::tr("ready"), u"p50"_s, u"p90"_s, u"p99"_s, Words::tr("longest")})
        table.addNumberColumn(title);
    table.addColumn(Words::tr("causes"));
}

void addRow(ExportTable &table, const StatisticsRow &row)
{
    QStringList line {row.name, row.kind, row.task ? row.state : QString::number(row.tasks)};
    line += cells(row);
    line << causesText(row, QLatin1StringView(" "), u", "_s);
    table.addRow(line);
}

void appendJson(QByteArray &out, const StatisticsRow &row)
{
    {
        JsonObject object(out);
        const auto add = [&](const char *key, model::Time time) {
            object.addRaw(key, QByteArray::number(qint64(time.count())));
        };
        object.add("scope", row.task ? u"task" : u"function");
        if (row.task)
            object.add("task", std::uint64_t(row.task.value));
        object.add("name", row.name);
        object.add("kind", row.kind);
        if (!row.state.isEmpty())
            object.add("state", row.state);
        if (!row.site.isEmpty())
            object.add("site", row.site);
        object.add("tasks", row.tasks);
        object.add("count", row.count);
        add("busy_ns", row.busy);
        add("wait_ns", row.wait);
        add("ready_ns", row.ready);
        add("p50_ns", row.p50);
        add("p90_ns", row.p90);
        add("p99_ns", row.p99);
        add("max_ns", row.longest);
        JsonObject causes(object.open("causes"));
        for (std::size_t i = 1; i < row.wakes.size(); ++i) {
            if (row.wakes[i] > 0)
                causes.add(causeWord(trace::Cause(i)).toLatin1().constData(), row.wakes[i]);
        }
    }
    out += '\n';
}

QByteArray csvRecord(CsvRow &record, const StatisticsRow &row)
{
    record.add(row.task ? u"task" : u"function");
    if (row.task)
        record.add(std::int64_t(row.task.value));
    else
        record.skip();
    for (const QString &text : {row.name, row.kind, row.state, row.site})
        record.add(text);
    record.add(std::int64_t(row.tasks));
    record.add(std::int64_t(row.count));
    for (const model::Time time : {row.busy, row.wait, row.ready, row.p50, row.p90, row.p99, row.longest})
        record.add(time.count());
    record.add(causesText(row, QLatin1StringView("="), u" "_s));
    return record.end();
}
} // namespace

QString statisticsText(const TraceStatistics &statistics)
{
    ExportTable functions;
    setColumns(functions, Words::tr("function"), Words::tr("tasks"));
    for (const StatisticsRow &row : statistics.functions)
        addRow(functions, row);
    ExportTable tasks;
    setColumns(tasks, Words::tr("task"), {});
    for (const StatisticsRow &row : statistics.tasks)
        addRow(tasks, row);
    return functions.text() + u'\n' + tasks.text();
}

QByteArray statisticsJson(const TraceStatistics &statistics)
{
    QByteArray out;
    for (const auto *rows : {&statistics.functions, &statistics.tasks}) {
        for (const StatisticsRow &row : *rows)
            appendJson(out, row);
    }
    return out;
}

QByteArray statisticsCsv(const TraceStatistics &statistics)
{
    QByteArray out =
        "scope,task,name,kind,state,site,tasks,count,busy_ns,wait_ns,ready_ns,p50_ns,p90_ns,p99_ns,"
        "max_ns,causes\r\n";
    CsvRow record;
    for (const auto *rows : {&statistics.functions, &statistics.tasks}) {
        for (const StatisticsRow &row : *rows)
            out += csvRecord(record, row);
    }
    return out;
}

} // namespace coroscope::io
