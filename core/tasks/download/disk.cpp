// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/disk.h"

#include "core/runtime/notifier.h"
#include "core/tasks/download/filename.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <semaphore>

namespace coroscope::download {

using namespace std::chrono_literals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Disk)
};

constexpr auto settlingTime = 100ms;
constexpr auto patience = 2ms; // of the first of a group with the others

/// As many as there are transfers at once, unless somebody wants more: then they take turns.
constexpr int receivers = 16;

/// A part that is to be made.
struct Wanted
{
    PartPlan plan;
    StoredItem item;
    std::size_t notesBefore = 0; ///< older than the item: its row may be among them
    std::optional<MadePart> result {};
    std::exception_ptr failure {}; ///< where there is no part
};
using WantedPtr = std::shared_ptr<Wanted>;

/// Where the files of a group go.
struct GroupPlaces
{
    std::map<QString, std::shared_ptr<const OpenFolder>> folders {};
    QSet<QString> taken {}; ///< paths that files of the group will get

    std::shared_ptr<const OpenFolder> folder(const QString &path)
    {
        auto &folder = folders[path];
        if (!folder)
            folder = std::make_shared<OpenFolder>(path);
        return folder;
    }
};

/// Nothing: there is room for it.
std::optional<net::Error> preallocate(const std::shared_ptr<PartFile> &file, qint64 total)
{
    constexpr qint64 ample = 4; // times as much as it needs: it is taken when it is written
    try {
        if (file->isInMemory() && freeSpace(file->folder()).value_or(0) / ample >= total) {
            file->expect(total);
            return std::nullopt;
        }
        file->preallocate(total);
    } catch (const net::Exception &failure) {
        return failure.error();
    }
    return std::nullopt;
}

void writeBlock(const std::shared_ptr<PartFile> &file, qint64 offset, const QByteArray &bytes)
{
    file->writeAt(offset, bytes);
}

std::shared_ptr<PartFile> reopenPart(const QString &path, qint64 atLeast, std::optional<qint64> total)
{
    auto part = PartFile::reopen(path, atLeast);
    if (!part)
        return nullptr;
    // What follows may be another version's, and longer than what will come.
    part->truncate(atLeast);
    if (total)
        part->preallocate(*total);
    return std::make_shared<PartFile>(std::move(*part));
}

bool isWhole(const PartState &part)
{
    return !part.pieces.empty() && part.total && std::ranges::all_of(part.pieces, [](const Piece &piece) {
        return piece.end && piece.first + piece.durable >= *piece.end;
    });
}

/// The file has its name: the process was killed before it could note that.
bool wasNamed(const StoredItem &item)
{
    if (hasEnded(item.item.state) || !isWhole(item.part) || !item.part.path.endsWith(partSuffix)
        || QFileInfo::exists(item.part.path))
        return false;
    const QFileInfo file(item.part.path.chopped(partSuffix.size()));
    return file.isFile() && !file.isSymLink() && file.size() == *item.part.total;
}

void removePart(const std::shared_ptr<PartFile> &file, const QString &path)
{
    if (file)
        file->remove();
    else if (!path.isEmpty())
        QFile::remove(path);
}

QByteArray digestOf(const QString &path, QCryptographicHash::Algorithm algorithm)
{
    QFile file(path);
    QCryptographicHash hash(algorithm);
    QByteArray block(1 << 20, Qt::Uninitialized);
    bool isRead = file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    for (qint64 size = 1; isRead && size > 0;) {
        size = file.read(block.data(), block.size());
        isRead = size >= 0;
        if (size > 0)
            hash.addData(QByteArrayView(block.constData(), size));
    }
    if (!isRead) {
        throw net::Exception({.kind = net::Error::Kind::Disk,
                              .what = Words::tr("the file can't be read: %1").arg(file.errorString()),
                              .where = path});
    }
    return hash.result();
}

/// Of rows that the database has: less to write than all of them.
std::vector<StoredProgress> progressOf(const std::vector<StoredItem> &items)
{
    std::vector<StoredProgress> progress;
    for (const StoredItem &one : items)
        progress.push_back({one.item.id, one.part, one.item.received});
    return progress;
}

} // namespace

