// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/promise.h"

#include "core/trace/names.h"
#include "core/trace/note.h"
#include "tests/support/courier.h"
#include "tests/support/manualawaiters.h"
#include "tests/support/tracedlibrary.h"
#include "tests/support/traceprobe.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace coroscope::trace;
using namespace coroscope::test;
using QCoro::Task;

namespace {

using Handle = std::coroutine_handle<>;

Task<int> answer() { co_return 42; }
Task<void> nothing() { co_return; }
Task<int> waitsFor(Handle *slot)
{
    const Guest guest;
    co_await Manual {slot};
    co_return 7;
}
Task<int> outer(Handle *slot)
{
    const Guest guest;
    const int value = co_await waitsFor(slot);
    co_return value + 1;
}
Task<int> outermost(Handle *slot)
{
    const int value = co_await outer(slot);
    co_return value + 1;
}
Task<int> awaitsAnswer()
{
    const int value = co_await answer();
    co_return value;
}
Task<int> fails(Handle *slot)
{
    co_await Manual {slot};
    throw std::runtime_error("out of paper");
}
Task<int> failsAtOnce()
{
    throw std::runtime_error("no paper");
    co_return 1;
}
Task<int> catches(Handle *slot)
{
    int result = 0;
    try {
        result = co_await fails(slot);
    } catch (const std::runtime_error &) {
        result = -1;
    }
    co_return result;
}
Task<int> passesOn(Handle *slot)
{
    const int value = co_await fails(slot);
    co_return value;
}
Task<void> isCancelled(Handle *slot)
{
    co_await Manual {slot};
    throw coroscope::CancelledError();
}
Task<void> detaches(Handle *slot)
{
    waitsFor(slot);
    co_return;
}
Task<void> wakes(Handle *slot, Handle *own)
{
    co_await Manual {own};
    slot->resume();
    co_await Manual {own};
}
Task<void> declines() { co_await Declines(); }
Task<int> ready()
{
    const int value = co_await AlwaysReady();
    co_return value;
}
Task<void> meetsAThrow(Handle *slot)
{
    try {
        co_await ThrowsOnSuspend();
    } catch (const std::runtime_error &) { }
    co_await Manual {slot};
}
Task<void> meetsAThrowOnResume(Handle *slot)
{
    try {
        co_await ThrowsOnResume {slot};
    } catch (const std::runtime_error &) { }
}
Task<void> isResumedAtOnce() { co_await ResumesAtOnce(); }
Task<void> transfers(Handle *slot, Handle next) { co_await TransfersTo {slot, next}; }
Task<void> adds(Task<int> *task, int *sum)
{
    const int value = co_await *task;
    *sum += value;
}
Task<void> awaitsEmpty(QString *what)
{
    Task<int> empty {std::coroutine_handle<QCoro::detail::TaskPromise<int>>()};
    try {
        (void)co_await empty;
    } catch (const std::logic_error &error) {
        *what = QString::fromUtf8(error.what());
    }
}
Task<QString> textResult() { co_return QStringLiteral("größer"); }
Task<int> notInts()
{
    throw 42;
    co_return 0;
}

class Client
{
public:
    Task<int> fetch(int page) { co_return page; }
    Task<int> fetchConst(int page) const { co_return page; }
    static Task<int> make(int page) { co_return page; }
};

template<class T>
Task<T> generic(T value)
{
    co_return value;
}

Task<int> bottom(Handle *slot)
{
    co_await Manual {slot};
    co_return 1;
}
Task<int> link(Task<int> task)
{
    const int value = co_await std::move(task);
    co_return value + 1;
}
Task<int> recurse(int levels, Handle *slot)
{
    const Guest guest;
    if (levels == 0) {
        co_await Manual {slot};
        co_return 0;
    }
    const int value = co_await recurse(levels - 1, slot);
    co_return value + 1;
}
Task<int> recurseAtOnce(int levels)
{
    if (levels == 0)
        co_return 0;
    const int value = co_await recurseAtOnce(levels - 1);
    co_return value + 1;
}

/// Called on the first courier's thread. It lets its caller begin to wait before it leaves the thread:
/// QCoro's own list of awaiters isn't made for less.
Task<int> hopsInside(Courier *first, Courier *second)
{
    co_await HopTo {first};
    co_await HopTo {second};
    co_return 1;
}
Task<void> hops(Courier *here, Courier *there, int times, int *sum, std::atomic<bool> *over)
{
    for (int i = 0; i < times; ++i) {
        co_await HopTo {there};
        Q_ASSERT(std::this_thread::get_id() == there->id());
        const int value = co_await hopsInside(there, here);
        *sum += value;
    }
    *over = true;
}

QStringList lines(std::initializer_list<const char *> list)
{
    QStringList result;
    for (const char *line : list)
        result.append(QString::fromUtf8(line));
    return result;
}

} // namespace

class PromiseTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void aCoroutineThatEndsAtOnceIsOneSlice();
    void aVoidCoroutineHasNoResult();
    void anAwaitThatIsReadyEmitsNothing();
    void aSuspensionNamesWhatAndWhere();
    void aChildStartsInsideItsParentAndEndsBeforeTheParentGoesOn();
    void aChildThatEndsAtOnceDoesNotSuspendItsParent();
    void awaitsNestThreeDeep();
    void anExceptionGoesUpAndIsNamedOnEachLevel();
    void anExceptionThatIsCaughtEndsWhereItIsCaught();
    void aThrowBeforeAnySuspensionFails();
    void anythingMayBeThrown();
    void cancelledIsAnOutcomeOfItsOwn();
    void aDetachedTaskRunsOnAndFreesItself();
    void aTaskDestroyedWhileItIsSuspendedRunsOn();
    void aFrameDestroyedWhileSuspendedIsDestroyedNotEnded();
    void destroyingAParentDestroysTheChildThatItOwns();
    void aResumptionInsideASliceNests();
    void anAwaiterThatDeclinesToSuspendResumesImmediately();
    void anAwaiterThatThrowsOnSuspendResumesImmediately();
    void anAwaiterThatThrowsOnResumeLeavesTheSliceOpen();
    void anAwaiterMayResumeInsideOfAwaitSuspend();
    void anAwaiterMayTransferToAnotherCoroutine();
    void severalMayAwaitOneTask();
    void aTaskGoneBeforeItsEndStillWakesItsAwaiters();
    void aTaskMayMoveWhileItIsAwaited();
    void anAwaiterMayDestroyTheTaskThatWokeIt();
    void anAwaiterMayDieBeforeTheTaskThatItAwaits();
    void oneOfSeveralAwaitersMayDie();
    void awaitingAnEmptyTaskThrows();
    void membersAndTemplatesAndLambdasAreNamed();
    void resultsAreTexts();
    void theRunningTaskIsKnownInside();
    void nothingIsWrittenWhileNobodyRecords();
    void aChainOfAMillionAwaitsEnds();
    void aRecordedChainOfAwaitsIsInOrder();
    void aLongChainIsDestroyedWithoutRecursingToDeath();
    void eagerRecursionTenThousandDeepEnds();
    void aTaskMayHopFromThreadToThread();
    void aLibraryWithTheInstrumentIsSeen();
    void aLibraryWithoutTheInstrumentWorksUnseen();
    void tracedAndUntracedAwaitEachOther();
    void anUntracedAwaiterOfATracedTaskIsResumed();
};

void PromiseTest::cleanup()
{
    stopRecording();
    QCOMPARE(Guest::alive, 0);
    QCOMPARE(liveFrames(), std::size_t(0));
    QVERIFY(!thisThread.current);
}

void PromiseTest::aCoroutineThatEndsAtOnceIsOneSlice()
{
    TraceProbe probe;
    answer();
    probe.stop();
    QCOMPARE(probe.story(), lines({"created answer by nobody", "resumed answer (start) on nobody",
                                   "result answer: 42", "finished answer: done"}));
    QCOMPARE(probe.breaches(), QStringList());
    const Event created = probe.eventsOf(EventType::Created).at(0);
    QCOMPARE(EntityKind(created.kind), EntityKind::Coroutine);
    QVERIFY(fileAt(created.b).endsWith(QStringLiteral("tests/trace/tst_promise.cpp")));
    QVERIFY(lineAt(created.b) > 0);
}

void PromiseTest::aVoidCoroutineHasNoResult()
{
    TraceProbe probe;
    nothing();
    probe.stop();
    QCOMPARE(probe.story(), lines({"created nothing by nobody", "resumed nothing (start) on nobody",
                                   "finished nothing: done"}));
}

void PromiseTest::anAwaitThatIsReadyEmitsNothing()
{
    TraceProbe probe;
    ready();
    probe.stop();
    QCOMPARE(probe.story(), lines({"created ready by nobody", "resumed ready (start) on nobody",
                                   "result ready: 5", "finished ready: done"}));
}

