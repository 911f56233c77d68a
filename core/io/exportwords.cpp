// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/exportwords.h"

#include "core/model/transitions.h"

namespace coroscope::io {

using namespace Qt::StringLiterals;
using model::TaskState;
using trace::Cause;
using trace::EntityKind;
using trace::WaitKind;

QString stateWord(TaskState state)
{
    switch (state) {
    case TaskState::Created:
        return u"created"_s;
    case TaskState::Running:
        return u"running"_s;
    case TaskState::Suspended:
        return u"suspended"_s;
    case TaskState::Ready:
        return u"ready"_s;
    case TaskState::Done:
        return u"done"_s;
    case TaskState::Failed:
        return u"failed"_s;
    case TaskState::Cancelled:
        return u"cancelled"_s;
    case TaskState::Lost:
        return u"lost"_s;
    }
    return {};
}

QString waitWord(WaitKind kind)
{
    switch (kind) {
    case WaitKind::None:
        return {};
    case WaitKind::Yield:
        return u"yield"_s;
    case WaitKind::Sleep:
        return u"sleep"_s;
    case WaitKind::Future:
        return u"future"_s;
    case WaitKind::Task:
        return u"task"_s;
    case WaitKind::Join:
        return u"join"_s;
    case WaitKind::Wait:
        return u"wait"_s;
    case WaitKind::Reply:
        return u"reply"_s;
    case WaitKind::Socket:
        return u"socket"_s;
    case WaitKind::Command:
        return u"command"_s;
    case WaitKind::Job:
        return u"job"_s;
    case WaitKind::Signal:
        return u"signal"_s;
    case WaitKind::Lock:
        return u"lock"_s;
    case WaitKind::Notifier:
        return u"notifier"_s;
    case WaitKind::Idle:
        return u"idle"_s;
    case WaitKind::Foreign:
        return u"foreign"_s;
    case WaitKind::Call:
        return u"call"_s;
    }
    return {};
}

QString causeWord(Cause cause)
{
    switch (cause) {
    case Cause::None:
        return {};
    case Cause::Start:
        return u"start"_s;
    case Cause::Yield:
        return u"yield"_s;
    case Cause::Timer:
        return u"timer"_s;
    case Cause::Future:
        return u"future"_s;
    case Cause::Task:
        return u"task"_s;
    case Cause::Cancel:
        return u"cancel"_s;
    case Cause::Immediate:
        return u"immediate"_s;
    case Cause::Reply:
        return u"reply"_s;
    case Cause::Socket:
        return u"socket"_s;
    case Cause::Job:
        return u"job"_s;
    case Cause::Wait:
        return u"wait"_s;
    case Cause::Timeout:
        return u"timeout"_s;
    case Cause::Signal:
        return u"signal"_s;
    case Cause::Notified:
        return u"notified"_s;
    case Cause::Foreign:
        return u"foreign"_s;
    case Cause::Call:
        return u"call"_s;
    }
    return {};
}

QString kindWord(const model::Task &task)
{
    if (!task.category.isEmpty())
        return task.category;
    switch (task.entity) {
    case EntityKind::Coroutine:
        return u"coroutine"_s;
    case EntityKind::Spawned:
        return u"task"_s;
    case EntityKind::Loop:
        return u"loop"_s;
    case EntityKind::Worker:
        return u"worker"_s;
    }
    return {};
}

QString siteText(const model::TraceStore &store, model::LocationId site)
{
    if (!site)
        return {};
    const model::Location &place = store.location(site);
    return place.file.isEmpty() ? place.function : u"%1:%2"_s.arg(place.file).arg(place.line);
}

} // namespace coroscope::io
