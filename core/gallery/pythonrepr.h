// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/job.h"
#include "core/runtime/wait.h"

#include <QByteArray>
#include <QStringList>

/// Values as Python prints them: the tutorial's lines.
namespace coroscope::gallery {

/// 'text', or "it's" where that saves a backslash.
QString repr(const QString &text);
/// b'bytes'
QString repr(const QByteArray &bytes);
/// 2.0, 0.5
QString repr(double number);
inline QString repr(int number) { return QString::number(number); }

/// len(): characters, not units of UTF-16.
inline qsizetype len(const QString &text) { return text.toUcs4().size(); }

/// As reprlib.repr: at most 30 characters of a text, the middle left out.
QString shortRepr(const QString &text);
template<class T>
QString shortRepr(const T &value)
{
    return repr(value);
}

namespace detail {
QString reprOfUnfinished(const AnyTask &task);
QString reprOfFinished(const AnyTask &task, const QString &result);
QString reprOfFuture(const void *identity, JobPhase phase);
} // namespace detail

/// <Task finished name='n1' result='返回值'>; T is the type of the task's result.
template<class T>
QString repr(const AnyTask &task)
{
    if (!task.isDone() || task.error())
        return detail::reprOfUnfinished(task);
    return detail::reprOfFinished(task, shortRepr(static_cast<const TaskState<T> *>(task.state())->value()));
}

/// <Future at 0x7f5bd8003e20 state=running>
template<class R>
QString repr(const Job<R> &future)
{
    return detail::reprOfFuture(future.identity(), future.phase());
}

/// A set, {…} or set(); in the order of the tasks.
template<class T>
QString repr(const std::vector<AnyTask> &tasks)
{
    if (tasks.empty())
        return QStringLiteral("set()");
    QStringList members;
    for (const AnyTask &task : tasks)
        members << repr<T>(task);
    return u'{' + members.join(QStringLiteral(", ")) + u'}';
}

} // namespace coroscope::gallery
