// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/loop.h"

#include "core/runtime/future.h"
#include "core/runtime/leaf.h"
#include "core/runtime/loopcontrol.h"
#include "core/runtime/task.h"
#include "core/runtime/threadexecutor.h"
#include "core/trace/arena.h"
#include "core/trace/clock.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QEvent>
#include <QLoggingCategory>
#include <QSocketNotifier>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <limits>
#include <utility>

#ifdef __linux__
#    include <sys/timerfd.h>
#    include <unistd.h>
#endif

namespace coroscope {

Q_LOGGING_CATEGORY(runtimeLog, "coroscope.runtime")

namespace {

using std::chrono::nanoseconds;

constinit thread_local Loop *currentLoop = nullptr;

const QEvent::Type turnEvent = QEvent::Type(QEvent::registerEventType());
const QEvent::Type inboxEvent = QEvent::Type(QEvent::registerEventType());

/// The clock is read after so many steps, not after each: a reading costs as much as a step.
constexpr std::uint64_t stepsPerReading = 4;

bool isOnLeafOf(const trace::FrameInfo &frame, const Loop *loop)
{
    return frame.activity == trace::Activity::OnLeaf && !frame.finished
           && static_cast<const Leaf *>(frame.leaf)->loop() == loop;
}

} // namespace

bool LoopInbox::post(std::function<void()> function)
{
    const std::lock_guard lock(m_mutex);
    if (!m_loop)
        return false;
    m_functions.push_back(std::move(function));
    if (m_isWatched)
        m_isFilled.store(true, std::memory_order_relaxed);
    else if (m_functions.size() == 1)
        QCoreApplication::postEvent(m_loop, new QEvent(inboxEvent));
    return true;
}

/// Whether something is there, by now or within the spin's time.
bool LoopInbox::waitAwake(BriefSpin &spin)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_functions.empty())
            return true;
        m_isWatched = true;
        m_isFilled.store(false, std::memory_order_relaxed);
    }
    spin.until([this] { return m_isFilled.load(std::memory_order_relaxed); });
    const std::lock_guard lock(m_mutex);
    m_isWatched = false;
    return !m_functions.empty();
}

Loop *Loop::current() noexcept { return currentLoop; }

Loop::Loop(LoopOptions options)
    : m_options(std::move(options))
    , m_inbox(std::make_shared<LoopInbox>())
    , m_startTicks(trace::Clock::ticks())
    , m_nanosecondsPerTick(double(trace::Clock::toNanoseconds(1 << 30).count()) / double(1 << 30))
    , m_clockStands(m_options.clock == LoopClock::Virtual)
    , m_control(std::make_unique<LoopControl>(*this))
{
    Q_ASSERT_X(!currentLoop, "Loop", "this thread has a loop already");
    if (m_options.tracing == Tracing::Off)
        trace::leaveThreadUntraced();
    trace::thisThread.keepsFamilies = true;
    m_id = {trace::newId()};
    currentLoop = this;
    m_inbox->m_loop = this;
    if (m_options.clock == LoopClock::Real) {
#ifdef __linux__
        // QTimer counts in milliseconds and is 1 ms late at the median; a timerfd is 0.1 ms late.
        m_timerDescriptor = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        if (m_timerDescriptor >= 0) {
            m_timerNotifier = std::make_unique<QSocketNotifier>(m_timerDescriptor, QSocketNotifier::Read);
            connect(m_timerNotifier.get(), &QSocketNotifier::activated, this, [this] {
                std::uint64_t expirations = 0;
                (void)!::read(m_timerDescriptor, &expirations, sizeof expirations);
                m_armedFor = 0;
                turn();
            });
        }
#endif
        if (!m_timerNotifier) {
            m_timer = std::make_unique<QTimer>();
            m_timer->setSingleShot(true);
            m_timer->setTimerType(Qt::PreciseTimer);
            connect(m_timer.get(), &QTimer::timeout, this, [this] {
                m_armedFor = 0;
                turn();
            });
        }
        if (auto *dispatcher = QAbstractEventDispatcher::instance()) {
            connect(dispatcher, &QAbstractEventDispatcher::awake, this, &Loop::afterBlocking);
            connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &Loop::beforeBlocking);
        }
    }
    announce();
    m_startListener = std::make_unique<trace::StartListener>(
        [inbox = m_inbox, this] { inbox->post([this] { announce(); }); });
}

