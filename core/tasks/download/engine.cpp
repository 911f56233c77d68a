// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/engine.h"

#include "core/runtime/loop.h"
#include "core/tasks/download/pieces.h"
#include "core/trace/strings.h"

#include <QCoreApplication>
#include <QRandomGenerator>

namespace coroscope::download {

using namespace std::chrono_literals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Engine)
};

/// So many files have their lanes from the start; of more, those that go.
constexpr std::size_t mostLanesAhead = 50;
/// Times as many as have a place: who takes one that becomes free is at hand.
constexpr std::size_t ahead = 2;
/// What has come waits for the disk, and others take its place: but not without end.
constexpr std::size_t mostHandedOver = 128;
constexpr qint64 mostInMemory = 16 << 20;
constexpr auto checkpointInterval = 2s;

} // namespace

std::shared_ptr<Engine> Engine::make(QueueOptions options, Publish publish)
{
    // Its own coroutines hold the engine itself; what is handed out here is what keeps it going.
    const std::shared_ptr<Engine> core(new Engine(std::move(options), std::move(publish)));
    if (core->m_tools->disk->isKeeping()) {
        core->m_tools->disk->load([weak = std::weak_ptr(core)](LoadedQueue loaded) {
            const auto self = weak.lock();
            if (self && !self->m_isStopping)
                self->takeUp(std::move(loaded));
        });
    }
    return std::shared_ptr<Engine>(core.get(), [core](Engine *) { core->shutDown(); });
}

Engine::Engine(QueueOptions options, Publish publish)
    : m_options(std::move(options))
    , m_publish(std::move(publish))
    , m_tools(std::make_shared<Tools>())
    , m_limits(m_options.limits.value_or(Limits {}))
{
    m_tools->disk = std::make_shared<Disk>(m_options.queueFile);
    m_tools->random = [] { return QRandomGenerator::global()->generateDouble(); };
    m_tools->changed = [this](Entry &) { touched(); };
    m_tools->handedOver = [this](Entry &entry) { handOver(entry); };
    m_tools->places->setLimits(m_limits.transfers, m_limits.perHost);
    m_tools->disk->gatherFor(m_limits);
    m_tools->limiter.setRate(m_limits.bytesPerSecond, std::chrono::steady_clock::now());
    m_isLoaded = !m_tools->disk->isKeeping();
    QObject::connect(&m_tick, &QTimer::timeout, &m_tick, [this] { this->publish(); });
    m_schedule.setSingleShot(true);
    QObject::connect(&m_schedule, &QTimer::timeout, &m_schedule, [this] { onSchedule(); });
    if (m_isLoaded)
        touched();
}

Engine::~Engine() = default;

void Engine::shutDown()
{
    m_isStopping = true;
    m_tick.stop();
    m_schedule.stop();
    m_tools->changed = [](Entry &) { };
    m_tools->handedOver = [](Entry &) { };
    for (const EntryPtr &entry : m_removed) {
        if (entry->isUnderWay())
            entry->task.onDone([self = shared_from_this(), entry] { self->losePart(*entry); });
    }
    forgetRemoved();
    save();
    for (const EntryPtr &entry : m_entries) {
        if (!entry->isUnderWay())
            continue;
        if (entry->wish == Entry::Wish::None)
            entry->wish = Entry::Wish::Suspend;
        entry->task.cancel();
        entry->task.onDone([self = shared_from_this(), entry] { self->settleAtEnd(*entry); });
    }
    if (m_manager)
        m_manager.cancel();
    m_tools->disk->flush();
    m_entries.clear();
    m_byId.clear();
    m_byFile.clear();
}

// --- the saved queue ---------------------------------------------------------------------------------------