void PromiseTest::aSuspensionNamesWhatAndWhere()
{
    TraceProbe probe;
    Handle slot;
    const Task<int> task = waitsFor(&slot);
    slot.resume();
    probe.stop();
    const Event created = probe.eventsOf(EventType::Created).at(0);
    const Event suspended = probe.eventsOf(EventType::Suspended).at(0);
    QCOMPARE(WaitKind(suspended.kind), WaitKind::Foreign);
    QCOMPARE(cleanTypeName(reinterpret_cast<const char *>(suspended.a)),
             QStringLiteral("coroscope::test::Manual"));
    QCOMPARE(functionAt(suspended.b), QStringLiteral("waitsFor"));
    QVERIFY(fileAt(suspended.b).endsWith(QStringLiteral("tests/trace/tst_promise.cpp")));
    QCOMPARE(lineAt(suspended.b), lineAt(created.b) + 3);
}

void PromiseTest::aChildStartsInsideItsParentAndEndsBeforeTheParentGoesOn()
{
    TraceProbe probe;
    Handle slot;
    const Task<int> task = outer(&slot);
    slot.resume();
    QVERIFY(task.isReady());
    probe.stop();
    QCOMPARE(probe.story(),
             lines({"created outer by nobody", "resumed outer (start) on nobody", "created waitsFor by outer",
                    "resumed waitsFor (start) on outer", "suspended waitsFor: foreign",
                    "suspended outer: task waitsFor", "resumed waitsFor (foreign) on nobody",
                    "result waitsFor: 7", "finished waitsFor: done", "resumed outer (task) on nobody",
                    "result outer: 8", "finished outer: done"}));
    QCOMPARE(probe.breaches(), QStringList());
    // Who made it go on is told, too.
    const Event resumed = probe.eventsOf(EventType::Resumed).back();
    QCOMPARE(resumed.a, std::uint64_t(probe.eventsOf(EventType::Created).at(1).task));
}

void PromiseTest::aChildThatEndsAtOnceDoesNotSuspendItsParent()
{
    TraceProbe probe;
    const Task<int> task = awaitsAnswer();
    probe.stop();
    QVERIFY(task.isReady());
    QCOMPARE(probe.story(), lines({"created awaitsAnswer by nobody", "resumed awaitsAnswer (start) on nobody",
                                   "created answer by awaitsAnswer", "resumed answer (start) on awaitsAnswer",
                                   "result answer: 42", "finished answer: done", "result awaitsAnswer: 42",
                                   "finished awaitsAnswer: done"}));
}

