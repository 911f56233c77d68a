// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/progressline.h"
#include "core/tasks/session.h"

#include <QTimer>

#include <set>

namespace coroscope::app {

/// Runs a plan's tasks on a session and reports them to the terminal: results to standard output, all else to
/// standard error. Lives on the session's thread.
class TerminalSession : public QObject
{
    Q_OBJECT
public:
    TerminalSession(tasks::Session &session, const Plan &plan, QObject *parent = nullptr);

    void start();
    /// Cancels what runs; finished() comes once all has ended.
    void interrupt();

signals:
    /// Every task has ended and is reported.
    void finished(int exitCode);

private:
    void look();
    void report();
    bool comesAtOnce(const model::Task &task) const;
    void reportTask(const model::Task &task);
    void setLonelyFutures();
    bool isOver() const;
    void finish();
    int exitCode() const;
    void writeOut(const QByteArray &bytes);
    void say(const QString &line);

    enum class Ending { Regular, TimedOut, Interrupted };

    tasks::Session &m_session;
    const Plan m_plan;
    ProgressLine m_progress;
    QTimer m_timeout;
    QTimer m_look;
    std::set<TaskId> m_reported;
    std::set<FutureId> m_set;
    std::size_t m_rejected = 0;
    int m_failed = 0;
    Ending m_ending = Ending::Regular;
    bool m_outputFailed = false;
    bool m_isFinished = false;
};

} // namespace coroscope::app
