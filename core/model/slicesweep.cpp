// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/slicesweep.h"

namespace coroscope::model {

using trace::WaitKind;

bool SliceSweep::read(const TraceStore &store, SliceSink &sink, std::uint32_t budget)
{
    Pass pass {store, sink, budget};
    if (m_phase == Phase::Begin) {
        m_until = std::min(m_stretch.to, store.now());
        if (m_until <= m_stretch.from)
            return true;
        m_at = m_kept = 0;
        m_phase = m_revision == store.revision() ? Phase::Sweep : Phase::Awake;
    }
    if (m_phase == Phase::Awake && !wakeIdle(pass))
        return false;
    if (m_phase == Phase::Sweep && !sweep(pass))
        return false;
    if (!tell(pass))
        return false;
    m_phase = Phase::Begin;
    return true;
}

/// What was idle may have gone on since.
bool SliceSweep::wakeIdle(Pass &pass)
{
    if (m_at == 0)
        m_revision = pass.store.revision();
    for (; m_at < m_idle.size(); ++m_at) {
        if (pass.budget == 0)
            return false;
        --pass.budget;
        const Cursor cursor = m_idle[m_at];
        const Task *task = pass.store.task(cursor.id);
        if (!task)
            continue;
        if (cursor.next < pass.store.sliceCount(cursor.id) || hasEnded(task->state))
            place(pass.store, cursor);
        else
            m_idle[m_kept++] = cursor;
    }
    m_idle.resize(m_kept);
    m_phase = Phase::Sweep;
    return true;
}

bool SliceSweep::sweep(Pass &pass)
{
    while (pass.budget > 0) {
        --pass.budget;
        if (meetNext(pass))
            continue;
        if (m_heap.empty() || m_heap.front().time > m_until) {
            for (auto &stack : m_stacks)
                leaveUntil(pass, stack, m_until);
            tellRunning(pass);
            m_at = 0;
            m_phase = Phase::Tell;
            return true;
        }
        std::ranges::pop_heap(m_heap, IsLater());
        const Cursor cursor = m_heap.back();
        m_heap.pop_back();
        come(pass, cursor);
    }
    return false;
}

/// Null: there is none as yet.
const Task *SliceSweep::nextToMeet(const TraceStore &store)
{
    for (;;) {
        for (; m_met < m_toMeet.size(); ++m_met) {
            if (const Task *task = store.task(m_toMeet[m_met]))
                return task;
        }
        if (m_listed >= store.createdTasks())
            return nullptr;
        constexpr std::size_t atOnce = 1024;
        const auto tasks = store.tasksFrom(m_listed);
        const auto some = tasks.first(std::min(tasks.size(), atOnce));
        m_toMeet.assign(some.begin(), some.end());
        m_met = 0;
        m_listed = some.empty() ? store.createdTasks() : store.serialOf(some.back()) + 1;
    }
}

/// One that was created before what comes next.
bool SliceSweep::meetNext(Pass &pass)
{
    const Task *task = nextToMeet(pass.store);
    if (!task || task->created > m_until || (!m_heap.empty() && m_heap.front().time < task->created))
        return false;
    ++m_met;
    meet(pass.store, *task);
    return true;
}

bool SliceSweep::isInside(const Task &task)
{
    if (!m_root)
        return true;
    const bool isInside = task.id == m_root || m_inside.contains(task.parent);
    if (isInside)
        m_inside.insert(task.id);
    return isInside;
}

void SliceSweep::meet(const TraceStore &store, const Task &task)
{
    const bool isTold = isInside(task);
    if (task.entity == trace::EntityKind::Loop || (task.ended && *task.ended <= m_stretch.from))
        return;
    Cursor cursor {{}, {}, store.serialOf(task.id), task.id, store.firstSlice(task.id), isTold, false};
    if (const auto last = store.sliceAt(task.id, m_stretch.from)) {
        cursor.next = *last;
        const Slice slice = store.slice(task.id, *last);
        if (!slice.open && slice.end <= m_stretch.from) {
            ++cursor.next;
            cursor.hasWait = slice.wait.kind != WaitKind::None;
        }
    }
    place(store, cursor);
}

/// To where the cursor belongs; nowhere after the task's end.
void SliceSweep::place(const TraceStore &store, Cursor cursor)
{
    if (const std::uint32_t known = store.firstSlice(cursor.id); cursor.next < known) {
        cursor.next = known;
        cursor.hasWait = false;
    }
    const Task *task = store.task(cursor.id);
    if (cursor.next < store.sliceCount(cursor.id)) {
        const Slice slice = store.slice(cursor.id, cursor.next);
        cursor.time = slice.begin;
        cursor.end = slice.open ? Time::max() : slice.end;
    } else if (task && hasEnded(task->state)) {
        const Slice last = cursor.next > 0 ? store.slice(cursor.id, cursor.next - 1) : Slice {};
        if (last.wait.kind == WaitKind::None)
            return;
        cursor.time = cursor.end = task->ended.value_or(last.end);
    } else {
        m_idle.push_back(cursor);
        return;
    }
    m_heap.push_back(cursor);
    std::ranges::push_heap(m_heap, IsLater());
}

void SliceSweep::come(Pass &pass, Cursor cursor)
{
    const Task *task = pass.store.task(cursor.id);
    if (!task)
        return;
    if (cursor.isTold && cursor.hasWait)
        endWait(pass, cursor, *task);
    if (cursor.next >= pass.store.sliceCount(cursor.id))
        return; // it ended while it waited
    if (cursor.next >= pass.store.firstSlice(cursor.id)) {
        push(pass, cursor, pass.store.slice(cursor.id, cursor.next));
        cursor.hasWait = true;
    }
    ++cursor.next;
    place(pass.store, cursor);
}

void SliceSweep::endWait(Pass &pass, const Cursor &cursor, const Task &task)
{
    const std::uint32_t index = cursor.next - 1;
    if (index < pass.store.firstSlice(cursor.id))
        return;
    const Slice slice = pass.store.slice(cursor.id, index);
    if (slice.wait.kind == WaitKind::None)
        return;
    const Time resumed = std::max(slice.end, cursor.time);
    const Time ready = std::clamp(slice.ready.value_or(resumed), slice.end, resumed);
    pass.sink.wait(task, index, slice, {slice.end, ready, resumed, slice.ready.has_value()});
}

void SliceSweep::push(Pass &pass, const Cursor &cursor, const Slice &slice)
{
    if (slice.thread.value >= m_stacks.size())
        m_stacks.resize(slice.thread.value + 1);
    auto &stack = m_stacks[slice.thread.value];
    leaveUntil(pass, stack, slice.begin);
    stack.push_back({cursor.id, cursor.next, cursor.isTold, slice, {}});
}

/// Takes the slices off a thread's stack that ended by then.
void SliceSweep::leaveUntil(Pass &pass, std::vector<Running> &stack, Time time)
{
    while (!stack.empty()) {
        Running &top = stack.back();
        if (top.slice.open) {
            if (!pass.store.task(top.id) || top.index < pass.store.firstSlice(top.id)) {
                stack.pop_back(); // forgotten meanwhile
                continue;
            }
            top.slice = pass.store.slice(top.id, top.index);
        }
        if (top.slice.open || top.slice.end > time)
            return;
        const Running ended = top;
        stack.pop_back();
        const Time length = m_stretch.shareOf(ended.slice.begin, ended.slice.end);
        if (!stack.empty())
            stack.back().nested += length;
        const Task *task = ended.isTold ? pass.store.task(ended.id) : nullptr;
        if (!task)
            continue;
        pass.sink.slice(*task, ended.index, ended.slice);
        pass.sink.ran(*task, std::max(Time {}, length - ended.nested));
    }
}

void SliceSweep::tellRunning(Pass &pass)
{
    for (const auto &stack : m_stacks) {
        Time inner {};
        for (auto it = stack.rbegin(); it != stack.rend(); ++it) {
            const Time length = m_stretch.shareOf(it->slice.begin, m_until);
            const Task *task = it->isTold ? pass.store.task(it->id) : nullptr;
            if (task)
                pass.sink.running(*task, std::max(Time {}, length - it->nested - inner));
            inner = length;
        }
    }
}

bool SliceSweep::tell(Pass &pass)
{
    for (; m_at < m_heap.size() + m_idle.size(); ++m_at) {
        if (pass.budget == 0)
            return false;
        --pass.budget;
        tellPending(pass, m_at < m_heap.size() ? m_heap[m_at] : m_idle[m_at - m_heap.size()]);
    }
    return true;
}

void SliceSweep::tellPending(Pass &pass, const Cursor &cursor)
{
    const Task *task = cursor.isTold && cursor.hasWait ? pass.store.task(cursor.id) : nullptr;
    const std::uint32_t index = cursor.next - 1;
    if (!task || index < pass.store.firstSlice(cursor.id))
        return;
    Slice slice = pass.store.slice(cursor.id, index);
    if (slice.open || slice.end > m_until || slice.wait.kind == WaitKind::None)
        return;
    if (slice.ready && *slice.ready > m_until)
        slice.ready.reset();
    pass.sink.pending(*task, index, slice, m_until);
}

} // namespace coroscope::model
