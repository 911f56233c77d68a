// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// The part of EventApplier that deals with what a task is and says, not with what it does.
#include "core/model/eventapplier.h"
#include "core/model/words.h"

namespace coroscope::model {

using trace::EntityKind;
using trace::WaitKind;

void EventApplier::create(Event e)
{
    const TaskId id {e.task};
    if (s.tasks.wasForgotten(id))
        return breach();
    const TaskId creator {std::uint32_t(e.a)};
    const LocationId location {std::uint32_t(e.b)};
    TaskRecord *record = s.tasks.find(id);
    if (!record) {
        TaskRecord &added = add(id, creator, EntityKind(e.kind), location);
        if (added.task.entity == EntityKind::Spawned)
            added.lane.firstReady = m_time; // it is called at the loop's next turn
        return;
    }
    // What the runtime owns is announced again with each recording.
    if (!s.isUnsure(*record) && EntityKind(e.kind) == EntityKind::Coroutine)
        breach();
    identify(*record, creator, EntityKind(e.kind), location);
}

void EventApplier::identify(TaskRecord &record, TaskId creator, EntityKind entity, LocationId location)
{
    s.tasks.identify(record, creator, entity);
    locate(record, location);
    touch(record);
}

void EventApplier::located(Event e)
{
    if (TaskRecord *record = known(TaskId {e.task}))
        locate(*record, LocationId {std::uint32_t(e.b)});
}

void EventApplier::locate(TaskRecord &record, LocationId location)
{
    record.task.location = location;
    if (!record.ownName)
        s.replace(record.task.name, words::fallbackName(record.task, s.texts.location(location)));
}

void EventApplier::firstSeen(Event e)
{
    const TaskId id {e.task};
    if (s.tasks.wasForgotten(id))
        return;
    const TaskId creator {std::uint32_t(e.a)};
    if (creator && !s.tasks.find(creator) && !s.tasks.wasForgotten(creator))
        addFirstSeen(creator, {}, EntityKind::Coroutine, {}); // its own announcement follows
    if (TaskRecord *record = s.tasks.find(id)) {
        if (hasEnded(record->task.state))
            return breach();
        m_stacks.abandon(*record, m_time);
        record->sureSince = 0;
        identify(*record, creator, EntityKind(e.kind), LocationId {std::uint32_t(e.b)});
    } else {
        addFirstSeen(id, creator, EntityKind(e.kind), LocationId {std::uint32_t(e.b)});
    }
}

void EventApplier::addFirstSeen(TaskId id, TaskId creator, EntityKind entity, LocationId location)
{
    TaskRecord &record = add(id, creator, entity, location);
    record.sureSince = 0;
    if (isService(entity))
        return;
    record.task.wait = Wait {WaitKind::None, 0, {}, m_time};
    record.lane.firstWait = record.task.wait;
    s.tasks.setState(record, TaskState::Suspended, m_time);
}

void EventApplier::progress(Event e)
{
    if (TaskRecord *record = known(TaskId {e.task})) {
        record->task.progress = Progress {e.a, e.b == ~std::uint64_t(0) ? std::nullopt : std::optional(e.b),
                                          trace::ProgressUnit(e.kind)};
    }
}

void EventApplier::taskText(Event e)
{
    const auto kind = trace::TextKind(e.kind);
    const QString text = e.b > e.a ? e.text + QChar(0x2026) : e.text;
    if (kind == trace::TextKind::Print) {
        s.printed.push_back({m_time, TaskId {e.task}, text});
        s.textBytes += s.bytesOf(text);
        s.ages.push({m_time, e.task, 0, AgeQueue::What::Line});
        s.changes.printed = true;
        return;
    }
    TaskRecord *record = known(TaskId {e.task});
    if (!record)
        return;
    switch (kind) {
    case trace::TextKind::Name:
        s.replace(record->task.name, text);
        record->ownName = true;
        break;
    case trace::TextKind::Category:
        s.tasks.setCategory(*record, text);
        break;
    case trace::TextKind::Result:
        s.replace(record->task.result, text);
        break;
    case trace::TextKind::Error:
        s.replace(record->task.error, text);
        break;
    case trace::TextKind::SliceLabel:
        record->lane.slices.setLabel(s.texts.addString(text));
        break;
    default:
        breach();
    }
}

} // namespace coroscope::model
