// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/commands.h"
#include "core/tasks/download/downloadlist.h"
#include "core/tasks/download/transfer.h"
#include "core/tasks/download/waitingline.h"

#include <QHash>
#include <QTimer>

#include <functional>
#include <map>

namespace coroscope::download {

/// The queue: which transfer goes when, and what becomes of it. Transfers are tasks below the task
/// "downloads", which lives as long as there is something to do. Where few files are in the queue each has
/// its lane from the start; where there are many, those that go or are next.
///
/// Lives on the thread of a loop, which must run while it lives.
class Engine : public std::enable_shared_from_this<Engine>
{
public:
    using Publish = std::function<void(Delta)>;

    /// `publish` is called on the loop's thread, about ten times a second while there is news. When the last
    /// handle goes the queue is shut down: transfers end, what has come is kept.
    static std::shared_ptr<Engine> make(QueueOptions options = {}, Publish publish = {});
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    void carryOut(const Command &command);
    /// Tells at once what a command changed, for who can't wait for the next tenth of a second.
    void publishNow() { publish(); }
    /// Adds a file that the queue doesn't start: who calls this runs it, with fetch(). Not kept.
    EntryPtr hold(Request request, QString batch);
    /// A held file that nobody will fetch any more.
    void letGo(const EntryPtr &entry);
    /// Fetches a held file in the calling task. Throws net::Exception.
    static QCoro::Task<Result> fetch(std::shared_ptr<Engine> engine, EntryPtr entry);
    /// Ends all transfers so that the next start goes on with them; calls `done` once all is on the disk.
    void suspend(std::function<void()> done);
    /// Cancels what waits or runs; what is paused stays so.
    void cancelAll();
    /// Shorter waits between tries, for tests.
    void setHaste(double factor) { m_tools->haste = factor; }
    void setTakesOverFrom(qint64 bytes) { m_tools->takesOverFrom = bytes; }

private:
    using Entries = std::vector<EntryPtr>;

    explicit Engine(QueueOptions options, Publish publish);

    // --- the queue (engine.cpp)
    static QCoro::Task<void> manage(std::shared_ptr<Engine> self);
    static QCoro::Task<void> checkpoint(std::shared_ptr<Engine> self);
    void takeUp(LoadedQueue loaded);
    void wakeManager();
    void startTransfers();
    void start(const EntryPtr &entry);
    void handOver(Entry &entry);
    void settle(const EntryPtr &entry);
    void settleAtEnd(Entry &entry);
    void settleFailure(Entry &entry, const std::exception_ptr &error);
    void settleStopped(Entry &entry);
    void keepPart(Entry &entry);
    void losePart(Entry &entry);
    void pauseForDisk(const net::Error &error);
    void checkSuspended();
    void shutDown();
    bool isBusy() const;
    void startClock(Entry &entry);
    void stopClock(Entry &entry);
    void setState(Entry &entry, ItemState state);
    void onSchedule();

    // --- what is told of it (publishing.cpp)
    void touched();
    void publish();
    void publishIn(std::chrono::nanoseconds time);
    void save();
    Totals totals() const;

    // --- commands (enginecommands.cpp)
    void run(const Add &command);
    void run(const Pause &command);
    void run(const Resume &command);
    void run(const Cancel &command);
    void run(const Retry &command);
    void run(const Remove &command);
    void run(const UndoRemove &command);
    void run(const Move &command);
    void run(const SetPriority &command);
    void run(const SetRate &command);
    void run(const SetStart &command);
    void run(const ReplaceUrl &command);
    void run(const GiveCredentials &command);
    void run(const SetLimits &command);
    void run(const PauseAll &command);
    void run(const ResumeAll &command);
    void run(const ClearEnded &command);
    Entries entriesOf(const std::vector<ItemId> &ids) const;
    EntryPtr append(Request request, const Add &how);
    bool takesAgain(Entry &entry, const Request &request, const Add &how);
    void queue(Entry &entry, const QDateTime &startAt = {});
    void pause(Entry &entry);
    void stopTask(Entry &entry, Entry::Wish wish);
    void takeOut(const Entries &entries);
    void forgetRemoved();
    void orderChanged();

    QueueOptions m_options;
    Publish m_publish;
    ToolsPtr m_tools;
    Limits m_limits;
    Entries m_entries; ///< in the order of the queue
    std::map<ItemId, EntryPtr> m_byId;
    QHash<FileKey, EntryPtr> m_byFile; ///< the latest of each
    Entries m_removed; ///< by the last Remove, with the positions they had
    QHash<QString, QString> m_trash; ///< where removed files are, by where they were
    std::vector<ItemId> m_removedRows; ///< since the list was last told
    int m_additions = 0;
    std::int64_t m_lastId = 0;
    std::size_t m_underWay = 0;
    std::size_t m_fetching = 0; ///< of those: that aren't handed over
    QHash<QString, int> m_fetchingOf; ///< by host
    WaitingLine m_line;
    bool m_isLineStale = true; ///< something came to wait since, or has another rank
    AnyTask m_manager;
    Notifier m_news; ///< for the manager
    QTimer m_tick; ///< while anything changes: ten times a second
    std::chrono::steady_clock::time_point m_lastPublished;
    QTimer m_schedule;
    std::vector<Command> m_early; ///< came before the saved queue was read
    std::function<void()> m_suspended;
    QString m_fault;
    bool m_isLocked = false;
    bool m_isLoaded = false;
    bool m_isOrderStale = false;
    bool m_areTotalsStale = true;
    bool m_isStopping = false;
    SpeedMeter m_speed;
    qint64 m_receivedEver = 0;
};

} // namespace coroscope::download
