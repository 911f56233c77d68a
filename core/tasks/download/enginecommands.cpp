// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/engine.h"

#include "core/tasks/download/filename.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <unordered_set>

namespace coroscope::download {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::download::Engine)
};

bool isIntact(const Item &item)
{
    const QFileInfo file(item.path);
    return file.isFile() && (!item.total || file.size() == *item.total);
}

} // namespace

void Engine::carryOut(const Command &command)
{
    if (m_isStopping || !m_fault.isEmpty())
        return;
    if (!m_isLoaded) {
        m_early.push_back(command);
        return;
    }
    std::visit([this](const auto &one) { run(one); }, command);
    m_isLineStale = true;
    save();
    wakeManager();
    touched();
}

Engine::Entries Engine::entriesOf(const std::vector<ItemId> &ids) const
{
    Entries found;
    for (const ItemId id : ids) {
        const auto known = m_byId.find(id);
        if (known != m_byId.end())
            found.push_back(known->second);
    }
    return found;
}

// --- adding ------------------------------------------------------------------------------------------------

void Engine::run(const Add &command)
{
    ++m_additions;
    for (const Request &request : command.requests) {
        const EntryPtr known = m_byFile.value(FileKey(request));
        if (!known || known->isHeld || !takesAgain(*known, request, command))
            append(request, command);
    }
    onSchedule();
}

/// True if the item that is there will do for a request of the same file.
bool Engine::takesAgain(Entry &entry, const Request &request, const Add &how)
{
    Item &item = entry.item();
    if (item.state == ItemState::Done) {
        if (!how.skipDone)
            return false;
        // Whether there is a newer one is what the server is to be asked for.
        if (isIntact(item) && request.options.ifExists != IfExists::OnlyIfNewer)
            return true;
    }
    entry.credentials = request.credentials;
    entry.addition = m_additions;
    item.request = request;
    item.request.credentials = {};
    item.isLasting = item.isLasting || how.isLasting;
    entry.limiter.setRate(request.options.bytesPerSecond, std::chrono::steady_clock::now());
    if (item.state == ItemState::Done || item.state == ItemState::Cancelled) {
        startOver(entry);
        item.path.clear();
        item.sha256.clear();
    }
    if (!entry.isUnderWay() && !how.paused)
        queue(entry, how.startAt);
    entry.touch();
    return true;
}

EntryPtr Engine::append(Request request, const Add &how)
{
    auto entry = std::make_shared<Entry>();
    entry->credentials = std::exchange(request.credentials, {});
    entry->position = std::int64_t(m_entries.size());
    entry->addition = m_additions;
    entry->limiter.setRate(request.options.bytesPerSecond, std::chrono::steady_clock::now());
    startOver(*entry);
    Item &item = entry->item();
    item.id = {++m_lastId};
    item.name = fileNameFor(request.url(), request.fileName);
    item.batch = how.batch;
    item.isLasting = how.isLasting;
    item.request = std::move(request);
    if (how.paused)
        item.state = ItemState::Paused;
    else
        queue(*entry, how.startAt);
    m_byFile.insert(FileKey(item.request), entry);
    m_byId.emplace(item.id, entry);
    m_entries.push_back(entry);
    return entry;
}

void Engine::queue(Entry &entry, const QDateTime &startAt)
{
    Item &item = entry.item();
    const bool isLater = startAt.isValid() && startAt > QDateTime::currentDateTime();
    item.pauseReason = PauseReason::ByUser;
    item.error.clear();
    item.nextStart = isLater ? startAt : QDateTime();
    item.state = isLater ? ItemState::Scheduled : ItemState::Queued;
    m_isLineStale = true;
    entry.touch();
}

// --- stopping and going on ---------------------------------------------------------------------------------

void Engine::stopTask(Entry &entry, Entry::Wish wish)
{
    entry.wish = wish;
    entry.task.cancel();
}

void Engine::pause(Entry &entry)
{
    Item &item = entry.item();
    if (hasEnded(item.state) || item.state == ItemState::Paused || entry.isHeld)
        return;
    item.pauseReason = PauseReason::ByUser;
    if (entry.isUnderWay())
        stopTask(entry, Entry::Wish::Pause);
    else
        setState(entry, ItemState::Paused);
}

void Engine::run(const Pause &command)
{
    for (const EntryPtr &entry : entriesOf(command.items))
        pause(*entry);
}

