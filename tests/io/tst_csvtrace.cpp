// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/csvrow.h"
#include "tests/io/exportfixture.h"

#include <QTest>

using namespace coroscope;
using namespace coroscope::io;

namespace {
/// A reader after RFC 4180, independent of the writer.
std::vector<QStringList> parsed(const QByteArray &bytes)
{
    std::vector<QStringList> records;
    QStringList record;
    QString field;
    bool quoted = false;
    const QString text = QString::fromUtf8(bytes);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c != u'"')
                field += c;
            else if (i + 1 < text.size() && text[i + 1] == u'"')
                field += text[++i];
            else
                quoted = false;
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',') {
            record << std::exchange(field, {});
        } else if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n') {
            ++i;
            record << std::exchange(field, {});
            records.push_back(std::exchange(record, {}));
        } else {
            field += c;
        }
    }
    return records;
}
} // namespace

class CsvTraceTest : public QObject
{
    Q_OBJECT
private slots:
    void eachSliceIsARecordInTheOrderOfTheLanes()
    {
        SampleSession session;
        const QByteArray csv = exported(session.store(), ExportFormat::Csv);
        QCOMPARE(csv,
                 QByteArray("task,name,kind,thread,begin_ns,end_ns,cause,causer,wait,wait_text,site,ready_ns,"
                            "outcome\r\n"
                            "1,loop,loop,thread 1,0,9000000,,,,,,,\r\n"
                            "2,worker 1,worker,thread 2,1000000,2000000,job,,idle,a job,,,\r\n"
                            "3,parent,group,thread 1,200000,1000000,start,,join,task child,,,\r\n"
                            "3,parent,group,thread 1,7000000,8000000,task,4,,,,,failed\r\n"
                            "4,child,download,thread 1,2000000,3000000,start,,reply,reply http://h/a,"
                            "src/a.cpp:42,5000000,\r\n"
                            "4,child,download,thread 1,6000000,7000000,reply,,,,,,done\r\n"
                            "5,waiter,task,thread 1,9000000,10000000,start,,,,,,running\r\n"));
    }

    void anyTextIsOneField_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("comma") << "a,b";
        QTest::newRow("quote") << R"(say "hi")";
        QTest::newRow("only a quote") << "\"";
        QTest::newRow("line's end") << "a\r\nb";
        QTest::newRow("line feed") << "a\nb";
        QTest::newRow("Chinese") << "下载，文件";
        QTest::newRow("empty") << "";
        QTest::newRow("spaces") << "  a ";
    }
    void anyTextIsOneField()
    {
        QFETCH(QString, text);
        CsvRow row;
        row.add(text);
        row.add(7);
        row.skip();
        row.add(text);
        const auto records = parsed(row.end());
        QCOMPARE(records.size(), 1u);
        QCOMPARE(records[0], QStringList({text, "7", "", text}));
    }

    void namesWithCommasAndQuotesComeBack()
    {
        StoreFixture fixture;
        const TaskId task = fixture.spawn("a \"b\", c\nd", {}, 0ms);
        fixture.slice(task, 1ms, 2ms, fixture.sleeps(1s));
        fixture.play(3ms);
        const auto records = parsed(exported(fixture.store(), ExportFormat::Csv));
        QCOMPARE(records.size(), 2u);
        QCOMPARE(records[0].size(), records[1].size());
        QCOMPARE(records[1][1], "a \"b\", c\nd");
        QCOMPARE(records[1][9], "timer 1 s");
    }

    void anEmptySessionIsTheHeaderAlone()
    {
        const model::TraceStore store;
        QCOMPARE(parsed(exported(store, ExportFormat::Csv)).size(), 1u);
    }
};

QTEST_GUILESS_MAIN(CsvTraceTest)
#include "tst_csvtrace.moc"
