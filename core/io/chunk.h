// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <optional>
#include <span>
#include <variant>

/// The frame around everything in a recording: docs/trace-format.md describes it for other programs.
namespace coroscope::io {

/// What a recording begins with. A change that old readers can't pass over raises `formatMajor`.
inline constexpr char magic[] = "\x89"
                                "CORO\r\n\x1a";
inline constexpr qsizetype magicSize = 8;
inline constexpr std::uint16_t formatMajor = 2;
inline constexpr std::uint16_t oldestMajor = 1; ///< that can be read
inline constexpr std::uint16_t formatMinor = 0;
inline constexpr qsizetype fileHeaderSize = 16; ///< magic, major, minor, 4 bytes kept for later

QByteArray fileHeader();
/// Nothing if a file that begins with `bytes` can be read; else what is wrong, in a sentence.
std::optional<QString> whyNoRecording(QByteArrayView bytes);

enum class ChunkType : std::uint8_t {
    Facts = 1, ///< of the program that was recorded: CBOR
    Schemas = 2, ///< of the events: CBOR
    Events = 3, ///< core/io/eventblock.h
    Notes = 4, ///< a person's marks, all of them: the last such chunk counts; CBOR
    End = 5, ///< the recording was closed: nothing follows
};

struct ChunkHeader
{
    static constexpr qsizetype size = 16;

    std::uint8_t type = 0; ///< ChunkType, or one of a later version: to be passed over
    bool isCompressed = false; ///< with zstd
    std::uint32_t stored = 0; ///< bytes that follow the header
    std::uint32_t whole = 0; ///< bytes of the content
    std::uint32_t checksum = 0; ///< CRC-32 of the header's first 12 bytes and the stored ones
};

/// No chunk is bigger: a reader refuses it before it takes memory for it.
inline constexpr std::uint32_t maxChunk = 64u << 20;

/// A whole chunk, compressed if that makes it smaller. At most maxChunk bytes of content. `seams`: positions
/// in it, in order, between stretches of different nature, which are compressed by tables of their own.
QByteArray makeChunk(ChunkType type, QByteArrayView content, std::span<const std::size_t> seams = {});

/// Nothing if the sizes are impossible, which is so where no chunk begins. `bytes`: ChunkHeader::size.
std::optional<ChunkHeader> readChunkHeader(QByteArrayView bytes);
/// The content; nothing if it isn't what the writer wrote.
std::optional<QByteArray> openChunk(const ChunkHeader &header, QByteArrayView headerBytes,
                                    QByteArrayView stored);

/// False in a build without zstd, which reads and writes uncompressed chunks alone.
bool canCompress();

} // namespace coroscope::io
