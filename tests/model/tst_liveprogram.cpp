// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/collector.h"
#include "core/model/tracestore.h"
#include "core/runtime/future.h"
#include "core/runtime/gather.h"
#include "core/runtime/loopthread.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/threadexecutor.h"
#include "core/runtime/timeout.h"
#include "core/runtime/wait.h"
#include "core/runtime/yield.h"

#include <QTest>

using namespace coroscope;
using model::Collector;
using model::Mark;
using model::Time;
using model::TraceStore;
using namespace std::chrono_literals;

namespace {

QCoro::Task<int> napping(int ms)
{
    co_await sleep(std::chrono::milliseconds(ms));
    co_return ms;
}

QCoro::Task<int> failing()
{
    co_await yield();
    throw std::runtime_error("out of luck");
}

QCoro::Task<int> patient(Future<int> future)
{
    const int value = co_await future;
    co_return value;
}

QCoro::Task<void> blocking()
{
    std::this_thread::sleep_for(80ms);
    co_return;
}

QCoro::Task<void> busy(int turns)
{
    for (int i = 0; i < turns; ++i)
        co_await yield();
}

/// A little of everything that the runtime can do.
QCoro::Task<int> everything(Future<int> byHand)
{
    std::vector<AnyTask> members {spawn("nap 1", napping, 1), spawn("nap 400", napping, 400),
                                  spawn("bad luck", failing)};
    const WaitResult first = co_await wait(members, {}, WaitUntil::FirstCompleted);
    const WaitResult timed = co_await wait(members, 5ms);
    members[1].cancel();
    const auto lateForIt = spawn("cancelled unrun", napping, 9);
    lateForIt.cancel();
    const WaitResult all = co_await wait(members);

    std::vector<SpawnedTask<int>> naps {spawn("nap 2", napping, 2), spawn("nap 3", napping, 3)};
    const std::vector<int> slept = co_await gather(naps);
    const int inner = co_await napping(1);
    const auto busyOne = spawn("busy", busy, 300);
    const auto blocks = spawn(SpawnOptions("block", "sleep"), blocking);
    co_await blocks;
    co_await busyOne;

    ThreadExecutor executor(2);
    const int squared = co_await executor.run("square", [](int x) { return x * x; }, 7);

    Future<int> answer(FutureOptions {"answer", ByHand::No});
    const auto reader = spawn("reader", patient, answer);
    co_await yield();
    answer.set(42);
    const int read = co_await reader;
    const int typed = co_await byHand;
    co_return int(first.done.size() + timed.done.size() + all.done.size()) + slept[0] + inner + squared + read
        + typed;
}

const model::Task *find(const TraceStore &store, const QString &name)
{
    for (const TaskId id : store.tasks()) {
        if (store.task(id)->name == name)
            return store.task(id);
    }
    return nullptr;
}

} // namespace

/// The store on what a real loop does: it must read as the program ran, without one breach.
class LiveProgramTest : public QObject
{
    Q_OBJECT
private slots:
    void everyEventOfARealProgramIsLawful()
    {
        TraceStore store;
        Collector collector(store);
        trace::startRecording();
        LoopThread thread;
        thread.startAndWait();
        std::optional<Future<int>> byHand;
        QVERIFY(thread.post([&byHand] {
            byHand.emplace(FutureOptions {"by hand", ByHand::Yes});
            spawn("everything", everything, *byHand);
        }));

        const auto known = [&](auto condition) {
            collector.collect();
            return condition();
        };
        QTRY_VERIFY(known([&] {
            const model::Task *task = find(store, "everything");
            return task && task->waitsForNobody;
        }));
        QCOMPARE(store.futures().size(), 2u);
        QCOMPARE(store.describe(find(store, "everything")->wait), QString("future by hand"));
        thread.post([&byHand] {
            byHand->set(1000);
            byHand.reset();
        });
        QTRY_VERIFY(known([&] { return hasEnded(find(store, "everything")->state); }));

        const auto state = [&](const char *name) { return find(store, name)->state; };
        QCOMPARE(state("everything"), model::TaskState::Done);
        QCOMPARE(state("nap 1"), model::TaskState::Done);
        QCOMPARE(state("nap 400"), model::TaskState::Cancelled);
        QCOMPARE(find(store, "nap 400")->cancelledBy, QString("everything"));
        QCOMPARE(state("cancelled unrun"), model::TaskState::Cancelled);
        QCOMPARE(find(store, "cancelled unrun")->polls, 0u);
        QCOMPARE(state("bad luck"), model::TaskState::Failed);
        QVERIFY(find(store, "bad luck")->error.contains("out of luck"));
        QCOMPARE(find(store, "reader")->result, QString("42"));
        QCOMPARE(find(store, "block")->blocks, 1u);
        QCOMPARE(find(store, "block")->category, QString("sleep"));
        QCOMPARE(find(store, "busy")->polls, 301u);
        QCOMPARE(find(store, "busy")->parent, find(store, "everything")->id);
        QVERIFY(store.waits().size() >= 3u); // gather() waits too
        QCOMPARE(store.membership(store.waits()[2]).done.size(), 3u);
        QVERIFY(std::ranges::any_of(store.marks(), [&](const Mark &mark) {
            return mark.kind == Mark::Kind::Blocked && mark.task == find(store, "block")->id && mark.loop;
        }));
        QCOMPARE(store.figures().breaches, 0u);
        QCOMPARE(store.figures().lost, 0u);

        // Whatever ran on the loop ran while the loop was awake, and its slices add up to the loop's.
        Time tasks {};
        for (const TaskId id : store.tasks()) {
            const model::Task *task = store.task(id);
            if (task->entity == trace::EntityKind::Coroutine || task->entity == trace::EntityKind::Spawned)
                tasks += task->busy;
        }
        const auto loop = std::ranges::find_if(store.tasks(), [&](TaskId id) {
            return store.task(id)->entity == trace::EntityKind::Loop;
        });
        QVERIFY(loop != store.tasks().end());
        QVERIFY(tasks > 80ms);
        QVERIFY(tasks <= store.busyIn(*loop, 0ns, store.now()));

        thread.stop();
        collector.collectAll();
        QCOMPARE(store.figures().breaches, 0u);
        QCOMPARE(store.membership().pending.size(), 0u);
        trace::stopRecording();
    }
};

QTEST_GUILESS_MAIN(LiveProgramTest)
#include "tst_liveprogram.moc"