Loop::~Loop()
{
    m_startListener.reset();
    {
        const std::lock_guard lock(m_inbox->m_mutex);
        m_inbox->m_loop = nullptr;
    }
    m_inbox->m_functions.clear();
    // What is destroyed may use the runtime once more, in its destructors.
    do
        destroyFrames();
    while (m_firstTask || !m_ready.isEmpty());
    m_executor.reset();
    announce();
    m_control->loopEnds();
    if (m_awake && trace::isRecording())
        trace::record(m_id.value, trace::EventType::LoopAsleep, trace::Cause::None, 0, 0, 0);
    m_timerNotifier.reset();
#ifdef __linux__
    if (m_timerDescriptor >= 0)
        ::close(m_timerDescriptor);
#endif
    trace::thisThread.keepsFamilies = false;
    currentLoop = nullptr;
}

/// Once a recording.
void Loop::announce()
{
    using namespace trace;
    const std::uint32_t recording = recordingNumber();
    if (recording == 0 || m_announcedTo == recording)
        return;
    m_announcedTo = recording;
    record(m_id.value, EventType::Created, Cause::None, std::uint16_t(EntityKind::Loop), 0, 0);
    recordText(m_id.value, TextKind::Name, m_options.name);
    for (TaskStateBase *task = m_firstTask; task; task = task->m_next)
        task->announce();
    if (m_awake || m_options.clock == LoopClock::Virtual) {
        m_awake = true;
        record(m_id.value, EventType::LoopAwake, Cause::None, 0, 0, 0);
    }
    if (m_control->scheduling().mode == Scheduling::Mode::Held)
        record(m_id.value, EventType::LoopHeld, Cause::None, 0, 0, 0);
}

std::int64_t Loop::readClock() const noexcept
{
    return m_clockStands ? m_stoppedAt : sinceStart() - m_clockLag;
}

std::int64_t Loop::sinceStart() const noexcept
{
    return std::int64_t(double(trace::Clock::ticks() - m_startTicks) * m_nanosecondsPerTick);
}

void Loop::stopClock()
{
    m_stoppedAt = readClock();
    m_clockStands = true;
}

/// It goes on from what it shows: whatever is due then is due as much later as it stood.
void Loop::startClock()
{
    if (m_options.clock == LoopClock::Virtual)
        return;
    m_clockLag = sinceStart() - m_stoppedAt;
    m_clockStands = false;
}

nanoseconds Loop::now() const noexcept { return nanoseconds(readClock()); }

void Loop::schedule(ReadyNode &node) noexcept
{
    m_ready.push(node);
    if (!m_turning)
        requestTurn();
}

void Loop::requestTurn()
{
    if (m_turnRequested || m_options.clock == LoopClock::Virtual)
        return;
    m_turnRequested = true;
    QCoreApplication::postEvent(this, new QEvent(turnEvent));
}

void Loop::arm(TimerNode &node, nanoseconds after)
{
    // A time beyond the clock's range is the end of its range: 292 years.
    const std::int64_t now = readClock();
    const std::int64_t wait = std::clamp<std::int64_t>(after.count(), 0,
                                                       std::numeric_limits<std::int64_t>::max() - now);
    m_timers.add(node, now + wait);
    if (!m_turning && &m_timers.first() == &node)
        armWakeUp();
}

