// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/threadexecutor.h"
#include "core/tasks/download/finish.h"
#include "core/tasks/download/pour.h"
#include "core/tasks/download/queuestore.h"

#include <QCoroTask>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace coroscope::download {

/// What a part is made from, when its first bytes are to come.
struct PartPlan
{
    QString folder;
    QString name;
    IfExists ifExists = IfExists::Rename;
    std::optional<qint64> total;
};

struct MadePart
{
    std::shared_ptr<PartFile> file;
    std::optional<net::Error> error; ///< there is no room for all of it
    bool isCancelled = false; ///< who waits was, meanwhile: for him to throw
};

/// What was read of the saved queue.
struct LoadedQueue
{
    std::vector<StoredItem> items;
    std::optional<Limits> limits;
    std::optional<net::Error> fault;
};

/// The downloads' way to the disk: nothing that may block is done on the loop's thread.
///
/// Five kinds of threads, each started when first wanted: a writer takes the bytes, receivers take them off
/// connections by themselves, a keeper makes them durable and keeps the database, an allocator takes room for
/// big files, hashers read finished ones. Whoever awaits is resumed by the loop. Used
/// on one loop's thread; what was queued before the destructor is still done.
class Disk
{
public:
    /// Empty: nothing is kept.
    explicit Disk(QString queueFile);
    ~Disk();
    Disk(const Disk &) = delete;
    Disk &operator=(const Disk &) = delete;

    bool isKeeping() const { return !m_queueFile.isEmpty(); }
    /// The queue's file, or one that SQLite has beside it: nothing that is fetched may get its name.
    bool isOfItsQueue(const QString &folder, const QString &name) const;
    /// Opens and reads the database; calls `done` on this loop's thread. Leaves no trace.
    void load(std::function<void(LoadedQueue)> done);
    /// Makes a part. Where it is stands in the row before it is there: a process that is killed leaves none
    /// that the next one doesn't know. Who waits gets it even if he is cancelled meanwhile.
    QCoro::Task<MadePart> make(PartPlan plan, StoredItem item);
    Job<void> write(std::shared_ptr<PartFile> file, QString name, qint64 offset, QByteArray bytes);
    /// Moves bytes of a body into its file for a while, see Pour::run(), beside other writers.
    Job<Poured> pour(std::shared_ptr<Pour> pour, QString name, qint64 offset, qint64 most);
    /// Opens a part that an earlier process left, without what wasn't durable; null: it isn't there, or not
    /// whole enough.
    Job<std::shared_ptr<PartFile>> reopen(QString path, qint64 atLeast, std::optional<qint64> total);
    Job<void> remove(std::shared_ptr<PartFile> file, QString path);
    /// Makes what was written so far durable, then notes it.
    Job<void> checkpoint(std::vector<std::pair<std::shared_ptr<PartFile>, StoredItem>> parts);
    /// Where so many transfers go at once, files that become whole right after each other are finished
    /// together.
    void gatherFor(const Limits &limits);
    /// Of files that wait to be written all at once.
    qint64 bytesInMemory() const { return m_bytesInMemory; }
    /// Gives a whole part its name, in a group with others that are whole at about that moment.
    /// Of the item, the request isn't looked at.
    QCoro::Task<QString> finish(std::shared_ptr<PartFile> file, StoredItem item, IfExists ifExists,
                                std::optional<QDateTime> modified);
    /// The same for a file that came at once, and is written only now: without a name where the disk can have
    /// that, so that whoever kills the process leaves a whole file or none.
    QCoro::Task<QString> deliver(PartPlan plan, QByteArray bytes, StoredItem item,
                                 std::optional<QDateTime> modified);
    Job<QByteArray> digest(QString path, QCryptographicHash::Algorithm algorithm);
    /// Rows as they are now. Nobody has to wait.
    void save(std::vector<StoredItem> items);
    void forget(std::vector<ItemId> items);
    void setOrder(std::vector<ItemId> order);
    void setLimits(Limits limits);
    /// Returns once all that was queued is done. Blocks.
    void flush();

private:
    struct Keeper;
    struct Ticket;
    struct Group;
    using Clock = std::chrono::steady_clock;

    QCoro::Task<QString> finish(std::shared_ptr<Ticket> ticket);
    std::shared_ptr<Group> join(const std::shared_ptr<Ticket> &ticket);
    bool isKeeperBusy() const;
    void sendGroup();
    void settle();
    void note(std::function<void(QueueStore &)> note);
    ThreadExecutor &writer();
    ThreadExecutor &keeper();
    ThreadExecutor &hasher();
    ThreadExecutor &receiver();
    ThreadExecutor &allocator();

    const QString m_queueFile;
    std::shared_ptr<Keeper> m_side;
    std::size_t m_groupSize = 1;
    std::shared_ptr<Group> m_group; ///< that may grow yet; null: there is none
    std::shared_ptr<Group> m_sent; ///< that the keeper has, the last of them
    qint64 m_bytesInMemory = 0;
    Clock::time_point m_lastGroup; ///< was sent to the keeper then
    QTimer m_gathering;
    QTimer m_settling; ///< what has its name is noted at its end, if not before
    std::unique_ptr<ThreadExecutor> m_writer;
    std::unique_ptr<ThreadExecutor> m_keeper;
    std::unique_ptr<ThreadExecutor> m_hasher;
    std::unique_ptr<ThreadExecutor> m_receiver;
    std::unique_ptr<ThreadExecutor> m_allocator;
};

} // namespace coroscope::download