void Engine::takeUp(LoadedQueue loaded)
{
    m_isLoaded = true;
    if (loaded.fault) {
        m_fault = loaded.fault->text();
        m_isLocked = loaded.fault->kind == net::Error::Kind::Locked;
        m_early.clear();
        touched();
        return;
    }
    if (loaded.limits && !m_options.limits)
        run(SetLimits {*loaded.limits});
    for (StoredItem &stored : loaded.items) {
        auto entry = std::make_shared<Entry>();
        entry->stored = std::move(stored);
        Item &item = entry->item();
        entry->position = std::int64_t(m_entries.size());
        entry->secondsBefore = item.seconds;
        entry->limiter.setRate(item.request.options.bytesPerSecond, std::chrono::steady_clock::now());
        entry->isStoredStale = false;
        m_lastId = std::max(m_lastId, item.id.value);
        if (item.state == ItemState::Queued && !m_options.resumeOnStart)
            setState(*entry, ItemState::Paused);
        m_byFile.insert(FileKey(item.request), entry);
        m_byId.emplace(item.id, entry);
        m_entries.push_back(std::move(entry));
    }
    m_isLineStale = true;
    for (const Command &command : std::exchange(m_early, {}))
        carryOut(command);
    onSchedule();
    wakeManager();
    touched();
}

// --- what goes when ----------------------------------------------------------------------------------------

bool Engine::isBusy() const
{
    return m_underWay > 0 || std::ranges::any_of(m_entries, [](const EntryPtr &entry) {
               return entry->item().state == ItemState::Queued && !entry->isHeld;
           });
}

void Engine::wakeManager()
{
    if (m_isStopping)
        return;
    if (m_manager && !m_manager.isDone())
        m_news.notify();
    else if (isBusy())
        m_manager = spawn(SpawnOptions(Words::tr("downloads"), "group"), manage, shared_from_this());
}

QCoro::Task<void> Engine::manage(std::shared_ptr<Engine> self)
{
    self->m_news.reset();
    const StringId label = trace::intern(Words::tr("the next to end"));
    using Clock = std::chrono::steady_clock;
    auto nextCheckpoint = Clock::now() + checkpointInterval;
    while (self->isBusy() && !self->m_isStopping) {
        self->startTransfers();
        const auto patience = std::max<std::chrono::nanoseconds>(nextCheckpoint - Clock::now(), 1ms);
        [[maybe_unused]] const bool heard = co_await self->m_news.waitFor(patience, trace::WaitKind::Notifier,
                                                                          label);
        if (Clock::now() < nextCheckpoint)
            continue;
        if (self->m_tools->disk->isKeeping())
            co_await checkpoint(self);
        nextCheckpoint = Clock::now() + checkpointInterval;
    }
}

void Engine::startTransfers()
{
    if (m_suspended)
        return;
    if (std::exchange(m_isLineStale, false))
        m_line = WaitingLine(m_entries);
    // Of few, each has its lane from the start, and waits for its place there.
    const bool allAtOnce = m_line.size() + m_underWay <= mostLanesAhead;
    for (;;) {
        const bool isDiskBehind = m_underWay - m_fetching >= mostHandedOver
                                  || m_tools->disk->bytesInMemory() >= mostInMemory;
        if (!allAtOnce && (m_fetching >= std::size_t(m_limits.transfers) * ahead || isDiskBehind))
            return;
        const EntryPtr next = m_line.take([this, allAtOnce](const QString &host) {
            return allAtOnce || m_fetchingOf.value(host) < m_limits.perHost * int(ahead);
        });
        if (!next)
            return;
        start(next);
    }
}

void Engine::start(const EntryPtr &entry)
{
    const QString name = entry->item().name;
    entry->host = entry->url().host();
    entry->isHandedOver = false;
    entry->wish = Entry::Wish::None;
    entry->retry = {.tries = 0};
    entry->isUncut = false;
    entry->task = spawn(SpawnOptions(Words::tr("GET %1").arg(name), "download"), transfer, entry, m_tools);
    entry->item().task = entry->task.id();
    entry->isShownStale = true;
    startClock(*entry);
    ++m_underWay;
    ++m_fetching;
    ++m_fetchingOf[entry->host];
    touched();
    entry->task.onDone([weak = weak_from_this(), entry] {
        if (const auto self = weak.lock())
            self->settle(entry);
    });
}

// --- what became of it -------------------------------------------------------------------------------------

void Engine::handOver(Entry &entry)
{
    if (!entry.isUnderWay() || std::exchange(entry.isHandedOver, true))
        return;
    --m_fetching;
    const auto ofHost = m_fetchingOf.find(entry.host);
    if (--*ofHost == 0)
        m_fetchingOf.erase(ofHost);
    wakeManager();
}

