// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/loopthread.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/yield.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <QAbstractEventDispatcher>

#include <atomic>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

Task<void> countsUp(std::atomic<int> *count, int times)
{
    for (int i = 0; i < times; ++i) {
        co_await yield();
        ++*count;
    }
}
Task<void> sleepsForever() { co_await sleep(1h); }

LoopOptions named(const QString &name, Tracing tracing = Tracing::On)
{
    LoopOptions options;
    options.name = name;
    options.tracing = tracing;
    return options;
}

} // namespace

/// More than any loop gets to before it is stopped.
constexpr int untilStopped = 2'000'000'000;

class LoopThreadTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void itTakesFunctionsOnceItHasStarted();
    void itRunsOnTheEventLoopThatIsAskedFor();
    void whatWasPostedBeforeTheStopIsRun();
    void itMayStopTwiceAndStartAgain();
    void stoppingDestroysWhatWaits();
    void postingToAStoppedThreadIsRefused();
    void functionsOfSeveralThreadsAllArrive();
    void twoLoopsRunSideBySide();
    void anUntracedThreadLeavesNoTrace();
    void recordingFromAnotherThreadIsInOrder();
    void recordingMayStartAndStopWhileItRuns();
};

void LoopThreadTest::cleanup()
{
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void LoopThreadTest::itTakesFunctionsOnceItHasStarted()
{
    LoopThread thread(named(QStringLiteral("worker")));
    thread.startAndWait();
    QVERIFY(bool(thread.loopId()));
    std::atomic<QThread *> where = nullptr;
    std::atomic<std::uint32_t> id = 0;
    QVERIFY(thread.post([&] {
        id = Loop::current()->id().value;
        where = QThread::currentThread();
    }));
    QTRY_COMPARE(where.load(), static_cast<QThread *>(&thread));
    QCOMPARE(id.load(), thread.loopId().value);
    QVERIFY(!Loop::current());
}

void LoopThreadTest::itRunsOnTheEventLoopThatIsAskedFor()
{
    for (const dispatch::LoopKind kind : dispatch::availableLoops()) {
        LoopThread thread(named(dispatch::nameOf(kind)), kind);
        for (int start = 0; start < 2; ++start) {
            std::atomic found = dispatch::LoopKind::Default;
            thread.startAndWait();
            thread.post([&found] { found = dispatch::kindOf(*QAbstractEventDispatcher::instance()); });
            thread.stop();
            QCOMPARE(found.load(), kind);
        }
    }
}

void LoopThreadTest::whatWasPostedBeforeTheStopIsRun()
{
    std::atomic<int> count = 0;
    {
        LoopThread thread;
        thread.startAndWait();
        for (int i = 0; i < 100; ++i)
            thread.post([&count] { ++count; });
        thread.stop();
        QCOMPARE(count, 100);
    }
    QCOMPARE(count, 100);
}

void LoopThreadTest::itMayStopTwiceAndStartAgain()
{
    LoopThread thread;
    for (int i = 0; i < 5; ++i) {
        thread.startAndWait();
        std::atomic<int> count = 0;
        thread.post([&count] { spawn("t", &countsUp, &count, 10); });
        QTRY_COMPARE(count, 10);
        thread.stop();
        thread.stop();
    }
}

void LoopThreadTest::stoppingDestroysWhatWaits()
{
    LoopThread thread;
    thread.startAndWait();
    std::atomic<int> count = 0;
    thread.post([&count] {
        for (int i = 0; i < 50; ++i)
            spawn("sleeps", &sleepsForever);
        spawn("yields", &countsUp, &count, 1'000'000'000);
    });
    QTRY_VERIFY(count > 100);
    thread.stop();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void LoopThreadTest::postingToAStoppedThreadIsRefused()
{
    LoopThread thread;
    QVERIFY(!thread.post([] { }));
    thread.startAndWait();
    thread.stop();
    QVERIFY(!thread.post([] { }));
}

void LoopThreadTest::functionsOfSeveralThreadsAllArrive()
{
    LoopThread thread;
    thread.startAndWait();
    std::atomic<int> count = 0;
    std::vector<std::thread> posters;
    for (int i = 0; i < 4; ++i) {
        posters.emplace_back([&] {
            for (int k = 0; k < 2000; ++k)
                thread.post([&count] { ++count; });
        });
    }
    for (std::thread &poster : posters)
        poster.join();
    QTRY_COMPARE(count, 8000);
}

void LoopThreadTest::twoLoopsRunSideBySide()
{
    TraceProbe probe({}, TraceProbe::Keep::Nothing);
    std::atomic<int> count = 0;
    {
        LoopThread first(named(QStringLiteral("first")));
        LoopThread second(named(QStringLiteral("second")));
        first.startAndWait();
        second.startAndWait();
        for (LoopThread *thread : {&first, &second}) {
            thread->post([&count] {
                for (int i = 0; i < 20; ++i)
                    spawn("t", &countsUp, &count, 200);
            });
        }
        QTRY_COMPARE(count, 8000);
    }
    probe.stop();
    QCOMPARE(probe.lostEvents(), 0u);
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), std::size_t(0));
}

void LoopThreadTest::anUntracedThreadLeavesNoTrace()
{
    TraceProbe probe;
    std::atomic<int> count = 0;
    {
        LoopThread thread(named(QStringLiteral("quiet"), Tracing::Off));
        thread.startAndWait();
        thread.post([&count] { spawn("t", &countsUp, &count, 10); });
        QTRY_COMPARE(count, 10);
    }
    probe.stop();
    QCOMPARE(probe.eventsTaken(), 0u);
}

void LoopThreadTest::recordingFromAnotherThreadIsInOrder()
{
    LoopThread thread(named(QStringLiteral("observed")));
    thread.startAndWait();
    std::atomic<int> count = 0;
    thread.post([&count] {
        for (int i = 0; i < 5; ++i)
            spawn("t", &countsUp, &count, untilStopped);
    });
    QTRY_VERIFY(count > 1000);
    TraceProbe probe({std::size_t(1) << 18, std::size_t(1) << 16}); // late
    const int before = count;
    while (count < before + 2000)
        probe.take();
    thread.post([&count] { spawn("late", &countsUp, &count, 10); });
    thread.stop();
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QVERIFY(probe.texts(trace::TextKind::Name).contains(QStringLiteral("observed")));
    QCOMPARE(probe.texts(trace::TextKind::Name).count(QStringLiteral("t")), 5);
    QCOMPARE(probe.rules().unended(), std::size_t(0));
    QVERIFY(!probe.rules().isAnythingRunning());
}

void LoopThreadTest::recordingMayStartAndStopWhileItRuns()
{
    LoopThread thread;
    thread.startAndWait();
    std::atomic<int> count = 0;
    thread.post([&count] {
        for (int i = 0; i < 3; ++i)
            spawn("t", &countsUp, &count, untilStopped);
    });
    struct Counting final : trace::Sink
    {
        void event(std::uint32_t, const trace::Event &event, QByteArrayView) override
        {
            ++events;
            loops += event.type == trace::EventType::Created
                     && trace::EntityKind(event.kind) == trace::EntityKind::Loop;
        }
        void lost(std::uint32_t, std::uint64_t, std::uint64_t) override { }
        void lostTexts(std::uint32_t, std::uint64_t) override { }
        std::uint64_t events = 0;
        int loops = 0;
    } sink;
    for (int i = 0; i < 200; ++i) {
        trace::startRecording({std::size_t(1) << 14, std::size_t(1) << 14});
        const std::uint64_t before = sink.events;
        while (sink.events < before + 10)
            trace::drain(sink);
        trace::stopRecording();
        trace::drain(sink);
    }
    thread.stop();
    trace::drain(sink);
    QVERIFY(sink.loops > 0);
    QVERIFY(sink.loops <= 200);
}

QTEST_GUILESS_MAIN(LoopThreadTest)
#include "tst_loopthread.moc"
