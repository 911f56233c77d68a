// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/model/script.h"

#include <QSignalSpy>
#include <QTest>

using namespace coroscope;
using namespace coroscope::model;
using trace::Cause;
using trace::EntityKind;
using trace::EventType;
using trace::Outcome;
using trace::TextKind;
using trace::WaitKind;

class TraceStoreTest : public QObject
{
    Q_OBJECT
private slots:
    void aTaskRunsWaitsAndEnds()
    {
        Script s;
        const LocationId site = s.store.addLocation({"fetch(QUrl)", "app/fetch.cpp", 20});
        s.at(10ns).created(5, 0, EntityKind::Spawned, site).at(30ns).resumed(5, Cause::Start);
        QCOMPARE(s.task(5).state, TaskState::Running);
        s.at(70ns).suspended(5, WaitKind::Sleep, 100, site);
        QCOMPARE(s.task(5).state, TaskState::Suspended);
        QCOMPARE(s.task(5).wait.site, site);
        QCOMPARE(s.task(5).wait.since, Time {70});
        s.at(170ns).ready(5);
        QCOMPARE(s.task(5).state, TaskState::Ready);
        QCOMPARE(s.task(5).wait.kind, WaitKind::Sleep);
        s.at(190ns).resumed(5, Cause::Timer).text(5, TextKind::Result, "42").at(200ns).finished(5).commit();
        const Task &task = s.task(5);
        QCOMPARE(task.name, QString("fetch"));
        QCOMPARE(task.location, site);
        QCOMPARE(task.state, TaskState::Done);
        QCOMPARE(task.created, Time {10});
        QCOMPARE(task.started, std::optional(Time {30}));
        QCOMPARE(task.ended, std::optional(Time {200}));
        QCOMPARE(task.busy, Time {50});
        QCOMPARE(task.ready, Time {40}); // before its call too
        QCOMPARE(task.polls, 2u);
        QCOMPARE(task.longestSlice, Time {40});
        QCOMPARE(task.lastCause, Cause::Timer);
        QCOMPARE(task.wakes[size_t(Cause::Timer)], 1u);
        QCOMPARE(task.result, QString("42"));
        QCOMPARE(s.breaches(), 0u);
        QCOMPARE(s.store.figures().events, 7u);
        QCOMPARE(s.store.sliceAt(TaskId {5}, 100ns), std::optional(0u));
        QCOMPARE(s.store.sliceAt(TaskId {5}, 20ns), std::optional<std::uint32_t>());
        QCOMPARE(s.store.slice(TaskId {5}, 1).cause, Cause::Timer);
    }

    void aTaskIsToldOfTheWorkOfItsSteps()
    {
        Script s;
        s.created(1).resumed(1).at(10ns).created(2, 1, EntityKind::Coroutine).resumed(2);
        s.at(15ns).created(3, 2, EntityKind::Coroutine).resumed(3).at(20ns).suspended(3, WaitKind::Sleep, 5);
        s.suspended(2, WaitKind::Task, 3).suspended(1, WaitKind::Task, 2);
        s.at(100ns).resumed(3, Cause::Timer).at(130ns).finished(3);
        s.resumed(2, Cause::Task, 3).at(140ns).finished(2).resumed(1, Cause::Task, 2).at(141ns).finished(1);
        s.created(4, 1).at(150ns).resumed(4).at(160ns).finished(4).commit(); // spawned: no step
        QCOMPARE(s.task(1).busy, Time {11});
        QCOMPARE(s.task(1).stepsBusy, Time {10 + 30 + 10});
        QCOMPARE(s.task(1).stepsPolls, 1u);
        QCOMPARE(s.task(2).stepsBusy, Time {0});
        QCOMPARE(s.breaches(), 0u);
    }

    void busyExcludesWhatRanInsideAndSpansDoNot()
    {
        Script s;
        s.created(1).resumed(1).at(10ns).created(2, 1, EntityKind::Coroutine).resumed(2);
        s.at(40ns).suspended(2, WaitKind::Sleep, 5).at(50ns).suspended(1, WaitKind::Task, 2).commit();
        QCOMPARE(s.task(1).busy, Time {20});
        QCOMPARE(s.task(2).busy, Time {30});
        QCOMPARE(s.task(2).parent, TaskId {1});
        QCOMPARE(s.task(1).children, ids({2}));
        QCOMPARE(s.store.slice(TaskId {1}, 0).end - s.store.slice(TaskId {1}, 0).begin, Time {50});
        QCOMPARE(s.store.busyIn(TaskId {1}, 0ns, 1s), Time {50});
        QVERIFY(std::ranges::equal(s.store.roots(), ids({1})));
        QVERIFY(std::ranges::equal(s.store.tasks(), ids({1, 2})));
    }

