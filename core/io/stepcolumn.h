// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include "core/io/varint.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace coroscope::io {

/// Signed numbers of which only the size can be foreseen, as steps of time are: a byte each that says how
/// long the number is, and apart from those, bit by bit, what can't be compressed anyway (Elias gamma codes,
/// whose lengths are left to the compressor's own).
///
/// A length is 0 for the number 0, n for a positive number of n significant bits, 64 + n for a negative one.
/// Of the n bits all but the topmost follow, the lowest first.
class StepWriter
{
public:
    void put(std::int64_t step)
    {
        const std::uint64_t size = step < 0 ? 0 - std::uint64_t(step) : std::uint64_t(step);
        const auto length = unsigned(std::bit_width(size));
        m_lengths.push_back(char(step < 0 ? length + 64 : length));
        if (length > 1)
            putBits(size, length - 1);
    }
    /// Appends the column: varint of numbers; their lengths; the bits. Begins a new one.
    /// `seam` is told where the bits begin.
    template<class Seam>
    void take(std::string &out, Seam seam)
    {
        std::string head;
        putVarint(head, m_lengths.size());
        const std::size_t rest = (m_pendingBits + 7) / 8;
        putVarint(out, head.size() + m_lengths.size() + m_bits.size() + rest);
        out += head;
        out += m_lengths;
        seam();
        out += m_bits;
        for (std::size_t i = 0; i < rest; ++i)
            out.push_back(char(m_pending >> (8 * i)));
        m_lengths.clear();
        m_bits.clear();
        m_pending = m_pendingBits = 0;
    }

private:
    void putBits(std::uint64_t value, unsigned count)
    {
        value &= (std::uint64_t(1) << count) - 1;
        m_pending |= value << m_pendingBits;
        if (m_pendingBits + count < 64) {
            m_pendingBits += count;
            return;
        }
        putWhole();
        const unsigned written = 64 - m_pendingBits;
        m_pending = written < 64 ? value >> written : 0;
        m_pendingBits = count - written;
    }
    void putWhole()
    {
        char bytes[8];
        for (unsigned i = 0; i < 8; ++i)
            bytes[i] = char(m_pending >> (8 * i));
        m_bits.append(bytes, sizeof bytes);
    }

    std::string m_lengths;
    std::string m_bits;
    std::uint64_t m_pending = 0; ///< bits that make no 64 yet
    unsigned m_pendingBits = 0; ///< below 64
};

/// Reads what nobody vouches for: past its end it gives zeros and remembers that it failed.
class StepReader
{
public:
    StepReader() = default;
    explicit StepReader(std::string_view column)
    {
        ByteReader bytes(column);
        m_lengths = bytes.bytes(bytes.varint());
        m_bits = bytes.bytes(bytes.left());
        m_failed = bytes.hasFailed();
    }

    bool hasFailed() const noexcept { return m_failed; }
    bool isAtEnd() const noexcept { return m_at == m_lengths.size() && (m_bit + 7) / 8 == m_bits.size(); }

    std::int64_t next() noexcept
    {
        if (m_at == m_lengths.size())
            return fail();
        const auto code = std::uint8_t(m_lengths[m_at++]);
        if (code == 0)
            return 0;
        const bool isNegative = code > 64;
        const unsigned length = isNegative ? code - 64u : code;
        if (length > 64 || m_bit + length - 1 > m_bits.size() * 8)
            return fail();
        const std::uint64_t size = (std::uint64_t(1) << (length - 1)) | takeBits(length - 1);
        return std::int64_t(isNegative ? 0 - size : size);
    }

private:
    std::int64_t fail() noexcept
    {
        m_failed = true;
        m_at = m_lengths.size();
        return 0;
    }
    std::uint64_t takeBits(unsigned count) noexcept
    {
        if (count == 0)
            return 0;
        const std::size_t byte = m_bit / 8;
        const unsigned shift = m_bit % 8;
        std::uint64_t value = wordAt(byte) >> shift;
        if (shift + count > 64)
            value |= wordAt(byte + 8) << (64 - shift);
        m_bit += count;
        return value & ((std::uint64_t(1) << count) - 1);
    }
    /// Eight bytes, the lowest first; those past the end are 0.
    std::uint64_t wordAt(std::size_t byte) const noexcept
    {
        std::uint64_t word = 0;
        if constexpr (std::endian::native == std::endian::little) {
            if (byte + 8 <= m_bits.size()) [[likely]] {
                std::memcpy(&word, m_bits.data() + byte, 8);
                return word;
            }
        }
        for (std::size_t i = 0; i < 8 && byte + i < m_bits.size(); ++i)
            word |= std::uint64_t(std::uint8_t(m_bits[byte + i])) << (8 * i);
        return word;
    }

    std::string_view m_lengths, m_bits;
    std::size_t m_at = 0;
    std::size_t m_bit = 0;
    bool m_failed = false;
};

} // namespace coroscope::io
