// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exporttable.h"
#include "core/io/statisticstable.h"
#include "tests/io/exportfixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;

class StatisticsTableTest : public QObject
{
    Q_OBJECT
private slots:
    void theTextIsTwoAlignedTables()
    {
        StoreFixture fixture;
        const TaskId task = fixture.spawn("下载 a.bin", "download", 1ms);
        fixture.slice(task, 3ms, 4ms, fixture.sleeps(4ms));
        fixture.ready(task, 8ms, trace::Cause::Timer);
        fixture.end(task, 11ms, 13ms, trace::Outcome::Done, {}, trace::Cause::Timer);
        fixture.play(20ms);
        QCOMPARE(statisticsText(statisticsOf(fixture.store())),
                 QString(
                     "function    kind      tasks  slices  busy  waiting  ready   p50   p90   p99  longest  "
                     "causes\n"
                     "下载 a.bin  download      1       2  3 ms     4 ms   5 ms  1 ms  2 ms  2 ms     2 ms  "
                     "start 1, timer 1\n"
                     "\n"
                     "task        kind      state  slices  busy  waiting  ready   p50   p90   p99  longest  "
                     "causes\n"
                     "下载 a.bin  download  done        2  3 ms     4 ms   5 ms  1 ms  2 ms  2 ms     2 ms  "
                     "start 1, timer 1\n"));
    }

    void aNameCannotControlTheTerminal()
    {
        ExportTable table;
        table.addColumn("name");
        table.addRow({QString("\033[31mred\n\u202e") + "end"});
        QCOMPARE(table.text(), "name\n?[31mred??end\n");
    }

    void widthsAreCountedInColumnsOfATerminal()
    {
        QCOMPARE(terminalWidth(u"abc"), 3);
        QCOMPARE(terminalWidth(u"下载"), 4);
        QCOMPARE(terminalWidth(u"e\u0301"), 1);
        QCOMPARE(terminalWidth(u"🦊"), 2);
    }

    void jsonIsAnObjectALine()
    {
        SampleSession session;
        const QByteArray json = statisticsJson(statisticsOf(session.store()));
        QList<QJsonObject> rows;
        for (const QByteArray &line : json.trimmed().split('\n')) {
            const QJsonDocument document = QJsonDocument::fromJson(line);
            QVERIFY2(document.isObject(), line);
            rows << document.object();
        }
        QCOMPARE(rows.size(), 3 + 5);
        const QJsonObject function = rows[0];
        QCOMPARE(function["scope"].toString(), "function");
        QVERIFY(!function.contains("task") && !function.contains("state"));
        const auto row = std::ranges::find_if(rows, [&](const QJsonObject &object) {
            return object["task"].toInt() == int(session.child.value);
        });
        QVERIFY(row != rows.end());
        const QJsonObject expected {{"scope", "task"},
                                    {"task", 4},
                                    {"name", "child"},
                                    {"kind", "download"},
                                    {"state", "done"},
                                    {"tasks", 1},
                                    {"count", 2},
                                    {"busy_ns", 2'000'000},
                                    {"wait_ns", 2'000'000},
                                    {"ready_ns", 2'500'000},
                                    {"p50_ns", 1'000'000},
                                    {"p90_ns", 1'000'000},
                                    {"p99_ns", 1'000'000},
                                    {"max_ns", 1'000'000},
                                    {"causes", QJsonObject {{"start", 1}, {"reply", 1}}}};
        QCOMPARE(*row, expected);
    }

    void csvHasARecordARow()
    {
        SampleSession session;
        const QList<QByteArray> lines = statisticsCsv(statisticsOf(session.store())).split('\n');
        QCOMPARE(lines.size(), 1 + 3 + 5 + 1);
        QCOMPARE(lines[0],
                 QByteArray("scope,task,name,kind,state,site,tasks,count,busy_ns,wait_ns,ready_ns,p50_ns,"
                            "p90_ns,p99_ns,max_ns,causes\r"));
        QVERIFY(
            lines.contains("task,4,child,download,done,,1,2,2000000,2000000,2500000,1000000,1000000,1000000,"
                           "1000000,start=1 reply=1\r"));
    }

    void withoutTasksOnlyTitlesAreLeft()
    {
        const model::TraceStore store;
        QCOMPARE(statisticsText(statisticsOf(store)).count('\n'), 3);
        QCOMPARE(statisticsJson(statisticsOf(store)), QByteArray());
        QCOMPARE(statisticsCsv(statisticsOf(store)).count('\n'), 1);
    }
};

QTEST_GUILESS_MAIN(StatisticsTableTest)
#include "tst_statisticstable.moc"
