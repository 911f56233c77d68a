// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringView>

#include <cstdint>
#include <vector>

namespace coroscope::io {

/// Appends a Protocol Buffers message to a buffer, field by field, without a schema: just what our exporter
/// needs of https://protobuf.dev/programming-guides/encoding/.
///
/// How it works: the length of a message inside of another isn't known when it begins, so five bytes are kept
/// free for it and filled in when it ends. A varint may have more bytes than it needs.
class ProtoWriter
{
public:
    void addNumber(int field, std::uint64_t value); ///< uint32, uint64, int64, enum, bool
    void addFixed64(int field, std::uint64_t value);
    void addText(int field, QStringView text);

    /// Opens a message inside of the current one; each begin() has its end().
    void begin(int field);
    void end();

    /// What was written since clear(); all messages are ended.
    const QByteArray &bytes() const { return m_bytes; }
    void clear() { m_bytes.resize(0); }

private:
    enum WireType { Varint = 0, Fixed64 = 1, Bytes = 2 };
    static constexpr int lengthBytes = 5;

    void addVarint(std::uint64_t value);
    void addTag(int field, WireType type) { addVarint(std::uint64_t(field) << 3 | type); }

    QByteArray m_bytes;
    std::vector<qsizetype> m_open; ///< where each open message's content begins
};

} // namespace coroscope::io
