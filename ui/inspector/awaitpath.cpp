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

QString nameOf(const model::Moment &moment, TaskId id)
{
    const model::Task *task = moment.store().task(id);
    return task ? task->name : Words::tr("task %1").arg(id.value);
}

std::vector<TaskId> waitersAbove(const model::Moment &moment, TaskId id)
{
    std::vector<TaskId> above;
    for (TaskId current = id; above.size() < mostSteps;) {
        const std::vector<TaskId> waiters = moment.awaiters(current);
        if (waiters.empty() || waiters.front() == id || std::ranges::count(above, waiters.front()) > 0)
            break;
        current = waiters.front();
        above.push_back(current);
    }
    std::ranges::reverse(above);
    return above;
}

void addLeaf(const model::Moment &moment, const model::Task &last, std::vector<AwaitStep> &steps)
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
                     last.waitsForNobody ? Words::tr("%1: nobody sets it").arg(moment.describe(last.wait))
                                         : moment.describe(last.wait),
                     false});
    const auto set = last.wait.kind == trace::WaitKind::Wait
                         ? moment.wait(WaitId {std::uint32_t(last.wait.detail)})
                         : nullptr;
    if (!set)
        return;
    std::vector<TaskId> pending;
    std::ranges::copy_if(set->members, std::back_inserter(pending),
                         [&moment](TaskId id) { return moment.exists(id) && !moment.hasEnded(id); });
    for (std::size_t i = 0; i < std::min(pending.size(), mostMembers); ++i)
        steps.push_back({depth + 1, pending[i], nameOf(moment, pending[i]), false});
    if (pending.size() > mostMembers) {
        const int more = int(pending.size() - mostMembers);
        steps.push_back({depth + 1, {}, Words::tr("and %n more", nullptr, more), false});
    }
}

} // namespace

std::vector<AwaitStep> awaitPath(const model::Moment &moment, TaskId task)
{
    std::vector<AwaitStep> steps;
    for (const TaskId id : waitersAbove(moment, task))
        steps.push_back({int(steps.size()), id, nameOf(moment, id), false});
    const std::vector<TaskId> chain = moment.awaitChain(task);
    for (const TaskId id : chain) {
        if (steps.size() < 2 * mostSteps)
            steps.push_back({int(steps.size()), id, nameOf(moment, id), false});
    }
    if (moment.awaitsItself(task))
        steps.push_back({int(steps.size()), {}, Words::tr("↻ awaits itself: it can never go on"), true});
    else if (const auto last = chain.empty() ? nullptr : moment.task(chain.back()))
        addLeaf(moment, *last, steps);
    return steps;
}

} // namespace coroscope::ui
