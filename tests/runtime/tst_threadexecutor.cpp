// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/threadexecutor.h"

#include "core/runtime/loopthread.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/wait.h"
#include "tests/runtime/virtualloop.h"
#include "tests/support/traceprobe.h"

#include <QSemaphore>

#include <atomic>
#include <functional>
#include <stop_token>

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

/// A job that ends when it is told to.
struct Obedient
{
    QSemaphore inside;
    std::atomic<int> stopped = 0;

    int operator()(std::stop_token stop)
    {
        QSemaphore told;
        const std::stop_callback tells(stop, [&told] { told.release(); });
        inside.release();
        told.acquire();
        return ++stopped;
    }
};
Task<int> obeys(ThreadExecutor *executor, Obedient *job)
{
    const int value = co_await executor->run(QStringLiteral("obedient"), std::ref(*job));
    co_return value;
}
Task<int> awaitsJob(Job<int> job)
{
    const int value = co_await job;
    co_return value;
}
Task<int> submits(ThreadExecutor *executor, std::function<int()> function)
{
    const Job<int> job = co_await executor->submit(QStringLiteral("submitted"), std::move(function));
    const int value = co_await job;
    co_return value;
}

/// Holds a thread until it is let go.
struct Gate
{
    QSemaphore inside;
    QSemaphore go;

    void operator()()
    {
        inside.release();
        go.acquire();
    }
};

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

    void cancellingWhoWaitsStopsAJobThatListens();
    void aJobThatListensStopsOnlyWhenNobodyWaitsForItAnyMore();
    void aPendingJobThatListensNeverBeginsOnceCancelled();
    void aPendingJobThatDoesNotListenRunsThoughNobodyWaits();
    void aTaskCancelledBeforeItWaitsStopsItsJob();
    void theLoopsEndStopsWhatItsTasksWaitFor();
    void theExecutorsEndStopsRunningJobs();
    void aJobCanBeToldToStop();
    void aFunctionThatTakesAnythingGetsNoToken();

    void itIsKnownAtOnceWhoRunsAndWhoIsPending();
    void aFullQueueRefuses();
    void submittingWaitsForRoomInOrder();
    void nobodyOvertakesWhoWaitsForRoom();
    void whoWaitsForRoomMayBeCancelled();
    void whoWaitsForRoomLearnsOfTheExecutorsEnd();
    void aJobTakenBackMakesRoom();
    void threadsAreStartedWhenTheyAreNeeded();

    void aLoopHasOneDefaultExecutor();
    void theLoopsEndWaitsForItsDefaultExecutor();
    void severalLoopsShareAnExecutor();

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

void ThreadExecutorTest::cancellingWhoWaitsStopsAJobThatListens()
{
    ThreadExecutor executor(1);
    Obedient job;
    const auto task = spawn("t", &obeys, &executor, &job);
    QTRY_COMPARE(job.inside.available(), 1);
    task.cancel();
    QTRY_VERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    QTRY_COMPARE(job.stopped, 1);
}

void ThreadExecutorTest::aJobThatListensStopsOnlyWhenNobodyWaitsForItAnyMore()
{
    ThreadExecutor executor(1);
    Obedient function;
    const Job<int> job = executor.run(QStringLiteral("obedient"), std::ref(function));
    const auto one = spawn("one", &awaitsJob, job);
    const auto other = spawn("other", &awaitsJob, job);
    QTRY_COMPARE(function.inside.available(), 1);
    const auto turn = spawn("turn", [] { return answer(); });
    QTRY_VERIFY(turn.isDone()); // both wait by now
    one.cancel();
    QTRY_VERIFY(one.isDone());
    QCOMPARE(function.stopped, 0);
    QVERIFY(!job.isDone());
    other.cancel();
    QTRY_VERIFY(job.isDone());
    QCOMPARE(job.result(), 1);
}

