// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
// The part of EventApplier that deals with futures and sets of waits.
#include "core/model/eventapplier.h"

namespace coroscope::model {

Future *EventApplier::knownFuture(FutureId id)
{
    if (Future *future = s.futures.find(id))
        return future;
    if (!id || s.futures.wasForgotten(id))
        return nullptr;
    return &addFuture(id); // older than the recording
}

Future &EventApplier::addFuture(FutureId id)
{
    Future &future = s.futures.add(id, m_time);
    s.textBytes += s.textBytesOf(future);
    return future;
}

void EventApplier::judgeWait(TaskRecord &record)
{
    const Future *future = record.task.wait.kind == trace::WaitKind::Future
                               ? s.futures.find(FutureId {std::uint32_t(record.task.wait.detail)})
                               : nullptr;
    record.task.waitsForNobody = future && record.task.state == TaskState::Suspended
                                 && hasNoProducer(*future);
}

void EventApplier::judgeAwaiting(const Future &future)
{
    for (const TaskId id : future.awaiting) {
        if (TaskRecord *record = s.tasks.find(id)) {
            judgeWait(*record);
            touch(*record);
        }
    }
}

void EventApplier::futureCreated(Event e)
{
    Future *future = s.futures.find(FutureId {e.task});
    if (!future && s.futures.wasForgotten(FutureId {e.task}))
        return breach();
    if (!future)
        future = &addFuture(FutureId {e.task});
    future->creator = TaskId {std::uint32_t(e.a)};
    future->settable = e.kind == 1;
    judgeAwaiting(*future);
    touch(*future);
}

void EventApplier::futureResolved(Event e)
{
    Future *future = knownFuture(FutureId {e.task});
    if (!future)
        return;
    if (future->state != Future::State::Pending)
        return breach();
    constexpr std::array states {Future::State::Done, Future::State::Failed, Future::State::Cancelled};
    future->state = states[std::min<std::size_t>(e.kind, states.size() - 1)];
    future->resolved = m_time;
    future->resolvedBy = TaskId {std::uint32_t(e.a)};
    s.ages.push({m_time, future->id.value, 0, AgeQueue::What::Future});
    judgeAwaiting(*future);
    touch(*future);
}

void EventApplier::futureDropped(Event e)
{
    Future *future = knownFuture(FutureId {e.task});
    if (!future || future->state != Future::State::Pending)
        return; // to drop a resolved one is its ordinary end
    future->state = Future::State::Dropped;
    future->resolved = m_time;
    s.ages.push({m_time, future->id.value, 0, AgeQueue::What::Future});
    judgeAwaiting(*future);
    touch(*future);
}

void EventApplier::futureText(Event e)
{
    const QString text = e.b > e.a ? e.text + QChar(0x2026) : e.text;
    const auto kind = trace::TextKind(e.kind);
    if (kind == trace::TextKind::ThreadName) {
        m_thread->name = text;
        return;
    }
    Future *future = knownFuture(FutureId {e.task});
    if (!future)
        return;
    switch (kind) {
    case trace::TextKind::FutureName:
        s.replace(future->name, text);
        break;
    case trace::TextKind::FutureType:
        s.replace(future->type, text);
        break;
    case trace::TextKind::FutureResult:
        s.replace(future->result, text);
        break;
    case trace::TextKind::FutureError:
        s.replace(future->error, text);
        break;
    default:
        return breach();
    }
    touch(*future);
}

void EventApplier::waitBegun(Event e)
{
    const WaitId id {std::uint32_t(e.a)};
    if (s.waits.find(id) || s.waits.wasForgotten(id))
        return breach();
    WaitSet &wait = s.waits.add(id, TaskId {e.task}, m_time);
    wait.until = trace::WaitUntil(e.kind);
    if (e.b != ~std::uint64_t(0))
        wait.timeout = Time {std::int64_t(e.b)};
    touch(wait);
}

void EventApplier::waitMember(Event e)
{
    WaitSet *wait = s.waits.find(WaitId {std::uint32_t(e.a)});
    if (!wait) {
        if (s.losses == 1 && !s.waits.wasForgotten(WaitId {std::uint32_t(e.a)}))
            breach();
        return;
    }
    s.waits.addMember(*wait, TaskId {e.task});
    touch(*wait);
}

void EventApplier::waitEnded(Event e)
{
    WaitSet *wait = s.waits.find(WaitId {std::uint32_t(e.a)});
    if (!wait || wait->ended) {
        if (s.losses == 1 && !s.waits.wasForgotten(WaitId {std::uint32_t(e.a)}))
            breach();
        return;
    }
    s.waits.end(*wait, m_time);
    s.ages.push({m_time, wait->id.value, 0, AgeQueue::What::Wait});
    touch(*wait);
}

} // namespace coroscope::model
