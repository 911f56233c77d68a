// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/io/exportfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace coroscope;
using namespace coroscope::io;

namespace {
struct Document
{
    QByteArray bytes;
    std::vector<QJsonObject> events;
    QString error;

    explicit Document(const model::TraceStore &store)
        : bytes(exported(store, ExportFormat::Chrome))
    {
        QJsonParseError parse;
        const QJsonDocument document = QJsonDocument::fromJson(bytes, &parse);
        error = parse.error ? parse.errorString() : QString();
        const QJsonArray array = document["traceEvents"].toArray();
        for (const QJsonValue &event : array)
            events.push_back(event.toObject());
    }
    std::vector<QJsonObject> all(const QString &phase) const
    {
        std::vector<QJsonObject> found;
        for (const QJsonObject &event : events) {
            if (event["ph"].toString() == phase)
                found.push_back(event);
        }
        return found;
    }
    /// "1 parent 200+800 group", in microseconds.
    QStringList slices() const
    {
        QStringList lines;
        for (const QJsonObject &event : all("X")) {
            lines << QString("%1 %2 %3+%4 %5")
                         .arg(event["tid"].toInt())
                         .arg(event["name"].toString())
                         .arg(event["ts"].toDouble())
                         .arg(event["dur"].toDouble())
                         .arg(event["cat"].toString());
        }
        return lines;
    }
};
} // namespace

class ChromeTraceTest : public QObject
{
    Q_OBJECT
private slots:
    void lanesAreNamedAndOrderedWithLoopsAndWorkersFirst()
    {
        SampleSession session;
        const Document document(session.store());
        QCOMPARE(document.error, QString());
        QStringList names;
        QList<int> ranks;
        for (const QJsonObject &event : document.all("M")) {
            QVERIFY(event["pid"].isDouble() && event["tid"].isDouble() && event["ts"].isDouble());
            if (event["name"] == "thread_name")
                names << QString("%1 %2").arg(event["tid"].toInt()).arg(event["args"]["name"].toString());
            if (event["name"] == "thread_sort_index") {
                QCOMPARE(event["args"]["sort_index"].toInt(-1), event["tid"].toInt());
                ranks << event["tid"].toInt();
            }
        }
        QCOMPARE(names,
                 QStringList({"0 session", "1 loop", "2 worker 1", "3 parent", "4 child", "5 waiter"}));
        QCOMPARE(ranks, QList<int>({0, 1, 2, 3, 4, 5}));
        const QJsonObject process = document.all("M").front();
        QCOMPARE(process["name"].toString(), "process_name");
        QCOMPARE(process["args"]["name"].toString(), "program");
    }

    void slicesAndWaitsAreCompleteEventsOfTheirLanes()
    {
        SampleSession session;
        const Document document(session.store());
        QCOMPARE(document.slices(),
                 QStringList({"1 loop 0+9000 loop", "2 hash 1000+1000 worker", "3 ready 0+200 ready",
                              "3 parent 200+800 group", "3 task child 1000+6000 wait",
                              "3 parent 7000+1000 group", "4 ready 500+1500 ready",
                              "4 child 2000+1000 download", "4 reply http://h/a 3000+2000 wait",
                              "4 ready 5000+1000 ready", "4 child 6000+1000 download",
                              "5 ready 6000+3000 ready", "5 waiter 9000+1000 task"}));
    }

    void aSliceTellsItsCauseItsNextWaitAndHowTheTaskEnded()
    {
        SampleSession session;
        const Document document(session.store());
        const auto slices = document.all("X");
        const QJsonObject first = slices[7]["args"].toObject();
        QCOMPARE(first["cause"].toString(), "start");
        QCOMPARE(first["wait"].toString(), "reply http://h/a");
        QCOMPARE(first["site"].toString(), "src/a.cpp:42");
        QCOMPARE(first["task"].toInt(), int(session.child.value));
        QVERIFY(!first.contains("outcome"));
        const QJsonObject last = slices[10]["args"].toObject();
        QCOMPARE(last["outcome"].toString(), "done");
        QCOMPARE(last["result"].toString(), "42 bytes");
        const QJsonObject failed = slices[5]["args"].toObject();
        QCOMPARE(failed["outcome"].toString(), "failed");
        QCOMPARE(failed["error"].toString(), "broken");
        const QJsonObject wait = slices[8]["args"].toObject();
        QCOMPARE(wait["reason"].toString(), "reply");
        QCOMPARE(wait["site"].toString(), "src/a.cpp:42");
        QCOMPARE(slices[8]["cname"].toString(), "thread_state_sleeping");
    }

