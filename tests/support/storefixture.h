// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/model/script.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <vector>

namespace coroscope {

using namespace std::chrono_literals;

/// Fills a store as a session would, told lane by lane instead of event by event: play() brings the events
/// into order of time. Times of one thread's slices must not overlap, as on a real loop.
class StoreFixture
{
public:
    using Time = model::Time;
    using LocationId = model::LocationId;

    struct Then
    {
        trace::WaitKind kind = trace::WaitKind::None;
        std::uint64_t detail = 0;
        LocationId site;
    };

    model::TraceStore &store() { return m_script.store; }

    LocationId site(const QString &file, int line, const QString &function = {})
    {
        return store().addLocation({function, file, line});
    }
    Then sleeps(Time length)
    {
        return {trace::WaitKind::Sleep, static_cast<std::uint64_t>(length.count()), {}};
    }
    Then reply(const QString &url, LocationId site = {}) { return {trace::WaitKind::Reply, word(url), site}; }
    Then command(const QString &name) { return {trace::WaitKind::Command, word(name), {}}; }
    Then joins(TaskId task) { return {trace::WaitKind::Join, task.value, {}}; }
    Then awaits(TaskId task) { return {trace::WaitKind::Task, task.value, {}}; }
    Then future(FutureId future) { return {trace::WaitKind::Future, future.value, {}}; }
    Then waitSet(WaitId set) { return {trace::WaitKind::Wait, set.value, {}}; }

    TaskId loop(const QString &name = QStringLiteral("loop"))
    {
        const TaskId id = create(name, {}, {}, trace::EntityKind::Loop, 0ns);
        return id;
    }
    /// The loop ran from `from` to `to`.
    void awake(TaskId loop, Time from, Time to)
    {
        add(from, [=](auto &s) { s.put(loop.value, trace::EventType::LoopAwake, {}, 0, 0, 0); });
        add(to, [=](auto &s) { s.put(loop.value, trace::EventType::LoopAsleep, {}, 0, 0, 0); });
    }
    TaskId worker(const QString &name, std::uint32_t thread)
    {
        m_thread = thread;
        const TaskId id = create(name, {}, {}, trace::EntityKind::Worker, 0ns);
        m_thread = 1;
        return id;
    }
    void job(TaskId worker, std::uint32_t thread, Time from, Time to, const QString &label)
    {
        m_thread = thread;
        add(from, [=](auto &s) {
            s.resumed(worker.value, trace::Cause::Job);
            s.text(worker.value, trace::TextKind::SliceLabel, label);
        });
        add(to, [=](auto &s) { s.suspended(worker.value, trace::WaitKind::Idle); });
        m_thread = 1;
    }

    TaskId spawn(const QString &name, const QString &category, Time at, TaskId parent = {})
    {
        return create(name, category, parent, trace::EntityKind::Spawned, at);
    }
    TaskId frame(const QString &name, Time at, TaskId parent)
    {
        return create(name, {}, parent, trace::EntityKind::Coroutine, at);
    }
    /// Runs from `from` to `to`, then waits.
    void slice(TaskId task, Time from, Time to, Then then, trace::Cause cause = trace::Cause::Start,
               std::uint64_t causer = 0)
    {
        add(from, [=](auto &s) { s.resumed(task.value, cause, causer); });
        add(to, [=](auto &s) { s.suspended(task.value, then.kind, then.detail, then.site); });
    }
    /// Runs from `from` on, without end.
    void runs(TaskId task, Time from, trace::Cause cause = trace::Cause::Start)
    {
        add(from, [=](auto &s) { s.resumed(task.value, cause); });
    }
    void ready(TaskId task, Time at, trace::Cause cause = trace::Cause::Socket, std::uint64_t causer = 0)
    {
        add(at, [=](auto &s) { s.ready(task.value, cause, causer); });
    }
    /// Its last slice: ends with a result, an error or by cancellation.
    void end(TaskId task, Time from, Time to, trace::Outcome outcome = trace::Outcome::Done,
             const QString &text = {}, trace::Cause cause = trace::Cause::Notified, std::uint64_t causer = 0)
    {
        add(from, [=](auto &s) { s.resumed(task.value, cause, causer); });
        add(to, [=](auto &s) {
            if (!text.isEmpty())
                s.text(task.value,
                       outcome == trace::Outcome::Failed ? trace::TextKind::Error : trace::TextKind::Result,
                       text);
            s.finished(task.value, outcome);
        });
    }
    void progress(TaskId task, Time at, std::uint64_t done, std::uint64_t total)
    {
        add(at, [=](auto &s) { s.put(task.value, trace::EventType::Progress, {}, 0, done, total); });
    }
    void rename(TaskId task, Time at, const QString &name)
    {
        add(at, [=](auto &s) { s.text(task.value, trace::TextKind::Name, name); });
    }
    void print(TaskId task, Time at, const QString &line)
    {
        add(at, [=](auto &s) { s.text(task.value, trace::TextKind::Print, line); });
    }
    FutureId newFuture(const QString &name, Time at)
    {
        const FutureId id {++m_lastFuture};
        add(at, [=](auto &s) {
            s.put(id.value, trace::EventType::FutureCreated, {}, 1, 0, 0);
            s.text(id.value, trace::TextKind::FutureName, name);
        });
        return id;
    }
    void resolved(FutureId future, Time at, TaskId by)
    {
        add(at, [=](auto &s) { s.put(future.value, trace::EventType::FutureResolved, {}, 0, by.value, 0); });
    }
    /// Must come before the slice of `task` that waits for it.
    WaitId newWait(TaskId task, Time at, const std::vector<TaskId> &members)
    {
        const WaitId id {++m_lastWait};
        add(at, [=](auto &s) {
            s.put(task.value, trace::EventType::WaitBegun, {}, 0, id.value, ~0ull);
            for (const TaskId member : members)
                s.put(member.value, trace::EventType::WaitMember, {}, 0, id.value, 0);
        });
        return id;
    }
    void lost(Time at, std::uint64_t count)
    {
        add(at, [=](auto &s) { s.store.appendLost(model::ThreadId {1}, at, count); });
    }

    /// Appends what was told since the last time, and commits.
    void play(Time now)
    {
        std::sort(m_steps.begin(), m_steps.end(), [](const Step &a, const Step &b) {
            return std::tie(a.at, a.number) < std::tie(b.at, b.number);
        });
        for (const Step &step : m_steps) {
            m_script.at(step.at).on(step.thread);
            step.play(m_script);
        }
        m_steps.clear();
        m_script.at(now).commit();
    }

private:
    struct Step
    {
        Time at;
        std::size_t number;
        std::uint32_t thread;
        std::function<void(model::Script &)> play;
    };

    void add(Time at, std::function<void(model::Script &)> play)
    {
        m_steps.push_back({at, m_steps.size(), m_thread, std::move(play)});
    }
    std::uint64_t word(const QString &text) { return store().addString(text).value; }
    TaskId create(const QString &name, const QString &category, TaskId parent, trace::EntityKind kind,
                  Time at)
    {
        const TaskId id {++m_lastTask};
        add(at, [=](auto &s) {
            s.created(id.value, parent.value, kind);
            s.text(id.value, trace::TextKind::Name, name);
            if (!category.isEmpty())
                s.text(id.value, trace::TextKind::Category, category);
        });
        return id;
    }

    model::Script m_script;
    std::vector<Step> m_steps;
    std::uint32_t m_thread = 1;
    std::uint32_t m_lastTask = 0;
    std::uint32_t m_lastFuture = 0;
    std::uint32_t m_lastWait = 0;
};

} // namespace coroscope