void Engine::settle(const EntryPtr &entry)
{
    handOver(*entry);
    --m_underWay;
    entry->isWithKeeper = false;
    if (m_isStopping)
        return;
    const SpawnedTask<Result> task = std::exchange(entry->task, {});
    stopClock(*entry);
    entry->speed.reset();
    entry->item().nextStart = {};
    if (task.isCancelled()) {
        settleStopped(*entry);
    } else if (task.error()) {
        settleFailure(*entry, task.error());
    } else {
        entry->item().error.clear();
        setState(*entry, ItemState::Done);
        entry->isStoredStale = task.result().skipped; // the keeper has noted the others
    }
    checkSuspended();
    wakeManager();
    touched();
    if (m_underWay == 0 && !isBusy())
        publishIn(0ms); // who waits for the end needn't wait for the tick, too
}

void Engine::settleStopped(Entry &entry)
{
    const auto wish = std::exchange(entry.wish, Entry::Wish::None);
    switch (wish) {
    case Entry::Wish::Pause:
        keepPart(entry);
        setState(entry, ItemState::Paused);
        return;
    case Entry::Wish::Suspend:
    case Entry::Wish::Restart:
        keepPart(entry);
        queue(entry, std::exchange(entry.startAfterStop, {}));
        onSchedule();
        return;
    case Entry::Wish::Remove:
        keepPart(entry);
        if (!hasEnded(entry.item().state))
            entry.item().state = ItemState::Queued;
        return;
    case Entry::Wish::None: // somebody cancelled the task, on the timeline or all of them
    case Entry::Wish::Cancel:
        losePart(entry);
        setState(entry, ItemState::Cancelled);
        return;
    }
}

/// Of a queue that is shut down: what its transfers had is kept for the next start.
void Engine::settleAtEnd(Entry &entry)
{
    const SpawnedTask<Result> task = std::exchange(entry.task, {});
    if (task.isCancelled())
        settleStopped(entry);
    else if (task.error())
        keepPart(entry); // tried again
    else
        entry.item().state = ItemState::Done;
    if (entry.item().isLasting)
        m_tools->disk->save({entry.stored});
}

void Engine::settleFailure(Entry &entry, const std::exception_ptr &error)
{
    keepPart(entry);
    Item &item = entry.item();
    try {
        std::rethrow_exception(error);
    } catch (const LoginNeeded &refused) {
        item.error = refused.error().text();
        if (m_options.asksForLogin) {
            item.pauseReason = PauseReason::NeedsLogin;
            setState(entry, ItemState::Paused);
            return;
        }
    } catch (const net::Exception &failure) {
        item.error = failure.error().text();
        if (failure.error().kind == net::Error::Kind::DiskFull) {
            item.pauseReason = PauseReason::DiskFull;
            setState(entry, ItemState::Paused);
            pauseForDisk(failure.error());
            return;
        }
    } catch (const std::exception &other) {
        item.error = QString::fromUtf8(other.what());
    }
    setState(entry, ItemState::Failed);
}

/// What has come is made durable; the keeper does it before it saves the row.
void Engine::keepPart(Entry &entry)
{
    PartState &part = entry.part();
    if (entry.file) {
        for (std::size_t i = 0; i < part.pieces.size(); ++i)
            part.pieces[i].durable = entry.written[i];
        m_tools->disk->checkpoint({{std::exchange(entry.file, {}), entry.stored}});
    }
    entry.item().received = entry.bytesThere();
}

void Engine::losePart(Entry &entry)
{
    m_tools->disk->remove(std::exchange(entry.file, {}), entry.part().path);
    startOver(entry);
}

/// Nothing more will fit: who still waits or runs would only fail one after the other.
void Engine::pauseForDisk(const net::Error &error)
{
    for (const EntryPtr &entry : m_entries) {
        if (entry->isHeld || hasEnded(entry->item().state) || entry->item().state == ItemState::Paused)
            continue;
        pause(*entry);
        entry->item().pauseReason = PauseReason::DiskFull;
        entry->item().error = error.text();
    }
}

void Engine::suspend(std::function<void()> done)
{
    m_suspended = std::move(done);
    for (const EntryPtr &entry : m_entries) {
        if (entry->isUnderWay())
            stopTask(*entry, Entry::Wish::Suspend);
    }
    checkSuspended();
}

void Engine::checkSuspended()
{
    if (!m_suspended || m_underWay > 0)
        return;
    save();
    m_tools->disk->flush();
    m_suspended();
    m_suspended = [] { };
}

