// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/terminaldownload.h"

#include "app/downloadprogress.h"
#include "app/interrupt.h"
#include "app/reporteddownloads.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace coroscope::app {

using download::DownloadList;
using download::FileKey;
using download::Item;
using download::ItemState;
using download::Request;

namespace {

QString fileCount(int count)
{
    return count == 1 ? TerminalDownload::tr("1 file") : TerminalDownload::tr("%1 files").arg(count);
}

} // namespace

TerminalDownload::TerminalDownload(tasks::Session &session, Plan plan, QObject *parent)
    : TerminalRun(parent)
    , m_session(session)
    , m_list(*session.downloads())
    , m_plan(std::move(plan))
{
    connect(&session, &tasks::Session::rejected, this, [this](const QString &message) {
        m_wasRejected = true;
        say(message);
    });
    connect(&session, &tasks::Session::notice, this, &TerminalDownload::say);
    connect(&m_list, &DownloadList::aboutToAppend, this, [this](int first) { m_firstNewRow = first; });
    connect(&m_list, &DownloadList::appended, this, &TerminalDownload::followNew);
    connect(&m_list, &DownloadList::updated, this, &TerminalDownload::touch);
    connect(&m_list, &DownloadList::totalsChanged, this, &TerminalDownload::look);
    connect(&session, &tasks::Session::idle, this, &TerminalDownload::look);
    // The end of a session's commands is no change of the list.
    connect(&m_look, &QTimer::timeout, this, &TerminalDownload::look);
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        say(tr("The time is over: stopping what still runs."));
        pauseAll(Ending::TimedOut);
    });
}

void TerminalDownload::start()
{
    for (const QString &note : m_plan.downloads.notes)
        say(note);
    if (m_plan.timeout)
        m_timeout.start(*m_plan.timeout);
    m_look.start(100ms);
    look();
}

void TerminalDownload::interrupt()
{
    if (!m_isFinished)
        pauseAll(Ending::Interrupted);
}

void TerminalDownload::pauseAll(Ending why)
{
    m_ending = why;
    if (m_hasBegun)
        m_session.post(tasks::DownloadCommand {download::PauseAll {}});
    look();
}

/// Once the saved queue has been read.
void TerminalDownload::begin()
{
    m_hasBegun = true;
    if (!m_list.fault().isEmpty())
        return;
    for (const Request &request : m_plan.downloads.add.requests)
        m_awaited.insert(FileKey(request));
    int fromBefore = 0;
    bool isAnyPaused = false;
    for (int row = 0; row < m_list.size(); ++row) {
        const Item &item = m_list.at(row);
        const bool isUnfinished = !hasEnded(item.state);
        const bool isWanted = m_awaited.contains(FileKey(item.request));
        fromBefore += isUnfinished && !isWanted;
        isAnyPaused |= item.state == ItemState::Paused;
        if (isUnfinished || isWanted)
            m_followed.insert({item.id, Followed {.isOld = !isUnfinished}});
    }
    for (const auto &[id, followed] : m_followed)
        m_awaited.remove(FileKey(m_list.find(id)->request));
    if (fromBefore > 0)
        say(tr("%1 left from before: fetched now, too.").arg(fileCount(fromBefore)));
    for (tasks::Command &command : commandsOf(m_plan, m_list.limits()))
        m_session.post(std::move(command));
    if (isAnyPaused)
        m_session.post(tasks::DownloadCommand {download::ResumeAll {}});
}

/// Nobody else adds anything.
void TerminalDownload::followNew()
{
    for (int row = m_firstNewRow; m_hasBegun && row < m_list.size(); ++row) {
        m_followed.try_emplace(m_list.at(row).id);
        m_news.push_back(m_list.at(row).id);
        m_awaited.remove(FileKey(m_list.at(row).request));
    }
}

/// An old item that changes is one of this run, unless it only got other words.
void TerminalDownload::touch(const std::vector<int> &rows)
{
    if (!m_hasBegun)
        return;
    for (const int row : rows) {
        const Item &item = m_list.at(row);
        const auto found = m_followed.find(item.id);
        if (found == m_followed.end())
            continue;
        m_news.push_back(item.id);
        if (!hasEnded(item.state) || item.task || item.state == ItemState::Failed)
            found->second.isOld = false;
    }
}

void TerminalDownload::look()
{
    if (m_isFinished)
        return;
    if (!m_hasBegun && m_list.isLoaded() && m_ending == Ending::Regular)
        begin();
    reportNews();
    flushOutput();
    showProgress();
    if (isOver())
        finish();
}

