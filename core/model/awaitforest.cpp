// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/awaitforest.h"

#include <algorithm>

namespace coroscope::model {

using trace::EntityKind;
using trace::WaitKind;

namespace {

constexpr std::size_t mostMembers = 40;
constexpr std::uint32_t mostDepth = 200;

bool isPending(const Moment &moment, TaskId id)
{
    const Task *task = moment.store().task(id);
    return task && (task->entity == EntityKind::Coroutine || task->entity == EntityKind::Spawned)
           && moment.wasPending(*task);
}

/// Those that a task waits for and that haven't ended.
void awaitedBy(const Moment &moment, TaskId id, std::vector<TaskId> &out)
{
    out.clear();
    const auto standing = moment.standing(id);
    if (!standing || standing->state != TaskState::Suspended)
        return;
    const auto take = [&](TaskId other) {
        if (isPending(moment, other))
            out.push_back(other);
    };
    const Wait &wait = standing->wait;
    switch (wait.kind) {
    case WaitKind::Task:
    case WaitKind::Join:
    case WaitKind::Call:
        take(TaskId {std::uint32_t(wait.detail)});
        break;
    case WaitKind::Wait:
        if (const WaitSet *set = moment.store().wait(WaitId {std::uint32_t(wait.detail)}))
            std::ranges::for_each(set->members, take);
        break;
    default:
        break;
    }
}

/// Tasks by number: a bit each, which a hundred thousand of them are looked up in within a millisecond.
class TaskBits
{
public:
    bool contains(TaskId task) const { return task.value < m_bits.size() && m_bits[task.value]; }
    /// True: it was not in there.
    bool insert(TaskId task)
    {
        if (task.value >= m_bits.size())
            m_bits.resize(std::max<std::size_t>(task.value + 1, 2 * m_bits.size()));
        const bool isNew = !m_bits[task.value];
        m_bits[task.value] = true;
        return isNew;
    }
    void erase(TaskId task) { m_bits[task.value] = false; }

private:
    std::vector<bool> m_bits;
};

class Grower
{
public:
    Grower(const Moment &moment, std::size_t most)
        : m_moment(moment)
        , m_most(most)
    { }

    /// First those that wait in a circle, as far as nobody else waits for them; then those that nobody waits
    /// for.
    std::vector<TaskId> starts(std::span<const TaskId> pending);
    void grow(TaskId start);
    AwaitForest forest;

private:
    struct Step
    {
        TaskId task;
        std::size_t line;
        std::vector<TaskId> awaited;
        std::size_t next = 0;
    };
    void reach(TaskId from, TaskBits &reached);
    void enter(TaskId task);
    void closeCycle(TaskId task);

    const Moment &m_moment;
    std::size_t m_most;
    std::vector<Step> m_path;
    TaskBits m_onPath;
    TaskBits m_shown;
    std::vector<TaskId> m_awaited;
    std::vector<TaskId> m_todo;
};

void Grower::reach(TaskId from, TaskBits &reached)
{
    m_todo.assign(1, from);
    reached.insert(from);
    while (!m_todo.empty()) {
        const TaskId task = m_todo.back();
        m_todo.pop_back();
        awaitedBy(m_moment, task, m_awaited);
        for (const TaskId other : m_awaited) {
            if (reached.insert(other))
                m_todo.push_back(other);
        }
    }
}

std::vector<TaskId> Grower::starts(std::span<const TaskId> pending)
{
    TaskBits awaited;
    std::vector<TaskId> alive;
    for (const TaskId task : pending) {
        if (!isPending(m_moment, task))
            continue;
        alive.push_back(task);
        awaitedBy(m_moment, task, m_awaited);
        for (const TaskId other : m_awaited)
            awaited.insert(other);
    }
    std::vector<TaskId> roots;
    TaskBits reached;
    for (const TaskId task : alive) {
        if (!awaited.contains(task)) {
            roots.push_back(task);
            reach(task, reached);
        }
    }
    std::vector<TaskId> starts;
    for (const TaskId task : alive) {
        if (!reached.contains(task)) {
            starts.push_back(task);
            reach(task, reached);
        }
    }
    starts.insert(starts.end(), roots.begin(), roots.end());
    return starts;
}

void Grower::enter(TaskId task)
{
    m_shown.insert(task);
    m_onPath.insert(task);
    m_path.push_back({task, forest.lines.size(), {}, 0});
    forest.lines.push_back({AwaitLine::Kind::Task, std::uint32_t(m_path.size() - 1), task, 0, false});
    awaitedBy(m_moment, task, m_path.back().awaited);
}

void Grower::closeCycle(TaskId task)
{
    ++forest.cycles;
    forest.lines.push_back({AwaitLine::Kind::Cycle, std::uint32_t(m_path.size()), task, 0, true});
    for (auto step = m_path.rbegin(); step != m_path.rend(); ++step) {
        forest.lines[step->line].isInCycle = true;
        if (step->task == task)
            break;
    }
}

void Grower::grow(TaskId start)
{
    if (m_shown.contains(start))
        return;
    enter(start);
    while (!m_path.empty()) {
        Step &step = m_path.back();
        const auto depth = std::uint32_t(m_path.size());
        const bool isFull = step.next >= mostMembers || forest.lines.size() >= m_most || depth >= mostDepth;
        if (step.next < step.awaited.size() && isFull) {
            const auto left = std::uint32_t(step.awaited.size() - step.next);
            forest.lines.push_back({AwaitLine::Kind::More, depth, {}, left, false});
        }
        if (step.next >= step.awaited.size() || isFull) {
            m_onPath.erase(step.task);
            m_path.pop_back();
            continue;
        }
        const TaskId next = step.awaited[step.next++];
        if (m_onPath.contains(next))
            closeCycle(next);
        else if (m_shown.contains(next))
            forest.lines.push_back({AwaitLine::Kind::Again, depth, next, 0, false});
        else
            enter(next);
    }
}

} // namespace

bool PendingTasks::read(const Moment &moment, std::uint32_t budget)
{
    for (; budget > 0 && m_next < m_live.size(); ++m_next, --budget) {
        if (isPending(moment, m_live[m_next]))
            m_live[m_kept++] = m_live[m_next];
    }
    if (m_next < m_live.size())
        return false;
    m_live.resize(m_kept);
    m_next = m_live.size();
    const auto unmet = moment.tasksFrom(m_met);
    const auto met = unmet.first(std::min<std::size_t>(unmet.size(), budget));
    for (const TaskId id : met) {
        if (isPending(moment, id))
            m_live.push_back(id);
    }
    if (!met.empty())
        m_met = moment.store().serialOf(met.back()) + 1;
    m_next = m_kept = m_live.size();
    if (met.size() < unmet.size())
        return false;
    m_ids = m_live;
    m_next = m_kept = 0;
    return true;
}

AwaitForest awaitForest(const Moment &moment, std::span<const TaskId> pending, std::size_t most)
{
    Grower grower(moment, most);
    const std::vector<TaskId> starts = grower.starts(pending);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        if (grower.forest.lines.size() >= most) {
            const auto left = std::uint32_t(starts.size() - i);
            grower.forest.lines.push_back({AwaitLine::Kind::More, 0, {}, left, false});
            break;
        }
        grower.grow(starts[i]);
    }
    return std::move(grower.forest);
}

} // namespace coroscope::model
