// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/model/words.h"

#include "core/model/storestate.h"

#include <QCoreApplication>

namespace coroscope::model::words {

using trace::Cause;
using trace::EntityKind;
using trace::WaitKind;

namespace {
QString tr(const char *text) { return QCoreApplication::translate("coroscope::model", text); }

/// Three digits that count, without noughts at the end: 1.25, 12.5, 125.
QString threeDigits(double value)
{
    const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    QString text = QString::number(value, 'f', decimals);
    if (text.contains(u'.')) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(u'.'))
            text.chop(1);
    }
    return text;
}

QString taskName(const StoreState &state, std::uint64_t id)
{
    const TaskRecord *record = state.tasks.find(TaskId {std::uint32_t(id)});
    return record ? record->task.name : QString::number(id);
}

QString futureName(const StoreState &state, std::uint64_t id)
{
    const Future *future = state.futures.find(FutureId {std::uint32_t(id)});
    const QString plain = tr("future %1").arg(id);
    if (!future || future->name == plain)
        return plain;
    return tr("future %1").arg(future->name);
}

QString setOf(const StoreState &state, std::uint64_t id)
{
    const WaitSet *set = state.waits.find(WaitId {std::uint32_t(id)});
    if (!set)
        return tr("several tasks");
    return set->members.size() == 1 ? tr("1 task") : tr("%1 tasks").arg(set->members.size());
}
} // namespace

QString duration(Time time)
{
    const double ns = double(time.count());
    if (ns < 0)
        return u'-' + duration(-time);
    if (ns < 999.5)
        return tr("%1 ns").arg(qRound64(ns));
    if (ns < 999.5e3)
        return tr("%1 µs").arg(threeDigits(ns / 1e3));
    if (ns < 999.5e6)
        return tr("%1 ms").arg(threeDigits(ns / 1e6));
    if (ns < 59.95e9)
        return tr("%1 s").arg(threeDigits(ns / 1e9));
    const qint64 seconds = qRound64(ns / 1e9);
    if (seconds < 3600) {
        return seconds % 60 ? tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60)
                            : tr("%1 min").arg(seconds / 60);
    }
    const qint64 minutes = qRound64(ns / 60e9);
    return minutes % 60 ? tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60)
                        : tr("%1 h").arg(minutes / 60);
}

QString functionName(const QString &function)
{
    const auto close = function.lastIndexOf(u')');
    if (close < 0)
        return function;
    int depth = 0;
    for (auto i = close; i > 0; --i) {
        if (function[i] == u')')
            ++depth;
        else if (function[i] == u'(' && --depth == 0)
            return function.left(i);
    }
    return function;
}

QString fallbackName(const Task &task, const Location &location)
{
    const QString name = functionName(location.function);
    if (!name.isEmpty() && !(task.entity == EntityKind::Loop || task.entity == EntityKind::Worker))
        return name;
    switch (task.entity) {
    case EntityKind::Loop:
        return tr("loop");
    case EntityKind::Worker:
        return tr("worker");
    default:
        return tr("task %1").arg(task.id.value);
    }
}

QString wait(const StoreState &state, const Wait &wait)
{
    const auto text = [&] { return state.texts.string(StringId {std::uint32_t(wait.detail)}); };
    const auto named = [&](const QString &noun) {
        const QString name = text();
        return name.isEmpty() ? noun : noun + u' ' + name;
    };
    const auto only = [&](const QString &otherwise) {
        const QString name = text();
        return name.isEmpty() ? otherwise : name;
    };
    switch (wait.kind) {
    case WaitKind::None:
        return {};
    case WaitKind::Yield:
        return tr("its turn");
    case WaitKind::Sleep:
        return tr("timer %1").arg(duration(Time {std::int64_t(wait.detail)}));
    case WaitKind::Future:
        return futureName(state, wait.detail);
    case WaitKind::Task:
    case WaitKind::Join:
        if (!wait.detail)
            return tr("a coroutine that isn't traced");
        return tr("task %1").arg(taskName(state, wait.detail));
    case WaitKind::Wait:
        return setOf(state, wait.detail);
    case WaitKind::Reply:
        return named(tr("reply"));
    case WaitKind::Socket:
        return only(tr("socket"));
    case WaitKind::Command:
        return only(tr("command"));
    case WaitKind::Job:
        return named(tr("job"));
    case WaitKind::Signal:
        return named(tr("signal"));
    case WaitKind::Lock:
        return named(tr("lock"));
    case WaitKind::Notifier:
        return only(tr("notification"));
    case WaitKind::Idle:
        return tr("a job");
    case WaitKind::Foreign:
        return only(tr("foreign awaiter"));
    case WaitKind::Call:
        return wait.detail ? tr("its turn after %1").arg(taskName(state, wait.detail)) : tr("its next call");
    }
    return {};
}

QString cause(const StoreState &state, Cause cause, std::uint64_t causer)
{
    const auto named = [&](const QString &noun) {
        return causer ? noun + u' ' + taskName(state, causer) : noun;
    };
    switch (cause) {
    case Cause::None:
        return {};
    case Cause::Start:
        return tr("start");
    case Cause::Yield:
        return tr("its turn");
    case Cause::Timer:
        return tr("timer");
    case Cause::Future:
        return causer ? futureName(state, causer) : tr("future");
    case Cause::Task:
        return named(tr("task"));
    case Cause::Cancel:
        return tr("cancelled by %1").arg(causer ? taskName(state, causer) : tr("you"));
    case Cause::Immediate:
        return tr("at once");
    case Cause::Reply:
        return tr("reply");
    case Cause::Socket:
        return tr("socket");
    case Cause::Job:
        return causer ? taskName(state, causer) : tr("job");
    case Cause::Wait:
        return causer ? tr("wait: task %1").arg(taskName(state, causer)) : tr("wait");
    case Cause::Timeout:
        return tr("timeout");
    case Cause::Signal:
        return tr("signal");
    case Cause::Notified:
        return tr("notification");
    case Cause::Foreign:
        return tr("foreign awaiter");
    case Cause::Call:
        return causer ? tr("called by %1").arg(taskName(state, causer)) : tr("called");
    }
    return {};
}

} // namespace coroscope::model::words
