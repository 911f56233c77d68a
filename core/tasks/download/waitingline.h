// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/entry.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace coroscope::download {

/// What waits for its start, by host and rank, so that the next is found without a look at all of the queue.
/// A snapshot: made anew when something came to wait or changed its rank; who stopped waiting meanwhile is
/// passed over. One loop's thread.
class WaitingLine
{
public:
    static bool isWaiting(const Entry &entry)
    {
        return entry.item().state == ItemState::Queued && !entry.isHeld && !entry.isUnderWay();
    }

    explicit WaitingLine(const std::vector<EntryPtr> &entries = {})
    {
        for (const EntryPtr &entry : entries) {
            if (!isWaiting(*entry))
                continue;
            m_ofHost[entry->url().host()].entries.push_back(entry);
            ++m_size;
        }
        for (Host &host : m_ofHost) {
            // Taken from the end.
            std::ranges::sort(host.entries,
                              [](const EntryPtr &a, const EntryPtr &b) { return b->rank() < a->rank(); });
        }
    }

    /// At most: some of them may have stopped waiting.
    std::size_t size() const { return m_size; }

    /// The next of all hosts that `hasRoom`; null: none.
    template<class HasRoom>
    EntryPtr take(HasRoom hasRoom)
    {
        Host *best = nullptr;
        for (auto host = m_ofHost.begin(); host != m_ofHost.end();) {
            std::vector<EntryPtr> &entries = host->entries;
            while (!entries.empty() && !isWaiting(*entries.back())) {
                entries.pop_back();
                --m_size;
            }
            if (entries.empty()) {
                host = m_ofHost.erase(host);
                continue;
            }
            if (hasRoom(host.key()) && (!best || entries.back()->rank() < best->entries.back()->rank()))
                best = &*host;
            ++host;
        }
        if (!best)
            return nullptr;
        const EntryPtr next = best->entries.back();
        best->entries.pop_back();
        --m_size;
        return next;
    }

private:
    struct Host
    {
        std::vector<EntryPtr> entries; ///< the best rank last
    };
    QHash<QString, Host> m_ofHost;
    std::size_t m_size = 0;
};

} // namespace coroscope::download