    void aYieldIsReadyAtOnce()
    {
        Script s;
        s.runs(1, 10ns, WaitKind::Yield).commit();
        QCOMPARE(s.task(1).state, TaskState::Ready);
        s.at(30ns).resumed(1, Cause::Yield);
        QCOMPARE(s.task(1).ready, Time {20});
        QCOMPARE(s.store.slice(TaskId {1}, 0).ready, std::optional(Time {10}));
        s.at(35ns).suspended(1, WaitKind::Yield).ready(1, Cause::Yield);
        QCOMPARE(s.breaches(), 0u);
    }

    void aResumptionOnTheWrongStackIsABreachAndRepaired()
    {
        Script s;
        s.created(1).created(2).resumed(1);
        s.at(10ns).put(2, EventType::Resumed, Cause::Timer, 0, 0, 0); // 1 still runs
        QCOMPARE(s.breaches(), 1u);
        QCOMPARE(s.task(2).state, TaskState::Running);
        QVERIFY(s.task(1).state != TaskState::Running);
        s.at(20ns).put(2, EventType::Finished, {}, 0, 0, 0);
        s.at(30ns)
            .put(1, EventType::Resumed, Cause::Timer, 0, 0, 0)
            .at(40ns)
            .put(1, EventType::Finished, {}, 0, 0, 0);
        QCOMPARE(s.breaches(), 1u);
        QCOMPARE(s.task(1).state, TaskState::Done);
    }

    void anEndThatIsNotOnTopIsABreach()
    {
        Script s;
        s.created(1).created(2).resumed(1).resumed(2).at(10ns);
        s.put(1, EventType::Suspended, {}, std::uint16_t(WaitKind::Sleep), 5, 0);
        QCOMPARE(s.breaches(), 1u);
        QCOMPARE(s.task(1).state, TaskState::Suspended);
    }

    void anEventOfATaskThatWasNeverCreatedIsABreach()
    {
        Script s;
        s.resumed(9).commit();
        QCOMPARE(s.breaches(), 1u);
        QCOMPARE(s.task(9).name, QString("task 9"));
        QCOMPARE(s.task(9).state, TaskState::Running);
    }

    void timeThatGoesBackIsABreach()
    {
        Script s;
        s.at(50ns).created(1).at(40ns).resumed(1).at(60ns).suspended(1, WaitKind::Sleep).commit();
        QCOMPARE(s.breaches(), 1u);
        QCOMPARE(s.store.slice(TaskId {1}, 0).begin, Time {50});
    }

    void threadsHaveAStackEachAndTasksHop()
    {
        Script s;
        s.on(1).created(1).resumed(1).on(2).created(2).resumed(2);
        s.at(10ns).on(1).suspended(1, WaitKind::Job).at(20ns).on(2).resumed(1, Cause::Job);
        s.at(30ns).suspended(1, WaitKind::Sleep).suspended(2, WaitKind::Sleep).commit();
        QCOMPARE(s.breaches(), 0u);
        QCOMPARE(s.task(1).thread, ThreadId {2});
        QCOMPARE(s.store.slice(TaskId {1}, 0).thread, ThreadId {1});
        s.on(2).text(0, TextKind::ThreadName, "loop 2");
        QCOMPARE(s.store.threadName(ThreadId {2}), QString("loop 2"));
        QCOMPARE(s.store.threadName(ThreadId {1}), QString("thread 1"));
    }

    // --- loops, workers, blocking ---------------------------------------------------------------------

    void aLoopsSlicesAreTheTimesItIsAwake()
    {
        Script s;
        s.created(1, 0, EntityKind::Loop);
        const auto awake = [&](Time t) { s.at(t).put(1, EventType::LoopAwake, {}, 0, 0, 0); };
        const auto asleep = [&](Time t) { s.at(t).put(1, EventType::LoopAsleep, {}, 0, 0, 0); };
        awake(10ns), awake(12ns), asleep(30ns), asleep(35ns), awake(50ns);
        s.created(2).resumed(2).at(60ns).finished(2);
        asleep(70ns);
        s.commit();
        QCOMPARE(s.breaches(), 0u); // Qt may say awake twice
        QCOMPARE(s.task(1).name, QString("loop"));
        QCOMPARE(s.task(1).busy, Time {40});
        QCOMPARE(s.task(1).polls, 2u);
        QCOMPARE(s.store.sliceCount(TaskId {1}), 2u);
        s.put(1, EventType::Finished, {}, 0, 0, 0);
        QCOMPARE(s.task(1).state, TaskState::Done);
    }