void ThreadExecutorTest::aPendingJobThatListensNeverBeginsOnceCancelled()
{
    ThreadExecutor executor(1);
    Gate gate;
    const auto first = executor.run(QStringLiteral("gate"), std::ref(gate));
    Obedient function;
    const Job<int> second = executor.run(QStringLiteral("obedient"), std::ref(function));
    const auto task = spawn("t", &awaitsJob, second);
    QTRY_COMPARE(gate.inside.available(), 1);
    const auto turn = spawn("turn", [] { return answer(); });
    QTRY_VERIFY(turn.isDone()); // the task waits by now
    QCOMPARE(second.phase(), JobPhase::Pending);
    task.cancel();
    QTRY_VERIFY(task.isDone() && second.isDone());
    COROSCOPE_VERIFY_THROWS(second.result(), CancelledError);
    gate.go.release();
    QTRY_VERIFY(first.isDone());
    const auto last = executor.run(QStringLiteral("last"), [] { return 3; });
    QTRY_VERIFY(last.isDone());
    QCOMPARE(function.inside.available(), 0);
}

void ThreadExecutorTest::aPendingJobThatDoesNotListenRunsThoughNobodyWaits()
{
    ThreadExecutor executor(1);
    Gate gate;
    const auto first = executor.run(QStringLiteral("gate"), std::ref(gate));
    const Job<int> second = executor.run(QStringLiteral("square"), &slowSquare, 3);
    const auto task = spawn("t", &awaitsJob, second);
    QTRY_COMPARE(gate.inside.available(), 1);
    task.cancel();
    QTRY_VERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    QVERIFY(!second.isDone());
    gate.go.release();
    QTRY_VERIFY(second.isDone());
    QCOMPARE(second.result(), 9);
}

void ThreadExecutorTest::aTaskCancelledBeforeItWaitsStopsItsJob()
{
    ThreadExecutor executor(1);
    Obedient function;
    SpawnedTask<int> task;
    task = spawn(
        "t",
        [](ThreadExecutor *e, Obedient *f, SpawnedTask<int> *itself) -> Task<int> {
            const auto job = e->run(QStringLiteral("obedient"), std::ref(*f));
            itself->cancel();
            const int value = co_await job;
            co_return value;
        },
        &executor, &function, &task);
    QTRY_VERIFY(task.isDone());
    QVERIFY(task.isCancelled());
    // It was taken back, or it stopped: the thread is free again.
    const auto next = executor.run(QStringLiteral("next"), [] { return 3; });
    QTRY_VERIFY(next.isDone());
}

void ThreadExecutorTest::theLoopsEndStopsWhatItsTasksWaitFor()
{
    ThreadExecutor executor(1);
    Obedient function;
    spawn("t", &obeys, &executor, &function);
    QTRY_COMPARE(function.inside.available(), 1);
    m_loop.reset();
    m_loop = std::make_unique<Loop>();
    const auto next = executor.run(QStringLiteral("next"), [] { return 3; });
    QTRY_VERIFY(next.isDone());
    QCOMPARE(function.stopped, 1);
}

void ThreadExecutorTest::theExecutorsEndStopsRunningJobs()
{
    Obedient function;
    std::optional<Job<int>> job;
    {
        ThreadExecutor executor(2);
        job = executor.run(QStringLiteral("obedient"), std::ref(function));
        function.inside.acquire();
    }
    QCOMPARE(function.stopped, 1);
    QTRY_VERIFY(job->isDone());
    QCOMPARE(job->result(), 1);
}

void ThreadExecutorTest::aJobCanBeToldToStop()
{
    ThreadExecutor executor(1);
    Obedient function;
    const auto running = executor.run(QStringLiteral("obedient"), std::ref(function));
    const auto pending = executor.run(QStringLiteral("square"), &slowSquare, 3);
    function.inside.acquire();
    pending.requestStop();
    QTRY_VERIFY(pending.isDone());
    COROSCOPE_VERIFY_THROWS(pending.result(), CancelledError);
    QVERIFY(!running.isDone());
    running.requestStop();
    QTRY_VERIFY(running.isDone());
    QCOMPARE(running.result(), 1);
    running.requestStop(); // too late, and harmless
    QCOMPARE(running.result(), 1);
}

void ThreadExecutorTest::aFunctionThatTakesAnythingGetsNoToken()
{
    ThreadExecutor executor(1);
    const auto counts =
        executor.run(QStringLiteral("count"), [](auto... all) { return int(sizeof...(all)); }, 1, 2);
    const auto both = executor.run(
        QStringLiteral("both"),
        [](std::stop_token stop, std::unique_ptr<int> value) { return *value + int(stop.stop_possible()); },
        std::make_unique<int>(4));
    QTRY_VERIFY(counts.isDone() && both.isDone());
    QCOMPARE(counts.result(), 2);
    QCOMPARE(both.result(), 5);
}