    void aSliceThatStillRunsEndsNowAndSaysSo()
    {
        SampleSession session;
        const Document document(session.store());
        const QJsonObject last = document.all("X").back();
        QCOMPARE(last["dur"].toDouble(), 1000.);
        QCOMPARE(last["args"]["unfinished"], QJsonValue(true));
    }

    void anArrowRunsFromTheSliceOfWhoWokeATaskToItsResumption()
    {
        SampleSession session;
        const Document document(session.store());
        const auto starts = document.all("s");
        const auto ends = document.all("f");
        QCOMPARE(starts.size(), 2u);
        QCOMPARE(ends.size(), 2u);
        // The child woke its parent when it ended: a nanosecond before its slice does.
        QCOMPARE(starts[0]["tid"].toInt(), 4);
        QCOMPARE(starts[0]["ts"].toDouble(), 6999.999);
        QCOMPARE(ends[0]["tid"].toInt(), 3);
        QCOMPARE(ends[0]["ts"].toDouble(), 7000.001);
        QCOMPARE(ends[0]["bp"].toString(), "e");
        QCOMPARE(starts[0]["id"], ends[0]["id"]);
        // The parent started the child when it created it.
        QCOMPARE(starts[1]["tid"].toInt(), 3);
        QCOMPARE(starts[1]["ts"].toDouble(), 500.);
        QCOMPARE(ends[1]["tid"].toInt(), 4);
        QCOMPARE(ends[1]["ts"].toDouble(), 2000.001);
        QVERIFY(starts[1]["id"] != starts[0]["id"]);
        QCOMPARE(starts[1]["name"], ends[1]["name"]);
        QCOMPARE(starts[1]["cat"], ends[1]["cat"]);
    }

    /// chrome://tracing takes the first of the stretches whose closed interval the arrow's end is in.
    void anArrowsEndsTouchNoOtherStretchThanTheirSlices()
    {
        SampleSession session;
        const Document document(session.store());
        const auto at = [&](const QJsonObject &end) {
            QStringList touched;
            for (const QJsonObject &slice : document.all("X")) {
                const double begin = slice["ts"].toDouble();
                if (slice["tid"] == end["tid"] && begin <= end["ts"].toDouble()
                    && end["ts"].toDouble() <= begin + slice["dur"].toDouble())
                    touched << slice["name"].toString();
            }
            return touched;
        };
        QCOMPARE(at(document.all("s")[0]), QStringList("child"));
        QCOMPARE(at(document.all("f")[0]), QStringList("parent"));
        QCOMPARE(at(document.all("s")[1]), QStringList("parent"));
        QCOMPARE(at(document.all("f")[1]), QStringList("child"));
    }

    void whoResolvedAFutureIsWhereItsArrowBegins()
    {
        StoreFixture fixture;
        const TaskId producer = fixture.spawn("producer", {}, 0ms);
        const TaskId consumer = fixture.spawn("consumer", {}, 0ms);
        const FutureId future = fixture.newFuture("answer", 0ms);
        fixture.slice(consumer, 1ms, 2ms, fixture.future(future));
        fixture.slice(producer, 3ms, 5ms, fixture.sleeps(1s));
        fixture.resolved(future, 4ms, producer);
        fixture.ready(consumer, 4ms, trace::Cause::Future, future.value);
        fixture.end(consumer, 6ms, 7ms, trace::Outcome::Done, {}, trace::Cause::Future, future.value);
        fixture.play(8ms);
        const Document document(fixture.store());
        QCOMPARE(document.all("s").size(), 1u);
        QCOMPARE(document.all("s")[0]["tid"].toInt(), 1);
        QCOMPARE(document.all("s")[0]["ts"].toDouble(), 4000.);
        QCOMPARE(document.all("f")[0]["tid"].toInt(), 2);
    }

