// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/chunk.h"
#include "core/io/stepcolumn.h"
#include "eventlist.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;
using namespace Qt::StringLiterals;

/// A recording holds what was written, and tells what it doesn't hold.
class TraceFormatTest : public QObject
{
    Q_OBJECT

    /// A recording as another program, or a later version, might write it: any schemas, any content.
    static QByteArray recording(const QCborArray &schemas, const QByteArray &events)
    {
        return fileHeader() + makeChunk(ChunkType::Facts, writeFacts({}))
               + makeChunk(ChunkType::Schemas, QCborValue(schemas).toCbor())
               + makeChunk(ChunkType::Events, events) + makeChunk(ChunkType::End, {});
    }
    static QCborMap field(const char *name, const char *encoding)
    {
        return {{u"name"_s, QString::fromLatin1(name)}, {u"encoding"_s, QString::fromLatin1(encoding)}};
    }
    static QCborMap schema(int number, const char *name, const QCborArray &fields)
    {
        return {{u"number"_s, number}, {u"name"_s, QString::fromLatin1(name)}, {u"fields"_s, fields}};
    }

private slots:
    void numbersThatDontFitAreNone()
    {
        for (const QCborValue &number :
             {QCborValue(1.3e19), QCborValue(-1e300), QCborValue(qQNaN()), QCborValue(QStringLiteral("7"))}) {
            const QCborMap map {{QStringLiteral("program"), QStringLiteral("p")},
                                {QStringLiteral("processId"), number},
                                {QStringLiteral("startedAt"), number}};
            const auto facts = io::readFacts(map.toCborValue().toCbor());
            QVERIFY(facts);
            QCOMPARE(facts->program, QStringLiteral("p"));
            QCOMPARE(facts->processId, 0);
            QCOMPARE(facts->startedAt.count(), 0);
        }
    }
    void stepsComeBack()
    {
        std::mt19937_64 random(1);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::int64_t> steps {0, 1, -1, std::numeric_limits<std::int64_t>::min(),
                                             std::numeric_limits<std::int64_t>::max()};
            for (std::uint64_t i = random() % 200; i > 0; --i)
                steps.push_back(std::int64_t(random() >> (random() % 64)) * (random() % 2 ? 1 : -1));
            std::ranges::shuffle(steps, random);
            StepWriter writer;
            for (const std::int64_t step : steps)
                writer.put(step);
            std::string column;
            writer.take(column, [] { });
            ByteReader bytes(column);
            const std::string_view content = bytes.block();
            QVERIFY(bytes.isAtEnd());
            StepReader reader(content);
            for (const std::int64_t step : steps)
                QCOMPARE(reader.next(), step);
            QVERIFY(reader.isAtEnd());
            QVERIFY(!reader.hasFailed());
            QCOMPARE(reader.next(), 0);
            QVERIFY(reader.hasFailed());
            StepReader cut(content.substr(0, content.size() - 1)); // the last bits aren't there
            for (std::size_t i = 0; i < steps.size(); ++i)
                cut.next();
            QVERIFY(cut.hasFailed());
        }
    }
    void aLengthThatNoNumberHasIsNone()
    {
        StepReader reader(std::string_view("\x01\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11));
        QCOMPARE(reader.next(), 0);
        QVERIFY(reader.hasFailed());
    }

    void aFileOfTheFirstVersionIsRead()
    {
        QFile file(QStringLiteral(DATA_FOLDER "/version1.coro"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Reading read(file.readAll());
        QCOMPARE(read.refused, std::nullopt);
        QCOMPARE(read.fault, std::nullopt);
        QCOMPARE(read.unknown, 0u);
        QFile lines(QStringLiteral(DATA_FOLDER "/version1.txt"));
        QVERIFY(lines.open(QIODevice::ReadOnly));
        QCOMPARE(read.list.lines.join(u'\n') + u'\n', QString::fromUtf8(lines.readAll()));
    }

    void everythingComesBack_data()
    {
        QTest::addColumn<int>("events");
        QTest::addColumn<int>("flushEvery");
        QTest::newRow("nothing") << 0 << 0;
        QTest::newRow("one event") << 1 << 0;
        QTest::newRow("one chunk") << 2'000 << 0;
        QTest::newRow("many small chunks") << 2'000 << 7;
        QTest::newRow("full chunks") << 70'000 << 0;
    }
    void everythingComesBack()
    {
        QFETCH(int, events);
        QFETCH(int, flushEvery);
        for (std::uint32_t seed = 1; seed <= (events > 10'000 ? 1u : 5u); ++seed) {
            const RandomRecording written(seed, events, flushEvery);
            const Reading read(written.file.data());
            QCOMPARE(read.refused, std::nullopt);
            QCOMPARE(read.fault, std::nullopt);
            QCOMPARE(read.facts.program, u"random %1"_s.arg(seed));
            QCOMPARE(read.list.known, written.list.known);
            QCOMPARE(read.list.lines.size(), written.list.lines.size());
            for (qsizetype i = 0; i < read.list.lines.size(); ++i)
                QCOMPARE(read.list.lines[i], written.list.lines[i]);
        }
    }

    void writingWhatWasReadGivesTheSameBytes()
    {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            const RandomRecording written(seed, 3'000, 0);
            QBuffer in;
            in.setData(written.file.data());
            in.open(QIODevice::ReadOnly);
            TraceReader reader(in);
            QCOMPARE(reader.open(), std::nullopt);
            auto block = reader.next();
            QVERIFY(block);
            QBuffer out;
            out.open(QIODevice::WriteOnly);
            EventList pools;
            for (const QString &string : block->strings)
                pools.addString(string);
            for (const model::Location &location : block->locations)
                pools.addLocation(location);
            TraceWriter writer(out, pools, reader.facts());
            for (const model::TraceEvent &event : block->events) {
                if (std::uint8_t(event.type) == eventsLost)
                    writer.appendLost(event.thread, event.time, event.a);
                else
                    writer.append(event);
            }
            writer.commit(block->known);
            writer.close();
            QCOMPARE(out.data(), written.file.data());
        }
    }

    void aRecordingCutAnywhereOpensUpToItsLastWholeChunk()
    {
        const RandomRecording written(3, 60, 10);
        const QByteArray whole = written.file.data();
        qsizetype events = 0;
        for (qsizetype length = 0; length < whole.size(); ++length) {
            const Reading read(whole.first(length));
            if (length < fileHeaderSize) {
                QVERIFY2(read.refused, qPrintable(QString::number(length)));
                continue;
            }
            QCOMPARE(read.refused, std::nullopt);
            QVERIFY2(read.fault, qPrintable(QString::number(length))); // the end's mark is missing at least
            QVERIFY(read.list.lines.size() >= events); // never less than with fewer bytes
            QVERIFY(read.list.lines.size() % 10 == 0);
            events = read.list.lines.size();
            QCOMPARE(read.list.lines, written.list.lines.first(events));
        }
        QCOMPARE(events, 60); // the end's mark is the last that is missing
    }

    void whatIsMissingIsTold()
    {
        const QByteArray whole = RandomRecording(3, 120, 10).file.data();
        QVERIFY(Reading(whole.chopped(1))
                    .fault->contains(
                        u"cut: the last 15 bytes, after byte %1,"_s.arg(whole.size() - ChunkHeader::size)));
        QVERIFY(Reading(whole.chopped(ChunkHeader::size)).fault->contains(u"wasn't closed"_s));
        QVERIFY(Reading(whole.first(9)).refused->contains(u"cut within its first 16 bytes"_s));
        QVERIFY(Reading({}).refused->contains(u"empty"_s));
        QVERIFY(Reading("GIF89a                  ").refused->contains(u"no recording"_s));
        QByteArray later = whole;
        later[8] = 3;
        QVERIFY(Reading(later).refused->contains(
            u"has version 3 of the format; this Coroscope reads versions up to 2"_s));
    }

    void aFlippedBitAnywhereIsNoticed()
    {
        const RandomRecording written(4, 60, 20);
        const QByteArray whole = written.file.data();
        for (qsizetype i = fileHeaderSize; i < whole.size(); ++i) {
            QByteArray damaged = whole;
            damaged[i] = char(damaged[i] ^ (1 << (i % 8)));
            const Reading read(damaged);
            QVERIFY2(read.fault, qPrintable(QString::number(i)));
            QCOMPARE(read.list.lines, written.list.lines.first(read.list.lines.size()));
        }
    }

    void typesAndFieldsOfALaterVersionArePassedOver()
    {
        const QCborArray schemas {schema(0, "created",
                                         {field("colour", "text"), field("kind", "number"),
                                          field("creator", "difference")}),
                                  schema(1, "teleported", {field("to", "string"), field("note", "text")}),
                                  schema(2, "finished", {field("outcome", "number")})};
        // Two strings; no location; base 5, known 9; three events.
        const QByteArray events = QByteArray::fromHex("02"
                                                      "0161"
                                                      "0162"
                                                      "00"
                                                      "0a"
                                                      "12"
                                                      "03")
                                  + QByteArray::fromHex("03000102"
                                                        "03010101"
                                                        "03000202"
                                                        "03060000")
                                  + QByteArray::fromHex("00" // created
                                                        "0403726564" // "red"
                                                        "0101" // spawned
                                                        "0100")
                                  + QByteArray::fromHex("01" // teleported
                                                        "0102"
                                                        "0100")
                                  + QByteArray::fromHex("02" // finished
                                                        "0101");
        const Reading read(recording(schemas, events));
        QCOMPARE(read.fault, std::nullopt);
        QCOMPARE(read.unknown, 1u);
        QCOMPARE(read.list.lines, QStringList({u"5 thread 1 task 3 type 0 cause 0 kind 1 0 0 "_s,
                                               u"7 thread 1 task 3 type 4 cause 0 kind 1 0 0 "_s}));
        QCOMPARE(read.list.known.count(), 9);
    }

    void whatDoesNotFitTogetherIsRefused_data()
    {
        QTest::addColumn<QByteArray>("events");
        QTest::newRow("nothing at all") << QByteArray();
        QTest::newRow("more strings than bytes") << QByteArray::fromHex("ffffffff0f");
        QTest::newRow("more events than types")
            << QByteArray::fromHex("0000000080808008") + QByteArray::fromHex("00000000");
        QTest::newRow("an event of a type without schema")
            << QByteArray::fromHex("0000000001") + QByteArray::fromHex("0105010101000100");
        QTest::newRow("a table twice") << QByteArray::fromHex("0000000001")
                                              + QByteArray::fromHex("0100010101000100")
                                              + QByteArray::fromHex("000100"
                                                                    "000100");
        QTest::newRow("a column too short") << QByteArray::fromHex("0000000002")
                                                   + QByteArray::fromHex("020000020101020000020000")
                                                   + QByteArray::fromHex("000100");
        QTest::newRow("a column too long") << QByteArray::fromHex("0000000001")
                                                  + QByteArray::fromHex("0100010101000100")
                                                  + QByteArray::fromHex("00020000");
        QTest::newRow("a number of 70 bits") << QByteArray::fromHex("80808080808080808002");
        QTest::newRow("a time in another age")
            << QByteArray::fromHex("0000feffffffffffffffff0100") + QByteArray::fromHex("0100000000");
    }
    void whatDoesNotFitTogetherIsRefused()
    {
        QFETCH(QByteArray, events);
        const QCborArray schemas {schema(0, "finished", {field("outcome", "number")})};
        const Reading read(recording(schemas, events));
        QVERIFY(read.fault);
        QVERIFY2(read.fault->contains(u"its checksum is right, but not its content"_s),
                 qPrintable(*read.fault));
        QVERIFY(read.list.lines.isEmpty());
    }

    void aTextThatNoChunkDefinedIsRefused()
    {
        const QCborArray schemas {
            schema(0, "suspended", {field("kind", "number"), field("label", "string")})};
        const QByteArray events = QByteArray::fromHex("0000000001") + QByteArray::fromHex("0100010101000102")
                                  + QByteArray::fromHex("000107"
                                                        "0109"); // Reply, the ninth of no strings
        QVERIFY(Reading(recording(schemas, events)).fault);
    }

    void aMadeUpFileTakesNoMoreMemoryThanItMay()
    {
        // Tasks whose numbers are far apart: each takes a page of the store's index.
        QBuffer file;
        file.open(QIODevice::ReadWrite);
        EventList pools;
        {
            TraceWriter writer(file, pools, {});
            model::TraceEvent event;
            event.type = trace::EventType::Created;
            event.thread = model::ThreadId {1};
            for (std::uint32_t i = 1; i < 200'000; ++i) {
                event.task = i * 20'011;
                writer.append(event);
            }
        }
        file.seek(0);
        model::TraceStore store;
        constexpr std::uint64_t limit = std::uint64_t(200) << 20;
        const auto result = readTrace(file, store, limit);
        const auto &report = std::get<ReadReport>(result);
        QVERIFY(report.fault);
        QVERIFY2(report.fault->contains(u"more than 200 MB of memory"_s), qPrintable(*report.fault));
        QVERIFY(report.events > 0);
        QVERIFY(store.figures().memoryBytes < 2 * limit);
    }

    void anEventTakesThreeBytes()
    {
        // A program that yields and sleeps, as a busy loop records it.
        std::mt19937 random(1);
        QBuffer file;
        file.open(QIODevice::WriteOnly);
        EventList pools;
        TraceWriter writer(file, pools, {});
        const auto site = pools.addLocation({u"work()"_s, u"work.cpp"_s, 12});
        constexpr int pairs = 200'000;
        model::Time time {};
        for (int i = 0; i < pairs; ++i) {
            model::TraceEvent event;
            event.time = time += model::Time {200 + int(random() % 400)};
            event.thread = model::ThreadId {1};
            event.task = 1 + std::uint32_t(i % 200);
            event.type = trace::EventType::Resumed;
            event.cause = trace::Cause::Yield;
            writer.append(event);
            event.time = time += model::Time {900 + int(random() % 3000)};
            event.type = trace::EventType::Suspended;
            event.kind = std::uint16_t(trace::WaitKind::Yield);
            event.b = site.value;
            writer.append(event);
        }
        writer.close();
        const double bytes = double(file.data().size()) / (2 * pairs);
        QVERIFY2(bytes <= 3.0, qPrintable(QString::number(bytes)));
    }

    void notesComeBack()
    {
        const std::vector<model::Note>
            notes {{model::Time {5}, {}, {}, u"here"_s, {}},
                   {model::Time {-7}, model::Time {9}, TaskId {3}, u"从这里\n"_s, {}}};
        const auto read = readNotes(writeNotes(notes));
        QVERIFY(read);
        QCOMPARE(read->size(), notes.size());
        for (std::size_t i = 0; i < notes.size(); ++i) {
            QCOMPARE((*read)[i].time, notes[i].time);
            QCOMPARE((*read)[i].end, notes[i].end);
            QCOMPARE((*read)[i].task, notes[i].task);
            QCOMPARE((*read)[i].text, notes[i].text);
        }
        QVERIFY(!readNotes("\xff"));
    }
};

QTEST_GUILESS_MAIN(TraceFormatTest)
#include "tst_traceformat.moc"
