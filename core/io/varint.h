// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Private to this folder.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coroscope::io {

/// Appends an unsigned number as LEB128: seven bits a byte, the lowest first, the top bit set on all bytes
/// but the last.
inline void putVarint(std::string &out, std::uint64_t value)
{
    while (value >= 0x80) {
        out.push_back(char(value | 0x80));
        value >>= 7;
    }
    out.push_back(char(value));
}

/// A signed number so that small ones of both signs are short: 0, −1, 1, −2 … become 0, 1, 2, 3 …
constexpr std::uint64_t zigzag(std::int64_t value)
{
    return (std::uint64_t(value) << 1) ^ std::uint64_t(value >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t value)
{
    return std::int64_t(value >> 1) ^ -std::int64_t(value & 1);
}

/// Reads from bytes that nobody vouches for: past their end, and for numbers of more than 64 bits, it gives
/// zeros and remembers that it failed.
class ByteReader
{
public:
    ByteReader() = default;
    explicit ByteReader(std::string_view bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    { }

    bool isAtEnd() const noexcept { return m_at == m_end; }
    bool hasFailed() const noexcept { return m_failed; }
    std::size_t left() const noexcept { return std::size_t(m_end - m_at); }

    std::uint64_t varint() noexcept
    {
        if (m_at != m_end && !(*m_at & 0x80)) [[likely]]
            return std::uint64_t(*m_at++);
        return longVarint();
    }
    std::int64_t signedVarint() noexcept { return unzigzag(varint()); }
    std::string_view bytes(std::uint64_t count) noexcept
    {
        if (count > left()) {
            fail();
            return {};
        }
        const std::string_view view(m_at, std::size_t(count));
        m_at += count;
        return view;
    }
    /// A length and so many bytes.
    std::string_view block() noexcept { return bytes(varint()); }

private:
    void fail() noexcept
    {
        m_failed = true;
        m_at = m_end;
    }
    std::uint64_t longVarint() noexcept
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_at == m_end)
                break;
            const auto byte = std::uint8_t(*m_at++);
            if (shift == 63 && byte > 1)
                break;
            value |= std::uint64_t(byte & 0x7f) << shift;
            if (!(byte & 0x80))
                return value;
        }
        fail();
        return 0;
    }

    const char *m_at = nullptr;
    const char *m_end = nullptr;
    bool m_failed = false;
};

} // namespace coroscope::io
