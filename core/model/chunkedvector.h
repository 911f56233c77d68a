// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace coroscope::model {

/// A growing array that never moves more than one chunk, so that appending has no long pause, and that
/// wastes at most one chunk. A short array takes little: its first chunk doubles until it is whole.
template<class T>
class ChunkedVector
{
public:
    static constexpr std::size_t chunkBits = 10;
    static constexpr std::size_t chunkSize = std::size_t(1) << chunkBits;

    std::size_t size() const noexcept { return m_size; }
    bool empty() const noexcept { return m_size == 0; }
    bool isFull() const noexcept { return m_size == m_capacity; }

    const T &operator[](std::size_t i) const noexcept
    {
        return m_chunks[i >> chunkBits][i & (chunkSize - 1)];
    }
    T &operator[](std::size_t i) noexcept { return m_chunks[i >> chunkBits][i & (chunkSize - 1)]; }
    const T &back() const noexcept { return (*this)[m_size - 1]; }
    T &back() noexcept { return (*this)[m_size - 1]; }

    void append(const T &value)
    {
        if (isFull())
            grow();
        (*this)[m_size++] = value;
    }

    std::size_t capacityBytes() const noexcept
    {
        return m_capacity * sizeof(T) + m_chunks.capacity() * sizeof(std::unique_ptr<T[]>);
    }

private:
    void grow()
    {
        if (m_capacity >= chunkSize) {
            m_chunks.push_back(std::make_unique_for_overwrite<T[]>(chunkSize));
            m_capacity += chunkSize;
            return;
        }
        const std::size_t larger = m_capacity ? m_capacity * 2 : 4;
        auto chunk = std::make_unique_for_overwrite<T[]>(larger);
        if (m_chunks.empty())
            m_chunks.emplace_back();
        else
            std::copy_n(m_chunks[0].get(), m_size, chunk.get());
        m_chunks[0] = std::move(chunk);
        m_capacity = larger;
    }

    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace coroscope::model