/// Sets the operating system's timer to the first of ours.
void Loop::armWakeUp()
{
    if (m_options.clock == LoopClock::Virtual)
        return;
    const std::int64_t due = m_isControlled       ? m_control->wakeUpAt()
                             : m_timers.isEmpty() ? 0
                                                  : std::max<std::int64_t>(m_timers.first().due(), 1);
    // Waits with a limit mostly end before it, one after the other: a wake-up that comes too early, for
    // nothing, costs less than to put it off each time.
    const bool comesInTime = m_armedFor != 0 && !m_isControlled && (due == 0 || m_armedFor <= due);
    if (due == m_armedFor || comesInTime)
        return;
    m_armedFor = due;
    const std::int64_t wait = due == 0 ? 0 : std::max<std::int64_t>(due - readClock(), 1);
#ifdef __linux__
    if (m_timerNotifier) {
        itimerspec spec {};
        spec.it_value = {time_t(wait / 1'000'000'000), long(wait % 1'000'000'000)};
        timerfd_settime(m_timerDescriptor, 0, &spec, nullptr);
        return;
    }
#endif
    if (due == 0)
        m_timer->stop();
    else
        m_timer->start(
            int(std::min<std::int64_t>((wait + 999'999) / 1'000'000, std::numeric_limits<int>::max())));
}

bool Loop::event(QEvent *event)
{
    if (event->type() == turnEvent) {
        m_turnRequested = false;
        turn();
        return true;
    }
    if (event->type() == inboxEvent) {
        takePosted();
        return true;
    }
    return QObject::event(event);
}

void Loop::runPosted()
{
    noteAwake();
    std::vector<std::function<void()>> functions;
    {
        const std::lock_guard lock(m_inbox->m_mutex);
        functions.swap(m_inbox->m_functions);
    }
    for (auto &function : functions)
        function();
}

/// Runs what was posted, then what that made ready.
void Loop::takePosted()
{
    const bool outer = std::exchange(m_turning, true); // it needs no event to get its turn
    runPosted();
    m_turning = outer;
    if (!m_ready.isEmpty() || !m_timers.isEmpty())
        turn();
}

void Loop::fireDue(std::int64_t now)
{
    while (!m_timers.isEmpty() && m_timers.first().due() <= now)
        m_timers.takeFirst().timeIsUp();
}

void Loop::runNode(ReadyNode &node)
{
    ++m_steps;
    trace::ThreadState &thread = trace::thisThread;
    trace::FrameInfo *const base = std::exchange(thread.base, thread.current);
    thread.cause = node.cause;
    thread.who = node.who;
    if (node.run)
        node.run(node, ReadyNode::Turn::Comes);
    else
        node.handle.resume();
    thread.base = base;
}

void Loop::turn()
{
    noteAwake(); // glib says that it is awake after the work that it was woken for
    if (m_isControlled) [[unlikely]]
        return m_control->turn();
    const bool outer = m_turning; // a nested event loop inside of a slice takes turns, too
    m_turning = true;
    std::int64_t now = readClock();
    const std::int64_t until = now + m_options.budget.count();
    fireDue(now);
    for (std::uint64_t step = 1; !m_ready.isEmpty(); ++step) {
        runNode(m_ready.pop());
        if (m_isControlled) [[unlikely]]
            break;
        if (step % stepsPerReading == 0) {
            now = readClock();
            fireDue(now);
            if (now >= until)
                break;
        }
    }
    m_turning = outer;
    if (m_isControlled)
        return m_control->settle();
    if (!m_ready.isEmpty())
        requestTurn();
    armWakeUp();
}

/// Whether there is something to run now.
bool Loop::hasWork() const noexcept { return m_isControlled ? m_control->hasWork() : !m_ready.isEmpty(); }

bool Loop::turnOnce()
{
    Q_ASSERT(m_options.clock == LoopClock::Virtual);
    runPosted();
    if (m_isControlled)
        return m_control->turnOnce();
    if (m_ready.isEmpty() && !m_timers.isEmpty())
        m_stoppedAt = std::max(m_stoppedAt, m_timers.first().due());
    fireDue(m_stoppedAt);
    if (m_ready.isEmpty())
        return false;
    ReadyNode end; // what becomes ready from here on belongs to the next turn
    m_ready.push(end);
    while (&m_ready.front() != &end && !m_isControlled)
        runNode(m_ready.pop());
    if (m_isControlled) {
        end.unlink();
        m_control->settle();
    }
    return true;
}

void Loop::runUntilIdle()
{
    while (turnOnce()) { }
}

void Loop::beforeBlocking()
{
    if (m_turning) { // inside of a nested event loop
        if (hasWork())
            requestTurn();
        else
            armWakeUp();
    }
    if (m_expectsAnswer && m_ready.isEmpty() && !m_turnRequested)
        lookOutForAnswer();
    if (!m_awake || hasWork())
        return; // Qt says so before each look at the system, also when it won't block
    announce();
    m_awake = false;
    if (trace::isRecording())
        trace::record(m_id.value, trace::EventType::LoopAsleep, trace::Cause::None, 0, 0, 0);
}

void Loop::lookOutForAnswer()
{
    const std::int64_t until = readClock() + m_options.budget.count();
    while (std::exchange(m_expectsAnswer, false) && m_spin.isPromising() && m_inbox->waitAwake(m_spin)) {
        takePosted();
        if (!m_ready.isEmpty() || m_turnRequested)
            return;
        if (m_expectsAnswer && readClock() >= until) {
            requestTurn(); // first Qt's other events, then here again
            return;
        }
    }
}

void Loop::afterBlocking()
{
    if (m_turning && hasWork())
        requestTurn(); // glib says nothing else before a nested loop's first iteration
    noteAwake();
}

void Loop::noteAwake()
{
    if (m_awake)
        return;
    announce();
    m_awake = true;
    if (trace::isRecording())
        trace::record(m_id.value, trace::EventType::LoopAwake, trace::Cause::None, 0, 0, 0);
}

ThreadExecutor &Loop::executor()
{
    if (!m_executor)
        m_executor = std::make_unique<ThreadExecutor>(std::min(QThread::idealThreadCount() + 4, 32),
                                                      tr("executor"));
    return *m_executor;
}

void Loop::cancelAll()
{
    std::vector<AnyTask> tasks; // held: cancelling one that hasn't started ends it at once
    tasks.reserve(m_taskCount);
    for (TaskStateBase *task = m_firstTask; task; task = task->m_next)
        tasks.emplace_back(task);
    for (const AnyTask &task : tasks)
        task.cancel();
}

void Loop::reportUnseenError(const UnseenError &error) noexcept
{
    Loop *const loop = current();
    if (loop && loop->m_unseenErrorHandler)
        return loop->m_unseenErrorHandler(error);
    try {
        std::rethrow_exception(error.error);
    } catch (...) {
        qCWarning(runtimeLog).noquote().nospace()
            << "Task " << error.name
            << " failed, and nobody asked for its error: " << trace::currentExceptionText();
    }
}

TaskStateBase *Loop::findTask(TaskId id) const
{
    for (TaskStateBase *task = m_firstTask; task; task = task->m_next)
        if (task->id() == id)
            return task;
    return nullptr;
}

FutureStateBase *Loop::findFuture(FutureId id) const
{
    const auto found = m_futures.find(id);
    return found == m_futures.end() ? nullptr : found->second;
}

void Loop::destroyFrames()
{
    // Roots first: each takes along what it owns.
    while (m_firstTask)
        m_firstTask->destroyFrame();

    // What is left was called without being spawned. A frame on a leaf of ours goes with the topmost frame
    // that waits for it.
    struct Found
    {
        void *frame;
        std::uint32_t id;
    };
    std::vector<Found> found;
    trace::FrameArena::forEach(trace::FrameArena::Whose::ThisThreads, [&found](trace::FrameInfo &frame) {
        if (isOnLeafOf(frame, currentLoop)) {
            trace::FrameInfo &top = trace::lastAwaiter(frame);
            found.push_back({trace::frameBehind(top), top.id});
        }
    });
    for (const Found &top : found) {
        // Destroying one may have taken others along.
        trace::FrameInfo *const info = trace::infoOfFrame(top.frame);
        if (info && info->id == top.id && info->activity != trace::Activity::Running && !info->hasOwner
            && !info->belongsToObject)
            trace::destroyDetached(*info);
    }

    // Frames whose Task is still held by somebody stay; their leaves must not reach for this loop.
    trace::FrameArena::forEach(trace::FrameArena::Whose::ThisThreads, [](trace::FrameInfo &frame) {
        if (isOnLeafOf(frame, currentLoop))
            static_cast<Leaf *>(frame.leaf)->leaveLoop();
    });
    while (!m_ready.isEmpty())
        if (ReadyNode &node = m_ready.pop(); node.run)
            node.run(node, ReadyNode::Turn::NeverComes);
    while (!m_timers.isEmpty())
        m_timers.takeFirst();
    for (auto &[id, future] : m_futures)
        future->leaveLoop();
}

} // namespace coroscope