    void aWorkersJobsAreItsSlicesWithALabel()
    {
        Script s;
        s.on(3)
            .created(1, 0, EntityKind::Worker)
            .resumed(1, Cause::Job)
            .text(1, TextKind::SliceLabel, "sha256 a.iso");
        s.after(200ms).suspended(1, WaitKind::Idle).after(1ms).resumed(1, Cause::Job).after(1ms).commit();
        QCOMPARE(s.store.string(s.store.slice(TaskId {1}, 0).label), QString("sha256 a.iso"));
        QVERIFY(!s.store.slice(TaskId {1}, 1).label);
        QVERIFY(s.store.marks().empty()); // to run long is a worker's business
        QCOMPARE(s.store.utilization(0ns, s.time(), 1).front(), 0.0f);
    }

    void aCoroutineThatAJobCallsRunsOnItsWorker()
    {
        Script s;
        s.created(1, 0, EntityKind::Worker).resumed(1, Cause::Job).after(1ms);
        s.created(2, 0, EntityKind::Coroutine).put(2, EventType::Resumed, Cause::Start, 0, 0, 0).after(1ms);
        s.put(2, EventType::Finished, {}, 0, 0, 0).after(1ms).suspended(1, WaitKind::Idle).commit();
        QCOMPARE(s.breaches(), 0u);
        QCOMPARE(s.task(1).busy, Time {2ms});
        QCOMPARE(s.task(2).busy, Time {1ms});
    }

    void aHeldLoopIsMarkedUntilItIsReleased()
    {
        Script s;
        s.created(9, 0, EntityKind::Loop).at(10ms).put(9, EventType::LoopHeld, {}, 0, 0, 0).at(30ms).commit();
        QCOMPARE(s.store.marks().size(), 1u);
        QCOMPARE(s.store.marks()[0].kind, Mark::Kind::Held);
        QVERIFY(s.store.marks()[0].open);
        QCOMPARE(s.store.marks()[0].begin, Time {10ms});
        QCOMPARE(s.store.marks()[0].end, Time {30ms}); // as far as is known
        QCOMPARE(s.store.marks()[0].loop, TaskId {9});
        s.at(35ms).put(9, EventType::LoopReleased, {}, 0, 0, 0).at(50ms).commit();
        QCOMPARE(s.store.marks().size(), 1u);
        QVERIFY(!s.store.marks()[0].open);
        QCOMPARE(s.store.marks()[0].end, Time {35ms});
        QCOMPARE(s.breaches(), 0u);
        s.put(9, EventType::LoopReleased, {}, 0, 0, 0);
        QCOMPARE(s.breaches(), 1u);
        s.put(9, EventType::LoopHeld, {}, 0, 0, 0).put(9, EventType::LoopHeld, {}, 0, 0, 0);
        QCOMPARE(s.breaches(), 2u);
    }

    void aLoopThatIsHeldStaysSoWhenTheStoreIsCleared()
    {
        Script s;
        s.created(9, 0, EntityKind::Loop).at(10ms).put(9, EventType::LoopHeld, {}, 0, 0, 0).at(30ms).commit();
        s.store.clear();
        QCOMPARE(s.store.marks().size(), 1u);
        QCOMPARE(s.store.marks()[0].begin, Time {30ms});
        s.at(40ms).put(9, EventType::LoopReleased, {}, 0, 0, 0).commit();
        QVERIFY(!s.store.marks()[0].open);
        QCOMPARE(s.breaches(), 0u);
    }

