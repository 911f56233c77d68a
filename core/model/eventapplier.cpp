// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/eventapplier.h"

#include "core/model/awaitgraph.h"
#include "core/model/words.h"

#include <QCoreApplication>

namespace coroscope::model {

using trace::Cause;
using trace::EntityKind;
using trace::EventType;
using trace::WaitKind;

void EventApplier::apply(const TraceEvent &e)
{
    ++s.figures.events;
    m_thread = &s.thread(e.thread);
    m_time = std::max(e.time, m_thread->lastTime);
    if (m_time != e.time)
        breach();
    m_thread->lastTime = m_time;
    if (m_thread->lostSince) {
        s.marks.addLost(*m_thread->lostSince, m_time, 0); // until here nothing is known
        m_thread->lostSince.reset();
    }
    if (!s.first)
        s.first = m_time;

    switch (e.type) {
    case EventType::Created:
        return create(e);
    case EventType::FirstSeen:
        return firstSeen(e);
    case EventType::Resumed:
        return resume(e);
    case EventType::Suspended:
        return suspend(e);
    case EventType::Finished:
        return end(e, moveOf(trace::Outcome(e.kind)));
    case EventType::Destroyed:
        return end(e, Move::Destroy);
    case EventType::Ready:
        return wake(e);
    case EventType::Text:
        return e.kind >= std::uint16_t(trace::TextKind::FutureName) ? futureText(e) : taskText(e);
    case EventType::FutureCreated:
        return futureCreated(e);
    case EventType::FutureResolved:
        return futureResolved(e);
    case EventType::FutureDropped:
        return futureDropped(e);
    case EventType::WaitBegun:
        return waitBegun(e);
    case EventType::WaitMember:
        return waitMember(e);
    case EventType::WaitEnded:
        return waitEnded(e);
    case EventType::LoopAwake:
        return loopAwake(e);
    case EventType::LoopAsleep:
        return loopAsleep(e);
    case EventType::Progress:
        return progress(e);
    case EventType::Located:
        return located(e);
    case EventType::LoopHeld:
        return loopHeld(e);
    case EventType::LoopReleased:
        return loopReleased(e);
    }
    breach();
}

void EventApplier::applyLost(ThreadId id, Time time, std::uint64_t count)
{
    ThreadTrack &thread = s.thread(id);
    s.figures.lost += count;
    ++s.losses;
    const Time since = thread.lastTime != Time::min() ? std::min(thread.lastTime, time) : time;
    if (!thread.unsure) {
        thread.unsure = true;
        thread.unsureSince = since;
    }
    thread.lostSince = since;
    s.marks.addLost(since, time, count);
}

// --- finding and checking --------------------------------------------------------------------------------

TaskRecord &EventApplier::add(TaskId id, TaskId creator, EntityKind entity, LocationId location)
{
    TaskRecord &record = s.tasks.add(id, creator, entity, m_time);
    record.sureSince = s.losses;
    record.touchedIn = s.revision + 1;
    record.serial = s.createdTasks++;
    record.task.location = location;
    s.replace(record.task.name, words::fallbackName(record.task, s.texts.location(location)));
    s.changes.created.push_back(id);
    return record;
}

TaskRecord *EventApplier::known(TaskId id, EntityKind entity)
{
    if (TaskRecord *record = s.tasks.find(id)) {
        touch(*record);
        return record;
    }
    if (s.tasks.wasForgotten(id))
        return nullptr;
    if (!id || s.losses == 1)
        breach();
    if (!id)
        return nullptr;
    TaskRecord &record = add(id, {}, entity, {});
    record.sureSince = 0;
    return &record;
}

void EventApplier::touch(TaskRecord &record)
{
    if (record.touchedIn == s.revision + 1)
        return;
    record.touchedIn = s.revision + 1;
    s.changes.changed.push_back(record.task.id);
}

bool EventApplier::allows(TaskRecord &record, Move move)
{
    const TaskState state = record.task.state;
    const bool unsure = s.isUnsure(record);
    record.sureSince = s.losses;
    if (isLegal(record.task.entity, state, record.task.polls > 0, move))
        return true;
    if (!unsure || hasEnded(state))
        breach();
    return !hasEnded(state);
}

// --- the life of a task ----------------------------------------------------------------------------------

void EventApplier::resume(Event e)
{
    TaskRecord *record = known(TaskId {e.task},
                               e.cause == Cause::Job ? EntityKind::Worker : EntityKind::Coroutine);
    if (!record || !allows(*record, Move::Resume))
        return;
    if (record->running)
        m_stacks.abandon(*record, m_time);
    makeTop(TaskId {std::uint32_t(e.b)});
    beginSlice(*record, e.cause, e.a);
}

void EventApplier::makeTop(TaskId below)
{
    ThreadTrack &thread = *m_thread;
    const TaskId top = thread.stack.empty() ? TaskId {} : thread.stack.back().record->task.id;
    if (!below && thread.stack.size() == 1 && thread.isWorkers())
        return; // called by a job: a worker is no coroutine, and not below it for the program
    if (top != below) {
        if (!thread.unsure)
            breach();
        TaskRecord *record = s.tasks.find(below);
        if (!record || !m_stacks.uncover(thread, *record, m_time)) {
            m_stacks.clear(thread, m_time);
            if (record && thread.unsure && !record->running && !hasEnded(record->task.state))
                beginSlice(*record, Cause::None, 0); // its resumption was lost
        }
    }
    if (!below)
        thread.unsure = false;
}

void EventApplier::beginSlice(TaskRecord &record, Cause cause, std::uint64_t causer)
{
    Task &task = record.task;
    const auto &slices = record.lane.slices;
    Time begin = m_time;
    if (!slices.empty() && slices.endOf(slices.size() - 1) > begin) {
        begin = slices.endOf(slices.size() - 1); // another thread's clock ran ahead
        breach();
    }
    const bool isNew = task.state == TaskState::Created && task.entity == EntityKind::Spawned;
    if (task.state == TaskState::Ready || isNew)
        task.ready += begin - task.stateSince;
    stopWait(record);
    task.wait = {};
    if (!task.started)
        task.started = begin;
    task.lastCause = cause;
    task.lastCauser = causer;
    if (std::size_t(cause) < task.wakes.size())
        ++task.wakes[std::size_t(cause)];
    noteCancel(record, cause, causer);
    m_stacks.push(*m_thread, record, begin, cause, std::uint32_t(causer));
    s.tasks.setState(record, TaskState::Running, begin);
}

void EventApplier::leaveStack(TaskRecord &record, const Wait &wait)
{
    ThreadTrack &thread = *m_thread;
    const bool onTop = !thread.stack.empty() && thread.stack.back().record == &record;
    if (!onTop && !thread.unsure)
        breach();
    if (onTop || m_stacks.uncover(thread, record, m_time))
        m_stacks.pop(thread, std::max(m_time, thread.stack.back().begin), wait);
    else
        m_stacks.abandon(record, m_time);
}

void EventApplier::suspend(Event e)
{
    TaskRecord *record = known(TaskId {e.task});
    if (!record || !allows(*record, Move::Suspend))
        return;
    const Wait wait {WaitKind(e.kind), e.a, LocationId {std::uint32_t(e.b)}, m_time};
    if (record->running)
        leaveStack(*record, wait);
    else if (record->lane.slices.empty() && !isService(record->task.entity))
        record->lane.firstWait = wait;
    startWait(*record, wait);
}

void EventApplier::startWait(TaskRecord &record, const Wait &wait)
{
    stopWait(record);
    record.task.wait = wait;
    s.tasks.setState(record, TaskState::Suspended, m_time);
    if (wait.kind == WaitKind::Yield) {
        if (!record.lane.slices.empty())
            record.lane.slices.setReady(m_time);
        s.tasks.setState(record, TaskState::Ready, m_time);
    } else if (wait.kind == WaitKind::Task || wait.kind == WaitKind::Join) {
        if (TaskRecord *awaited = s.tasks.find(TaskId {std::uint32_t(wait.detail)}))
            awaits::link(record, *awaited);
    } else if (wait.kind == WaitKind::Future) {
        if (Future *future = knownFuture(FutureId {std::uint32_t(wait.detail)})) {
            future->awaiting.push_back(record.task.id);
            touch(*future);
        }
        judgeWait(record);
    }
}

void EventApplier::stopWait(TaskRecord &record)
{
    awaits::unlink(record);
    record.task.waitsForNobody = false;
    if (record.task.wait.kind != WaitKind::Future)
        return;
    if (Future *future = s.futures.find(FutureId {std::uint32_t(record.task.wait.detail)})) {
        if (std::erase(future->awaiting, record.task.id))
            touch(*future);
    }
}

void EventApplier::wake(Event e)
{
    TaskRecord *record = known(TaskId {e.task});
    if (!record || !allows(*record, Move::Wake) || record->running)
        return;
    noteCancel(*record, e.cause, e.a);
    if (record->task.state == TaskState::Ready)
        return;
    stopWait(*record);
    auto &slices = record->lane.slices;
    if (!slices.empty())
        slices.setReady(m_time);
    else if (!record->lane.firstReady)
        record->lane.firstReady = m_time;
    s.tasks.setState(*record, TaskState::Ready, m_time);
}

void EventApplier::end(Event e, Move move)
{
    TaskRecord *record = known(TaskId {e.task});
    if (!record || !allows(*record, move))
        return;
    if (record->running && record->task.entity == EntityKind::Loop)
        endLoopSlice(*record);
    else if (record->running)
        leaveStack(*record, {});
    endTask(*record, move);
}

void EventApplier::endTask(TaskRecord &record, Move move)
{
    stopWait(record);
    record.task.wait = {};
    record.task.ended = record.lane.ended = m_time;
    s.tasks.setState(record, targetOf(move), m_time);
    s.ages.push({m_time, record.task.id.value, 0, AgeQueue::What::Task});
    if (move == Move::Cancel)
        nameCanceller(record);
    for (const WaitId id : s.waits.activeWith(record.task.id))
        touch(*s.waits.find(id));
}

void EventApplier::noteCancel(TaskRecord &record, Cause cause, std::uint64_t causer)
{
    if (cause == Cause::Cancel)
        record.cancelledBy = causer;
}

void EventApplier::nameCanceller(TaskRecord &record)
{
    Task &task = record.task;
    if (record.cancelledBy) {
        const TaskRecord *other = s.tasks.find(TaskId {std::uint32_t(*record.cancelledBy)});
        task.cancelledBy = *record.cancelledBy == 0 ? QCoreApplication::translate("coroscope::model", "you")
                           : other                  ? other->task.name
                                                    : QString();
    } else if (task.lastCause == Cause::Task) {
        // The cancellation came up from the task that it awaited.
        if (const TaskRecord *leaf = s.tasks.find(TaskId {std::uint32_t(task.lastCauser)}))
            task.cancelledBy = leaf->task.cancelledBy;
    }
}

// --- loops -----------------------------------------------------------------------------------------------

void EventApplier::loopAwake(Event e)
{
    TaskRecord *record = known(TaskId {e.task}, EntityKind::Loop);
    m_thread->loop = TaskId {e.task};
    if (!record || record->running || !allows(*record, Move::Resume))
        return;
    s.beginSlice(*record, m_time, Cause::None, 0, m_thread->id);
    record->running = true;
    record->task.thread = m_thread->id;
    ++record->task.polls;
    if (!record->task.started)
        record->task.started = m_time;
    s.tasks.setState(*record, TaskState::Running, m_time);
}

void EventApplier::loopAsleep(Event e)
{
    TaskRecord *record = known(TaskId {e.task}, EntityKind::Loop);
    m_thread->loop = TaskId {e.task};
    if (!record || record->task.state == TaskState::Suspended || !allows(*record, Move::Suspend))
        return;
    if (record->running)
        endLoopSlice(*record);
    s.tasks.setState(*record, TaskState::Suspended, m_time);
}

void EventApplier::loopHeld(Event e)
{
    const TaskRecord *record = known(TaskId {e.task}, EntityKind::Loop);
    if (record && !s.marks.beginHeld(m_time, record->task.id) && !s.isUnsure(*record))
        breach();
}

void EventApplier::loopReleased(Event e)
{
    const TaskRecord *record = known(TaskId {e.task}, EntityKind::Loop);
    if (record && !s.marks.endHeld(m_time, record->task.id) && !s.isUnsure(*record))
        breach();
}

void EventApplier::endLoopSlice(TaskRecord &loop)
{
    auto &slices = loop.lane.slices;
    const Time end = std::max(m_time, slices.beginOf(slices.size() - 1));
    const Time length = end - slices.beginOf(slices.size() - 1);
    slices.end(end);
    loop.running = false;
    loop.task.busy += length;
    loop.task.longestSlice = std::max(loop.task.longestSlice, length);
}

} // namespace coroscope::model
