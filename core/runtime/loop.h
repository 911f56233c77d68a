// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/dispatch/timerheap.h"
#include "core/runtime/briefspin.h"
#include "core/runtime/readyqueue.h"
#include "core/trace/frame.h"
#include "core/trace/recorder.h"

#include <QObject>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

class QSocketNotifier;
class QTimer;

namespace coroscope {

class FutureStateBase;
class Leaf;
class Loop;
class LoopControl;
class TaskStateBase;
class ThreadExecutor;

/// A task failed, and its last handle has gone before anybody asked for its error.
struct UnseenError
{
    TaskId task;
    QString name;
    std::exception_ptr error;
};

enum class Tracing { On, Off };
enum class LoopClock {
    Real,
    Virtual, ///< for tests: time stands still while anything is ready, then jumps to the next timer
};

struct LoopOptions
{
    QString name = QStringLiteral("loop");
    Tracing tracing = Tracing::On; ///< Off: the whole thread leaves no trace
    LoopClock clock = LoopClock::Real;
    /// For how long the ready queue runs before Qt's other events get their turn.
    std::chrono::nanoseconds budget = std::chrono::microseconds(50);
};

/// What another thread may hold of a loop: it outlives it.
class LoopInbox
{
public:
    /// Runs `function` on the loop's thread, soon. Any thread. False if the loop is gone.
    bool post(std::function<void()> function);

private:
    friend class Loop;
    bool waitAwake(BriefSpin &spin);
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_functions;
    Loop *m_loop = nullptr;
    bool m_isWatched = false; // the loop is awake, in waitAwake()
    std::atomic<bool> m_isFilled = false; // tells it so
};

/// The scheduler of one thread, on the thread's Qt event dispatcher: one ready queue, one heap of timers.
///
/// Whatever wakes a task (a timer, a future, a signal) puts it into the ready queue; nothing is resumed from
/// inside of what woke it. A turn takes entries in order until the budget is used, then lets Qt go on.
///
/// Construct and destroy it on its thread. The destructor destroys every frame of this thread that is
/// suspended on a leaf of ours, spawned tasks with all that they own first; a frame that waits for an awaiter
/// of QCoro or Qt is left alone, because that may still resume it.
class Loop final : public QObject
{
    Q_OBJECT
public:
    explicit Loop(LoopOptions options = {});
    ~Loop() override;

    /// The calling thread's loop; null if it has none.
    static Loop *current() noexcept;

    TaskId id() const noexcept { return m_id; }
    const LoopOptions &options() const noexcept { return m_options; }
    std::shared_ptr<LoopInbox> inbox() const { return m_inbox; }
    /// Runs `function` on the loop's thread, soon. Any thread, as long as the loop lives.
    void post(std::function<void()> function) { m_inbox->post(std::move(function)); }

    /// Holding and stepping: what takes entries out of the ready queue more slowly than the loop could.
    LoopControl &control() noexcept { return *m_control; }

    /// Time of the loop's clock since its start, without the time for which the loop was held.
    std::chrono::nanoseconds now() const noexcept;
    /// Tasks that were spawned and have not ended.
    std::size_t taskCount() const noexcept { return m_taskCount; }
    /// How many entries the ready queue has run.
    std::uint64_t steps() const noexcept { return m_steps; }
    /// The executor for what would block the loop (core/runtime/threadexecutor.h), made when first asked for:
    /// processors + 4 threads, at most 32, as asyncio's. The loop's end asks its jobs to stop and waits for
    /// them. On the loop's thread.
    ThreadExecutor &executor();
    /// Cancels every spawned task.
    void cancelAll();
    /// The live spawned task of that identity, if any.
    TaskStateBase *findTask(TaskId id) const;
    /// The live future of that identity that can be set by hand, if any.
    FutureStateBase *findFuture(FutureId id) const;

    /// For a virtual clock: turns until nothing is ready and no timer is armed.
    void runUntilIdle();
    /// For a virtual clock: one turn (the timers that are due, then what was ready at that moment). False if
    /// there was nothing to do, even by jumping to the next timer.
    bool turnOnce();

    /// What is called with each error that nobody saw, on the loop's thread; it should not throw. Without one
    /// a warning is logged (category coroscope.runtime).
    void onUnseenError(std::function<void(const UnseenError &)> handler)
    {
        m_unseenErrorHandler = std::move(handler);
    }

    // --- for awaiters --------------------------------------------------------------------------------
    void schedule(ReadyNode &node) noexcept;
    void arm(TimerNode &node, std::chrono::nanoseconds after);
    void disarm(TimerNode &node) noexcept { m_timers.remove(node); }
    bool hasPendingCancellations() const noexcept { return m_pendingCancellations > 0; }
    /// Something may come into the inbox within microseconds: before it sleeps next, the loop looks out for
    /// it for 30 µs at most (briefspin.h). What comes needs no system call then, and takes its turn at once.
    void expectAnswer() noexcept { m_expectsAnswer = true; }

protected:
    bool event(QEvent *event) override;

private:
    friend class CancelScope;
    friend class FutureStateBase;
    friend class LoopControl;
    friend class LoopInbox;
    friend class TaskStateBase;

    void turn();
    void fireDue(std::int64_t now);
    void runNode(ReadyNode &node);
    void requestTurn();
    void armWakeUp();
    void runPosted();
    void takePosted();
    void beforeBlocking();
    void lookOutForAnswer();
    void afterBlocking();
    void noteAwake();
    void announce();
    void stopClock();
    void startClock();
    bool hasWork() const noexcept;
    void destroyFrames();
    static void reportUnseenError(const UnseenError &error) noexcept;
    std::int64_t readClock() const noexcept;
    std::int64_t sinceStart() const noexcept;

    LoopOptions m_options;
    TaskId m_id;
    std::shared_ptr<LoopInbox> m_inbox;
    ReadyQueue m_ready;
    TimerHeap m_timers;
    TaskStateBase *m_firstTask = nullptr; // in order of spawning
    TaskStateBase *m_lastTask = nullptr;
    TaskStateBase *m_starting = nullptr; // is in its first slice
    std::size_t m_taskCount = 0;
    std::function<void(const UnseenError &)> m_unseenErrorHandler;
    std::unordered_map<FutureId, FutureStateBase *> m_futures;
    std::unique_ptr<trace::StartListener> m_startListener;
    std::unique_ptr<QSocketNotifier> m_timerNotifier;
    std::unique_ptr<QTimer> m_timer; // where there is no timerfd
    std::unique_ptr<ThreadExecutor> m_executor;
    BriefSpin m_spin {std::chrono::microseconds(30)};
    std::int64_t m_stoppedAt = 0; // what the clock shows while it stands; a virtual one always does
    std::uint64_t m_startTicks = 0;
    double m_nanosecondsPerTick = 1;
    std::int64_t m_armedFor = 0; // what the wake-up is set to; 0: nothing
    std::uint64_t m_steps = 0;
    std::uint32_t m_announcedTo = 0; // the recording that knows this loop
    int m_pendingCancellations = 0;
    int m_timerDescriptor = -1;
    bool m_turning = false;
    bool m_turnRequested = false;
    bool m_awake = false;
    bool m_expectsAnswer = false;
    bool m_clockStands = false;
    bool m_isControlled = false; // turns are m_control's
    std::int64_t m_clockLag = 0; // behind the time since the start: for so long the loop was held
    std::unique_ptr<LoopControl> m_control;
};

} // namespace coroscope
