// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/taskstate.h"

#include "core/runtime/cancelscope.h"
#include "core/runtime/errors.h"
#include "core/runtime/leaf.h"

#include <atomic>

namespace coroscope {

namespace {

std::atomic<std::uint64_t> unnamedTasks {0};

/// A function that the loop calls at its next turn.
struct Call final : ReadyNode
{
    explicit Call(std::function<void()> f)
        : function(std::move(f))
    {
        run = [](ReadyNode &node, Turn turn) {
            const std::unique_ptr<Call> call(static_cast<Call *>(&node));
            if (turn == Turn::Comes)
                call->function();
        };
    }
    std::function<void()> function;
};

struct Callback final : TaskWatcher
{
    Callback(Loop &l, std::function<void()> f)
        : loop(&l)
        , function(std::move(f))
    { }
    void taskEnded(TaskStateBase &) noexcept override
    {
        loop->schedule(*new Call(std::move(function)));
        delete this;
    }
    Loop *loop;
    std::function<void()> function;
};

} // namespace

void throwNotEnded(const QString &name)
{
    throw InvalidStateError("task " + name.toStdString() + " has not ended yet");
}

void TaskWatcher::stopWatching() noexcept
{
    if (!m_task)
        return;
    if (m_previous)
        m_previous->m_next = m_next;
    else
        m_task->m_watchers = m_next;
    if (m_next)
        m_next->m_previous = m_previous;
    m_task = nullptr;
    m_next = m_previous = nullptr;
}

TaskStateBase::TaskStateBase(Loop &loop, QString name, QByteArray category, TaskId id)
    : m_loop(&loop)
    , m_id(id ? id : TaskId {trace::newId()})
    , m_name(std::move(name))
    , m_category(std::move(category))
{
    if (m_name.isEmpty())
        m_name = QStringLiteral("Task-%1").arg(++unnamedTasks);
    run = [](ReadyNode &node, Turn turn) {
        if (turn == Turn::Comes)
            static_cast<TaskStateBase &>(node).start();
        else
            static_cast<TaskStateBase &>(node).cancel({});
    };

    m_previous = loop.m_lastTask;
    (m_previous ? m_previous->m_next : loop.m_firstTask) = this;
    loop.m_lastTask = this;
    ++loop.m_taskCount;
    announce();
    ref(); // the loop's
    loop.schedule(*this);
}

TaskStateBase::~TaskStateBase()
{
    if (m_error && !m_cancelled && !m_errorSeen)
        Loop::reportUnseenError({m_id, m_name, m_error});
}

/// Once a recording: at the spawn, or else when the recording begins or the task starts, whichever is first.
void TaskStateBase::announce()
{
    using namespace trace;
    const std::uint32_t recording = recordingNumber();
    if (recording == 0 || m_announcedTo == recording)
        return;
    m_announcedTo = recording;
    FrameInfo *const running = thisThread.current;
    if (!m_started) // else its frame is announced
        record(m_id.value, EventType::Created, Cause::None, std::uint16_t(EntityKind::Spawned),
               running ? rootOf(*running).id : 0, 0);
    recordText(m_id.value, TextKind::Name, m_name);
    if (!m_category.isEmpty())
        recordText(m_id.value, TextKind::Category, QByteArrayView(m_category));
}

void TaskStateBase::start() noexcept
{
    announce();
    m_started = true;
    trace::ThreadState &thread = trace::thisThread;
    thread.cause = trace::Cause::None;
    thread.adoptedId = m_id.value;
    TaskStateBase *const outer = std::exchange(m_loop->m_starting, this);
    try {
        callFunction();
        m_loop->m_starting = outer;
    } catch (...) {
        m_loop->m_starting = outer;
        thread.adoptedId = 0;
        m_error = std::current_exception();
        if (trace::isRecording())
            trace::recordText(m_id.value, trace::TextKind::Error, trace::currentExceptionText());
        recordEndWithoutFrame();
        complete();
        return;
    }
    if (!hasEndedAtOnce()) {
        trace::FrameInfo *info = trace::infoOfFrame(frame());
        if (!info || info->id != m_id.value || info->hasOwner || info->waiters) {
            addRunner(); // the function passed on a Task that isn't its own
            info = trace::infoOfFrame(frame());
        }
        thread.adoptedId = 0;
        if (!hasEndedAtOnce()) {
            info->hasOwner = true;
            info->owner = this;
            m_frame = info;
            deliverCancellations();
            return;
        }
    }
    if (std::exchange(thread.adoptedId, 0))
        recordEndWithoutFrame();
    settle();
    dropTask(false);
    complete();
}

void TaskStateBase::frameFinished() noexcept
{
    m_frame = nullptr;
    settle();
    dropTask(true);
    complete();
}

void TaskStateBase::settle() noexcept
{
    try {
        takeResult();
    } catch (const CancelledError &) {
        m_cancelled = true;
        m_error = std::current_exception();
    } catch (...) {
        m_error = std::current_exception();
    }
}

void TaskStateBase::recordEndWithoutFrame() noexcept
{
    announce();
    if (trace::isRecording())
        trace::record(m_id.value, trace::EventType::Finished, trace::Cause::None,
                      std::uint16_t(m_cancelled ? trace::Outcome::Cancelled
                                    : m_error   ? trace::Outcome::Failed
                                                : trace::Outcome::Done),
                      0, 0);
}

void TaskStateBase::complete() noexcept
{
    dropCancellations();
    m_done = true;
    releaseCall();
    (m_previous ? m_previous->m_next : m_loop->m_firstTask) = m_next;
    (m_next ? m_next->m_previous : m_loop->m_lastTask) = m_previous;
    --m_loop->m_taskCount;
    m_next = m_previous = nullptr;
    while (TaskWatcher *const watcher = m_watchers) {
        watcher->stopWatching();
        watcher->taskEnded(*this);
    }
    m_loop = nullptr;
    unref();
}

bool TaskStateBase::takeCancellation(const trace::FrameInfo &waiting) noexcept
{
    if (m_mustCancel) {
        m_mustCancel = false;
        --m_loop->m_pendingCancellations;
        return true;
    }
    for (CancelScope *scope = m_scopes; scope; scope = scope->m_next)
        if (scope->m_isPending && trace::isBelow(waiting, *scope->m_frame)) {
            scope->m_isPending = false;
            --m_loop->m_pendingCancellations;
            return true;
        }
    return false;
}

/// What was asked for in the task's first slice, when nothing was known of its frame.
void TaskStateBase::deliverCancellations() noexcept
{
    if (m_mustCancel) {
        m_mustCancel = false;
        --m_loop->m_pendingCancellations;
        cancelFrame();
    }
    for (CancelScope *scope = m_scopes; scope; scope = scope->m_next)
        if (scope->m_isPending && trace::cancelLeaves(*scope->m_frame)) {
            scope->m_isPending = false;
            --m_loop->m_pendingCancellations;
        }
}

void TaskStateBase::dropCancellations() noexcept
{
    m_loop->m_pendingCancellations -= m_mustCancel;
    m_mustCancel = false;
    for (CancelScope *scope = m_scopes; scope; scope = scope->m_next) {
        m_loop->m_pendingCancellations -= scope->m_isPending;
        scope->m_isPending = false;
    }
}

TaskStateBase *TaskStateBase::of(trace::FrameInfo &frame) noexcept
{
    trace::FrameInfo &root = trace::rootOf(frame);
    if (root.hasOwner)
        return static_cast<TaskStateBase *>(root.owner);
    // In its first slice a task's frame isn't known to be its.
    Loop *const loop = Loop::current();
    TaskStateBase *const starting = loop ? loop->m_starting : nullptr;
    return starting && starting->m_id.value == root.id ? starting : nullptr;
}

void TaskStateBase::cancelFrame() noexcept
{
    if ((!m_frame || !trace::cancelLeaves(*m_frame)) && !m_mustCancel) {
        m_mustCancel = true;
        ++m_loop->m_pendingCancellations;
    }
}

bool TaskStateBase::cancel(TaskId)
{
    if (m_done)
        return false;
    ++m_cancelRequests;
    if (isLinked()) { // not started: it never will
        unlink();
        m_cancelled = true;
        m_error = std::make_exception_ptr(CancelledError());
        recordEndWithoutFrame();
        complete();
        return true;
    }
    cancelFrame();
    return true;
}

void TaskStateBase::watch(TaskWatcher &watcher) noexcept
{
    watcher.m_task = this;
    watcher.m_next = nullptr;
    TaskWatcher **end = &m_watchers;
    TaskWatcher *previous = nullptr;
    while (*end) {
        previous = *end;
        end = &(*end)->m_next;
    }
    watcher.m_previous = previous;
    *end = &watcher;
}

void TaskStateBase::onDone(std::function<void()> function)
{
    Loop *const loop = Loop::current();
    Q_ASSERT(loop);
    if (m_done)
        loop->schedule(*new Call(std::move(function)));
    else
        watch(*new Callback(*loop, std::move(function)));
}

void TaskStateBase::destroyFrame() noexcept
{
    const bool started = !isLinked();
    unlink();
    m_cancelled = true;
    m_error = std::make_exception_ptr(CancelledError());
    if (m_frame) {
        m_frame->hasOwner = false;
        m_frame->waiters = nullptr;
        // What waits for an awaiter that isn't ours may be resumed by it yet: it runs on, detached.
        const bool foreign = trace::hasForeignLeaf(*m_frame);
        m_frame = nullptr;
        dropTask(!foreign);
    } else if (!started) {
        recordEndWithoutFrame();
    }
    complete();
}

} // namespace coroscope
