// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/inspector/awaitpath.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::AwaitPath)
};

constexpr std::size_t mostMembers = 8;
constexpr std::size_t mostSteps = 64;

QString nameOf(const model::TraceStore &store, TaskId id)
{
    const model::Task *task = store.task(id);
    return task ? task->name : Words::tr("task %1").arg(id.value);
}

std::vector<TaskId> waitersAbove(const model::TraceStore &store, TaskId id)
{
    std::vector<TaskId> above;
    for (TaskId current = id; above.size() < mostSteps;) {
        const std::vector<TaskId> waiters = store.awaiters(current);
        if (waiters.empty() || waiters.front() == id || std::ranges::count(above, waiters.front()) > 0)
            break;
        current = waiters.front();
        above.push_back(current);
    }
    std::ranges::reverse(above);
    return above;
}

void addLeaf(const model::TraceStore &store, const model::Task &last, std::vector<AwaitStep> &steps)
{
    if (last.state == model::TaskState::Ready) {
        steps.push_back({int(steps.size()), {}, Words::tr("ready, waits for the loop"), false});
        return;
    }
    if (last.state != model::TaskState::Suspended)
        return;
    const int depth = int(steps.size());
    steps.push_back({depth,
                     {},
                     last.waitsForNobody ? Words::tr("%1: nobody sets it").arg(store.describe(last.wait))
                                         : store.describe(last.wait),
                     false});
    const model::WaitSet *set = last.wait.kind == trace::WaitKind::Wait
                                    ? store.wait(WaitId {std::uint32_t(last.wait.detail)})
                                    : nullptr;
    if (!set)
        return;
    std::vector<TaskId> pending;
    std::ranges::copy_if(set->members, std::back_inserter(pending), [&store](TaskId id) {
        const model::Task *member = store.task(id);
        return member && !model::hasEnded(member->state);
    });
    for (std::size_t i = 0; i < std::min(pending.size(), mostMembers); ++i)
        steps.push_back({depth + 1, pending[i], nameOf(store, pending[i]), false});
    if (pending.size() > mostMembers) {
        const int more = int(pending.size() - mostMembers);
        steps.push_back({depth + 1, {}, Words::tr("and %n more", nullptr, more), false});
    }
}

} // namespace

std::vector<AwaitStep> awaitPath(const model::TraceStore &store, TaskId task)
{
    std::vector<AwaitStep> steps;
    for (const TaskId id : waitersAbove(store, task))
        steps.push_back({int(steps.size()), id, nameOf(store, id), false});
    const std::vector<TaskId> chain = store.awaitChain(task);
    for (const TaskId id : chain) {
        if (steps.size() < 2 * mostSteps)
            steps.push_back({int(steps.size()), id, nameOf(store, id), false});
    }
    if (store.awaitsItself(task))
        steps.push_back({int(steps.size()), {}, Words::tr("↻ awaits itself: it can never go on"), true});
    else if (const model::Task *last = chain.empty() ? nullptr : store.task(chain.back()))
        addLeaf(store, *last, steps);
    return steps;
}

} // namespace coroscope::ui
