// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/terminalrun.h"
#include "core/tasks/download/entry.h"
#include "core/tasks/session.h"

#include <QSet>
#include <QTimer>

#include <map>
#include <vector>

namespace coroscope::app {

/// Runs a plan's downloads on a session, with what its queue holds unfinished from before, and reports each
/// as it ends. Lives on the session's thread; the session has a queue.
///
/// It relies on this: once the session isn't busy, its queue shows what the commands have made.
class TerminalDownload : public TerminalRun
{
    Q_OBJECT
public:
    static constexpr int exitCodeOfUnusableQueue = 2;

    TerminalDownload(tasks::Session &session, Plan plan, QObject *parent = nullptr);

    void start() override;
    /// Pauses everything: the queue is kept.
    void interrupt() override;

private:
    /// One file of this run.
    struct Followed
    {
        bool isOld = false; ///< had ended before this run, which hasn't touched it
        bool isReported = false;
    };
    enum class Ending { Regular, TimedOut, Interrupted };

    void begin();
    void followNew();
    void touch(const std::vector<int> &rows);
    void pauseAll(Ending why);
    void look();
    void reportNews();
    void report(const download::Item &item);
    void showProgress();
    bool isOver() const;
    void finish();
    void flushOutput();
    void reportOld();
    void reportLeft();
    std::vector<const download::Item *> items() const;
    std::vector<const download::Item *> left() const;
    int exitCode() const;

    tasks::Session &m_session;
    download::DownloadList &m_list;
    const Plan m_plan;
    QTimer m_timeout;
    QByteArray m_output; ///< not yet written
    QTimer m_look;
    std::map<download::ItemId, Followed> m_followed;
    std::vector<download::ItemId> m_news; ///< of m_followed: that came or changed since the last look
    QSet<download::FileKey> m_awaited; ///< files that were added, and aren't in the list yet
    Ending m_ending = Ending::Regular;
    int m_firstNewRow = 0;
    int m_failed = 0;
    bool m_wasRejected = false;
    bool m_hasBegun = false;
    bool m_isFinished = false;
};

} // namespace coroscope::app
