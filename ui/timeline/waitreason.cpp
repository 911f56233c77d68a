// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "ui/timeline/waitreason.h"

#include "ui/durations.h"

#include <QCoreApplication>

#include <algorithm>

namespace coroscope::ui {

using model::Time;
using model::Wait;
using trace::WaitKind;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::ui::WaitReason)
public:
    static WaitReason timer(const model::Moment &moment, const Wait &wait, const OpenWait *open)
    {
        const Time length {static_cast<std::int64_t>(wait.detail)};
        const QString name = moment.describe(wait);
        if (!open)
            return {name, tr("timer")};
        const Time left = std::max(Time {}, wait.since + length - open->now);
        return {tr("%1 · %2 left").arg(name, formatDuration(left)), name};
    }

    static WaitReason members(const model::Moment &moment, const Wait &wait, const OpenWait *open)
    {
        const auto set = moment.wait(WaitId {static_cast<std::uint32_t>(wait.detail)});
        if (!set)
            return {moment.describe(wait), {}};
        const auto total = static_cast<int>(set->members.size());
        const QString name = total == 1 ? tr("waits for 1 task") : tr("waits for %n tasks", nullptr, total);
        if (!open)
            return {name, {}};
        const auto done = std::count_if(set->members.begin(), set->members.end(), [&moment](TaskId id) {
            return !moment.exists(id) || moment.hasEnded(id);
        });
        return {tr("%1 · %2 done, %3 pending").arg(name).arg(done).arg(total - done), name};
    }

    static WaitReason future(const model::Moment &moment, const Wait &wait, const OpenWait *open)
    {
        if (!open || !open->task.waitsForNobody)
            return {moment.describe(wait), tr("future")};
        const model::Future *future = moment.store().future(
            FutureId {static_cast<std::uint32_t>(wait.detail)});
        if (future && future->settable)
            return {tr("waits for nobody: set its result by hand"), tr("waits for nobody")};
        return {tr("waits for nobody"), {}};
    }

    static WaitReason task(const model::Moment &moment, const Wait &wait)
    {
        const model::Task *awaited = moment.store().task(TaskId {static_cast<std::uint32_t>(wait.detail)});
        if (!awaited)
            return {moment.describe(wait), {}};
        return {tr("waits for %1").arg(awaited->name), awaited->name};
    }

    static QString reply() { return tr("reply"); }
};

} // namespace

WaitReason waitReason(const model::Moment &moment, const Wait &wait, const OpenWait *open)
{
    switch (wait.kind) {
    case WaitKind::None:
    case WaitKind::Idle:
    case WaitKind::Yield:
        return {};
    case WaitKind::Sleep:
        return Texts::timer(moment, wait, open);
    case WaitKind::Wait:
        return Texts::members(moment, wait, open);
    case WaitKind::Future:
        return Texts::future(moment, wait, open);
    case WaitKind::Task:
    case WaitKind::Join:
        return Texts::task(moment, wait);
    case WaitKind::Reply:
        return {moment.describe(wait), Texts::reply()};
    default:
        return {moment.describe(wait), {}};
    }
}

} // namespace coroscope::ui
