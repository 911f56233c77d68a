// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/moment.h"

#include "core/model/futuretable.h"
#include "core/model/pasttask.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace coroscope::model {

using trace::WaitKind;

/// Tables ask for the same few rows again and again, so some tasks are kept; and who awaits whom, which
/// takes a look at all.
struct Moment::Known
{
    struct Row
    {
        TaskId id;
        std::uint32_t effort = 0;
        std::shared_ptr<const Task> task;
    };
    std::array<Row, 256> rows;

    bool hasGraph = false;
    std::unordered_map<FutureId, std::vector<TaskId>> ofFutures; ///< in order of the waits' begin
    std::unordered_map<TaskId, std::vector<TaskId>> ofTasks;
};

namespace {

/// Something that the store holds.
template<class T>
std::shared_ptr<const T> held(const T *value)
{
    return {std::shared_ptr<const T>(), value};
}

/// The first of `ids`, which are in order of their beginning, that had begun.
template<class Ids, class Begin>
Ids begunBy(Ids ids, Time time, Begin begin)
{
    const auto end = std::partition_point(ids.begin(), ids.end(),
                                          [&](const auto &id) { return begin(id) <= time; });
    return ids.first(std::size_t(end - ids.begin()));
}

bool awaitsOne(const Standing &standing)
{
    return standing.state == TaskState::Suspended
           && (standing.wait.kind == WaitKind::Task || standing.wait.kind == WaitKind::Join);
}

TaskId awaitedBy(const Standing &standing) { return TaskId {std::uint32_t(standing.wait.detail)}; }

} // namespace

Moment::Moment(const TraceStore &store)
    : m_store(&store)
{ }

Moment::Moment(const TraceStore &store, Time time)
    : m_store(&store)
    , m_time(time)
    , m_known(std::make_shared<Known>())
{ }

// --- tasks -----------------------------------------------------------------------------------------------

std::span<const TaskId> Moment::tasks() const { return tasksFrom(0); }

std::span<const TaskId> Moment::tasksFrom(std::uint64_t serial) const
{
    const auto all = m_store->tasksFrom(serial);
    if (!m_time)
        return all;
    return begunBy(all, *m_time, [this](TaskId id) { return m_store->task(id)->created; });
}

std::optional<Standing> Moment::standing(TaskId id) const
{
    const Task *now = m_store->task(id);
    if (!now)
        return {};
    return m_time ? past::standing(*m_store, *now, *m_time)
                  : std::optional(Standing {now->state, now->stateSince, now->wait});
}

std::shared_ptr<const Task> Moment::task(TaskId id, std::uint32_t effort) const
{
    const Task *now = m_store->task(id);
    if (!now || !m_time)
        return held(now);
    Known::Row &row = m_known->rows[id.value % m_known->rows.size()];
    if (row.id == id && row.effort >= effort)
        return row.task;
    const auto standing = past::standing(*m_store, *now, *m_time);
    if (!standing)
        return {};
    Task task = past::task(*m_store, *now, *standing, *m_time, effort);
    task.waitsForNobody = standing->state == TaskState::Suspended && isNobodysWait(standing->wait);
    row = {id, effort, std::make_shared<const Task>(std::move(task))};
    return row.task;
}

bool Moment::exists(TaskId id) const
{
    const Task *now = m_store->task(id);
    return now && (!m_time || now->created <= *m_time);
}

bool Moment::hasEnded(TaskId id) const
{
    const Task *now = m_store->task(id);
    return now && model::hasEnded(now->state) && (!m_time || now->ended.value_or(Time::max()) <= *m_time);
}

Membership Moment::membership() const
{
    if (!m_time)
        return m_store->membership();
    Membership sets;
    for (const TaskId id : tasks()) {
        if (const Task *task = m_store->task(id); countsAsTask(*task))
            (hasEnded(id) ? sets.done : sets.pending).push_back(id);
    }
    return sets;
}

std::array<std::uint32_t, 8> Moment::tasksByState() const
{
    if (!m_time)
        return m_store->figures().tasksByState;
    std::array<std::uint32_t, 8> counts {};
    for (const TaskId id : tasks()) {
        if (const auto standing = this->standing(id); standing && countsAsTask(*m_store->task(id)))
            ++counts[std::size_t(standing->state)];
    }
    return counts;
}

Membership Moment::membership(WaitId id) const
{
    if (!m_time)
        return m_store->membership(id);
    Membership sets;
    const auto set = wait(id);
    if (!set)
        return sets;
    const Time until = std::min(*m_time, set->ended.value_or(*m_time));
    for (const TaskId member : set->members) {
        const Task *task = m_store->task(member);
        const bool done = task && task->ended && *task->ended <= until;
        (done ? sets.done : sets.pending).push_back(member);
    }
    return sets;
}

bool Moment::isHeld() const
{
    return std::ranges::any_of(m_store->marks(), [this](const Mark &mark) {
        if (mark.kind != Mark::Kind::Held)
            return false;
        return m_time ? mark.begin <= *m_time && (mark.open || *m_time < mark.end) : mark.open;
    });
}

// --- futures, waits, lines -------------------------------------------------------------------------------

