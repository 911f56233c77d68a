// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/engine.h"

#include <algorithm>
#include <cmath>

namespace coroscope::download {

using namespace std::chrono_literals;

namespace {

constexpr auto tickInterval = 100ms;

std::optional<std::chrono::seconds> timeLeft(qint64 bytes, double bytesPerSecond)
{
    if (bytes <= 0 || bytesPerSecond < 1)
        return std::nullopt;
    const double seconds = std::ceil(double(bytes) / bytesPerSecond);
    constexpr double longest = 100.0 * 24 * 3600;
    return seconds < longest ? std::optional(std::chrono::seconds(std::int64_t(seconds))) : std::nullopt;
}

} // namespace

void Engine::touched()
{
    m_areTotalsStale = true;
    if (!m_isStopping && !m_tick.isActive())
        publishIn(m_lastPublished + tickInterval - std::chrono::steady_clock::now());
}

void Engine::publishIn(std::chrono::nanoseconds time)
{
    m_tick.start(std::max(std::chrono::ceil<std::chrono::milliseconds>(time), 0ms));
}

/// What changed since the last time, and the speeds.
void Engine::publish()
{
    save();
    const auto now = std::chrono::steady_clock::now();
    m_lastPublished = now;
    if (m_tick.isActive())
        publishIn(tickInterval);
    Delta delta;
    delta.changed.reserve(std::size_t(std::ranges::count_if(m_entries, [](const EntryPtr &entry) {
        return entry->isShownStale || entry->isUnderWay();
    })));
    qint64 received = 0;
    bool isMoving = false;
    for (const EntryPtr &entry : m_entries) {
        Item &item = entry->item();
        received += item.received;
        if (entry->activeSince && item.state == ItemState::Active) {
            isMoving = true;
            item.bytesPerSecond = entry->speed.update(item.received, now);
            item.timeLeft = item.total ? timeLeft(*item.total - item.received, item.bytesPerSecond)
                                       : std::nullopt;
            item.seconds = entry->secondsBefore
                           + std::chrono::duration<double>(now - *entry->activeSince).count();
            entry->isShownStale = true;
        } else if (item.bytesPerSecond > 0 || item.timeLeft) {
            item.bytesPerSecond = 0;
            item.timeLeft.reset();
            entry->isShownStale = true;
        }
        if (std::exchange(entry->isShownStale, false))
            delta.changed.push_back(item);
    }
    if (isMoving)
        m_speed.update(received, now);
    else
        m_speed.reset();
    delta.removed = std::exchange(m_removedRows, {});
    const bool isNews = std::exchange(m_areTotalsStale, false) || !delta.changed.empty()
                        || !delta.removed.empty() || m_isOrderStale;
    if (std::exchange(m_isOrderStale, false)) {
        delta.order.emplace();
        for (const EntryPtr &entry : m_entries)
            delta.order->push_back(entry->item().id);
    }
    if (!isMoving && !isNews)
        m_tick.stop();
    if (!isNews || !m_publish || !m_isLoaded)
        return;
    delta.totals = totals();
    delta.limits = m_limits;
    delta.canUndoRemove = !m_removed.empty();
    delta.fault = m_fault;
    delta.isLocked = m_isLocked;
    m_publish(std::move(delta));
}

void Engine::save()
{
    const auto isToBeSaved = [](const EntryPtr &entry) {
        return entry->isStoredStale && !entry->isWithKeeper && entry->item().isLasting;
    };
    std::vector<StoredItem> stale;
    stale.reserve(std::size_t(std::ranges::count_if(m_entries, isToBeSaved)));
    for (const EntryPtr &entry : m_entries) {
        if (isToBeSaved(entry))
            stale.push_back(entry->stored);
        entry->isStoredStale = entry->isStoredStale && entry->isWithKeeper;
    }
    m_tools->disk->save(std::move(stale));
}

Totals Engine::totals() const
{
    Totals sum;
    for (const EntryPtr &entry : m_entries) {
        const Item &item = entry->item();
        switch (item.state) {
        case ItemState::Queued:
        case ItemState::Scheduled:
            ++sum.queued;
            break;
        case ItemState::Active:
        case ItemState::Waiting:
            ++sum.active;
            break;
        case ItemState::Paused:
            ++sum.paused;
            break;
        case ItemState::Done:
            ++sum.done;
            break;
        case ItemState::Failed:
            ++sum.failed;
            break;
        case ItemState::Cancelled:
            ++sum.cancelled;
            break;
        }
        sum.received += item.received;
        sum.expected += hasEnded(item.state) ? item.received : item.total.value_or(item.received);
        if (!item.total && !hasEnded(item.state))
            ++sum.unknownSizes;
    }
    sum.bytesPerSecond = m_speed.bytesPerSecond();
    if (sum.unknownSizes == 0)
        sum.timeLeft = timeLeft(sum.expected - sum.received, sum.bytesPerSecond);
    return sum;
}

} // namespace coroscope::download