void PromiseTest::awaitsNestThreeDeep()
{
    TraceProbe probe;
    Handle slot;
    const Task<int> task = outermost(&slot);
    slot.resume();
    QVERIFY(task.isReady());
    probe.stop();
    QCOMPARE(probe.story().mid(11),
             lines({"finished waitsFor: done", "resumed outer (task) on nobody", "result outer: 8",
                    "finished outer: done", "resumed outermost (task) on nobody", "result outermost: 9",
                    "finished outermost: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::anExceptionGoesUpAndIsNamedOnEachLevel()
{
    TraceProbe probe;
    Handle slot;
    const Task<int> task = passesOn(&slot);
    slot.resume();
    probe.stop();
    QCOMPARE(probe.story().mid(6), lines({"resumed fails (foreign) on nobody", "error fails: out of paper",
                                          "finished fails: failed", "resumed passesOn (task) on nobody",
                                          "error passesOn: out of paper", "finished passesOn: failed"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::anExceptionThatIsCaughtEndsWhereItIsCaught()
{
    TraceProbe probe;
    Handle slot;
    const Task<int> task = catches(&slot);
    slot.resume();
    probe.stop();
    QCOMPARE(probe.story().mid(7),
             lines({"error fails: out of paper", "finished fails: failed", "resumed catches (task) on nobody",
                    "result catches: -1", "finished catches: done"}));
}

void PromiseTest::aThrowBeforeAnySuspensionFails()
{
    TraceProbe probe;
    failsAtOnce();
    probe.stop();
    QCOMPARE(probe.story(), lines({"created failsAtOnce by nobody", "resumed failsAtOnce (start) on nobody",
                                   "error failsAtOnce: no paper", "finished failsAtOnce: failed"}));
}

void PromiseTest::anythingMayBeThrown()
{
    TraceProbe probe;
    notInts();
    probe.stop();
    QCOMPARE(probe.texts(TextKind::Error), lines({"int"}));
}

void PromiseTest::cancelledIsAnOutcomeOfItsOwn()
{
    TraceProbe probe;
    Handle slot;
    const Task<void> task = isCancelled(&slot);
    slot.resume();
    probe.stop();
    QCOMPARE(probe.story().last(), QStringLiteral("finished isCancelled: cancelled"));
    QCOMPARE(probe.texts(TextKind::Error), QStringList());
}

void PromiseTest::aDetachedTaskRunsOnAndFreesItself()
{
    TraceProbe probe;
    Handle slot;
    detaches(&slot);
    QCOMPARE(Guest::alive, 1);
    slot.resume();
    QCOMPARE(Guest::alive, 0);
    probe.stop();
    QCOMPARE(probe.story(), lines({"created detaches by nobody", "resumed detaches (start) on nobody",
                                   "created waitsFor by detaches", "resumed waitsFor (start) on detaches",
                                   "suspended waitsFor: foreign", "finished detaches: done",
                                   "resumed waitsFor (foreign) on nobody", "result waitsFor: 7",
                                   "finished waitsFor: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::aTaskDestroyedWhileItIsSuspendedRunsOn()
{
    TraceProbe probe;
    Handle slot;
    {
        const Task<int> task = outer(&slot);
    }
    QCOMPARE(Guest::alive, 2);
    slot.resume();
    QCOMPARE(Guest::alive, 0);
    probe.stop();
    QCOMPARE(probe.story().last(), QStringLiteral("finished outer: done"));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::aFrameDestroyedWhileSuspendedIsDestroyedNotEnded()
{
    TraceProbe probe;
    Handle slot;
    {
        const Task<int> task = waitsFor(&slot);
        letTaskDestroyFrame(task);
    }
    QCOMPARE(Guest::alive, 0);
    probe.stop();
    QCOMPARE(probe.story().last(), QStringLiteral("destroyed waitsFor"));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::destroyingAParentDestroysTheChildThatItOwns()
{
    TraceProbe probe;
    Handle slot;
    {
        const Task<int> task = outermost(&slot);
        letTaskDestroyFrame(task);
    }
    QCOMPARE(Guest::alive, 0);
    probe.stop();
    QStringList last = probe.story().mid(9);
    last.sort();
    QCOMPARE(last, lines({"destroyed outer", "destroyed outermost", "destroyed waitsFor"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::aResumptionInsideASliceNests()
{
    TraceProbe probe;
    Handle sleeper;
    Handle waker;
    const Task<int> waiting = outer(&sleeper);
    const Task<void> waking = wakes(&sleeper, &waker);
    waker.resume();
    waker.resume();
    probe.stop();
    QCOMPARE(probe.story().mid(9),
             lines({"resumed wakes (foreign) on nobody", "resumed waitsFor (foreign) on wakes",
                    "result waitsFor: 7", "finished waitsFor: done", "resumed outer (task) on wakes",
                    "result outer: 8", "finished outer: done", "suspended wakes: foreign",
                    "resumed wakes (foreign) on nobody", "finished wakes: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::anAwaiterThatDeclinesToSuspendResumesImmediately()
{
    TraceProbe probe;
    declines();
    probe.stop();
    QCOMPARE(probe.story().mid(2),
             lines({"suspended declines: foreign", "resumed declines (immediate) on nobody",
                    "finished declines: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::anAwaiterThatThrowsOnSuspendResumesImmediately()
{
    TraceProbe probe;
    Handle slot;
    const Task<void> task = meetsAThrow(&slot);
    slot.resume();
    probe.stop();
    QCOMPARE(probe.story().mid(2),
             lines({"suspended meetsAThrow: foreign", "resumed meetsAThrow (immediate) on nobody",
                    "suspended meetsAThrow: foreign", "resumed meetsAThrow (foreign) on nobody",
                    "finished meetsAThrow: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::anAwaiterThatThrowsOnResumeLeavesTheSliceOpen()
{
    TraceProbe probe;
    Handle slot;
    const Task<void> task = meetsAThrowOnResume(&slot);
    slot.resume();
    probe.stop();
    QVERIFY(task.isReady());
    QCOMPARE(probe.story().mid(3), lines({"resumed meetsAThrowOnResume (foreign) on nobody",
                                          "finished meetsAThrowOnResume: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::anAwaiterMayResumeInsideOfAwaitSuspend()
{
    TraceProbe probe;
    isResumedAtOnce();
    probe.stop();
    QCOMPARE(probe.story().mid(2),
             lines({"suspended isResumedAtOnce: foreign", "resumed isResumedAtOnce (foreign) on nobody",
                    "finished isResumedAtOnce: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::anAwaiterMayTransferToAnotherCoroutine()
{
    TraceProbe probe;
    Handle first;
    Handle second;
    const Task<int> a = waitsFor(&first);
    const Task<void> b = transfers(&second, first);
    QVERIFY(a.isReady());
    QVERIFY(!b.isReady());
    second.resume();
    QVERIFY(b.isReady());
    probe.stop();
    QCOMPARE(probe.story().mid(3),
             lines({"created transfers by nobody", "resumed transfers (start) on nobody",
                    "suspended transfers: foreign", "resumed waitsFor (foreign) on nobody",
                    "result waitsFor: 7", "finished waitsFor: done", "resumed transfers (foreign) on nobody",
                    "finished transfers: done"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::severalMayAwaitOneTask()
{
    TraceProbe probe;
    Handle slot;
    int sum = 0;
    Task<int> task = waitsFor(&slot);
    adds(&task, &sum);
    adds(&task, &sum);
    const Task<void> third = adds(&task, &sum);
    slot.resume();
    QCOMPARE(sum, 21);
    QVERIFY(third.isReady());
    probe.stop();
    QCOMPARE(probe.story().mid(12).filter(QStringLiteral("resumed")),
             lines({"resumed waitsFor (foreign) on nobody", "resumed adds (task) on nobody",
                    "resumed adds#2 (task) on nobody", "resumed adds#3 (task) on nobody"}));
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::aTaskGoneBeforeItsEndStillWakesItsAwaiters()
{
    for (int awaiters = 1; awaiters <= 3; ++awaiters) {
        TraceProbe probe;
        Handle slot;
        int sum = 0;
        auto task = std::make_unique<Task<int>>(waitsFor(&slot));
        for (int i = 0; i < awaiters; ++i)
            adds(task.get(), &sum);
        task.reset();
        slot.resume();
        QCOMPARE(sum, 7 * awaiters);
        probe.stop();
        QCOMPARE(probe.breaches(), QStringList());
        QCOMPARE(probe.rules().unended(), 0u);
    }
}

void PromiseTest::aTaskMayMoveWhileItIsAwaited()
{
    Handle slot;
    int sum = 0;
    auto task = std::make_unique<Task<int>>(waitsFor(&slot));
    adds(task.get(), &sum);
    const Task<int> moved = std::move(*task);
    task.reset();
    slot.resume();
    QCOMPARE(sum, 7);
}

namespace {

Task<void> ownsAndDropsWhenResumed(std::shared_ptr<Task<int>> *owner, int *sum)
{
    Task<int> &task = **owner;
    const int value = co_await task;
    owner->reset();
    *sum += value;
}

} // namespace

void PromiseTest::anAwaiterMayDestroyTheTaskThatWokeIt()
{
    for (int others = 0; others < 3; ++others) {
        Handle slot;
        int sum = 0;
        auto owner = std::make_shared<Task<int>>(waitsFor(&slot));
        ownsAndDropsWhenResumed(&owner, &sum);
        for (int i = 0; i < others; ++i)
            adds(owner.get(), &sum);
        slot.resume();
        QCOMPARE(sum, 7 * (others + 1));
        QVERIFY(!owner);
    }
}

void PromiseTest::anAwaiterMayDieBeforeTheTaskThatItAwaits()
{
    TraceProbe probe;
    Handle slot;
    int sum = 0;
    Task<int> task = waitsFor(&slot);
    {
        const Task<void> awaiter = adds(&task, &sum);
        letTaskDestroyFrame(awaiter);
    }
    slot.resume();
    QVERIFY(task.isReady());
    QCOMPARE(sum, 0);
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::oneOfSeveralAwaitersMayDie()
{
    for (int dying = 0; dying < 3; ++dying) {
        TraceProbe probe;
        Handle slot;
        int sum = 0;
        Task<int> task = waitsFor(&slot);
        std::vector<std::unique_ptr<Task<void>>> awaiters;
        for (int i = 0; i < 3; ++i)
            awaiters.push_back(std::make_unique<Task<void>>(adds(&task, &sum)));
        letTaskDestroyFrame(*awaiters[std::size_t(dying)]);
        awaiters[std::size_t(dying)].reset();
        slot.resume();
        QCOMPARE(sum, 14);
        probe.stop();
        QCOMPARE(probe.breaches(), QStringList());
    }
}

void PromiseTest::awaitingAnEmptyTaskThrows()
{
    QString what;
    awaitsEmpty(&what);
    QVERIFY(what.contains(QStringLiteral("empty")));
}

void PromiseTest::membersAndTemplatesAndLambdasAreNamed()
{
    TraceProbe probe;
    Client client;
    client.fetch(1);
    client.fetchConst(2);
    Client::make(3);
    generic(std::string("x"));
    const auto lambda = [](int value) -> Task<int> { co_return value; };
    lambda(4);
    probe.stop();
    QStringList names;
    for (const Event &e : probe.eventsOf(EventType::Created))
        names.append(functionAt(e.b));
    QCOMPARE(names, lines({"Client::fetch", "Client::fetchConst", "Client::make", "generic",
                           "lambda in PromiseTest::membersAndTemplatesAndLambdasAreNamed"}));
    QCOMPARE(probe.texts(TextKind::Result), lines({"1", "2", "3", "x", "4"}));
}

void PromiseTest::resultsAreTexts()
{
    TraceProbe probe;
    textResult();
    generic(std::vector<int> {1, 2});
    generic(true);
    probe.stop();
    QCOMPARE(probe.texts(TextKind::Result), lines({"größer", "[1, 2]", "true"}));
}

namespace {

Task<void> says(Handle *slot, coroscope::TaskId *id)
{
    *id = currentTask();
    setTaskName(QStringLiteral("speaker"));
    setCategory("talk");
    print(QStringLiteral("first line"));
    progress(3, 10, ProgressUnit::Items);
    co_await Manual {slot};
    progress(4, {}, ProgressUnit::Bytes);
}

} // namespace

void PromiseTest::theRunningTaskIsKnownInside()
{
    QVERIFY(!currentTask());
    print(QStringLiteral("said by nobody"));
    TraceProbe probe;
    print(QStringLiteral("said by nobody"));
    Handle slot;
    coroscope::TaskId id;
    const Task<void> task = says(&slot, &id);
    slot.resume();
    probe.stop();
    QCOMPARE(id.value, probe.eventsOf(EventType::Created).at(0).task);
    QCOMPARE(probe.texts(TextKind::Name), lines({"speaker"}));
    QCOMPARE(probe.texts(TextKind::Category), lines({"talk"}));
    QCOMPARE(probe.texts(TextKind::Print), lines({"first line"}));
    const std::vector<Event> progressed = probe.eventsOf(EventType::Progress);
    QCOMPARE(progressed.size(), 2u);
    QCOMPARE(progressed[0].a, 3u);
    QCOMPARE(progressed[0].b, 10u);
    QCOMPARE(ProgressUnit(progressed[0].kind), ProgressUnit::Items);
    QCOMPARE(progressed[1].b, ~std::uint64_t(0));
    QVERIFY(!currentTask());
}

void PromiseTest::nothingIsWrittenWhileNobodyRecords()
{
    Handle slot;
    {
        const Task<int> task = outer(&slot);
        slot.resume();
    }
    TraceProbe probe;
    probe.stop();
    QCOMPARE(probe.seen().size(), 0u);
    {
        const Task<int> task = outer(&slot);
        slot.resume();
    }
    probe.take();
    QCOMPARE(probe.seen().size(), 0u);
}

void PromiseTest::aChainOfAMillionAwaitsEnds()
{
    Handle slot;
    Task<int> task = bottom(&slot);
    for (int i = 0; i < 1'000'000; ++i) {
        Task<int> next = link(std::move(task));
        task = std::move(next);
    }
    slot.resume();
    QVERIFY(task.isReady());
    QCOMPARE(OpenAwaiter<int>(task).await_resume(), 1'000'001);
}

void PromiseTest::aRecordedChainOfAwaitsIsInOrder()
{
    TraceProbe probe({}, TraceProbe::Keep::Nothing);
    Handle slot;
    Task<int> task = bottom(&slot);
    for (int i = 0; i < 10'000; ++i) {
        Task<int> next = link(std::move(task));
        task = std::move(next);
    }
    slot.resume();
    probe.stop();
    QCOMPARE(OpenAwaiter<int>(task).await_resume(), 10'001);
    QCOMPARE(probe.lostEvents(), 0u);
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), 0u);
}

void PromiseTest::aLongChainIsDestroyedWithoutRecursingToDeath()
{
    Handle slot;
    Task<int> task = recurse(10'000, &slot);
    QCOMPARE(Guest::alive, 10'001);
    letTaskDestroyFrame(task);
    task = Task<int>(std::coroutine_handle<QCoro::detail::TaskPromise<int>>());
    QCOMPARE(Guest::alive, 0);
}

void PromiseTest::eagerRecursionTenThousandDeepEnds()
{
    TraceProbe probe({}, TraceProbe::Keep::Nothing);
    {
        Handle slot;
        const Task<int> task = recurse(10'000, &slot);
        slot.resume();
        QCOMPARE(OpenAwaiter<int>(task).await_resume(), 10'000);
        const Task<int> atOnce = recurseAtOnce(10'000);
        QCOMPARE(OpenAwaiter<int>(atOnce).await_resume(), 10'000);
    }
    probe.stop();
    QCOMPARE(probe.lostEvents(), 0u);
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::aTaskMayHopFromThreadToThread()
{
    TraceProbe probe({}, TraceProbe::Keep::Nothing);
    int sum = 0;
    {
        Courier here;
        Courier there;
        std::atomic<bool> over = false;
        hops(&here, &there, 500, &sum, &over);
        while (!over) {
            probe.take();
            std::this_thread::yield();
        }
    }
    probe.stop();
    QCOMPARE(sum, 500);
    QCOMPARE(probe.lostEvents(), 0u);
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), 0u);
}

void PromiseTest::aLibraryWithTheInstrumentIsSeen()
{
    TraceProbe probe;
    Doorstep doorstep;
    const Task<int> visit = tracedVisit(&doorstep);
    const Task<int> value = tracedAnswer();
    doorstep.waiting.resume();
    probe.stop();
    QCOMPARE(OpenAwaiter<int>(visit).await_resume(), 7);
    QVERIFY(infoOfFrame(frameOf(visit)));
    QCOMPARE(probe.eventsOf(EventType::Created).size(), 2u);
    QCOMPARE(probe.breaches(), QStringList());
}

void PromiseTest::aLibraryWithoutTheInstrumentWorksUnseen()
{
    TraceProbe probe;
    Doorstep doorstep;
    const Task<int> visit = untracedVisit(&doorstep);
    const Task<int> value = untracedAnswer();
    QVERIFY(!infoOfFrame(frameOf(visit)));
    doorstep.waiting.resume();
    probe.stop();
    QCOMPARE(OpenAwaiter<int>(visit).await_resume(), 7);
    QCOMPARE(OpenAwaiter<int>(value).await_resume(), 42);
    QCOMPARE(probe.seen().size(), 0u);
}

namespace {

Task<int> awaitsUntraced(Doorstep *doorstep)
{
    const int atOnce = co_await untracedAnswer();
    const int later = co_await untracedVisit(doorstep);
    co_return atOnce + later;
}

} // namespace

void PromiseTest::tracedAndUntracedAwaitEachOther()
{
    TraceProbe probe;
    Doorstep doorstep;
    const Task<int> outer = awaitsUntraced(&doorstep);
    doorstep.waiting.resume();
    QCOMPARE(OpenAwaiter<int>(outer).await_resume(), 49);

    // traced < untraced < traced < untraced
    const Task<int> sandwich = tracedRelay(untracedRelay(tracedRelay(untracedVisit(&doorstep))));
    doorstep.waiting.resume();
    QCOMPARE(OpenAwaiter<int>(sandwich).await_resume(), 10);
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
    QCOMPARE(probe.rules().unended(), 0u);
    QVERIFY(!probe.rules().isAnythingRunning());
}

void PromiseTest::anUntracedAwaiterOfATracedTaskIsResumed()
{
    TraceProbe probe;
    Handle slot;
    const Task<int> relay = untracedRelay(waitsFor(&slot));
    slot.resume();
    QVERIFY(relay.isReady());
    QCOMPARE(OpenAwaiter<int>(relay).await_resume(), 8);
    probe.stop();
    QCOMPARE(probe.breaches(), QStringList());
}

QTEST_GUILESS_MAIN(PromiseTest)
#include "tst_promise.moc"
