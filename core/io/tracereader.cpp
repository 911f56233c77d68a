// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/tracereader.h"

#include "core/io/chunk.h"

#include <QCoreApplication>

namespace coroscope::io {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::io::Recording)
};
} // namespace

TraceReader::TraceReader(QIODevice &device)
    : m_device(device)
{ }

std::optional<QString> TraceReader::open()
{
    const QByteArray head = read(fileHeaderSize);
    if (auto why = whyNoRecording(head)) {
        m_isAtEnd = true;
        return why;
    }
    m_position = fileHeaderSize;
    return {};
}

/// As much of it as there is; a pipe gives it in pieces.
QByteArray TraceReader::read(qint64 size)
{
    QByteArray bytes = m_device.read(size);
    while (bytes.size() < size) {
        const QByteArray more = m_device.read(size - bytes.size());
        if (more.isEmpty())
            break;
        bytes += more;
    }
    return bytes;
}

void TraceReader::fail(const QString &what)
{
    m_fault = what;
    m_isAtEnd = true;
}

/// An end without a mark: of a recording that was cut, or of one that goes on.
void TraceReader::pause(const QString &what)
{
    m_fault = what;
    m_mayGoOn = !m_device.isSequential() && m_device.seek(m_position);
    m_isAtEnd = !m_mayGoOn;
}

std::optional<TraceReader::Chunk> TraceReader::nextChunk()
{
    const QByteArray head = read(ChunkHeader::size);
    if (head.isEmpty()) {
        pause(Words::tr(
                  "The recording wasn't closed: it ends after byte %1, and what the program did after that "
                  "is missing.")
                  .arg(m_position));
        return {};
    }
    const auto cut = [&](qsizetype rest) {
        pause(Words::tr(
                  "The recording is cut: the last %1 bytes, after byte %2, are no whole chunk. What stands "
                  "before them is shown.")
                  .arg(rest)
                  .arg(m_position));
        return std::nullopt;
    };
    const auto damaged = [&] {
        fail(Words::tr("The recording is damaged after byte %1. What stands before that is shown.")
                 .arg(m_position));
        return std::nullopt;
    };
    if (head.size() < ChunkHeader::size)
        return cut(head.size());
    const auto header = readChunkHeader(head);
    if (!header)
        return damaged();
    if (header->isCompressed && !canCompress()) {
        fail(Words::tr("The recording is compressed, and this Coroscope was built without zstd."));
        return {};
    }
    const QByteArray stored = read(header->stored);
    if (stored.size() < qsizetype(header->stored))
        return cut(head.size() + stored.size());
    auto content = openChunk(*header, head, stored);
    if (!content)
        return damaged();
    return Chunk {header->type, std::move(*content)};
}

std::optional<EventBlock> TraceReader::next()
{
    if (std::exchange(m_mayGoOn, false))
        m_fault.reset();
    while (!m_isAtEnd) {
        auto chunk = nextChunk();
        if (!chunk)
            return {};
        std::optional<EventBlock> block;
        bool isGood = true;
        switch (ChunkType(chunk->type)) {
        case ChunkType::Facts: {
            const auto facts = readFacts(chunk->content);
            isGood = facts.has_value();
            if (facts)
                m_facts = *facts;
            break;
        }
        case ChunkType::Schemas: {
            auto schemas = readSchemas(chunk->content);
            isGood = schemas.has_value();
            if (schemas)
                m_schemas = std::move(*schemas);
            break;
        }
        case ChunkType::Events:
            block = readEvents(chunk->content, m_schemas);
            isGood = block.has_value();
            break;
        case ChunkType::Notes: {
            auto notes = readNotes(chunk->content);
            isGood = notes.has_value();
            if (notes)
                m_notes = std::move(*notes);
            break;
        }
        case ChunkType::End:
            m_isAtEnd = true;
            break;
        default:
            ++m_unknownChunks;
        }
        if (!isGood) {
            fail(Words::tr(
                     "The recording is damaged after byte %1: its checksum is right, but not its content. "
                     "What stands before that is shown.")
                     .arg(m_position));
            return {};
        }
        m_position = m_device.isSequential() ? m_position + ChunkHeader::size + chunk->content.size()
                                             : m_device.pos();
        if (block)
            return block;
    }
    return {};
}

} // namespace coroscope::io