    void aLongSliceIsMarkedAsBlockingWhileItRuns()
    {
        Script s;
        s.created(9, 0, EntityKind::Loop).put(9, EventType::LoopAwake, {}, 0, 0, 0);
        s.created(1).resumed(1).after(50ms).commit();
        QVERIFY(s.store.marks().empty());
        QSignalSpy spy(&s.store, &TraceStore::changed);
        s.after(10ms).commit(); // no event, and yet there is something new to show
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy[0][0].value<ChangeSet>().changed, ids({1}));
        QCOMPARE(s.store.marks().size(), 1u);
        QVERIFY(s.store.marks()[0].open);
        QCOMPARE(s.store.marks()[0].end, Time {60ms});
        QVERIFY(s.spans(1, 0ns, 1s)[0].blocking);
        s.after(200ms).suspended(1, WaitKind::Sleep, 5).commit();
        const Mark mark = s.store.marks()[0];
        QCOMPARE(s.store.marks().size(), 1u);
        QCOMPARE(mark.kind, Mark::Kind::Blocked);
        QVERIFY(!mark.open);
        QCOMPARE(mark.task, TaskId {1});
        QCOMPARE(mark.loop, TaskId {9});
        QCOMPARE(mark.end - mark.begin, Time {260ms});
        QCOMPARE(s.task(1).blocks, 1u);
        QVERIFY(s.spans(9, 0ns, 1s)[0].blocking);
        const auto coarse = s.spans(1, 0ns, 100s, 1s); // narrower than a pixel and still told
        QVERIFY(coarse[0].blocking);
    }

    void theInnermostOfNestedSlicesIsTheOneThatBlocks()
    {
        Script s;
        s.created(1).resumed(1).after(20ms).created(2, 1, EntityKind::Coroutine).resumed(2);
        s.after(300ms).suspended(2, WaitKind::Sleep, 5).after(20ms).suspended(1, WaitKind::Task, 2).commit();
        QCOMPARE(s.store.marks().size(), 1u);
        QCOMPARE(s.store.marks()[0].task, TaskId {2});
        QCOMPARE(s.task(1).blocks, 0u);
        s.after(1ms)
            .resumed(1)
            .after(60ms)
            .created(3, 1, EntityKind::Coroutine)
            .resumed(3)
            .after(60ms)
            .finished(3);
        s.suspended(1, WaitKind::Sleep).commit();
        QCOMPARE(s.task(1).blocks, 1u);
        QCOMPARE(s.task(3).blocks, 1u);
    }

    void theBlockThresholdCanBeSet()
    {
        Script s;
        s.store.setBlockThreshold(1ms);
        s.runs(1, 2ms, WaitKind::Sleep).commit();
        QCOMPARE(s.store.marks().size(), 1u);
        QCOMPARE(s.store.blockThreshold(), Time {1ms});
    }

    // --- losses ---------------------------------------------------------------------------------------

    void lostEventsAreCountedShownAndNoBreach()
    {
        Script s;
        s.created(1).resumed(1).at(1ms);
        s.store.appendLost(ThreadId {1}, 2ms, 40);
        s.store.appendLostTexts(3);
        // Lost: 1 suspended; 2 created, resumed; 3 created.
        s.at(3ms).put(3, EventType::Resumed, Cause::Start, 0, 0, 2).at(4ms);
        s.put(3, EventType::Suspended, {}, std::uint16_t(WaitKind::Sleep), 5, 0);
        s.at(5ms)
            .put(1, EventType::Resumed, Cause::Timer, 0, 0, 0)
            .at(6ms)
            .put(1, EventType::Finished, {}, 0, 0, 0)
            .commit();
        QCOMPARE(s.breaches(), 0u);
        QCOMPARE(s.store.figures().lost, 40u);
        QCOMPARE(s.store.figures().lostTexts, 3u);
        QCOMPARE(s.store.marks().size(), 1u);
        QCOMPARE(s.store.marks()[0].kind, Mark::Kind::Lost);
        QCOMPARE(s.store.marks()[0].begin, Time {0});
        QCOMPARE(s.store.marks()[0].end, Time {3ms});
        QCOMPARE(s.store.marks()[0].count, 40u);
        QCOMPARE(s.task(1).state, TaskState::Done);
        QCOMPARE(s.store.slice(TaskId {1}, 0).end, Time {0}); // not known to have run any longer
        // From here the stack is sure again.
        s.put(3, EventType::Resumed, Cause::Timer, 0, 0, 77);
        QCOMPARE(s.breaches(), 1u);
    }

    void lossesThatLieCloseAreOneMark()
    {
        Script s;
        s.created(1);
        for (int i = 0; i < 5; ++i)
            s.store.appendLost(ThreadId {1}, Time {1ms} * i, 10),
                s.at(Time {1ms} * i).text(1, TextKind::Name, "x");
        s.at(1s).text(1, TextKind::Name, "y");
        s.store.appendLost(ThreadId {1}, 2s, 1);
        QCOMPARE(s.store.marks().size(), 2u);
        QCOMPARE(s.store.marks()[0].count, 50u);
        QCOMPARE(s.store.figures().lost, 51u);
    }

    void whatIsMetLateIsFirstSeenWithItsParents()
    {
        Script s;
        s.firstSeen(2, 1).firstSeen(1).firstSeen(3, 2);
        QCOMPARE(s.task(2).parent, TaskId {1});
        QCOMPARE(s.task(3).parent, TaskId {2});
        QCOMPARE(s.task(1).state, TaskState::Suspended);
        QVERIFY(std::ranges::equal(s.store.roots(), ids({1})));
        s.at(5ns).resumed(1, Cause::None).resumed(3, Cause::None);
        s.at(9ns).suspended(3, WaitKind::Sleep, 1).finished(1);
        QCOMPARE(s.breaches(), 0u);
        QCOMPARE(s.task(1).state, TaskState::Done);
    }

    void creatorsInACircleAreNotBelowEachOther()
    {
        Script s;
        s.firstSeen(1, 2).firstSeen(2, 3).firstSeen(3, 1).firstSeen(4, 4);
        s.text(1, TextKind::Category, "redis").commit();
        QVERIFY(std::ranges::equal(s.store.roots(), ids({3, 4})));
        QCOMPARE(s.task(1).parent, TaskId {2});
        QCOMPARE(s.task(2).parent, TaskId {3});
        QVERIFY(!s.task(3).parent);
    }

    // --- names, categories, words ---------------------------------------------------------------------

    void categoriesAreInheritedWhereNoneIsSet()
    {
        Script s;
        s.created(1).created(2, 1).created(3, 2).created(4, 2);
        s.text(3, TextKind::Category, "redis").text(1, TextKind::Category, "download");
        s.created(5, 4);
        QCOMPARE(s.task(1).category, QString("download"));
        QCOMPARE(s.task(2).category, QString("download"));
        QCOMPARE(s.task(3).category, QString("redis"));
        QCOMPARE(s.task(5).category, QString("download"));
    }

    void aNameIsTheOneSetElseTheFunctionElseTheNumber()
    {
        Script s;
        const auto at = [&](const char *function) { return s.store.addLocation({function, "a.cpp", 1}); };
        s.created(1, 0, EntityKind::Coroutine, at("Crawler::visit(QUrl, int) const"));
        s.created(2)
            .created(3, 0, EntityKind::Worker)
            .text(1, TextKind::Print, "hello")
            .text(2, TextKind::Name, "batch");
        QCOMPARE(s.task(1).name, QString("Crawler::visit"));
        QCOMPARE(s.task(2).name, QString("batch"));
        QCOMPARE(s.task(3).name, QString("worker"));
        QCOMPARE(s.store.printed().size(), 1u);
        QCOMPARE(s.store.printed()[0].task, TaskId {1});
        QCOMPARE(s.store.printed()[0].text, QString("hello"));
    }

    void aTextThatWasCutSaysSo()
    {
        Script s;
        s.created(1).put(1, EventType::Text, {}, std::uint16_t(TextKind::Error), 4, 900, "abcd");
        QCOMPARE(s.task(1).error, QString("abcd…"));
    }

    void progressIsKept()
    {
        Script s;
        s.created(1).put(1, EventType::Progress, {}, 1, 30, ~std::uint64_t(0));
        QCOMPARE(s.task(1).progress->done, 30u);
        QVERIFY(!s.task(1).progress->total);
        QCOMPARE(s.task(1).progress->unit, trace::ProgressUnit::Items);
        s.put(1, EventType::Progress, {}, 0, 31, 62);
        QCOMPARE(s.task(1).progress->total, std::optional<std::uint64_t>(62));
    }

    void whoCancelledIsToldUpTheAwaitChain()
    {
        Script s;
        s.created(1)
            .resumed(1)
            .created(2, 1, EntityKind::Coroutine)
            .resumed(2)
            .suspended(2, WaitKind::Sleep, 5);
        s.suspended(1, WaitKind::Task, 2).after(1ms).ready(2, Cause::Cancel, 0).resumed(2, Cause::Cancel, 0);
        s.finished(2, Outcome::Cancelled).resumed(1, Cause::Task, 2).finished(1, Outcome::Cancelled);
        QCOMPARE(s.task(2).cancelledBy, QString("you"));
        QCOMPARE(s.task(1).cancelledBy, QString("you"));
        s.created(7).text(7, TextKind::Name, "guard").created(3).resumed(3).suspended(3, WaitKind::Sleep, 5);
        s.resumed(3, Cause::Cancel, 7).finished(3, Outcome::Cancelled);
        QCOMPARE(s.task(3).cancelledBy, QString("guard"));
        QCOMPARE(s.breaches(), 0u);
    }

    // --- changes and figures --------------------------------------------------------------------------

    void aCommitTellsWhatChangedOnce()
    {
        Script s;
        QSignalSpy spy(&s.store, &TraceStore::changed);
        s.commit();
        QCOMPARE(spy.size(), 0);
        s.created(1)
            .created(2, 1)
            .resumed(1)
            .suspended(1, WaitKind::Future, 4)
            .text(2, TextKind::Print, "x")
            .commit();
        QCOMPARE(spy.size(), 1);
        auto changes = spy.takeFirst()[0].value<ChangeSet>();
        QCOMPARE(changes.created, ids({1, 2}));
        QVERIFY(changes.changed.empty());
        QCOMPARE(changes.futures, std::vector {FutureId {4}});
        QVERIFY(changes.printed);
        const auto revision = s.store.revision();
        s.after(1ms).resumed(1).suspended(1, WaitKind::Sleep).resumed(1).commit();
        changes = spy.takeFirst()[0].value<ChangeSet>();
        QCOMPARE(changes.changed, ids({1}));
        QVERIFY(changes.created.empty());
        QVERIFY(!changes.printed);
        QCOMPARE(s.store.revision(), revision + 1);
    }

    void figuresCountTasksByStateButNotTheirSteps()
    {
        Script s;
        s.created(1).created(2).resumed(2).created(3, 2, EntityKind::Coroutine).resumed(3);
        s.created(4, 0, EntityKind::Loop)
            .created(5, 0, EntityKind::Worker)
            .finished(3)
            .finished(2, Outcome::Failed);
        s.created(6, 0, EntityKind::Coroutine).resumed(6).commit();
        const auto counts = s.store.figures().tasksByState;
        QCOMPARE(counts[size_t(TaskState::Created)], 1u);
        QCOMPARE(counts[size_t(TaskState::Running)], 1u);
        QCOMPARE(counts[size_t(TaskState::Failed)], 1u);
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), 0u), 3u);
        const auto [done, pending] = s.store.membership();
        QCOMPARE(done, ids({2}));
        QCOMPARE(pending, ids({1, 6}));
    }

    void eventsPerSecondAreOfTheLastSecond()
    {
        Script s;
        s.created(1).commit();
        for (int i = 0; i < 3000; ++i)
            s.after(1ms).put(1, EventType::Progress, {}, 0, 1, 2).commit();
        QVERIFY(std::abs(s.store.figures().eventsPerSecond - 1000) < 10);
        s.after(2s).commit();
        QVERIFY(s.store.figures().eventsPerSecond < 10);
    }

    void theMemoryFigureGrowsByTheSlices()
    {
        Script s;
        s.created(1).commit();
        const auto before = s.store.figures().memoryBytes;
        for (int i = 0; i < 100'000; ++i)
            s.after(10us).resumed(1).after(5us).suspended(1, WaitKind::Sleep, 5);
        const auto grown = s.store.figures().memoryBytes - before;
        QVERIFY(grown >= 3'200'000);
        QVERIFY(grown < 3'700'000);
    }

    void sliceStatisticsFollowTheLane()
    {
        Script s;
        s.created(1);
        for (int i = 1; i <= 100; ++i)
            s.after(1ms).resumed(1).after(Time {1us} * i).suspended(1, WaitKind::Sleep, 5);
        auto statistics = s.store.sliceStatistics(TaskId {1});
        QCOMPARE(statistics.count, 100u);
        QCOMPARE(statistics.longest, Time {100us});
        QVERIFY(std::chrono::abs(statistics.p50 - 50us) <= Time {1us});
        QVERIFY(std::chrono::abs(statistics.p90 - 90us) <= Time {1us});
        s.after(1ms).resumed(1).after(5ms);
        QCOMPARE(s.store.sliceStatistics(TaskId {1}).count, 100u); // an open slice has no length yet
        s.suspended(1, WaitKind::Sleep, 5);
        QCOMPARE(s.store.sliceStatistics(TaskId {1}).longest, Time {5ms});
        QCOMPARE(s.store.sliceStatistics(TaskId {77}).count, 0u);
    }
};

QTEST_GUILESS_MAIN(TraceStoreTest)
#include "tst_tracestore.moc"
