// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace coroscope::model {

/// From an id to what it names, in two steps and without a hash: ids are counted up in a process, so pages
/// of them fill well. Remembers which ids were forgotten, because late events of those are no news.
template<class Id, class T>
class IdTable
{
public:
    T *find(Id id) const noexcept
    {
        const Slot *slot = at(id);
        return slot ? slot->value : nullptr;
    }
    bool wasForgotten(Id id) const noexcept
    {
        const Slot *slot = at(id);
        return slot && slot->forgotten;
    }
    void insert(Id id, T *value) { obtain(id) = {value, false}; }
    void forget(Id id) { obtain(id) = {nullptr, true}; }
    void clear() { *this = {}; }
    std::size_t capacityBytes() const noexcept
    {
        return m_pages.capacity() * sizeof(m_pages[0]) + m_pageCount * sizeof(Page);
    }

private:
    struct Slot
    {
        T *value = nullptr;
        bool forgotten = false;
    };
    static constexpr unsigned pageBits = 10;
    using Page = std::array<Slot, 1u << pageBits>;

    const Slot *at(Id id) const noexcept
    {
        const std::size_t page = id.value >> pageBits;
        if (page >= m_pages.size() || !m_pages[page])
            return nullptr;
        return &(*m_pages[page])[id.value & ((1u << pageBits) - 1)];
    }
    Slot &obtain(Id id)
    {
        const std::size_t page = id.value >> pageBits;
        if (page >= m_pages.size())
            m_pages.resize(page + 1);
        if (!m_pages[page]) {
            m_pages[page] = std::make_unique<Page>();
            ++m_pageCount;
        }
        return (*m_pages[page])[id.value & ((1u << pageBits) - 1)];
    }

    std::vector<std::unique_ptr<Page>> m_pages;
    std::size_t m_pageCount = 0;
};

} // namespace coroscope::model
