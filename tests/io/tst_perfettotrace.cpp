// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/perfettomessage.h"
#include "tests/io/exportfixture.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;

namespace {
/// What protoc, with the public schema, makes of a trace: its text form, a field a line. Starts with "error"
/// if it can't read it. A field that the schema doesn't have shows as a number.
QString decoded(const QByteArray &bytes, const QString &message = QStringLiteral("Trace"))
{
    const QString protoc = QStandardPaths::findExecutable(QStringLiteral("protoc"));
    if (protoc.isEmpty())
        return QStringLiteral("error: protoc (package protobuf-compiler) is not installed");
    QProcess process;
    const QString folder = QStringLiteral(COROSCOPE_TEST_SOURCE);
    process.start(protoc, {QStringLiteral("--decode=perfetto.protos.") + message,
                           QStringLiteral("-I") + folder, folder + QStringLiteral("/perfettotrace.proto")});
    process.write(bytes);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return QStringLiteral("error: ") + QString::fromUtf8(process.readAllStandardError());
    return QString::fromUtf8(process.readAllStandardOutput());
}

struct Packet
{
    QStringList lines; ///< "track_event.name: \"child\""

    QStringList values(const QString &path) const
    {
        QStringList found;
        for (const QString &line : lines) {
            if (line.startsWith(path + QStringLiteral(": ")))
                found << line.mid(path.size() + 2);
        }
        return found;
    }
    QString value(const QString &path) const { return values(path).join(u','); }
    /// Of the annotation `name`.
    QString note(const QString &name) const
    {
        const QString path = QStringLiteral("track_event.debug_annotations.");
        const qsizetype at = lines.indexOf(path + QStringLiteral("name: \"%1\"").arg(name));
        // protoc prints fields by number, so the value stands before the name.
        return at > 0 ? lines[at - 1].section(QStringLiteral(": "), 1) : QString();
    }
};

std::vector<Packet> packetsOf(const QString &text)
{
    std::vector<Packet> packets;
    QStringList path;
    for (const QString &raw : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QString line = raw.trimmed();
        if (line == u"packet {") {
            packets.emplace_back();
        } else if (line.endsWith(u'{')) {
            path << line.chopped(2);
        } else if (line == u"}") {
            if (!path.isEmpty())
                path.removeLast();
        } else {
            packets.back().lines << (path + QStringList(line)).join(u'.');
        }
    }
    return packets;
}
} // namespace

class PerfettoTraceTest : public QObject
{
    Q_OBJECT
private slots:
    void init() { QVERIFY2(!decoded({}).startsWith("error"), qPrintable(decoded({}))); }

    void protocReadsEveryFieldByItsPublicName()
    {
        SampleSession session;
        session.prints(session.child, 9500us, "hello");
        const QString text = decoded(exported(session.store(), ExportFormat::Perfetto));
        QVERIFY2(!text.startsWith("error"), qPrintable(text));
        const QRegularExpression unknown("^\\s*\\d+(:| \\{)", QRegularExpression::MultilineOption);
        QVERIFY2(!unknown.match(text).hasMatch(), qPrintable(text));
    }

    void tracksAreNamedAndStandInTheOrderOfTheLanes()
    {
        SampleSession session;
        const auto packets = packetsOf(decoded(exported(session.store(), ExportFormat::Perfetto)));
        QCOMPARE(packets[0].value("sequence_flags"), "1");
        QCOMPARE(packets[0].value("track_descriptor.name"), "\"program\"");
        QCOMPARE(packets[0].value("track_descriptor.child_ordering"), "EXPLICIT");
        QStringList tracks;
        for (const Packet &packet : packets) {
            QCOMPARE(packet.value("trusted_packet_sequence_id"), "1");
            if (packet.value("track_descriptor.parent_uuid") == "1")
                tracks << packet.value("track_descriptor.sibling_order_rank") + ' '
                              + packet.value("track_descriptor.name") + ' '
                              + packet.value("track_descriptor.uuid") + ' '
                              + packet.value("track_descriptor.sibling_merge_behavior");
        }
        QCOMPARE(tracks, QStringList({"1 \"loop\" 2 SIBLING_MERGE_BEHAVIOR_NONE",
                                      "2 \"worker 1\" 3 SIBLING_MERGE_BEHAVIOR_NONE",
                                      "3 \"parent\" 4 SIBLING_MERGE_BEHAVIOR_NONE",
                                      "4 \"child\" 5 SIBLING_MERGE_BEHAVIOR_NONE",
                                      "5 \"waiter\" 6 SIBLING_MERGE_BEHAVIOR_NONE"}));
    }

    void slicesAndWaitsBeginAndEndOnTheirTracks()
    {
        SampleSession session;
        const auto packets = packetsOf(decoded(exported(session.store(), ExportFormat::Perfetto)));
        QStringList child;
        for (const Packet &packet : packets) {
            if (packet.value("track_event.track_uuid") == "5")
                child << packet.value("timestamp") + ' ' + packet.value("track_event.type") + ' '
                             + packet.value("track_event.name") + ' '
                             + packet.value("track_event.categories");
        }
        QCOMPARE(child,
                 QStringList({"6999999 TYPE_INSTANT \"wakes parent\" \"wake\"",
                              "500000 TYPE_SLICE_BEGIN \"ready\" \"ready\"", "2000000 TYPE_SLICE_END  ",
                              "2000000 TYPE_SLICE_BEGIN \"child\" \"download\"", "3000000 TYPE_SLICE_END  ",
                              "3000000 TYPE_SLICE_BEGIN \"reply http://h/a\" \"wait\"",
                              "5000000 TYPE_SLICE_END  ", "5000000 TYPE_SLICE_BEGIN \"ready\" \"ready\"",
                              "6000000 TYPE_SLICE_END  ", "6000000 TYPE_SLICE_BEGIN \"child\" \"download\"",
                              "7000000 TYPE_SLICE_END  "}));
    }

