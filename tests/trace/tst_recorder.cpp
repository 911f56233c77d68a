// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/recorder.h"

#include "core/trace/note.h"
#include "core/trace/promise.h"
#include "core/trace/strings.h"
#include "tests/support/courier.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/traceprobe.h"

#include <QTest>

#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <thread>

using namespace coroscope;
using namespace coroscope::trace;
using namespace coroscope::test;
using QCoro::Task;

namespace {

using Handle = std::coroutine_handle<>;

Task<int> answer() { co_return 42; }
Task<void> nothing() { co_return; }
Task<void> waits(Handle *slot) { co_await Manual {slot}; }
Task<void> outer(Handle *slot) { co_await waits(slot); }

/// Its turns are limited, so that no ring runs full.
Task<void> works(const std::atomic<bool> *over, std::atomic<int> *turns)
{
    while (!*over) {
        if (--*turns < 0) {
            ++*turns;
            std::this_thread::yield();
            continue;
        }
        co_await Declines();
        const int value = co_await answer();
        Q_UNUSED(value);
    }
}

Task<void> hopsBetween(Courier *here, Courier *there, int times, std::atomic<int> *left)
{
    for (int i = 0; i < times; ++i) {
        co_await HopTo {there};
        co_await HopTo {here};
    }
    --*left;
}

enum class First { Suspends, EndsVoid, EndsWithResult, Throws, CallsAnother, SaysSomething, IsDestroyed };

Task<int> startsTheRecording(std::function<void()> start, First first, Handle *slot)
{
    start();
    switch (first) {
    case First::Suspends:
        co_await Manual {slot};
        break;
    case First::Throws:
        throw std::runtime_error("thrown");
    case First::CallsAnother: {
        const int value = co_await answer();
        co_return value;
    }
    case First::SaysSomething:
        print(QStringLiteral("hello"));
        break;
    default:
        break;
    }
    co_return 3;
}
Task<void> startsTheRecordingVoid(std::function<void()> start)
{
    start();
    co_return;
}
Task<int> callsWhatStarts(std::function<void()> start, First first, Handle *slot)
{
    const int value = co_await startsTheRecording(std::move(start), first, slot);
    co_return value;
}
Task<void> callsWhatStartsVoid(std::function<void()> start)
{
    co_await startsTheRecordingVoid(std::move(start));
}

struct Counting final : Sink
{
    void event(std::uint32_t thread, const Event &event, QByteArrayView) override
    {
        ++events;
        order.push_back({thread, event.ticks});
        types.push_back(event.type);
    }
    void lost(std::uint32_t, std::uint64_t ticks, std::uint64_t count) override
    {
        lostEvents += count;
        lostAt.push_back(ticks);
        lostBefore.push_back(events);
    }
    void lostTexts(std::uint32_t, std::uint64_t count) override { texts += count; }
    std::uint64_t events = 0;
    std::uint64_t lostEvents = 0;
    std::uint64_t texts = 0;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> order;
    std::vector<EventType> types;
    std::vector<std::uint64_t> lostAt;
    std::vector<std::uint64_t> lostBefore;
};

} // namespace

class RecorderTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void nothingIsRecordedUnlessAsked();
    void aSecondStartDoesNothing();
    void aStartTellsWhoListens();
    void eventsOfSeveralThreadsComeMergedByTime();
    void aDrainMayStopInTheMiddle();
    void aThreadsEventsSurviveItsEnd();
    void threadsAreNumberedAndNamed();
    void aThreadMayLeaveNoTrace();
    void whatHappenedBeforeOnAnotherThreadComesBefore();
    void lossesAreReportedWithTimeAndCount();
    void lossesOfAThreadThatEndedAreReported();
    void createdAndFinishedSurviveAnOverload();
    void announcementsSurviveAnOverload();
    void liveFramesAreAnnouncedToALateStart();
    void aLateStartInsideOfSlicesReestablishesTheStack_data();
    void aLateStartInsideOfSlicesReestablishesTheStack();
    void aLateStartMeetsAFrameThatIsDestroyedFirst();
    void aFrameMadeOnAnotherThreadIsKnownWhereItRuns();
    void framesOfAThreadThatEndedAreKnownWhereTheyRun();
    void theRecorderMayStartAndStopTwoHundredTimes();
    void textsAreInternedOnlyWhileRecording();
};

