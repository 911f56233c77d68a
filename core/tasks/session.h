// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"
#include "core/runtime/loopcontrol.h"
#include "core/tasks/download/commands.h"
#include "core/tasks/spec.h"

#include <QObject>

#include <memory>
#include <variant>

namespace coroscope::download {
class DownloadList;
}
namespace coroscope::io {
class Recording;
}

namespace coroscope::tasks {

class ResultTable;

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
/// Something for the queue of downloads.
struct DownloadCommand
{
    download::Command command;
};
// Of the scheduler: see core/runtime/loopcontrol.h.
struct Hold
{ };
struct Release
{ };
/// One entry of the ready queue; holds the loop first if it isn't held.
struct Step
{ };
struct RunToNext
{
    TaskId task;
};
/// Slow motion; 0: as fast as entries come.
struct SetPace
{
    double entriesPerSecond = 0;
};
using Command = std::variant<Launch, Cancel, CancelAll, SetFutureResult, SetFutureException, CancelFuture,
                             StartDemo, DownloadCommand, Hold, Release, Step, RunToNext, SetPace>;

/// A source of events with, perhaps, commands. The window knows nothing else of where tasks come from.
/// Lives on the thread of its store; signals come on that thread.
class Session : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual model::TraceStore &store() = 0;
    virtual bool takesCommands() const = 0;
    /// Its time goes on; false: what there is of it is all there will be.
    virtual bool isLive() const { return true; }
    virtual void post(Command command) = 0;
    /// The spec that a task was launched from, for "run again"; none for tasks that no spec started.
    virtual std::optional<TaskSpec> specOf(TaskId task) const = 0;
    /// What a done task hands to a terminal or a pipe, whole and byte for byte (the store's texts are cut at
    /// 64 KiB): a download's path, a Redis reply as redis-cli prints it to a pipe, with the line feed at its
    /// end. Empty for kinds without a result. Known before the store says that the task is done; the children
    /// of a batch have one each.
    virtual QByteArray output(TaskId) const { return {}; }
    /// The rows that a task's statement gives, while they come; null for kinds without.
    virtual std::shared_ptr<const ResultTable> table(TaskId) const { return {}; }
    /// The reading of trace::Clock, by which tables tell when rows came, at a time of the session. Nothing
    /// where the session is of another process.
    virtual std::optional<std::uint64_t> ticksAt(model::Time) const { return {}; }
    /// The queue of downloads; null where there is none (a file, an attached program).
    virtual download::DownloadList *downloads() { return nullptr; }
    /// What is kept of the session, for writing it as it goes; null where nothing goes on (a file).
    virtual io::Recording *recording() { return nullptr; }
    virtual bool canSave() const { return false; }
    /// Takes ended tasks out of the store. Where something goes on, they are not saved any more either; a
    /// file that was opened stays whole.
    virtual void clearEnded() { store().removeEnded(); }
    /// Saves the session as a recording, with its notes. Returns what went wrong, in a sentence.
    virtual std::optional<QString> save(const QString &) { return {}; }
    virtual QString loopName() const = 0; ///< "glib", "unix", "uv"; empty where none is known
    /// How the loop is scheduled, as far as is known by now.
    virtual Scheduling scheduling() const { return {}; }
    /// True while commands or tasks are under way.
    virtual bool isBusy() const = 0;

signals:
    /// A task was spawned for a launched spec.
    void launched(coroscope::TaskId task);
    /// A command could not be carried out; `message` says what and what to do.
    void rejected(const QString &message);
    /// A local service is being started, runs, or failed to: one sentence for the status bar.
    void notice(const QString &message);
    /// An example printed a line, which is in the store's console, too: for standard output.
    void printed(const QString &line);
    void schedulingChanged();
    /// Commands and tasks are over: isBusy() is false again.
    void idle();
};

} // namespace coroscope::tasks
