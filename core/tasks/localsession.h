// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/recording.h"
#include "core/model/collector.h"
#include "core/net/localservices.h"
#include "core/net/scratchfolder.h"
#include "core/runtime/loopthread.h"
#include "core/tasks/download/downloadlist.h"
#include "core/tasks/launch.h"
#include "core/tasks/mysqlstart.h"
#include "core/tasks/session.h"
#include "core/trace/recorder.h"

#include <QTimer>

namespace coroscope::tasks {

struct LocalSessionOptions
{
    LoopOptions loop {};
    dispatch::LoopKind loopKind = dispatch::preferredLoop();
    QString redisProgram = QStringLiteral("redis-server"); ///< of the local services
    download::QueueOptions downloads {};
    bool isRecorded = true; ///< false: it leaves no trace, and its store stays empty
};

/// The session of this program's own tasks: it runs them on a loop with a thread of its own, records them,
/// and moves what was recorded into the store about sixty times a second (less often while nothing goes on).
///
/// One at a time. Its destructor ends whatever runs; it waits for a slice that blocks the loop.
class LocalSession : public Session
{
    Q_OBJECT
public:
    explicit LocalSession(LocalSessionOptions options = {}, QObject *parent = nullptr);
    ~LocalSession() override;

    model::TraceStore &store() override { return m_store; }
    bool takesCommands() const override { return true; }
    void post(Command command) override;
    std::optional<TaskSpec> specOf(TaskId task) const override;
    QByteArray output(TaskId task) const override;
    std::shared_ptr<const ResultTable> table(TaskId task) const override { return m_book->table(task); }
    std::optional<std::uint64_t> ticksAt(model::Time time) const override
    {
        return m_collector.ticksAt(time);
    }
    io::Recording *recording() override { return m_options.isRecorded ? &m_recording : nullptr; }
    bool canSave() const override { return m_options.isRecorded; }
    void clearEnded() override { m_recording.clearEnded(); }
    std::optional<QString> save(const QString &file) override { return m_recording.save(file); }
    download::DownloadList *downloads() override { return &m_downloads; }
    QString loopName() const override { return m_loopName; }
    Scheduling scheduling() const override { return m_scheduling; }
    bool isBusy() const override;
    /// Room for a quarter of a second of a million events a second: so long the window may be busy otherwise.
    static trace::RecorderOptions recorderOptions() { return {.ringEvents = std::size_t(1) << 18}; }
    /// Tasks spawned for Launch commands, in order.
    const QList<TaskId> &launchedTasks() const { return m_launched; }

private:
    struct LoopSide;

    void collect();
    void schedule();
    void checkIdle();
    void noteScheduling(const Scheduling &scheduling);
    TaskId spawnedTaskOf(TaskId task) const;
    void forgetRemoved();

    void carryOut(const Launch &command);
    void carryOut(const Cancel &command);
    void carryOut(const CancelAll &command);
    void carryOut(const SetFutureResult &command);
    void carryOut(const SetFutureException &command);
    void carryOut(const CancelFuture &command);
    void carryOut(const StartDemo &command);
    void carryOut(DownloadCommand command);
    void carryOut(const Hold &command);
    void carryOut(const Release &command);
    void carryOut(const Step &command);
    void carryOut(const RunToNext &command);
    void carryOut(const SetPace &command);
    void startServices(net::LocalServices::Wanted wanted);
    void onServices(const net::Endpoints &endpoints);
    void startDemos(const net::Endpoints &endpoints);
    void startExamples(const net::Endpoints &endpoints);
    void launchOnLoop(TaskSpec spec, TaskSpec noted);
    QList<TaskId> spawnedBelow(TaskId task) const;
    QString scratchFolder();
    /// Runs `function` on the loop; what it returns, if anything, is why it couldn't be carried out.
    void suspendDownloads();
    void onLoop(std::function<QString()> function);
    void commandDone(const QString &rejection);

    model::TraceStore m_store;
    download::DownloadList m_downloads;
    io::Recording m_recording;
    model::Collector m_collector;
    std::shared_ptr<TaskBook> m_book = std::make_shared<TaskBook>();
    std::shared_ptr<StopSignal> m_stop = std::make_shared<StopSignal>();
    std::unique_ptr<net::ScratchFolder> m_folder; ///< of the demo's and the examples' files
    std::unique_ptr<net::LocalServices> m_services;
    std::unique_ptr<MySqlStart> m_mySqlStart;
    LocalSessionOptions m_options;
    QString m_loopName;
    LoopThread m_loop;
    std::shared_ptr<LoopSide> m_loopSide; ///< touched on the loop's thread alone
    QTimer m_timer;
    Scheduling m_scheduling;
    QList<TaskId> m_launched;
    int m_commands = 0; ///< posted and not yet carried out
    int m_demosWanted = 0;
    QList<ExampleSpec> m_examplesWanted; ///< their services are still starting
    std::uint64_t m_events = 0; ///< in the store at the last look
    std::chrono::steady_clock::time_point m_lastEvent {};
    bool m_wasBusy = false;
};

} // namespace coroscope::tasks