void RecorderTest::cleanup()
{
    stopRecording();
    QCOMPARE(liveFrames(), std::size_t(0));
}

void RecorderTest::nothingIsRecordedUnlessAsked()
{
    QVERIFY(!isRecording());
    answer();
    Counting sink;
    QVERIFY(drain(sink));
    QCOMPARE(sink.events, 0u);
}

void RecorderTest::aSecondStartDoesNothing()
{
    TraceProbe probe;
    Handle slot;
    const Task<void> task = waits(&slot);
    startRecording();
    slot.resume();
    probe.stop();
    QVERIFY(!isRecording());
    QCOMPARE(probe.eventsOf(EventType::FirstSeen).size(), 0u);
    QCOMPARE(probe.breaches(), QStringList());
}

void RecorderTest::aStartTellsWhoListens()
{
    int starts = 0;
    {
        const StartListener listener([&starts] { ++starts; });
        QCOMPARE(starts, 0);
        startRecording();
        QCOMPARE(starts, 1);
        startRecording();
        QCOMPARE(starts, 1);
        stopRecording();
        startRecording();
        QCOMPARE(starts, 2);
        stopRecording();
    }
    startRecording();
    QCOMPARE(starts, 2);
}

void RecorderTest::eventsOfSeveralThreadsComeMergedByTime()
{
    TraceProbe probe;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([] {
            for (int k = 0; k < 2000; ++k)
                answer();
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    Counting sink;
    QVERIFY(drain(sink));
    QCOMPARE(sink.events, 4u * 2000u * 4u);
    std::uint64_t last = 0;
    for (const auto &[thread, ticks] : sink.order) {
        QVERIFY(ticks >= last);
        last = ticks;
    }
}

void RecorderTest::aDrainMayStopInTheMiddle()
{
    TraceProbe probe;
    for (int i = 0; i < 100; ++i)
        answer();
    Counting sink;
    int calls = 1;
    while (!drain(sink, 7))
        ++calls;
    QCOMPARE(sink.events, 400u);
    QVERIFY(calls >= 400 / 7);
}

void RecorderTest::aThreadsEventsSurviveItsEnd()
{
    TraceProbe probe;
    for (int i = 0; i < 50; ++i)
        std::thread([] { answer(); }).join();
    probe.stop();
    QCOMPARE(probe.eventsOf(EventType::Finished).size(), 50u);
    QCOMPARE(probe.breaches(), QStringList());
}

void RecorderTest::threadsAreNumberedAndNamed()
{
    TraceProbe probe;
    QThread *const thread = QThread::create([] { answer(); });
    thread->setObjectName(QStringLiteral("baker"));
    thread->start();
    thread->wait();
    delete thread;
    answer();
    probe.stop();
    QVERIFY(probe.texts(TextKind::ThreadName).contains(QStringLiteral("baker")));
    std::set<std::uint32_t> numbers;
    for (const Seen &seen : probe.seen())
        numbers.insert(seen.thread);
    QCOMPARE(numbers.size(), 2u);
    QVERIFY(!numbers.contains(0));
}

void RecorderTest::aThreadMayLeaveNoTrace()
{
    TraceProbe probe;
    std::thread([] {
        leaveThreadUntraced();
        answer();
        print(QStringLiteral("unheard"));
    }).join();
    probe.stop();
    QCOMPARE(probe.eventsTaken(), 0u);
}

void RecorderTest::whatHappenedBeforeOnAnotherThreadComesBefore()
{
    // The rules are checked in the order in which the events are handed over: a resumption that came before
    // the suspension on the other thread would break them.
    TraceProbe probe({std::size_t(1) << 16, std::size_t(1) << 16}, TraceProbe::Keep::Nothing);
    constexpr int tasks = 4;
    constexpr int times = 2500;
    std::atomic<int> left = tasks;
    {
        Courier here;
        Courier there;
        for (int i = 0; i < tasks; ++i)
            hopsBetween(&here, &there, times, &left);
        while (left > 0)
            probe.take();
    }
    probe.stop();
    QCOMPARE(probe.lostEvents(), 0u);
    QCOMPARE(probe.eventsTaken(), std::uint64_t(tasks * (1 + 2 * (1 + 2 * times))));
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), 0u);
}

