// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/io/exportfixture.h"
#include "tests/support/memory.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;

Q_DECLARE_METATYPE(coroscope::io::ExportFormat)

namespace {
void eachFormat()
{
    QTest::addColumn<ExportFormat>("format");
    for (const QString &name : exportFormatNames())
        QTest::newRow(qPrintable(name)) << *exportFormatFrom(name);
}

/// `slices` slices of a few tasks that wake each other.
void fill(model::Script &script, int slices)
{
    for (std::uint32_t id = 1; id <= 10; ++id)
        script.created(id);
    for (int i = 0; i < slices; ++i) {
        const auto id = std::uint32_t(i % 10 + 1);
        script.after(1us).resumed(id, i < 10 ? trace::Cause::Start : trace::Cause::Task, (i + 9) % 10 + 1);
        script.after(1us).suspended(id, trace::WaitKind::Sleep, 1'000'000);
    }
    script.commit();
}
} // namespace

class ExportersTest : public QObject
{
    Q_OBJECT
private slots:
    void formatsAreKnownByName()
    {
        QCOMPARE(exportFormatNames(), QStringList({"chrome", "perfetto", "csv", "svg"}));
        for (const QString &name : exportFormatNames())
            QCOMPARE(exportFormatName(*exportFormatFrom(name)), name);
        QCOMPARE(exportFormatFrom(u"pdf"), std::nullopt);
        QCOMPARE(exportFormatFrom(u""), std::nullopt);
        QCOMPARE(exportFormatFrom(u"Chrome"), std::nullopt);
        QCOMPARE(exportSuffix(ExportFormat::Perfetto), "pftrace");
    }

    void aFullDiskIsToldWithPathAndAdvice_data() { eachFormat(); }
    void aFullDiskIsToldWithPathAndAdvice()
    {
        QFETCH(ExportFormat, format);
        SampleSession session;
        QFile full("/dev/full");
        QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        const auto error = exportTrace(session.store(), format, full);
        QVERIFY(error);
        QCOMPARE(error->where, "/dev/full");
        QVERIFY2(error->what.contains("No space left"), qPrintable(error->what));
        QVERIFY(!error->advice.isEmpty());
        QVERIFY(error->text().startsWith(error->what + " (/dev/full). "));
    }

    void afterAnErrorNothingMoreIsWritten_data() { eachFormat(); }
    void afterAnErrorNothingMoreIsWritten()
    {
        QFETCH(ExportFormat, format);
        model::Script script;
        fill(script, 20'000);
        CountingDevice device(70'000);
        const auto error = exportTrace(script.store, format, device);
        QVERIFY(error);
        QCOMPARE(error->what, "no room");
        QCOMPARE(error->where, QString());
        QCOMPARE(device.refusals, 1);
    }

    void aDeviceThatTakesLittleAtOnceGetsAll_data() { eachFormat(); }
    void aDeviceThatTakesLittleAtOnceGetsAll()
    {
        QFETCH(ExportFormat, format);
        SampleSession session;
        CountingDevice device(std::numeric_limits<qint64>::max(), 7);
        QVERIFY(!exportTrace(session.store(), format, device, "program"));
        QCOMPARE(device.count, exported(session.store(), format).size());
    }

    void progressGrowsFromNearNothingToTheEnd_data() { eachFormat(); }
    void progressGrowsFromNearNothingToTheEnd()
    {
        QFETCH(ExportFormat, format);
        model::Script script;
        fill(script, 50'000);
        CountingDevice device;
        std::vector<double> parts;
        const auto note = [&parts](double part) {
            parts.push_back(part);
            return true;
        };
        QVERIFY(!exportTrace(script.store, format, device, "program", note));
        QVERIFY(parts.size() >= 4);
        QVERIFY(std::ranges::is_sorted(parts));
        QVERIFY2(parts.front() < 0.2, QByteArray::number(parts.front()));
        QVERIFY2(parts.back() > 0.7 && parts.back() <= 1, QByteArray::number(parts.back()));
    }

    void aCancelledExportEndsSoonAndSaysSo_data() { eachFormat(); }
    void aCancelledExportEndsSoonAndSaysSo()
    {
        QFETCH(ExportFormat, format);
        model::Script script;
        fill(script, 50'000);
        CountingDevice device;
        int asked = 0;
        const auto error = exportTrace(script.store, format, device, "program",
                                       [&asked](double) { return ++asked < 2; });
        QVERIFY(error && error->isCancelled);
        QCOMPARE(asked, 2);
    }

    void aFileIsThereOnlyIfItIsWhole()
    {
        QTemporaryDir folder;
        const QString name = folder.filePath("run.csv");
        const auto files = [&folder] { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); };
        SampleSession session;
        const auto error = exportToFile(session.store(), ExportFormat::Csv, name, "program",
                                        [](double) { return false; });
        QVERIFY(error && error->isCancelled);
        QCOMPARE(files(), QStringList());

        QCOMPARE(exportToFile(session.store(), ExportFormat::Csv, name, "program"), std::nullopt);
        QCOMPARE(files(), QStringList("run.csv"));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), exported(session.store(), ExportFormat::Csv));

        // And an old one stays until then.
        QVERIFY(
            exportToFile(session.store(), ExportFormat::Svg, name, "program", [](double) { return false; }));
        QCOMPARE(files(), QStringList("run.csv"));
        file.seek(0);
        QVERIFY(file.readAll().startsWith("task,name"));
    }

    void aLongSessionIsStreamed_data() { eachFormat(); }
    void aLongSessionIsStreamed()
    {
        QFETCH(ExportFormat, format);
        model::Script script;
        fill(script, 50'000);
        CountingDevice device;
        const qint64 before = test::processMemory("VmRSS:");
        QVERIFY(!exportTrace(script.store, format, device));
        const qint64 grown = test::processMemory("VmRSS:") - before;
        QVERIFY2(device.largest <= 64 * 1024, QByteArray::number(device.largest));
        if (format != ExportFormat::Svg)
            QVERIFY2(device.count > 3'000'000, QByteArray::number(device.count));
        QVERIFY2(grown < 4'000'000 + test::sanitizersMemory, QByteArray::number(grown));
    }

    void anEmptySessionIsWrittenInEveryFormat_data() { eachFormat(); }
    void anEmptySessionIsWrittenInEveryFormat()
    {
        QFETCH(ExportFormat, format);
        const model::TraceStore store;
        QVERIFY(exported(store, format).size() > 0);
        QVERIFY(!exported(store, format).startsWith("error"));
    }

    void creatorsInACircleHaveALaneEach()
    {
        model::Script script;
        script.firstSeen(1, 2).firstSeen(2, 1).firstSeen(3, 3);
        script.after(1ms).resumed(1).after(1ms).finished(1).commit();
        const QByteArray csv = exported(script.store, ExportFormat::Csv);
        QCOMPARE(csv.count('\n'), 2);
        QCOMPARE(exported(script.store, ExportFormat::Chrome).count("thread_name"), 4);
    }
};

QTEST_GUILESS_MAIN(ExportersTest)
#include "tst_exporters.moc"