/// A file that waits to be made durable and named, and how that went.
struct Disk::Ticket
{
    std::shared_ptr<PartFile> file {}; ///< null: it is in memory
    QByteArray bytes {}; ///< whose thread frees them is whose thread made them: else each waits for the other
    std::optional<PartPlan> plan {};
    StoredItem item; ///< without its request
    IfExists ifExists = IfExists::Rename;
    std::optional<QDateTime> modified {};
    std::optional<FinishResult> result {};
};

struct Disk::Group
{
    std::vector<std::shared_ptr<Ticket>> tickets {};
    Notifier sent {};
    std::optional<Job<void>> job {}; ///< once it is sent
};

/// What the keeper's thread has.
struct Disk::Keeper
{
    std::unique_ptr<QueueStore> store; ///< that thread's alone
    std::mutex mutex;
    std::vector<WantedPtr> wanted;
    QThreadPool syncers; ///< wait for the disk side by side
    std::vector<NamedFile> named; ///< of the last groups: noted together, soon
    std::vector<StoredItem> unnoted; ///< the same for those that the database hasn't heard of before
    /// For the database, in their order. Whoever comes with rows of his own writes those first that were
    /// noted before he was sent: what was noted after is newer than his rows.
    std::vector<std::function<void(QueueStore &)>> notes;
    std::size_t notesBefore = 0; ///< were taken out of there

    LoadedQueue load(const QString &path);
    void takeUpNamed(std::vector<StoredItem> &items);
    /// How many there have been by now: what is noted later is newer.
    std::size_t noteCount()
    {
        const std::lock_guard lock(mutex);
        return notesBefore + notes.size();
    }
    void writeNotes(std::size_t upTo);
    void makeWanted(std::size_t notesUpTo);
    void make(Wanted &wanted);
    void writeWhole(Ticket &ticket, GroupPlaces &places);
    void finish(const std::vector<std::shared_ptr<Ticket>> &all, std::size_t notesUpTo);
    void finishWritten(const std::vector<std::shared_ptr<Ticket>> &group);
    bool noteBeforeNames(const std::vector<std::shared_ptr<Ticket>> &group,
                         const std::vector<FinishResult> &soFar);
    void noteNamed();
    void checkpoint(const std::vector<std::pair<std::shared_ptr<PartFile>, StoredItem>> &parts,
                    std::size_t notesUpTo);
    void close()
    {
        noteNamed();
        store.reset();
    }
};

LoadedQueue Disk::Keeper::load(const QString &path)
{
    LoadedQueue loaded;
    try {
        auto opened = QueueStore::open(path);
        if (const auto *error = std::get_if<net::Error>(&opened)) {
            loaded.fault = *error;
            return loaded;
        }
        store = std::get<std::unique_ptr<QueueStore>>(std::move(opened));
        loaded.items = store->load();
        takeUpNamed(loaded.items);
        loaded.limits = store->limits();
    } catch (const net::Exception &failure) {
        store.reset();
        loaded.fault = failure.error();
    }
    return loaded;
}

void Disk::Keeper::takeUpNamed(std::vector<StoredItem> &items)
{
    std::vector<StoredItem> done;
    for (StoredItem &item : items) {
        if (!wasNamed(item))
            continue;
        item.item.path = item.part.path.chopped(partSuffix.size());
        item.item.total = item.part.total;
        item.item.received = *item.part.total;
        item.item.state = ItemState::Done;
        item.item.error.clear();
        item.part = {};
        done.push_back(item);
    }
    if (!done.empty())
        store->save(done);
}

void Disk::Keeper::writeNotes(std::size_t upTo)
{
    std::vector<std::function<void(QueueStore &)>> group;
    {
        const std::lock_guard lock(mutex);
        const auto count = std::min(std::max(upTo, notesBefore) - notesBefore, notes.size());
        const auto end = notes.begin() + std::ptrdiff_t(count);
        group.assign(std::make_move_iterator(notes.begin()), std::make_move_iterator(end));
        notes.erase(notes.begin(), end);
        notesBefore += count;
    }
    if (!group.empty())
        noteNamed(); // what is known of them is older
    for (const auto &write : group) {
        try {
            if (store)
                write(*store);
        } catch (const net::Exception &) { } // the next one may fit again
    }
}