void ThreadExecutorTest::itIsKnownAtOnceWhoRunsAndWhoIsPending()
{
    ThreadExecutor executor(5);
    Gate gate;
    std::vector<Job<void>> jobs;
    QStringList phases;
    for (int i = 0; i < 10; ++i) {
        jobs.push_back(executor.run(QStringLiteral("job %1").arg(i), std::ref(gate)));
        phases << toText(jobs.back().phase());
    }
    QCOMPARE(phases.mid(0, 5), QStringList(5, QStringLiteral("running")));
    QCOMPARE(phases.mid(5), QStringList(5, QStringLiteral("pending")));
    QVERIFY(jobs[0].identity() != jobs[1].identity());
    gate.go.release();
    QTRY_COMPARE(gate.inside.available(), 6);
    int running = 0;
    for (const Job<void> &job : jobs)
        running += job.phase() == JobPhase::Running;
    QVERIFY(running == 5 || running == 6); // the result of the sixth may be on its way still
    gate.go.release(9);
    for (const Job<void> &job : jobs)
        QTRY_COMPARE(toText(job.phase()), QStringLiteral("finished"));
}

void ThreadExecutorTest::aFullQueueRefuses()
{
    ThreadExecutor executor(2, QStringLiteral("worker"), 3);
    Gate gate;
    std::vector<Job<void>> jobs;
    for (int i = 0; i < 5; ++i)
        jobs.push_back(executor.run(QStringLiteral("job"), std::ref(gate)));
    COROSCOPE_VERIFY_THROWS(executor.run(QStringLiteral("job"), std::ref(gate)), QueueFull);
    gate.go.release(5);
    for (const Job<void> &job : jobs)
        QTRY_VERIFY(job.isDone());
    const auto next = executor.run(QStringLiteral("next"), &slowSquare, 3);
    QTRY_VERIFY(next.isDone());
}

void ThreadExecutorTest::submittingWaitsForRoomInOrder()
{
    ThreadExecutor executor(1, QStringLiteral("worker"), 1);
    std::vector<int> order; // the one worker alone writes
    std::vector<SpawnedTask<int>> tasks;
    for (int i = 0; i < 200; ++i) {
        tasks.push_back(spawn("t", &submits, &executor, [&order, i] {
            order.push_back(i);
            return i;
        }));
    }
    for (int i = 0; i < 200; ++i) {
        QTRY_VERIFY(tasks[std::size_t(i)].isDone());
        QCOMPARE(tasks[std::size_t(i)].result(), i);
    }
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QCOMPARE(order.size(), std::size_t(200));
}

void ThreadExecutorTest::nobodyOvertakesWhoWaitsForRoom()
{
    ThreadExecutor executor(1, QStringLiteral("worker"), 0);
    Gate gate;
    const auto first = executor.run(QStringLiteral("gate"), std::ref(gate));
    const auto waiting = spawn("t", &submits, &executor, [] { return 1; });
    const auto turn = spawn("turn", [] { return answer(); });
    QTRY_VERIFY(turn.isDone());
    COROSCOPE_VERIFY_THROWS(executor.run(QStringLiteral("pushy"), [] { }), QueueFull);
    gate.go.release();
    QTRY_VERIFY(waiting.isDone() && first.isDone());
    QCOMPARE(waiting.result(), 1);
}

void ThreadExecutorTest::whoWaitsForRoomMayBeCancelled()
{
    ThreadExecutor executor(1, QStringLiteral("worker"), 0);
    Gate gate;
    const auto first = executor.run(QStringLiteral("gate"), std::ref(gate));
    std::atomic<int> ran = 0;
    const auto one = spawn("one", &submits, &executor, [&ran] { return ++ran; });
    const auto other = spawn("other", &submits, &executor, [&ran] { return ++ran; });
    const auto turn = spawn("turn", [] { return answer(); });
    QTRY_VERIFY(turn.isDone());
    one.cancel();
    QTRY_VERIFY(one.isDone());
    QVERIFY(one.isCancelled());
    gate.go.release();
    QTRY_VERIFY(other.isDone());
    QCOMPARE(other.result(), 1);
    QCOMPARE(ran, 1);
}