    void aFlowLeadsFromTheWakingInstantToTheResumption()
    {
        SampleSession session;
        const auto packets = packetsOf(decoded(exported(session.store(), ExportFormat::Perfetto)));
        QStringList flows;
        for (const Packet &packet : packets) {
            const QString track = packet.value("track_event.track_uuid") + " at " + packet.value("timestamp");
            if (const QString id = packet.value("track_event.flow_ids"); !id.isEmpty())
                flows << id + " from " + track;
            if (const QString id = packet.value("track_event.terminating_flow_ids"); !id.isEmpty())
                flows << id + " to " + track;
        }
        QCOMPARE(flows, QStringList({"1 from 5 at 6999999", "1 to 4 at 7000000", "2 from 4 at 500000",
                                     "2 to 5 at 2000000"}));
    }

    void slicesCarryCauseWaitSiteAndResult()
    {
        SampleSession session;
        const auto packets = packetsOf(decoded(exported(session.store(), ExportFormat::Perfetto)));
        std::vector<Packet> slices;
        std::ranges::copy_if(packets, std::back_inserter(slices), [](const Packet &packet) {
            return packet.value("track_event.name") == "\"child\"";
        });
        QCOMPARE(slices.size(), 2u);
        QCOMPARE(slices[0].note("cause"), "\"start\"");
        QCOMPARE(slices[0].note("wait"), "\"reply http://h/a\"");
        QCOMPARE(slices[0].note("site"), "\"src/a.cpp:42\"");
        QCOMPARE(slices[0].note("task"), QString::number(session.child.value));
        QCOMPARE(slices[1].note("cause"), "\"reply\"");
        QCOMPARE(slices[1].note("outcome"), "\"done\"");
        QCOMPARE(slices[1].note("result"), "\"42 bytes\"");
    }

    void anOpenSliceHasNoEnd()
    {
        SampleSession session;
        const auto packets = packetsOf(decoded(exported(session.store(), ExportFormat::Perfetto)));
        QCOMPARE(packets.back().value("track_event.name"), "\"waiter\"");
        QCOMPARE(packets.back().value("track_event.type"), "TYPE_SLICE_BEGIN");
        QCOMPARE(packets.back().note("unfinished"), "true");
    }

    void printedLinesAreInstants()
    {
        SampleSession session;
        session.prints(session.child, 9500us, "hello");
        const auto packets = packetsOf(decoded(exported(session.store(), ExportFormat::Perfetto)));
        QCOMPARE(packets.back().value("track_event.type"), "TYPE_INSTANT");
        QCOMPARE(packets.back().value("track_event.name"), "\"hello\"");
        QCOMPARE(packets.back().value("track_event.track_uuid"), "5");
        QCOMPARE(packets.back().value("timestamp"), "9500000");
    }

    void anyNameIsValidUtf8()
    {
        StoreFixture fixture;
        const TaskId task = fixture.spawn(QString("下载 \"x\"\n") + QChar(0xD800) + "!", {}, 0ms);
        fixture.slice(task, 1ms, 2ms, fixture.sleeps(1s));
        fixture.play(3ms);
        const QByteArray bytes = exported(fixture.store(), ExportFormat::Perfetto);
        QVERIFY(bytes.contains(QByteArray("下载 \"x\"\n?!")));
        QVERIFY(!decoded(bytes).startsWith("error"));
    }

    void anEmptySessionIsATraceWithOneTrack()
    {
        const model::TraceStore store;
        QCOMPARE(packetsOf(decoded(exported(store, ExportFormat::Perfetto))).size(), 1u);
    }

    void aMessageOfAnyLengthKeepsIt_data()
    {
        QTest::addColumn<int>("length");
        QTest::newRow("none") << 0;
        QTest::newRow("one byte of length") << 127;
        QTest::newRow("two bytes of length") << 128;
        QTest::newRow("three bytes of length") << 16'384;
        QTest::newRow("four bytes of length") << 2'097'152;
    }
    void aMessageOfAnyLengthKeepsIt()
    {
        QFETCH(int, length);
        ProtoWriter writer;
        writer.begin(1); // packet
        writer.begin(11); // track_event
        writer.addText(23, QString(length, u'x'));
        writer.addFixed64(47, 0x0123456789abcdef);
        writer.end();
        writer.addNumber(8, ~0ull);
        writer.end();
        const auto packets = packetsOf(decoded(writer.bytes()));
        QCOMPARE(packets.size(), 1u);
        QCOMPARE(packets[0].value("track_event.name").size(), length + 2);
        QCOMPARE(packets[0].value("track_event.flow_ids"), "81985529216486895");
        QCOMPARE(packets[0].value("timestamp"), "18446744073709551615");
    }
};

QTEST_GUILESS_MAIN(PerfettoTraceTest)
#include "tst_perfettotrace.moc"