void Disk::Keeper::makeWanted(std::size_t notesUpTo)
{
    std::vector<WantedPtr> group;
    {
        const std::lock_guard lock(mutex);
        const auto end = std::ranges::find_if(wanted, [notesUpTo](const WantedPtr &one) {
            return one->notesBefore > notesUpTo; // comes by itself, after those notes
        });
        group.assign(wanted.begin(), end);
        wanted.erase(wanted.begin(), end);
    }
    writeNotes(notesUpTo);
    if (group.empty())
        return;
    try {
        std::vector<StoredItem> items;
        for (const WantedPtr &one : group) {
            one->item.part.path = PartFile::expectedPath(one->plan.folder, one->plan.name,
                                                         one->plan.ifExists);
            if (store && one->item.item.isLasting && !one->item.part.path.isEmpty())
                items.push_back(one->item);
        }
        if (!items.empty())
            store->saveProgress(progressOf(items));
    } catch (...) {
        for (const WantedPtr &one : group)
            one->failure = std::current_exception();
        return;
    }
    for (const WantedPtr &one : group) {
        try {
            make(*one);
        } catch (...) {
            one->failure = std::current_exception();
        }
    }
}

void Disk::Keeper::make(Wanted &wanted)
{
    const PartPlan &plan = wanted.plan;
    const auto announce = [this, &wanted](const QString &path) {
        if (path == wanted.item.part.path)
            return;
        wanted.item.part.path = path; // somebody was faster
        if (store && wanted.item.item.isLasting)
            store->saveProgress(progressOf({wanted.item}));
    };
    auto file = PartFile::create(plan.folder, plan.name, plan.ifExists, announce);
    wanted.result.emplace().file = std::make_shared<PartFile>(std::move(file));
}

/// Throws if there is no room, or the like; then nothing is left of the file.
void Disk::Keeper::writeWhole(Ticket &ticket, GroupPlaces &places)
{
    const PartPlan &plan = *ticket.plan;
    const auto announce = [this, &ticket](const QString &path) {
        ticket.item.part.path = path;
        if (store && ticket.item.item.isLasting)
            store->saveProgress(progressOf({ticket.item}));
    };
    auto file = PartFile::createNameless(places.folder(plan.folder), plan.name, places.taken);
    if (!file)
        file = PartFile::create(plan.folder, plan.name, plan.ifExists, announce);
    try {
        file->writeAt(0, ticket.bytes);
    } catch (const net::Exception &) {
        file->remove();
        throw;
    }
    ticket.item.part.path = file->path();
    ticket.file = std::make_shared<PartFile>(std::move(*file));
}

void Disk::Keeper::finish(const std::vector<std::shared_ptr<Ticket>> &all, std::size_t notesUpTo)
{
    writeNotes(notesUpTo);
    GroupPlaces places;
    std::vector<std::shared_ptr<Ticket>> written;
    for (const auto &ticket : all) {
        try {
            if (!ticket->file)
                writeWhole(*ticket, places);
            written.push_back(ticket);
        } catch (const net::Exception &failure) {
            ticket->result = FinishResult {.error = failure.error()};
        }
    }
    if (!written.empty())
        finishWritten(written);
}

void Disk::Keeper::finishWritten(const std::vector<std::shared_ptr<Ticket>> &group)
{
    std::vector<FinishJob> jobs;
    jobs.reserve(group.size());
    for (const auto &ticket : group)
        jobs.push_back({std::move(*ticket->file), ticket->modified, ticket->ifExists});
    // One who is killed between a name and the note about it left enough to tell: see wasNamed().
    bool isNoted = false;
    std::vector<FinishResult> results = finishAll(std::move(jobs), syncers, [&](const auto &soFar) {
        isNoted = noteBeforeNames(group, soFar);
    });
    for (std::size_t i = 0; i < group.size(); ++i) {
        StoredItem &stored = group[i]->item;
        const bool isKept = store && stored.item.isLasting && !results[i].path.isEmpty();
        if (isKept && isNoted) {
            named.push_back({stored.item.id, results[i].path});
        } else if (isKept) {
            stored.item.path = results[i].path;
            stored.item.state = ItemState::Done;
            stored.part = {};
            unnoted.push_back(std::move(stored));
        }
        group[i]->result = std::move(results[i]);
    }
}

