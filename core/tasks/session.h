// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"
#include "core/tasks/spec.h"

#include <QObject>

#include <variant>

namespace coroscope::tasks {

// Commands are values, posted to the observed loop; none of them is waited for.
struct Launch
{
    TaskSpec spec;
};
struct Cancel
{
    TaskId task;
};
struct CancelAll
{ };
struct SetFutureResult
{
    FutureId future;
    QString value; ///< as typed; a value that can't be read as the future's type comes back as rejected()
};
struct SetFutureException
{
    FutureId future;
    QString message;
};
struct CancelFuture
{
    FutureId future;
};
/// The demo on local services (started when wanted): about 15 s.
struct StartDemo
{ };
using Command =
    std::variant<Launch, Cancel, CancelAll, SetFutureResult, SetFutureException, CancelFuture, StartDemo>;

/// A source of events with, perhaps, commands. The window knows nothing else of where tasks come from.
/// Lives on the thread of its store; signals come on that thread.
class Session : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual model::TraceStore &store() = 0;
    virtual bool takesCommands() const = 0;
    virtual void post(Command command) = 0;
    /// The spec that a task was launched from, for "run again"; none for tasks that no spec started.
    virtual std::optional<TaskSpec> specOf(TaskId task) const = 0;
    /// What a done task hands to a terminal or a pipe, whole and byte for byte (the store's texts are cut at
    /// 64 KiB): a download's path, a Redis reply as redis-cli prints it to a pipe, with the line feed at its
    /// end. Empty for kinds without a result. Known before the store says that the task is done; the children
    /// of a batch have one each.
    virtual QByteArray output(TaskId) const { return {}; }
    virtual QString loopName() const = 0; ///< "glib", "unix", "uv"
    /// True while commands or tasks are under way.
    virtual bool isBusy() const = 0;

signals:
    /// A task was spawned for a launched spec.
    void launched(coroscope::TaskId task);
    /// A command could not be carried out; `message` says what and what to do.
    void rejected(const QString &message);
    /// A local service is being started, runs, or failed to: one sentence for the status bar.
    void notice(const QString &message);
};

} // namespace coroscope::tasks