void ThreadExecutorTest::whoWaitsForRoomLearnsOfTheExecutorsEnd()
{
    auto executor = std::make_unique<ThreadExecutor>(1, QStringLiteral("worker"), 0);
    Obedient function;
    const auto running = executor->run(QStringLiteral("obedient"), std::ref(function));
    const auto waiting = spawn("t", &submits, executor.get(), [] { return 1; });
    const auto turn = spawn("turn", [] { return answer(); });
    QTRY_VERIFY(turn.isDone());
    executor.reset();
    QTRY_VERIFY(waiting.isDone() && running.isDone());
    COROSCOPE_VERIFY_THROWS(waiting.result(), ExecutorShutDown);
}

void ThreadExecutorTest::aJobTakenBackMakesRoom()
{
    ThreadExecutor executor(1, QStringLiteral("worker"), 1);
    Gate gate;
    const auto first = executor.run(QStringLiteral("gate"), std::ref(gate));
    const auto second = executor.run(QStringLiteral("second"), &slowSquare, 2);
    COROSCOPE_VERIFY_THROWS(executor.run(QStringLiteral("third"), &slowSquare, 3), QueueFull);
    second.requestStop();
    const auto third = executor.run(QStringLiteral("third"), &slowSquare, 3);
    gate.go.release();
    QTRY_VERIFY(first.isDone() && third.isDone());
    QCOMPARE(third.result(), 9);
}

void ThreadExecutorTest::threadsAreStartedWhenTheyAreNeeded()
{
    TraceProbe probe;
    {
        ThreadExecutor executor(8);
        for (int i = 0; i < 20; ++i) {
            const auto task = spawn("t", &squares, &executor, i); // one after the other
            QTRY_VERIFY(task.isDone());
        }
    }
    probe.stop();
    int lanes = 0;
    for (const trace::Event &e : probe.eventsOf(trace::EventType::Created))
        lanes += trace::EntityKind(e.kind) == trace::EntityKind::Worker;
    QCOMPARE(lanes, 1);
}

void ThreadExecutorTest::aLoopHasOneDefaultExecutor()
{
    QCOMPARE(&m_loop->executor(), &m_loop->executor());
    QThread *const loopsThread = QThread::currentThread();
    const auto task = spawn(
        "t",
        [](QThread *thread) -> Task<bool> {
            const bool isElsewhere = co_await runInExecutor(QStringLiteral("where"), [thread] {
                return QThread::currentThread() != thread;
            });
            co_return isElsewhere;
        },
        loopsThread);
    QTRY_VERIFY(task.isDone());
    QVERIFY(task.result());
    m_loop.reset();
    COROSCOPE_VERIFY_THROWS(runInExecutor(QStringLiteral("nowhere"), [] { }), std::logic_error);
}

void ThreadExecutorTest::theLoopsEndWaitsForItsDefaultExecutor()
{
    Obedient function;
    (void)runInExecutor(QStringLiteral("obedient"), std::ref(function));
    function.inside.acquire();
    m_loop.reset();
    QCOMPARE(function.stopped, 1);
}

void ThreadExecutorTest::severalLoopsShareAnExecutor()
{
    ThreadExecutor executor(2, QStringLiteral("worker"), 1);
    std::vector<std::unique_ptr<LoopThread>> threads;
    std::atomic<int> sum = 0;
    QSemaphore ended;
    for (int i = 0; i < 3; ++i) {
        threads.push_back(std::make_unique<LoopThread>());
        threads.back()->startAndWait();
        threads.back()->post([&] {
            for (int t = 0; t < 50; ++t) {
                const auto task = spawn("t", &submits, &executor, [] { return 1; });
                task.onDone([&, task] {
                    sum += task.result();
                    ended.release();
                });
            }
        });
    }
    QVERIFY(ended.tryAcquire(150, 30'000));
    QCOMPARE(sum, 150);
    threads.clear();
}

QTEST_GUILESS_MAIN(ThreadExecutorTest)
#include "tst_threadexecutor.moc"
