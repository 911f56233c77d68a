// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/terminalrun.h"
#include "core/tasks/session.h"

#include <QTimer>

#include <set>

namespace coroscope::app {

/// Runs a plan's tasks on a session. Lives on the session's thread.
class TerminalSession : public TerminalRun
{
    Q_OBJECT
public:
    TerminalSession(tasks::Session &session, const Plan &plan, QObject *parent = nullptr);

    void start() override;
    /// Cancels what runs.
    void interrupt() override;

private:
    void look();
    void printLine(const QString &line);
    std::vector<TaskId> toReport() const;
    void report();
    bool comesAtOnce(const model::Task &task) const;
    void reportTask(const model::Task &task);
    void setLonelyFutures();
    bool isOver() const;
    void finish();
    int exitCode() const;

    enum class Ending { Regular, TimedOut, Interrupted };

    tasks::Session &m_session;
    const Plan m_plan;
    QTimer m_timeout;
    QTimer m_look;
    std::set<TaskId> m_reported;
    std::set<FutureId> m_set;
    std::size_t m_rejected = 0;
    int m_failed = 0;
    Ending m_ending = Ending::Regular;
    bool m_isFinished = false;
};

} // namespace coroscope::app
