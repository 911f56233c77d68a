// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <algorithm>
#include <deque>

namespace coroscope::model {

/// What can be forgotten, in the order in which it was complete: so the oldest stands in front, but for what
/// threads bring coarsely interleaved.
class AgeQueue
{
public:
    enum class What : std::uint8_t {
        Slices, ///< of task `id`, those before `end`
        Task, ///< it ended
        Future, ///< it was resolved
        Wait, ///< it is over
        Line, ///< the oldest that was printed
    };
    struct Entry
    {
        Time time {}; ///< nothing of it is later
        std::uint32_t id = 0;
        std::uint32_t end = 0;
        What what {};
    };

    void push(const Entry &entry) { m_entries.push_back(entry); }
    bool empty() const noexcept { return m_entries.empty(); }
    const Entry &front() const noexcept { return m_entries.front(); }
    Entry pop()
    {
        const Entry entry = m_entries.front();
        m_entries.pop_front();
        return entry;
    }
    /// The slices of that task have lower indices now.
    void renumber(std::uint32_t id, std::uint32_t by)
    {
        for (Entry &entry : m_entries) {
            if (entry.what == What::Slices && entry.id == id)
                entry.end -= std::min(entry.end, by);
        }
    }
    std::size_t bytes() const noexcept { return m_entries.size() * sizeof(Entry); }

private:
    std::deque<Entry> m_entries;
};

} // namespace coroscope::model