QCoro::Task<void> Engine::checkpoint(std::shared_ptr<Engine> self)
{
    std::vector<std::pair<std::shared_ptr<PartFile>, StoredItem>> parts;
    Entries entries;
    for (const EntryPtr &entry : self->m_entries) {
        if (!entry->file || entry->isWithKeeper || !entry->item().isLasting)
            continue;
        StoredItem stored = entry->stored;
        for (std::size_t i = 0; i < stored.part.pieces.size(); ++i)
            stored.part.pieces[i].durable = entry->written[i];
        if (stored.part.pieces == entry->part().pieces)
            continue;
        parts.emplace_back(entry->file, std::move(stored));
        entries.push_back(entry);
    }
    if (parts.empty())
        co_return;
    const auto job = self->m_tools->disk->checkpoint(parts);
    std::optional<net::Error> failure;
    try {
        co_await job;
    } catch (const net::Exception &error) {
        failure = error.error();
    }
    if (failure) {
        self->pauseForDisk(*failure);
        co_return;
    }
    for (std::size_t n = 0; n < entries.size(); ++n) {
        PartState &part = entries[n]->part();
        const PartState &durable = parts[n].second.part;
        if (part.path != durable.path || part.pieces.size() != durable.pieces.size())
            continue;
        for (std::size_t i = 0; i < part.pieces.size(); ++i)
            part.pieces[i].durable = durable.pieces[i].durable;
    }
}

// --- held files --------------------------------------------------------------------------------------------

EntryPtr Engine::hold(Request request, QString batch)
{
    EntryPtr entry = append(std::move(request), Add {.requests = {}, .batch = batch, .isLasting = false});
    entry->isHeld = true;
    touched();
    return entry;
}

void Engine::letGo(const EntryPtr &entry) { setState(*entry, ItemState::Cancelled); }

QCoro::Task<Result> Engine::fetch(std::shared_ptr<Engine> engine, EntryPtr entry)
{
    entry->item().task = trace::currentTask();
    engine->startClock(*entry);
    std::exception_ptr failure;
    Result result;
    try {
        result = co_await transfer(entry, engine->m_tools);
    } catch (...) {
        failure = std::current_exception();
    }
    engine->stopClock(*entry);
    if (!failure) {
        entry->item().error.clear();
        engine->setState(*entry, ItemState::Done);
        co_return result;
    }
    bool isCancelled = false;
    try {
        std::rethrow_exception(failure);
    } catch (const CancelledError &) {
        isCancelled = true;
    } catch (const std::exception &error) {
        entry->item().error = QString::fromUtf8(error.what());
    }
    try {
        co_await dropPart(entry, engine->m_tools);
    } catch (
        const CancelledError &) { // a second cancellation; uncaught, the row would stay under way for ever
        isCancelled = true;
    }
    engine->setState(*entry, isCancelled ? ItemState::Cancelled : ItemState::Failed);
    std::rethrow_exception(failure);
}

// --- small things ------------------------------------------------------------------------------------------

void Engine::startClock(Entry &entry) { entry.activeSince = std::chrono::steady_clock::now(); }

void Engine::stopClock(Entry &entry)
{
    if (!entry.activeSince)
        return;
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - *entry.activeSince;
    entry.secondsBefore += passed.count();
    entry.item().seconds = entry.secondsBefore;
    entry.activeSince.reset();
}

void Engine::setState(Entry &entry, ItemState state)
{
    entry.item().state = state;
    m_isLineStale |= state == ItemState::Queued;
    if (state != ItemState::Waiting && state != ItemState::Scheduled)
        entry.item().nextStart = {};
    entry.touch();
    touched();
}

/// Starts what is due, and comes again for the next.
void Engine::onSchedule()
{
    const QDateTime now = QDateTime::currentDateTime();
    std::optional<qint64> next;
    for (const EntryPtr &entry : m_entries) {
        if (entry->item().state != ItemState::Scheduled)
            continue;
        const qint64 left = now.msecsTo(entry->item().nextStart);
        if (left <= 0)
            queue(*entry);
        else
            next = std::min(next.value_or(left), left);
    }
    constexpr qint64 longest = 60'000; // the clock may be set meanwhile
    if (next)
        m_schedule.start(int(std::min(*next, longest)));
    wakeManager();
}

} // namespace coroscope::download