/// What ended since the last look, in the queue's order.
void TerminalDownload::reportNews()
{
    std::vector<download::ItemId> news = std::exchange(m_news, {});
    std::ranges::sort(news);
    for (const download::ItemId id : news) {
        const Item *item = m_list.find(id);
        Followed &followed = m_followed.at(id);
        if (item && hasEnded(item->state) && !followed.isOld && !std::exchange(followed.isReported, true))
            report(*item);
    }
}

/// A line a file, and a write for all that ended since the last look.
void TerminalDownload::flushOutput()
{
    if (!m_output.isEmpty())
        writeOut(std::exchange(m_output, {}));
}

void TerminalDownload::report(const Item &item)
{
    const bool isDone = item.state == ItemState::Done;
    if (!isDone)
        ++m_failed;
    if (m_plan.output == Plan::Output::Json)
        m_output += jsonLine(item);
    if (isDone) {
        if (m_plan.output == Plan::Output::Plain && !item.path.isEmpty())
            m_output += item.path.toUtf8() + '\n';
        if (const QString note = noteLine(item); !note.isEmpty()) {
            flushOutput();
            say(note);
        }
    } else if (m_plan.output == Plan::Output::Plain) {
        flushOutput();
        say(failureLine(item));
    }
}

std::vector<const Item *> TerminalDownload::items() const
{
    std::vector<const Item *> items;
    for (const auto &[id, followed] : m_followed) {
        const Item *item = m_list.find(id);
        if (item && !followed.isOld)
            items.push_back(item);
    }
    return items;
}

std::vector<const Item *> TerminalDownload::left() const
{
    std::vector<const Item *> left = items();
    std::erase_if(left, [](const Item *item) { return hasEnded(item->state); });
    return left;
}

void TerminalDownload::showProgress()
{
    progress().show([this](int columns) { return progressOf(items(), columns); });
}

bool TerminalDownload::isOver() const
{
    if (!m_hasBegun)
        return m_ending != Ending::Regular;
    if (m_session.isBusy())
        return false;
    if (!m_list.fault().isEmpty())
        return true;
    if (m_ending == Ending::Regular && !m_wasRejected && !m_awaited.isEmpty())
        return false;
    return std::ranges::all_of(left(), [this](const Item *item) {
        return m_ending == Ending::Regular ? item->state == ItemState::Paused
                                           : item->state != ItemState::Active;
    });
}

void TerminalDownload::finish()
{
    m_isFinished = true;
    m_look.stop();
    m_timeout.stop();
    progress().clear();
    if (!m_list.fault().isEmpty())
        say(m_list.fault());
    else if (m_ending == Ending::Regular)
        reportOld();
    reportLeft();
    flushOutput();
    emit finished(exitCode());
}

/// What this run had nothing to do with.
void TerminalDownload::reportOld()
{
    for (const auto &[id, followed] : m_followed) {
        const Item *item = m_list.find(id);
        if (!item || !followed.isOld)
            continue;
        if (item->state == ItemState::Done)
            say(tr("%1: skipped, it was done before: %2").arg(item->request.url().toString(), item->path));
        else if (item->state == ItemState::Failed)
            report(*item);
    }
}

void TerminalDownload::reportLeft()
{
    const std::vector<const Item *> left = this->left();
    const int count = int(left.size());
    if (m_ending == Ending::Interrupted) {
        say(m_hasBegun ? tr("Interrupted: %1 left; the same command resumes.").arg(fileCount(count))
                       : tr("Interrupted; the same command resumes."));
        return;
    }
    QStringList reasons;
    for (const Item *item : left) {
        if (m_ending == Ending::TimedOut && m_plan.output == Plan::Output::Json) {
            Item stopped = *item;
            stopped.error = tr("The time was over; the same command resumes.");
            m_output += jsonLine(stopped);
        }
        if (m_ending == Ending::Regular && !item->error.isEmpty() && !reasons.contains(item->error))
            reasons << item->error;
    }
    for (const QString &reason : reasons)
        say(reason.simplified());
    if (count > 0)
        say(tr("%1 left; the same command resumes.").arg(fileCount(count)));
}

int TerminalDownload::exitCode() const
{
    if (m_ending == Ending::Interrupted)
        return Interrupt::exitCode;
    if (!m_list.fault().isEmpty() && (m_list.isLocked() || m_followed.empty()))
        return exitCodeOfUnusableQueue;
    const bool isWhole = m_ending == Ending::Regular && m_failed == 0 && !m_wasRejected && left().empty()
                         && m_list.fault().isEmpty() && !hasOutputFailed();
    return isWhole ? 0 : 1;
}

} // namespace coroscope::app
