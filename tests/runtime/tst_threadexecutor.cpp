// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/threadexecutor.h"

#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <QSemaphore>

#include <atomic>

using namespace coroscope;
using namespace coroscope::test;
using namespace std::chrono_literals;
using QCoro::Task;

namespace {

int slowSquare(int value) { return value * value; }

Task<int> squares(ThreadExecutor *executor, int value)
{
    const int result = co_await executor->run(QStringLiteral("square"), &slowSquare, value);
    co_return result;
}
Task<void> runs(ThreadExecutor *executor, std::function<void()> function)
{
    co_await executor->run(QStringLiteral("job"), std::move(function));
}
Task<int> answer() { co_return 42; }

} // namespace

class ThreadExecutorTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_loop = std::make_unique<Loop>(); }
    void cleanup();
    void aResultComesBackToTheLoop();
    void argumentsMayBeMovedOnly();
    void anExceptionComesBack();
    void jobsRunOnOtherThreadsAtOnce();
    void jobsOfOneThreadRunInTheirOrder();
    void aJobMayBeAwaitedByMany();
    void cancellingWhoWaitsLetsTheJobEnd();
    void shuttingDownDropsWhatHasNotBegun();
    void theLoopMayBeGoneBeforeTheJobEnds();
    void withoutALoopItRefuses();
    void workersAreLanesInTheTrace();
    void aJobMayCallACoroutine();
    void aRecordingMayBeginDuringAJob();
    void thousandsOfJobsArrive();

private:
    std::unique_ptr<Loop> m_loop;
};

void ThreadExecutorTest::cleanup()
{
    m_loop.reset();
    trace::stopRecording();
    QCOMPARE(trace::liveFrames(), std::size_t(0));
}

void ThreadExecutorTest::aResultComesBackToTheLoop()
{
    ThreadExecutor executor(2);
    const auto task = spawn("t", &squares, &executor, 12);
    QTRY_VERIFY(task.isDone());
    QCOMPARE(task.result(), 144);
}

void ThreadExecutorTest::argumentsMayBeMovedOnly()
{
    ThreadExecutor executor(1);
    const auto task = spawn(
        "t",
        [](ThreadExecutor *e) -> Task<int> {
            auto job = e->run(
                QStringLiteral("take"), [](std::unique_ptr<int> value) { return *value; },
                std::make_unique<int>(5));
            const int result = co_await job;
            co_return result;
        },
        &executor);
    QTRY_VERIFY(task.isDone());
    QCOMPARE(task.result(), 5);
}

void ThreadExecutorTest::anExceptionComesBack()
{
    ThreadExecutor executor(1);
    const auto task = spawn("t", &runs, &executor, [] { throw std::runtime_error("broken"); });
    QTRY_VERIFY(task.isDone());
    COROSCOPE_VERIFY_THROWS(task.result(), std::runtime_error);
}

void ThreadExecutorTest::jobsRunOnOtherThreadsAtOnce()
{
    ThreadExecutor executor(3);
    QSemaphore inside;
    QSemaphore go;
    std::atomic<int> onLoopsThread = 0;
    QThread *const loopsThread = QThread::currentThread();
    std::vector<SpawnedTask<void>> tasks;
    for (int i = 0; i < 3; ++i) {
        tasks.push_back(spawn("t", &runs, &executor, [&] {
            onLoopsThread += QThread::currentThread() == loopsThread;
            inside.release();
            go.acquire();
        }));
    }
    QTRY_COMPARE(inside.available(), 3); // all three are inside together
    go.release(3);
    for (const auto &task : tasks)
        QTRY_VERIFY(task.isDone());
    QCOMPARE(onLoopsThread, 0);
}

void ThreadExecutorTest::jobsOfOneThreadRunInTheirOrder()
{
    ThreadExecutor executor(1);
    std::vector<int> order; // the one worker alone writes
    std::vector<SpawnedTask<void>> tasks;
    for (int i = 0; i < 50; ++i)
        tasks.push_back(spawn("t", &runs, &executor, [&order, i] { order.push_back(i); }));
    for (const auto &task : tasks)
        QTRY_VERIFY(task.isDone());
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QCOMPARE(order.size(), std::size_t(50));
}

void ThreadExecutorTest::aJobMayBeAwaitedByMany()
{
    ThreadExecutor executor(1);
    const auto job = executor.run(QStringLiteral("once"), &slowSquare, 4);
    COROSCOPE_VERIFY_THROWS(job.result(), InvalidStateError);
    const auto awaits = [](Job<int> j) -> Task<int> {
        const int value = co_await j;
        co_return value;
    };
    const auto a = spawn("a", awaits, job);
    const auto b = spawn("b", awaits, job);
    QTRY_VERIFY(a.isDone() && b.isDone());
    QCOMPARE(a.result() + b.result(), 32);
    QVERIFY(job.isDone());
    QCOMPARE(job.result(), 16);
}

void ThreadExecutorTest::cancellingWhoWaitsLetsTheJobEnd()
{
    ThreadExecutor executor(1);
    QSemaphore inside;
    QSemaphore go;
    std::atomic<bool> ended = false;
    const auto task = spawn("t", &runs, &executor, [&] {
        inside.release();
        go.acquire();
        ended = true;
    });
    QTRY_COMPARE(inside.available(), 1);
    task.cancel();
    QTRY_VERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    QVERIFY(!ended);
    go.release();
    QTRY_VERIFY(ended);
}

