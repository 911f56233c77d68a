// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/tracewriter.h"
#include "tests/io/eventlist.h"

#include <QFile>

namespace coroscope::io {

/// Writes a recording of tasks that start, sleep and end: `count` of them, six events and two slices each.
inline bool writeSleepers(const QString &name, int count)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    EventList pools;
    Facts facts;
    facts.program = QStringLiteral("sleepers");
    TraceWriter writer(file, pools, facts);
    model::Time time {};
    const auto put = [&](std::uint32_t task, trace::EventType type, trace::Cause cause, std::uint16_t kind) {
        model::TraceEvent event;
        event.time = time += model::Time {1000};
        event.thread = model::ThreadId {1};
        event.task = task;
        event.type = type;
        event.cause = cause;
        event.kind = kind;
        writer.append(event);
    };
    for (std::uint32_t task = 1; task <= std::uint32_t(count); ++task) {
        put(task, trace::EventType::Created, {}, std::uint16_t(trace::EntityKind::Spawned));
        put(task, trace::EventType::Resumed, trace::Cause::Start, 0);
        put(task, trace::EventType::Suspended, {}, std::uint16_t(trace::WaitKind::Sleep));
        put(task, trace::EventType::Ready, trace::Cause::Timer, 0);
        put(task, trace::EventType::Resumed, trace::Cause::Timer, 0);
        put(task, trace::EventType::Finished, {}, 0);
    }
    writer.commit(time);
    writer.close();
    return !writer.error();
}

} // namespace coroscope::io