bool Disk::Keeper::noteBeforeNames(const std::vector<std::shared_ptr<Ticket>> &group,
                                   const std::vector<FinishResult> &soFar)
{
    std::vector<const StoredItem *> news;
    for (std::size_t i = 0; i < group.size(); ++i) {
        StoredItem &stored = group[i]->item;
        for (Piece &piece : stored.part.pieces)
            piece.durable = piece.end.value_or(piece.first) - piece.first;
        if (!soFar[i].error && stored.item.isLasting)
            news.push_back(&stored);
    }
    try {
        if (store && !news.empty())
            store->saveOutcome(news, {});
        return true;
    } catch (const net::Exception &) { // as for noteNamed()
        return false;
    }
}

/// A file that is there is done, whatever becomes of the note about it: where there is no room for that,
/// there may be later.
void Disk::Keeper::noteNamed()
{
    if (!store || (named.empty() && unnoted.empty()))
        return;
    std::vector<const StoredItem *> items;
    for (const StoredItem &stored : unnoted)
        items.push_back(&stored);
    try {
        store->saveOutcome(items, named);
    } catch (const net::Exception &) {
        return;
    }
    named.clear();
    unnoted.clear();
}

void Disk::Keeper::checkpoint(const std::vector<std::pair<std::shared_ptr<PartFile>, StoredItem>> &parts,
                              std::size_t notesUpTo)
{
    writeNotes(notesUpTo);
    for (const auto &[file, item] : parts) {
        if (file->isOpen())
            file->startSync();
    }
    std::vector<StoredItem> items;
    for (const auto &[file, item] : parts) {
        if (!file->isOpen())
            continue; // it has its name meanwhile, and a newer row
        file->sync();
        if (item.item.isLasting)
            items.push_back(item);
    }
    if (store && !items.empty())
        store->save(items);
}

Disk::Disk(QString queueFile)
    : m_queueFile(std::move(queueFile))
    , m_side(std::make_shared<Keeper>())
{
    constexpr int sideBySide = 7; // and the keeper's thread
    m_side->syncers.setMaxThreadCount(sideBySide);
    m_gathering.setSingleShot(true);
    m_gathering.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_gathering, &QTimer::timeout, &m_gathering, [this] {
        if (isKeeperBusy())
            m_gathering.start(patience); // its end is heard of sooner
        else
            sendGroup();
    });
    m_settling.setSingleShot(true);
    QObject::connect(&m_settling, &QTimer::timeout, &m_settling, [this] { settle(); });
}

Disk::~Disk()
{
    flush();
    m_receiver.reset();
    m_allocator.reset();
    m_writer.reset();
    m_hasher.reset();
    if (!m_keeper)
        return;
    // A database's connection ends on its own thread.
    std::binary_semaphore closed(0);
    m_keeper->run({}, [side = m_side, &closed] {
        side->close();
        closed.release();
    });
    closed.acquire();
}

bool Disk::isOfItsQueue(const QString &folder, const QString &name) const
{
    const QFileInfo queue(m_queueFile);
    const QString own = queue.fileName();
    return isKeeping() && name.startsWith(own, Qt::CaseInsensitive)
           && (name.size() == own.size() || name[own.size()] == QLatin1Char('-'))
           && QFileInfo(folder).canonicalFilePath() == queue.canonicalPath();
}

ThreadExecutor &Disk::writer()
{
    if (!m_writer)
        m_writer = std::make_unique<ThreadExecutor>(1, Words::tr("writer"));
    return *m_writer;
}

ThreadExecutor &Disk::keeper()
{
    if (!m_keeper)
        m_keeper = std::make_unique<ThreadExecutor>(1, Words::tr("keeper"));
    return *m_keeper;
}

ThreadExecutor &Disk::hasher()
{
    if (!m_hasher)
        m_hasher = std::make_unique<ThreadExecutor>(2, Words::tr("hasher"));
    return *m_hasher;
}

ThreadExecutor &Disk::receiver()
{
    if (!m_receiver)
        m_receiver = std::make_unique<ThreadExecutor>(receivers, Words::tr("receiver"));
    return *m_receiver;
}

/// One at a time: of two that don't fit together, the first one gets its room.
ThreadExecutor &Disk::allocator()
{
    if (!m_allocator)
        m_allocator = std::make_unique<ThreadExecutor>(1, Words::tr("allocator"));
    return *m_allocator;
}

void Disk::load(std::function<void(LoadedQueue)> done)
{
    keeper().run({}, [side = m_side, path = m_queueFile, inbox = Loop::current()->inbox(),
                      done = std::move(done)] {
        inbox->post(
            [done, loaded = std::make_shared<LoadedQueue>(side->load(path))] { done(std::move(*loaded)); });
    });
}