    void printedLinesLostEventsAndEndsWithoutASliceAreInstants()
    {
        StoreFixture fixture;
        const TaskId never = fixture.spawn("never", {}, 1ms);
        fixture.lost(3ms, 7);
        fixture.play(4ms);
        auto &store = fixture.store();
        store.append({model::Time(2ms),
                      model::ThreadId {1},
                      never.value,
                      trace::EventType::Text,
                      {},
                      std::uint16_t(trace::TextKind::Print),
                      5,
                      5,
                      QStringLiteral("hello")});
        store.append({model::Time(5ms),
                      model::ThreadId {1},
                      never.value,
                      trace::EventType::Destroyed,
                      {},
                      0,
                      0,
                      0,
                      {}});
        store.commit(6ms);
        const Document document(store);
        QStringList instants;
        for (const QJsonObject &event : document.all("i"))
            instants << QString("%1 %2 %3 %4")
                            .arg(event["tid"].toInt())
                            .arg(event["s"].toString(), event["cat"].toString(), event["name"].toString());
        QCOMPARE(instants, QStringList({"0 p session session begins", "1 t print hello", "1 t end lost",
                                        "0 p lost 7 events lost"}));
    }

    void theFirstEventIsTheEarliestAsQtCreatorWantsIt()
    {
        SampleSession session;
        const Document document(session.store());
        double earliest = 1e9;
        for (const QJsonObject &event : document.events) {
            QVERIFY(event["ts"].toDouble(-1) >= 0);
            earliest = std::min(earliest, event["ts"].toDouble());
        }
        for (const QJsonObject &event : document.events) {
            if (event["ph"] != "M") {
                QCOMPARE(event["ts"].toDouble(), earliest);
                break;
            }
        }
    }

    void timesAreExactToTheNanosecond()
    {
        model::Script script;
        script.at(model::Time {9'007'199'254'740'993}).created(1).resumed(1); // more than a double can tell
        script.after(model::Time {1'001}).suspended(1, trace::WaitKind::Sleep, 1).commit();
        const Document document(script.store);
        QVERIFY(document.bytes.contains("\"ts\":9007199254740.993,\"dur\":1.001,"));
    }

    void anyNameBecomesValidJson_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        const QString broken = QString("a") + QChar(0xD800) + "b" + QChar(0xDC00);
        QTest::newRow("quotes") << R"(say "hi" \ back)" << R"(say "hi" \ back)";
        QTest::newRow("control characters")
            << QString(QChar(1)) + "\n\r\t\b" + QChar(0x7f) << QString(QChar(1)) + "\n\r\t\b" + QChar(0x7f);
        QTest::newRow("nought") << QString("a") + QChar(0) + "b" << QString("a") + QChar(0) + "b";
        QTest::newRow("Chinese") << "下载文件" << "下载文件";
        QTest::newRow("beyond 16 bits") << "🦊" << "🦊";
        QTest::newRow("half surrogates") << broken << QString("a\ufffdb\ufffd");
        QTest::newRow("end of script") << "</script>" << "</script>";
    }
    void anyNameBecomesValidJson()
    {
        QFETCH(QString, name);
        QFETCH(QString, shown);
        StoreFixture fixture;
        const TaskId task = fixture.spawn(name, name, 0ms);
        fixture.slice(task, 1ms, 2ms, fixture.reply(name, fixture.site(name, 1)));
        fixture.play(2ms);
        const Document document(fixture.store());
        QCOMPARE(document.error, QString());
        QVERIFY(QString::fromUtf8(document.bytes).toUtf8() == document.bytes);
        const QJsonObject slice = document.all("X").back();
        QCOMPARE(slice["name"].toString(), shown);
        QCOMPARE(slice["cat"].toString(), shown);
        QCOMPARE(slice["args"]["wait"].toString(), "reply " + shown);
        QCOMPARE(slice["args"]["site"].toString(), shown + ":1");
    }

    void anEmptySessionIsAValidDocument()
    {
        const model::TraceStore store;
        const Document document(store);
        QCOMPARE(document.error, QString());
        QCOMPARE(document.slices(), QStringList());
        QVERIFY(document.events.size() >= 1);
    }
};

QTEST_GUILESS_MAIN(ChromeTraceTest)
#include "tst_chrometrace.moc"
