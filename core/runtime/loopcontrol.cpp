// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/runtime/loopcontrol.h"

#include "core/runtime/loop.h"
#include "core/runtime/taskstate.h"

#include <algorithm>
#include <utility>

namespace coroscope {

// --- requests --------------------------------------------------------------------------------------------

void LoopControl::request(std::function<void(LoopControl &)> function)
{
    if (Loop::current() == &m_loop)
        function(*this);
    else
        m_loop.post([this, function = std::move(function)] { function(*this); });
}

void LoopControl::hold()
{
    request([](LoopControl &control) { control.enter(Mode::Held); });
}

void LoopControl::release()
{
    request([](LoopControl &control) { control.enter(Mode::Running); });
}

void LoopControl::step()
{
    request([](LoopControl &control) {
        control.enter(Mode::Held);
        ++control.m_stepsWanted;
        control.m_loop.requestTurn();
    });
}

void LoopControl::runToNextOf(TaskId task)
{
    request([task](LoopControl &control) {
        control.m_isSoughtSpawned = control.m_loop.findTask(task);
        control.enter(Mode::Seeking, task);
    });
}

void LoopControl::setPace(double entriesPerSecond)
{
    request([entriesPerSecond](LoopControl &control) {
        control.m_scheduling.pace = std::max(entriesPerSecond, 0.0);
        control.m_nextEntry = 0;
        control.settle();
    });
}

void LoopControl::enter(Mode mode, TaskId sought)
{
    m_loop.announce(); // a recording that has just begun hears first of the loop, then of this
    const Mode before = std::exchange(m_scheduling.mode, mode);
    m_scheduling.sought = sought;
    if ((before == Mode::Held) != (mode == Mode::Held)) {
        m_stepsWanted = 0;
        if (mode == Mode::Held)
            m_loop.stopClock();
        else
            m_loop.startClock();
        noteMode();
    }
    settle();
}

/// After a change: the loop goes on, or stays, as it should now.
void LoopControl::settle()
{
    m_loop.m_isControlled = m_scheduling.mode != Mode::Running || m_scheduling.pace > 0;
    if (m_loop.hasWork())
        m_loop.requestTurn();
    m_loop.armWakeUp();
    tell();
}

void LoopControl::noteMode() const
{
    if (trace::isRecording())
        trace::record(m_loop.id().value,
                      m_scheduling.mode == Mode::Held ? trace::EventType::LoopHeld
                                                      : trace::EventType::LoopReleased,
                      trace::Cause::None, 0, 0, 0);
}

void LoopControl::loopEnds()
{
    m_changeHandler = {};
    if (std::exchange(m_scheduling.mode, Mode::Running) == Mode::Held)
        noteMode();
}

void LoopControl::tell()
{
    m_scheduling.ready = m_scheduling.mode == Mode::Held ? m_loop.m_ready.size() : 0;
    if (m_scheduling == m_told)
        return;
    m_told = m_scheduling;
    if (m_changeHandler)
        m_changeHandler(m_told);
}

// --- turns -----------------------------------------------------------------------------------------------

/// A turn of the real clock.
void LoopControl::turn()
{
    const bool outer = std::exchange(m_loop.m_turning, true);
    const std::int64_t until = m_loop.sinceStart() + m_loop.options().budget.count();
    while (m_loop.m_isControlled && prepareEntry()) {
        runEntry();
        if (m_loop.sinceStart() >= until)
            break;
    }
    m_loop.m_turning = outer;
    settle();
}

/// One entry of a loop with a virtual clock. False if there was none to run.
bool LoopControl::turnOnce()
{
    const bool isPrepared = prepareEntry();
    if (isPrepared)
        runEntry();
    settle();
    return isPrepared;
}

bool LoopControl::hasWork() const noexcept
{
    if (m_scheduling.mode == Mode::Held)
        return m_stepsWanted > 0;
    return !m_loop.m_ready.isEmpty() && m_loop.readClock() >= m_nextEntry;
}

/// When a timer has to wake the loop; 0: never.
std::int64_t LoopControl::wakeUpAt() const noexcept
{
    if (m_scheduling.mode == Mode::Held)
        return 0;
    std::int64_t due = m_loop.m_timers.isEmpty() ? 0
                                                 : std::max<std::int64_t>(m_loop.m_timers.first().due(), 1);
    if (!m_loop.m_ready.isEmpty() && m_loop.readClock() < m_nextEntry)
        due = due == 0 ? m_nextEntry : std::min(due, m_nextEntry);
    return due;
}

/// Whether the front of the ready queue may run now. A virtual clock moves on to when it may.
bool LoopControl::prepareEntry()
{
    if (m_scheduling.mode == Mode::Held)
        return prepareStep();
    for (;;) {
        m_loop.fireDue(m_loop.readClock());
        if (hasWork())
            return true;
        const std::int64_t next = wakeUpAt();
        if (next == 0 || m_loop.options().clock == LoopClock::Real)
            return false;
        m_loop.m_stoppedAt = std::max(m_loop.m_stoppedAt, next);
    }
}

bool LoopControl::prepareStep()
{
    if (m_stepsWanted == 0)
        return false;
    --m_stepsWanted;
    m_loop.fireDue(m_loop.m_stoppedAt);
    while (m_loop.m_ready.isEmpty() && !m_loop.m_timers.isEmpty()) {
        m_loop.m_stoppedAt = std::max(m_loop.m_stoppedAt, m_loop.m_timers.first().due());
        m_loop.fireDue(m_loop.m_stoppedAt);
    }
    return !m_loop.m_ready.isEmpty();
}

void LoopControl::runEntry()
{
    constexpr double second = 1e9; // ns
    if (m_scheduling.pace > 0)
        m_nextEntry = m_loop.readClock() + std::int64_t(second / m_scheduling.pace);
    ReadyNode &node = m_loop.m_ready.pop();
    const TaskId sought = m_scheduling.sought;
    const bool isFound = isSought(node);
    m_loop.runNode(node);
    // The entry itself may have asked for something else.
    if (m_scheduling.mode != Mode::Seeking || m_scheduling.sought != sought)
        return;
    if (isFound || (m_isSoughtSpawned && !m_loop.findTask(sought)))
        enter(Mode::Held);
}

/// Whether the entry resumes the sought task, or what it waits for.
bool LoopControl::isSought(const ReadyNode &node) const
{
    if (m_scheduling.mode != Mode::Seeking)
        return false;
    const TaskId sought = m_scheduling.sought;
    if (node.run) { // a task's first slice, or a function that was to be called
        const TaskStateBase *const task = m_loop.findTask(sought);
        return task && static_cast<const ReadyNode *>(task) == &node;
    }
    trace::FrameInfo *frame = trace::infoOfFrame(node.handle.address());
    if (frame && trace::rootOf(*frame).id == sought.value)
        return true;
    while (frame && frame->id != sought.value) {
        const bool isAwaited = !frame->hasOwner && frame->waiters;
        frame = isAwaited ? trace::infoOfFrame(frame->waiters->handle.address()) : nullptr;
    }
    return frame;
}

} // namespace coroscope