void ThreadExecutorTest::shuttingDownDropsWhatHasNotBegun()
{
    auto executor = std::make_unique<ThreadExecutor>(1);
    QSemaphore inside;
    QSemaphore go;
    std::atomic<int> ran = 0;
    const auto first = spawn("first", &runs, executor.get(), [&] {
        inside.release();
        go.acquire();
        ++ran;
    });
    QTRY_COMPARE(inside.available(), 1);
    const auto second = spawn("second", &runs, executor.get(), [&] { ++ran; });
    bool submitted = false;
    QTimer::singleShot(0, m_loop.get(), [&] { submitted = true; });
    QTRY_VERIFY(submitted);
    // The running job can only end once the destructor has begun to wait for it, or just before.
    std::thread opens([&] { go.release(); });
    executor.reset();
    opens.join();
    QTRY_VERIFY(first.isDone() && second.isDone());
    first.result();
    QVERIFY(ran == 1 || ran == 2);
    if (ran == 1)
        COROSCOPE_VERIFY_THROWS(second.result(), std::runtime_error);
}

void ThreadExecutorTest::theLoopMayBeGoneBeforeTheJobEnds()
{
    QSemaphore inside;
    QSemaphore go;
    {
        ThreadExecutor executor(1);
        spawn("t", &runs, &executor, [&] {
            inside.release();
            go.acquire();
        });
        QTRY_COMPARE(inside.available(), 1);
        m_loop.reset();
        QCOMPARE(trace::liveFrames(), std::size_t(0));
        go.release();
    }
    m_loop = std::make_unique<Loop>();
}

void ThreadExecutorTest::withoutALoopItRefuses()
{
    m_loop.reset();
    ThreadExecutor executor(1);
    COROSCOPE_VERIFY_THROWS(executor.run(QStringLiteral("nowhere"), [] { }), std::logic_error);
}

void ThreadExecutorTest::workersAreLanesInTheTrace()
{
    TraceProbe probe;
    {
        ThreadExecutor executor(1, QStringLiteral("baker"));
        const auto task = spawn("t", &squares, &executor, 3);
        QTRY_VERIFY(task.isDone());
        const auto again = spawn("t", &squares, &executor, 4);
        QTRY_VERIFY(again.isDone());
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    std::uint32_t lane = 0;
    int lanes = 0;
    for (const trace::Event &e : probe.eventsOf(trace::EventType::Created)) {
        if (trace::EntityKind(e.kind) == trace::EntityKind::Worker) {
            lane = e.task;
            ++lanes;
        }
    }
    QCOMPARE(lanes, 1);
    QVERIFY(probe.texts(trace::TextKind::Name).contains(QStringLiteral("baker 1")));
    QCOMPARE(probe.texts(trace::TextKind::SliceLabel),
             (QStringList {QStringLiteral("square"), QStringLiteral("square")}));
    int slices = 0;
    for (const trace::Event &e : probe.eventsOf(trace::EventType::Resumed)) {
        if (e.task == lane) {
            ++slices;
            QCOMPARE(e.cause, trace::Cause::Job);
            QVERIFY(e.a != 0); // who submitted it
        } else if (e.cause == trace::Cause::Job) {
            QCOMPARE(e.a, std::uint64_t(lane));
        }
    }
    QCOMPARE(slices, 2);
}

void ThreadExecutorTest::aJobMayCallACoroutine()
{
    TraceProbe probe;
    {
        ThreadExecutor executor(1);
        const auto task = spawn("t", &runs, &executor, [] { answer(); });
        QTRY_VERIFY(task.isDone());
    }
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QVERIFY(probe.story().contains(QStringLiteral("finished answer: done")));
}

void ThreadExecutorTest::aRecordingMayBeginDuringAJob()
{
    std::optional<TraceProbe> probe;
    {
        ThreadExecutor executor(1);
        QSemaphore inside;
        QSemaphore go;
        const auto task = spawn("t", &runs, &executor, [&] {
            inside.release();
            go.acquire();
            answer();
        });
        QTRY_COMPARE(inside.available(), 1);
        probe.emplace();
        go.release();
        QTRY_VERIFY(task.isDone());
        const auto again = spawn("t", &squares, &executor, 4);
        QTRY_VERIFY(again.isDone());
    }
    probe->stop();
    QCOMPARE(probe->breaches(), QStringList());
    QVERIFY(!probe->rules().isAnythingRunning());
}

void ThreadExecutorTest::thousandsOfJobsArrive()
{
    ThreadExecutor executor(4);
    const auto task = spawn(
        "t",
        [](ThreadExecutor *e) -> Task<int> {
            std::vector<Job<int>> jobs;
            for (int i = 0; i < 3000; ++i)
                jobs.push_back(e->run(QStringLiteral("square"), &slowSquare, i % 10));
            int sum = 0;
            for (const Job<int> &job : jobs) {
                const int value = co_await job;
                sum += value;
            }
            co_return sum;
        },
        &executor);
    QTRY_VERIFY_WITH_TIMEOUT(task.isDone(), 30'000);
    QCOMPARE(task.result(), 300 * 285);
}

QTEST_GUILESS_MAIN(ThreadExecutorTest)
#include "tst_threadexecutor.moc"
