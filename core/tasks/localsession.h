// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/collector.h"
#include "core/net/localservices.h"
#include "core/net/scratchfolder.h"
#include "core/runtime/loopthread.h"
#include "core/tasks/launch.h"
#include "core/tasks/session.h"

#include <QTimer>

namespace coroscope::tasks {

struct LocalSessionOptions
{
    LoopOptions loop {};
    QString redisProgram = QStringLiteral("redis-server"); ///< of the local services
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
    QString loopName() const override { return m_loopName; }
    bool isBusy() const override;
    /// Tasks spawned for Launch commands, in order.
    const QList<TaskId> &launchedTasks() const { return m_launched; }

signals:
    /// Busy no longer: every command is carried out, every task has ended, and the store knows.
    void idle();

private:
    struct LoopSide;

    void collect();
    void schedule();
    void checkIdle();
    TaskId spawnedTaskOf(TaskId task) const;
    void forgetRemoved();

    void carryOut(const Launch &command);
    void carryOut(const Cancel &command);
    void carryOut(const CancelAll &command);
    void carryOut(const SetFutureResult &command);
    void carryOut(const SetFutureException &command);
    void carryOut(const CancelFuture &command);
    void carryOut(const StartDemo &command);
    void startDemos(const net::Endpoints &endpoints);
    /// Runs `function` on the loop; what it returns, if anything, is why it couldn't be carried out.
    void onLoop(std::function<QString()> function);
    void commandDone(const QString &rejection);

    model::TraceStore m_store;
    model::Collector m_collector;
    std::shared_ptr<TaskBook> m_book = std::make_shared<TaskBook>();
    std::shared_ptr<StopSignal> m_stop = std::make_shared<StopSignal>();
    std::unique_ptr<net::ScratchFolder> m_demoFolder;
    std::unique_ptr<net::LocalServices> m_services;
    LocalSessionOptions m_options;
    QString m_loopName;
    LoopThread m_loop;
    std::shared_ptr<LoopSide> m_loopSide; ///< touched on the loop's thread alone
    QTimer m_timer;
    QList<TaskId> m_launched;
    int m_commands = 0; ///< posted and not yet carried out
    int m_demosWanted = 0;
    std::uint64_t m_events = 0; ///< in the store at the last look
    std::chrono::steady_clock::time_point m_lastEvent {};
    bool m_wasBusy = false;
};

} // namespace coroscope::tasks