std::span<const FutureId> Moment::futures() const
{
    if (!m_time)
        return m_store->futures();
    return begunBy(m_store->futures(), *m_time, [this](FutureId id) { return m_store->future(id)->created; });
}

std::shared_ptr<const Future> Moment::future(FutureId id) const
{
    const Future *now = m_store->future(id);
    if (!now || !m_time)
        return held(now);
    if (now->created > *m_time)
        return {};
    Future future;
    future.id = now->id;
    future.creator = now->creator;
    future.name = now->name;
    future.type = now->type;
    future.settable = now->settable;
    future.created = now->created;
    if (now->resolved && *now->resolved <= *m_time) {
        future.state = now->state;
        future.resolved = now->resolved;
        future.resolvedBy = now->resolvedBy;
        future.result = now->result;
        future.error = now->error;
    }
    const auto &awaiting = graph().ofFutures;
    if (const auto found = awaiting.find(id); found != awaiting.end())
        future.awaiting = found->second;
    return std::make_shared<const Future>(std::move(future));
}

bool Moment::isNobodysWait(const Wait &wait) const
{
    const Future *now = wait.kind == WaitKind::Future ? m_store->future(FutureId {std::uint32_t(wait.detail)})
                                                      : nullptr;
    if (!now)
        return false;
    if (now->resolved.value_or(Time::max()) <= *m_time)
        return hasNoProducer(*now);
    return now->settable;
}

std::span<const WaitId> Moment::waits() const
{
    if (!m_time)
        return m_store->waits();
    return begunBy(m_store->waits(), *m_time, [this](WaitId id) { return m_store->wait(id)->begun; });
}

std::shared_ptr<const WaitSet> Moment::wait(WaitId id) const
{
    const WaitSet *now = m_store->wait(id);
    if (!m_time || !now)
        return held(now);
    if (now->begun > *m_time)
        return {};
    if (!now->ended || *now->ended <= *m_time)
        return held(now);
    auto past = std::make_shared<WaitSet>(*now);
    past->ended.reset();
    return past;
}

std::span<const PrintedLine> Moment::printed() const
{
    if (!m_time)
        return m_store->printed();
    return begunBy(m_store->printed(), *m_time, [](const PrintedLine &line) { return line.time; });
}

// --- the await graph -------------------------------------------------------------------------------------

const Moment::Known &Moment::graph() const
{
    Known &known = *m_known;
    if (std::exchange(known.hasGraph, true))
        return known;
    struct Edge
    {
        FutureId future;
        Time since;
        TaskId awaiter;
    };
    std::vector<Edge> edges;
    for (const TaskId id : tasks()) {
        const auto standing = this->standing(id);
        if (!standing || standing->state != TaskState::Suspended)
            continue;
        if (awaitsOne(*standing))
            known.ofTasks[awaitedBy(*standing)].push_back(id);
        else if (standing->wait.kind == WaitKind::Future)
            edges.push_back({FutureId {std::uint32_t(standing->wait.detail)}, standing->since, id});
    }
    std::ranges::sort(edges, {}, [](const Edge &edge) { return std::pair(edge.since, edge.awaiter); });
    for (const Edge &edge : edges)
        known.ofFutures[edge.future].push_back(edge.awaiter);
    for (const WaitId id : waits()) {
        const WaitSet *set = m_store->wait(id);
        if (set->ended && *set->ended <= *m_time)
            continue;
        for (const TaskId member : set->members)
            known.ofTasks[member].push_back(set->task);
    }
    return known;
}

std::vector<TaskId> Moment::awaitChain(TaskId id) const
{
    if (!m_time)
        return m_store->awaitChain(id);
    std::vector<TaskId> chain;
    std::unordered_set<TaskId> seen;
    for (auto standing = this->standing(id); standing && seen.insert(id).second;) {
        chain.push_back(id);
        if (!awaitsOne(*standing))
            break;
        id = awaitedBy(*standing);
        standing = this->standing(id);
    }
    return chain;
}

std::vector<TaskId> Moment::awaiters(TaskId id) const
{
    if (!m_time)
        return m_store->awaiters(id);
    const auto &awaiters = graph().ofTasks;
    const auto found = awaiters.find(id);
    std::vector<TaskId> ids = found != awaiters.end() ? found->second : std::vector<TaskId> {};
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

bool Moment::awaitsItself(TaskId id) const
{
    if (!m_time)
        return m_store->awaitsItself(id);
    std::unordered_set<TaskId> seen;
    std::vector<TaskId> todo {id};
    while (!todo.empty() && !seen.contains(id)) {
        const auto standing = this->standing(todo.back());
        todo.pop_back();
        if (!standing || standing->state != TaskState::Suspended)
            continue;
        const auto follow = [&](TaskId next) {
            if (exists(next) && seen.insert(next).second)
                todo.push_back(next);
        };
        if (awaitsOne(*standing)) {
            follow(awaitedBy(*standing));
        } else if (standing->wait.kind == WaitKind::Wait) {
            if (const WaitSet *set = m_store->wait(WaitId {std::uint32_t(standing->wait.detail)}))
                std::ranges::for_each(set->members, follow);
        }
    }
    return seen.contains(id);
}

} // namespace coroscope::model