QCoro::Task<MadePart> Disk::make(PartPlan plan, StoredItem item)
{
    const std::size_t notes = m_side->noteCount();
    const auto wanted = std::make_shared<Wanted>(
        Wanted {.plan = std::move(plan), .item = std::move(item), .notesBefore = notes});
    {
        const std::lock_guard lock(m_side->mutex);
        m_side->wanted.push_back(wanted);
    }
    const QString name = Words::tr("make %1").arg(wanted->plan.name);
    const auto group = keeper().run(name, [side = m_side, notes] { side->makeWanted(notes); });
    bool isCancelled = false;
    for (bool isOver = false; !isOver;) {
        try {
            co_await group;
            isOver = true;
        } catch (const CancelledError &) {
            isCancelled = true;
            isOver = group.isDone();
        }
    }
    if (wanted->failure)
        std::rethrow_exception(wanted->failure);
    MadePart made = *wanted->result;
    const qint64 total = wanted->plan.total.value_or(0);
    if (!PartFile::isWorthPreallocating(total)) {
        made.file->expect(total);
        made.isCancelled = isCancelled;
        co_return made;
    }
    const auto taking = allocator().run(Words::tr("take room for %1").arg(wanted->plan.name), preallocate,
                                        made.file, total);
    for (bool isOver = false; !isOver;) {
        try {
            made.error = co_await taking;
            isOver = true;
        } catch (const CancelledError &) {
            isCancelled = true;
            isOver = taking.isDone();
            if (isOver)
                made.error = taking.result();
        }
    }
    made.isCancelled = isCancelled;
    co_return made;
}

Job<void> Disk::write(std::shared_ptr<PartFile> file, QString name, qint64 offset, QByteArray bytes)
{
    return writer().run(Words::tr("write %1").arg(name), writeBlock, std::move(file), offset,
                        std::move(bytes));
}

Job<Poured> Disk::pour(std::shared_ptr<Pour> pour, QString name, qint64 offset, qint64 most)
{
    return receiver().run(
        Words::tr("receive %1").arg(name),
        [](std::stop_token stop, const std::shared_ptr<Pour> &pour, qint64 offset, qint64 most) {
            return pour->run(stop, offset, most);
        },
        std::move(pour), offset, most);
}

Job<std::shared_ptr<PartFile>> Disk::reopen(QString path, qint64 atLeast, std::optional<qint64> total)
{
    return writer().run(Words::tr("open a part"), reopenPart, std::move(path), atLeast, total);
}

Job<void> Disk::remove(std::shared_ptr<PartFile> file, QString path)
{
    return writer().run(Words::tr("remove a part"), removePart, std::move(file), std::move(path));
}

Job<void> Disk::checkpoint(std::vector<std::pair<std::shared_ptr<PartFile>, StoredItem>> parts)
{
    return keeper().run(Words::tr("checkpoint"),
                        [side = m_side, parts = std::move(parts), upTo = m_side->noteCount()] {
                            side->checkpoint(parts, upTo);
                        });
}

QCoro::Task<QString> Disk::finish(std::shared_ptr<PartFile> file, StoredItem item, IfExists ifExists,
                                  std::optional<QDateTime> modified)
{
    return finish(std::make_shared<Ticket>(Ticket {.file = std::move(file),
                                                   .item = std::move(item),
                                                   .ifExists = ifExists,
                                                   .modified = std::move(modified)}));
}

QCoro::Task<QString> Disk::deliver(PartPlan plan, QByteArray bytes, StoredItem item,
                                   std::optional<QDateTime> modified)
{
    const IfExists ifExists = plan.ifExists;
    return finish(std::make_shared<Ticket>(Ticket {.bytes = std::move(bytes),
                                                   .plan = std::move(plan),
                                                   .item = std::move(item),
                                                   .ifExists = ifExists,
                                                   .modified = std::move(modified)}));
}

void Disk::gatherFor(const Limits &limits)
{
    constexpr int largest = 16; // while the keeper is free: more would make each no cheaper
    // No more than are there at once: nobody is to wait for who waits for him.
    m_groupSize = std::size_t(std::clamp(std::min(limits.transfers, limits.perHost), 1, largest));
}

