// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace coroscope::model {

/// From an id to what it names, in two steps and without a hash: ids are counted up in a process, so pages
/// of them fill well. Remembers which ids were forgotten, because late events of those are no news: a bit an
/// id, and none where a whole page was forgotten.
template<class Id, class T>
class IdTable
{
public:
    T *find(Id id) const noexcept
    {
        const Page *page = pageOf(id);
        return page && page->values ? page->values->at[id.value & mask] : nullptr;
    }
    bool wasForgotten(Id id) const noexcept
    {
        const Page *page = pageOf(id);
        return page && (page->forgotten ? page->forgotten->test(id.value & mask) : isWhollyForgotten(id));
    }
    void insert(Id id, T *value)
    {
        Page &page = obtain(id);
        if (!page.values) {
            page.values = std::make_unique<Values>();
            m_bytes += sizeof(Values);
        }
        T *&slot = page.values->at[id.value & mask];
        page.values->known += unsigned(value != nullptr) - unsigned(slot != nullptr);
        slot = value;
        if (page.forgotten)
            page.forgotten->reset(id.value & mask);
    }
    void forget(Id id)
    {
        Page &page = obtain(id);
        if (isWhollyForgotten(id))
            return;
        if (page.values && std::exchange(page.values->at[id.value & mask], nullptr)
            && --page.values->known == 0) {
            page.values.reset();
            m_bytes -= sizeof(Values);
        }
        if (!page.forgotten) {
            page.forgotten = std::make_unique<Bits>();
            m_bytes += sizeof(Bits);
            if (id.value <= mask)
                page.forgotten->set(0); // no id is zero
        }
        page.forgotten->set(id.value & mask);
        if (page.forgotten->all()) {
            if (m_forgotten.size() < m_pages.size())
                m_forgotten.resize(m_pages.capacity());
            m_forgotten[id.value >> pageBits] = true;
            page.forgotten.reset();
            m_bytes -= sizeof(Bits);
        }
    }
    void clear() { *this = {}; }
    std::size_t capacityBytes() const noexcept
    {
        return m_pages.capacity() * sizeof(Page) + m_forgotten.size() / 8 + m_bytes;
    }

private:
    static constexpr unsigned pageBits = 10;
    static constexpr std::uint32_t mask = (1u << pageBits) - 1;
    struct Values
    {
        std::array<T *, 1u << pageBits> at {};
        unsigned known = 0;
    };
    using Bits = std::bitset<1u << pageBits>;
    struct Page
    {
        std::unique_ptr<Values> values;
        std::unique_ptr<Bits> forgotten;
    };

    bool isWhollyForgotten(Id id) const noexcept
    {
        const std::size_t page = id.value >> pageBits;
        return page < m_forgotten.size() && m_forgotten[page];
    }

    const Page *pageOf(Id id) const noexcept
    {
        const std::size_t page = id.value >> pageBits;
        return page < m_pages.size() ? &m_pages[page] : nullptr;
    }
    Page &obtain(Id id)
    {
        const std::size_t page = id.value >> pageBits;
        if (page >= m_pages.size())
            m_pages.resize(page + 1);
        return m_pages[page];
    }

    std::vector<Page> m_pages;
    std::vector<bool> m_forgotten; ///< the whole page
    std::size_t m_bytes = 0; ///< beside those of m_pages
};

} // namespace coroscope::model
