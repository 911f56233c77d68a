// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/perfettomessage.h"

#include <QtEndian>

namespace coroscope::io {

void ProtoWriter::addNumber(int field, std::uint64_t value)
{
    addTag(field, Varint);
    addVarint(value);
}

void ProtoWriter::addFixed64(int field, std::uint64_t value)
{
    addTag(field, Fixed64);
    char bytes[8];
    qToLittleEndian(value, bytes);
    m_bytes.append(bytes, sizeof bytes);
}

void ProtoWriter::addText(int field, QStringView text)
{
    const QByteArray utf8 = text.toUtf8();
    addTag(field, Bytes);
    addVarint(std::uint64_t(utf8.size()));
    m_bytes += utf8;
}

void ProtoWriter::begin(int field)
{
    addTag(field, Bytes);
    m_bytes.append(lengthBytes, '\0');
    m_open.push_back(m_bytes.size());
}

void ProtoWriter::end()
{
    const qsizetype content = m_open.back();
    m_open.pop_back();
    auto length = std::uint64_t(m_bytes.size() - content);
    char *at = m_bytes.data() + content - lengthBytes;
    for (int i = 0; i < lengthBytes; ++i, length >>= 7)
        at[i] = char((length & 0x7F) | (i + 1 < lengthBytes ? 0x80 : 0));
}

void ProtoWriter::addVarint(std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        m_bytes += char(value | 0x80);
    m_bytes += char(value);
}

} // namespace coroscope::io
