// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <memory>
#include <vector>

namespace coroscope::model {

/// A growing array that never moves more than one chunk, so that appending has no long pause, and that
/// wastes at most one chunk. A short array takes little: its first chunk doubles until it is whole.
///
/// Its first elements can be dropped; the others keep their numbers.
template<class T, std::size_t least = 4>
class ChunkedVector
{
public:
    static constexpr std::size_t chunkBits = 10;
    static constexpr std::size_t chunkSize = std::size_t(1) << chunkBits;

    std::size_t size() const noexcept { return m_size; } ///< the dropped ones included
    bool empty() const noexcept { return m_size == 0; }
    bool isFull() const noexcept { return m_size - m_start == m_capacity; }
    /// The first that is kept; size() if none is.
    std::size_t first() const noexcept { return m_first; }

    const T &operator[](std::size_t i) const noexcept
    {
        i -= m_start;
        return m_chunks[i >> chunkBits][i & (chunkSize - 1)];
    }
    T &operator[](std::size_t i) noexcept
    {
        i -= m_start;
        return m_chunks[i >> chunkBits][i & (chunkSize - 1)];
    }
    const T &back() const noexcept { return (*this)[m_size - 1]; }
    T &back() noexcept { return (*this)[m_size - 1]; }

    void append(const T &value)
    {
        if (isFull())
            grow();
        (*this)[m_size++] = value;
    }

    /// Gives the memory of elements below `end` back, as far as whole chunks go, and where one chunk is left
    /// that becomes half empty. Amortized O(1) an element that goes.
    void dropBefore(std::size_t end)
    {
        while (m_first + chunkSize <= std::min(end, m_size) && m_capacity >= chunkSize) {
            m_chunks[(m_first - m_start) >> chunkBits].reset();
            m_first += chunkSize;
        }
        if (const std::size_t gone = (m_first - m_start) >> chunkBits; gone * 2 >= m_chunks.size() && gone) {
            m_chunks.erase(m_chunks.begin(), m_chunks.begin() + std::ptrdiff_t(gone));
            m_start = m_first;
            m_capacity -= gone * chunkSize;
        }
        if (m_chunks.size() == 1 && end > m_start && (end - m_start) * 2 >= m_capacity)
            shorten(std::min(end, m_size));
    }

    /// By how much renumber() can lower all numbers.
    std::size_t spareNumbers() const noexcept { return m_start; }
    void renumber(std::size_t by) noexcept
    {
        m_size -= by;
        m_start -= by;
        m_first -= by;
    }

    std::size_t capacityBytes() const noexcept
    {
        return (m_capacity - (m_first - m_start)) * sizeof(T)
               + m_chunks.capacity() * sizeof(std::unique_ptr<T[]>);
    }

private:
    void grow()
    {
        if (m_capacity >= chunkSize) {
            m_chunks.push_back(std::make_unique_for_overwrite<T[]>(chunkSize));
            m_capacity += chunkSize;
            return;
        }
        if (m_chunks.empty())
            m_chunks.emplace_back();
        replace(m_capacity ? m_capacity * 2 : least, m_start);
    }
    void shorten(std::size_t first) { replace(std::bit_ceil(std::max(m_size - first, least)), first); }
    /// The only chunk by one of another size, which begins with `first`.
    void replace(std::size_t capacity, std::size_t first)
    {
        auto chunk = std::make_unique_for_overwrite<T[]>(capacity);
        if (m_capacity > 0)
            std::copy_n(m_chunks[0].get() + (first - m_start), m_size - first, chunk.get());
        m_chunks[0] = std::move(chunk);
        m_capacity = capacity;
        m_start = m_first = first;
    }

    std::vector<std::unique_ptr<T[]>> m_chunks; ///< those before m_first are gone
    std::size_t m_size = 0;
    std::size_t m_capacity = 0; ///< from m_start on
    std::size_t m_start = 0; ///< what the first chunk begins with
    std::size_t m_first = 0;
};

} // namespace coroscope::model