/// What is sent stays in its hands as long as the disk takes: who comes meanwhile is the next group.
bool Disk::isKeeperBusy() const { return m_sent && m_sent->job && !m_sent->job->isDone(); }

/// Two transactions and the folder's way to the disk are a group's, however many files it has.
std::shared_ptr<Disk::Group> Disk::join(const std::shared_ptr<Ticket> &ticket)
{
    constexpr auto lull = 5ms; // after which there is nobody to wait for
    constexpr std::size_t largest = 64; // behind a busy keeper
    const bool isLone = !m_group && Clock::now() - m_lastGroup > lull;
    if (!m_group) {
        m_group = std::make_shared<Group>();
        m_gathering.start(patience);
    }
    const auto group = m_group;
    group->tickets.push_back(ticket);
    if (isKeeperBusy() ? group->tickets.size() >= largest : isLone || group->tickets.size() >= m_groupSize)
        sendGroup();
    return group;
}

void Disk::settle()
{
    if (Loop::current()) // else it is going away, and flush() does it
        keeper().run({}, [side = m_side] { side->noteNamed(); });
}

void Disk::sendGroup()
{
    m_gathering.stop();
    const auto group = std::exchange(m_group, nullptr);
    if (!group)
        return;
    m_lastGroup = Clock::now();
    m_sent = group;
    const auto &tickets = group->tickets;
    const QString name = tickets.size() == 1 ? Words::tr("commit %1").arg(tickets[0]->item.item.name)
                                             : Words::tr("commit %1 files").arg(tickets.size());
    group->job = keeper().run(name, [side = m_side, tickets, upTo = m_side->noteCount()] {
        side->finish(tickets, upTo);
    });
    group->sent.notify();
    if (isKeeping() && !m_settling.isActive())
        m_settling.start(settlingTime);
}

QCoro::Task<QString> Disk::finish(std::shared_ptr<Ticket> ticket)
{
    const std::shared_ptr<Group> group = join(ticket);
    const qint64 bytes = ticket->bytes.size();
    m_bytesInMemory += bytes;
    // The file gets its name, whatever becomes of who waits for it: then that had better know.
    for (bool isOver = false; !isOver;) {
        try {
            if (!group->job) {
                co_await group->sent.wait();
                continue;
            }
            const Job<void> job = *group->job;
            co_await job;
            isOver = true;
        } catch (const CancelledError &) {
            isOver = group->job && group->job->isDone();
        }
    }
    m_bytesInMemory -= bytes;
    if (m_sent == group && !isKeeperBusy()) { // the first of its group to know
        m_sent.reset();
        sendGroup();
    }
    if (ticket->result->path.isEmpty())
        throw net::Exception(*ticket->result->error);
    co_return ticket->result->path;
}

Job<QByteArray> Disk::digest(QString path, QCryptographicHash::Algorithm algorithm)
{
    return hasher().run(Words::tr("checksum"), digestOf, std::move(path), algorithm);
}

void Disk::note(std::function<void(QueueStore &)> note)
{
    {
        const std::lock_guard lock(m_side->mutex);
        m_side->notes.push_back(std::move(note));
    }
    keeper().run({}, [side = m_side, upTo = m_side->noteCount()] { side->writeNotes(upTo); });
}

void Disk::save(std::vector<StoredItem> items)
{
    if (isKeeping() && !items.empty())
        note([items = std::move(items)](QueueStore &store) { store.save(items); });
}

void Disk::forget(std::vector<ItemId> items)
{
    if (isKeeping() && !items.empty())
        note([items = std::move(items)](QueueStore &store) { store.remove(items); });
}

void Disk::setOrder(std::vector<ItemId> order)
{
    if (isKeeping())
        note([order = std::move(order)](QueueStore &store) { store.setOrder(order); });
}

void Disk::setLimits(Limits limits)
{
    if (isKeeping())
        note([limits](QueueStore &store) { store.setLimits(limits); });
}

void Disk::flush()
{
    sendGroup();
    for (ThreadExecutor *threads : {m_writer.get(), m_keeper.get()}) {
        if (!threads)
            continue;
        std::binary_semaphore done(0);
        threads->run({}, [&done, keeper = threads == m_keeper.get() ? m_side : nullptr] {
            if (keeper)
                keeper->noteNamed();
            done.release();
        });
        done.acquire();
    }
}

} // namespace coroscope::download
