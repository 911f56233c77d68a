// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/samplecontent.h"

#include <QtEndian>

#include <cstring>

namespace coroscope::net {

namespace {

/// splitmix64's output function: any word of the sequence without those before it.
quint64 word(quint64 seed, quint64 index)
{
    quint64 z = seed + (index + 1) * 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

} // namespace

QByteArray sampleContent(quint64 seed, qint64 offset, qint64 length)
{
    constexpr qint64 wordSize = sizeof(quint64);
    const qint64 skip = offset % wordSize;
    const qint64 words = (skip + length + wordSize - 1) / wordSize;
    QByteArray bytes(words * wordSize, Qt::Uninitialized);
    for (qint64 i = 0; i < words; ++i) {
        const quint64 value = qToLittleEndian(word(seed, quint64(offset / wordSize + i)));
        std::memcpy(bytes.data() + i * wordSize, &value, wordSize);
    }
    if (skip > 0)
        bytes.remove(0, skip);
    bytes.truncate(length);
    return bytes;
}

} // namespace coroscope::net