void Engine::run(const Resume &command)
{
    for (const EntryPtr &entry : entriesOf(command.items)) {
        const ItemState state = entry->item().state;
        if (entry->isUnderWay() && entry->wish == Entry::Wish::Pause)
            entry->wish = Entry::Wish::Restart;
        else if (state == ItemState::Paused || state == ItemState::Scheduled)
            queue(*entry);
    }
}

void Engine::run(const Cancel &command)
{
    for (const EntryPtr &entry : entriesOf(command.items)) {
        if (entry->isUnderWay()) {
            stopTask(*entry, Entry::Wish::Cancel);
        } else if (!hasEnded(entry->item().state)) {
            losePart(*entry);
            setState(*entry, ItemState::Cancelled);
        }
    }
}

void Engine::cancelAll()
{
    Cancel all;
    for (const EntryPtr &entry : m_entries) {
        if (!hasEnded(entry->item().state) && entry->item().state != ItemState::Paused && !entry->isHeld)
            all.items.push_back(entry->item().id);
    }
    carryOut(all);
}

void Engine::run(const Retry &command)
{
    for (const EntryPtr &entry : entriesOf(command.items)) {
        const ItemState state = entry->item().state;
        if ((state == ItemState::Failed || state == ItemState::Cancelled) && !entry->isHeld) {
            entry->mirror = 0;
            queue(*entry);
        }
    }
}

void Engine::run(const PauseAll &)
{
    for (const EntryPtr &entry : m_entries)
        pause(*entry);
}

void Engine::run(const ResumeAll &)
{
    for (const EntryPtr &entry : m_entries) {
        if (entry->item().state == ItemState::Paused || entry->wish == Entry::Wish::Pause)
            run(Resume {{entry->item().id}});
    }
}

void Engine::run(const SetStart &command)
{
    for (const EntryPtr &entry : entriesOf(command.items)) {
        if (hasEnded(entry->item().state) || entry->isHeld)
            continue;
        if (entry->isUnderWay()) {
            if (!command.at.isValid())
                continue;
            // It goes on at that time with what has come by now.
            entry->startAfterStop = command.at;
            stopTask(*entry, Entry::Wish::Restart);
        } else {
            queue(*entry, command.at);
        }
    }
    onSchedule();
}

// --- taking out, and back ----------------------------------------------------------------------------------

void Engine::takeOut(const Entries &entries)
{
    forgetRemoved();
    std::unordered_set<const Entry *> gone;
    std::vector<ItemId> ids;
    for (const EntryPtr &entry : entries) {
        gone.insert(entry.get());
        ids.push_back(entry->item().id);
        if (entry->isUnderWay())
            stopTask(*entry, Entry::Wish::Remove);
        m_byId.erase(entry->item().id);
        const FileKey key(entry->item().request);
        if (m_byFile.value(key) == entry)
            m_byFile.remove(key);
    }
    std::erase_if(m_entries, [&](const EntryPtr &entry) { return gone.contains(entry.get()); });
    m_removed = entries;
    m_removedRows.insert(m_removedRows.end(), ids.begin(), ids.end());
    m_tools->disk->forget(std::move(ids));
}

void Engine::run(const Remove &command)
{
    const Entries entries = entriesOf(command.items);
    if (entries.empty())
        return;
    takeOut(entries);
    if (!command.withFile)
        return;
    for (const EntryPtr &entry : entries) {
        const QString path = entry->item().path;
        QString inTrash;
        if (!path.isEmpty() && QFile::moveToTrash(path, &inTrash))
            m_trash.insert(path, inTrash);
    }
}

void Engine::run(const ClearEnded &)
{
    Entries ended;
    std::ranges::copy_if(m_entries, std::back_inserter(ended),
                         [](const EntryPtr &entry) { return hasEnded(entry->item().state); });
    if (!ended.empty())
        takeOut(ended);
}

void Engine::run(const UndoRemove &)
{
    Entries back = std::exchange(m_removed, {});
    std::ranges::sort(back, {}, [](const EntryPtr &entry) { return entry->position; });
    for (const EntryPtr &entry : back) {
        const QString inTrash = m_trash.take(entry->item().path);
        if (!inTrash.isEmpty())
            QFile::rename(inTrash, entry->item().path);
        const auto place = std::min<std::size_t>(std::size_t(entry->position), m_entries.size());
        m_entries.insert(m_entries.begin() + std::ptrdiff_t(place), entry);
        m_byId.emplace(entry->item().id, entry);
        m_byFile.insert(FileKey(entry->item().request), entry);
        if (entry->isUnderWay())
            entry->wish = Entry::Wish::Restart;
        entry->touch();
    }
    if (!back.empty())
        orderChanged();
}

