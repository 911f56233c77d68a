// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "story.h"

using namespace coroscope;
using namespace std::chrono_literals;
using trace::Cause;
using trace::EventType;

TaskId Story::spawn(const QString &name, const QString &category, TaskId parent)
{
    const TaskId task {++m_lastTask};
    append(task, EventType::Created, Cause::None, std::uint16_t(trace::EntityKind::Spawned), parent.value);
    append(task, EventType::Resumed, Cause::Start);
    say(task, trace::TextKind::Name, name);
    say(task, trace::TextKind::Category, category);
    suspend(task, 1ms);
    return task;
}

void Story::sleep(TaskId task, std::chrono::nanoseconds duration)
{
    m_now += duration;
    append(task, EventType::Resumed, Cause::Timer);
    suspend(task, 1ms);
}

void Story::progress(TaskId task, std::uint64_t done, std::uint64_t total)
{
    append(task, EventType::Progress, Cause::None, std::uint16_t(trace::ProgressUnit::Bytes), done, total);
}

void Story::end(TaskId task, trace::Outcome outcome, const QString &text)
{
    append(task, EventType::Resumed, Cause::Timer);
    if (!text.isEmpty())
        say(task, outcome == trace::Outcome::Done ? trace::TextKind::Result : trace::TextKind::Error, text);
    append(task, EventType::Finished, Cause::None, std::uint16_t(outcome));
}

void Story::suspend(TaskId task, std::chrono::nanoseconds duration)
{
    append(task, EventType::Suspended, Cause::None, std::uint16_t(trace::WaitKind::Sleep),
           std::uint64_t(duration.count()));
}

void Story::append(TaskId task, EventType type, Cause cause, std::uint16_t kind, std::uint64_t a,
                   std::uint64_t b, const QString &text)
{
    m_now += 1us;
    store.append({m_now, model::ThreadId {1}, task.value, type, cause, kind, a, b, text});
}

void Story::say(TaskId task, trace::TextKind kind, const QString &text)
{
    append(task, EventType::Text, Cause::None, std::uint16_t(kind), 0, 0, text);
}
