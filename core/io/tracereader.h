// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/eventblock.h"
#include "core/io/facts.h"
#include "core/io/notes.h"

#include <QIODevice>

#include <optional>

namespace coroscope::io {

/// Reads a recording from its beginning, chunk by chunk. What it reads may be cut anywhere, damaged or made
/// up: all that stands before the first fault is good, and the fault is told in words.
///
/// Memory: one chunk, at most 64 MiB stored and as much unpacked (chunk.h), and its events. What a whole
/// recording takes is the store's matter; see readTrace() for a limit.
class TraceReader
{
public:
    /// `device` is open for reading and outlives the reader.
    explicit TraceReader(QIODevice &device);

    /// Nothing if this is a recording; else what is wrong, in a sentence.
    std::optional<QString> open();
    /// The next block of events; none at the end. Where mayGoOn(), asking again finds what was written since.
    std::optional<EventBlock> next();
    /// At the end: the recording isn't closed, and ends as one does that is being written. Not of a pipe.
    bool mayGoOn() const { return m_mayGoOn; }

    const Facts &facts() const { return m_facts; } ///< once the first block was read, or none is there
    const std::vector<model::Note> &notes() const { return m_notes; } ///< at the end
    /// Why the recording ends where it does, in a sentence, at the end; none: it was closed there.
    const std::optional<QString> &fault() const { return m_fault; }
    std::int64_t position() const { return m_position; } ///< bytes read and understood
    std::uint64_t unknownChunks() const { return m_unknownChunks; } ///< of later versions, passed over

private:
    struct Chunk
    {
        std::uint8_t type = 0;
        QByteArray content;
    };
    std::optional<Chunk> nextChunk();
    QByteArray read(qint64 size);
    void fail(const QString &what);
    void pause(const QString &what);

    QIODevice &m_device;
    std::vector<Schema> m_schemas;
    Facts m_facts;
    std::vector<model::Note> m_notes;
    std::optional<QString> m_fault;
    std::int64_t m_position = 0;
    std::uint64_t m_unknownChunks = 0;
    bool m_isAtEnd = false;
    bool m_mayGoOn = false;
};

} // namespace coroscope::io