void RecorderTest::lossesAreReportedWithTimeAndCount()
{
    TraceProbe probe;
    const std::uint64_t begin = Clock::ticks();
    Counting sink;
    std::thread([&sink] {
        startRecording();
        // A ring of this size for this thread alone: the recorder makes it at the first event.
        for (int i = 0; i < 100'000; ++i)
            answer();
        drain(sink);
        answer();
    }).join();
    const std::uint64_t end = Clock::ticks();
    drain(sink);
    QVERIFY(sink.lostEvents > 0);
    QCOMPARE(sink.events + sink.lostEvents + sink.texts, 100'001u * 4u);
    QCOMPARE(sink.lostAt.size(), 1u);
    QVERIFY(sink.lostAt[0] > begin);
    QVERIFY(sink.lostAt[0] < end);
    // It comes where it belongs: after the events before it, before those after it.
    const std::uint64_t before = sink.lostBefore[0];
    QVERIFY(before > 0);
    QVERIFY(sink.order[before - 1].second <= sink.lostAt[0]);
}

void RecorderTest::lossesOfAThreadThatEndedAreReported()
{
    TraceProbe probe;
    std::thread([] {
        for (int i = 0; i < 100'000; ++i)
            answer();
    }).join();
    probe.stop();
    QVERIFY(probe.lostEvents() > 0);
    QCOMPARE(probe.eventsTaken() + probe.lostEvents() + probe.lostTexts(), 400'000u);
}

void RecorderTest::createdAndFinishedSurviveAnOverload()
{
    TraceProbe probe({std::size_t(1) << 10, std::size_t(1) << 12});
    std::thread([] {
        Handle slot;
        std::vector<Task<void>> tasks;
        const auto flood = [&slot]() -> Task<void> {
            for (int i = 0; i < 5000; ++i)
                co_await Declines();
            co_await Manual {&slot};
        };
        const Task<void> flooding = flood();
        for (int i = 0; i < 5; ++i)
            nothing(); // the ring is full but for the reserve
        slot.resume();
    }).join();
    probe.stop();
    QVERIFY(probe.lostEvents() > 0);
    QCOMPARE(probe.eventsOf(EventType::Created).size(), 6u);
    QCOMPARE(probe.eventsOf(EventType::Finished).size(), 6u);
}

void RecorderTest::announcementsSurviveAnOverload()
{
    TraceProbe probe({std::size_t(1) << 10, std::size_t(1) << 12});
    Handle slot;
    std::optional<Task<void>> visitor;
    std::thread([&] { visitor.emplace(outer(&slot)); }).join();
    probe.stop();
    TraceProbe second({std::size_t(1) << 10, std::size_t(1) << 12});
    std::thread([&slot] {
        [[maybe_unused]] const Task<void> flooding = []() -> Task<void> {
            for (int i = 0; i < 5000; ++i)
                co_await Declines();
        }();
        slot.resume(); // the ring is full when this thread meets the others' frames
    }).join();
    second.stop();
    QVERIFY(second.lostEvents() > 0);
    QCOMPARE(second.eventsOf(EventType::FirstSeen).size(), 2u);
}

void RecorderTest::liveFramesAreAnnouncedToALateStart()
{
    Handle first;
    Handle second;
    const Task<void> a = outer(&first);
    const Task<void> b = waits(&second);
    TraceProbe probe;
    second.resume();
    first.resume();
    probe.stop();
    QStringList seen = probe.story().filter(QStringLiteral("first seen"));
    seen.sort();
    QCOMPARE(seen.size(), 3);
    QVERIFY(seen[0].startsWith(QStringLiteral("first seen outer")));
    QVERIFY(seen[1].startsWith(QStringLiteral("first seen waits")));
    QVERIFY(seen[2].startsWith(QStringLiteral("first seen waits#2")));
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), 0u);
    QCOMPARE(probe.eventsOf(EventType::Finished).size(), 3u);
}

void RecorderTest::aLateStartInsideOfSlicesReestablishesTheStack_data()
{
    QTest::addColumn<int>("first");
    QTest::newRow("the first event is a suspension") << int(First::Suspends);
    QTest::newRow("the first event is an end without a result") << int(First::EndsVoid);
    QTest::newRow("the first event is a result") << int(First::EndsWithResult);
    QTest::newRow("the first event is an error") << int(First::Throws);
    QTest::newRow("the first event is a call") << int(First::CallsAnother);
    QTest::newRow("the first event is a printed line") << int(First::SaysSomething);
}

void RecorderTest::aLateStartInsideOfSlicesReestablishesTheStack()
{
    QFETCH(int, first);
    std::optional<TraceProbe> probe;
    Handle slot;
    const auto start = [&probe] { probe.emplace(); };
    if (First(first) == First::EndsVoid)
        callsWhatStartsVoid(start);
    else
        callsWhatStarts(start, First(first), &slot);
    if (slot)
        slot.resume();
    probe->stop();
    QCOMPARE(probe->breaches(), QStringList());
    QCOMPARE(probe->rules().unended(), 0u);
    QVERIFY(!probe->rules().isAnythingRunning());
    QCOMPARE(probe->eventsOf(EventType::FirstSeen).size(), 2u);
    const QStringList story = probe->story();
    const QStringList resumed = story.filter(QStringLiteral("resumed"));
    QVERIFY(resumed[0].startsWith(QStringLiteral("resumed callsWhatStarts")));
    QVERIFY(resumed[0].endsWith(QStringLiteral("on nobody")));
    QVERIFY(resumed[1].startsWith(QStringLiteral("resumed startsTheRecording")));
}

void RecorderTest::aLateStartMeetsAFrameThatIsDestroyedFirst()
{
    Handle slot;
    std::optional<TraceProbe> probe;
    {
        const Task<void> task = outer(&slot);
        probe.emplace();
        letTaskDestroyFrame(task);
    }
    probe->stop();
    QCOMPARE(probe->breaches(), QStringList());
    QCOMPARE(probe->eventsOf(EventType::Destroyed).size(), 2u);
    QCOMPARE(probe->rules().unended(), 0u);
}

void RecorderTest::aFrameMadeOnAnotherThreadIsKnownWhereItRuns()
{
    Handle slot;
    std::atomic<bool> made = false;
    std::atomic<bool> over = false;
    std::thread other([&] {
        const Task<void> task = outer(&slot);
        made = true;
        while (!over)
            std::this_thread::yield();
    });
    while (!made)
        std::this_thread::yield();
    TraceProbe probe;
    slot.resume(); // the other thread writes nothing meanwhile
    probe.stop();
    over = true;
    other.join();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.eventsOf(EventType::FirstSeen).size(), 2u);
    QCOMPARE(probe.rules().unended(), 0u);
}

void RecorderTest::framesOfAThreadThatEndedAreKnownWhereTheyRun()
{
    Handle slot;
    std::optional<Task<void>> task;
    std::thread([&] { task.emplace(outer(&slot)); }).join();
    TraceProbe probe;
    slot.resume();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), 0u);
}