/// The parts of what was removed go once it can't be brought back.
void Engine::forgetRemoved()
{
    for (const EntryPtr &entry : std::exchange(m_removed, {})) {
        if (entry->isUnderWay())
            entry->wish = Entry::Wish::Cancel; // it loses its part when it has stopped
        else
            losePart(*entry);
    }
    m_trash.clear();
}

// --- order, limits, addresses ------------------------------------------------------------------------------

void Engine::orderChanged()
{
    std::vector<ItemId> order;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        m_entries[i]->position = std::int64_t(i);
        if (m_entries[i]->item().isLasting)
            order.push_back(m_entries[i]->item().id);
    }
    save(); // who came back is known before it gets its place
    m_tools->disk->setOrder(std::move(order));
    m_isOrderStale = true;
}

void Engine::run(const Move &command)
{
    const Entries moved = entriesOf(command.items);
    std::unordered_set<const Entry *> moving;
    for (const EntryPtr &entry : moved)
        moving.insert(entry.get());
    // The place is after the last one before it that stays.
    auto before = std::ranges::find_if(m_entries, [&](const EntryPtr &entry) {
        return entry->item().id == command.before;
    });
    while (before != m_entries.end() && moving.contains(before->get()))
        ++before;
    const EntryPtr anchor = before == m_entries.end() ? nullptr : *before;
    std::erase_if(m_entries, [&](const EntryPtr &entry) { return moving.contains(entry.get()); });
    m_entries.insert(anchor ? std::ranges::find(m_entries, anchor) : m_entries.end(), moved.begin(),
                     moved.end());
    orderChanged();
}

void Engine::run(const SetPriority &command)
{
    for (const EntryPtr &entry : entriesOf(command.items)) {
        entry->item().priority = command.priority;
        entry->touch();
    }
}

void Engine::run(const SetRate &command)
{
    for (const EntryPtr &entry : entriesOf(command.items)) {
        entry->item().request.options.bytesPerSecond = command.bytesPerSecond;
        entry->limiter.setRate(command.bytesPerSecond, std::chrono::steady_clock::now());
        entry->touch();
    }
}

void Engine::run(const SetLimits &command)
{
    m_limits = command.limits;
    m_tools->places->setLimits(m_limits.transfers, m_limits.perHost);
    m_tools->disk->gatherFor(m_limits);
    m_tools->limiter.setRate(m_limits.bytesPerSecond, std::chrono::steady_clock::now());
    m_tools->disk->setLimits(m_limits);
}

void Engine::run(const ReplaceUrl &command)
{
    for (const EntryPtr &entry : entriesOf({command.item})) {
        Item &item = entry->item();
        if (item.state == ItemState::Done || entry->isHeld)
            continue;
        const FileKey key(item.request);
        if (m_byFile.value(key) == entry)
            m_byFile.remove(key);
        item.request.urls = {command.url.adjusted(QUrl::RemoveUserInfo)};
        if (!command.url.userInfo().isEmpty())
            entry->credentials = {command.url.userName(), command.url.password(), {}};
        entry->mirror = 0;
        entry->trustsSize = true;
        m_byFile.insert(FileKey(item.request), entry);
        entry->touch();
        if (entry->isUnderWay())
            stopTask(*entry, Entry::Wish::Restart);
        else if (item.state == ItemState::Failed || item.state == ItemState::Cancelled)
            queue(*entry);
    }
}

void Engine::run(const GiveCredentials &command)
{
    for (const EntryPtr &asked : entriesOf({command.item})) {
        for (const EntryPtr &entry : m_entries) {
            const Item &item = entry->item();
            const bool waitsForIt = item.state == ItemState::Paused
                                    && item.pauseReason == PauseReason::NeedsLogin
                                    && entry->url().host() == asked->url().host();
            if (!waitsForIt)
                continue;
            if (item.httpStatus == 407)
                entry->proxyCredentials = command.credentials;
            else
                entry->credentials = command.credentials;
            queue(*entry);
        }
    }
}

} // namespace coroscope::download