void RecorderTest::theRecorderMayStartAndStopTwoHundredTimes()
{
    std::atomic<bool> over = false;
    std::atomic<int> turns = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i)
        threads.emplace_back([&] { works(&over, &turns); });
    Counting sink;
    for (int i = 0; i < 200; ++i) {
        startRecording({std::size_t(1) << 14, std::size_t(1) << 14});
        turns = 500;
        const std::uint64_t before = sink.events;
        while (sink.events < before + 20)
            drain(sink);
        stopRecording();
        drain(sink);
    }
    over = true;
    for (std::thread &thread : threads)
        thread.join();
    drain(sink);

    // What comes of each thread after a start is, from its announcement on, in order.
    QVERIFY(sink.events > 4000u);
    QCOMPARE(sink.lostEvents, 0u);
    std::map<std::uint32_t, std::uint64_t> last;
    for (const auto &[thread, ticks] : sink.order) {
        QVERIFY(ticks >= last[thread]);
        last[thread] = ticks;
    }
    QVERIFY(std::count(sink.types.begin(), sink.types.end(), EventType::FirstSeen) >= 200);
}

void RecorderTest::textsAreInternedOnlyWhileRecording()
{
    QVERIFY(!intern(u"quiet"));
    startRecording();
    const StringId one = intern(u"one");
    QVERIFY(bool(one));
    QCOMPARE(intern(u"one").value, one.value);
    QVERIFY(intern(u"two").value != one.value);
    QVERIFY(!intern(u""));
    stopRecording();
    QCOMPARE(stringOf(one), QStringLiteral("one"));
    QCOMPARE(stringOf({}), QString());
    QCOMPARE(stringOf({0xFFFFFFF}), QString());
}

QTEST_GUILESS_MAIN(RecorderTest)
#include "tst_recorder.moc"
