// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/chunk.h"

#include <QCoreApplication>
#include <QtEndian>

#include <memory>
#include <zlib.h>

#ifdef COROSCOPE_ZSTD
#    include <zstd.h>
#endif

namespace coroscope::io {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::io::Recording)
};

constexpr std::uint8_t uncompressed = 0;
constexpr std::uint8_t zstd = 1;
constexpr qsizetype checkedHeader = 12;

std::uint32_t checksum(QByteArrayView header, QByteArrayView stored)
{
    uLong sum = crc32_z(0, reinterpret_cast<const Bytef *>(header.data()), std::size_t(checkedHeader));
    if (!stored.isEmpty()) // of no bytes at all, zlib may give 0 instead
        sum = crc32_z(sum, reinterpret_cast<const Bytef *>(stored.data()), std::size_t(stored.size()));
    return std::uint32_t(sum);
}

#ifdef COROSCOPE_ZSTD
/// Empty if compressing gains nothing.
QByteArray compressed(QByteArrayView content, std::span<const std::size_t> seams)
{
    constexpr int level = 3;
    constexpr qsizetype tooShort = 64;
    if (content.size() < tooShort)
        return {};
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    const auto whole = std::size_t(content.size());
    if (!context || ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level))
        || ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(context.get(), whole)))
        return {};
    QByteArray out(content.size(), Qt::Uninitialized); // what needs more gains nothing
    ZSTD_outBuffer to {out.data(), whole, 0};
    ZSTD_inBuffer from {content.data(), 0, 0};
    const auto goOn = [&](std::size_t until, ZSTD_EndDirective how) {
        from.size = until;
        return ZSTD_compressStream2(context.get(), &to, &from, how) == 0;
    };
    for (const std::size_t seam : seams)
        if (!goOn(seam, ZSTD_e_flush))
            return {};
    if (!goOn(whole, ZSTD_e_end) || to.pos == whole)
        return {};
    out.resize(qsizetype(to.pos));
    return out;
}

std::optional<QByteArray> decompressed(QByteArrayView stored, std::uint32_t whole)
{
    QByteArray out(qsizetype(whole), Qt::Uninitialized);
    const std::size_t size = ZSTD_decompress(out.data(), whole, stored.data(), std::size_t(stored.size()));
    if (ZSTD_isError(size) || size != whole)
        return {};
    return out;
}
#else
QByteArray compressed(QByteArrayView, std::span<const std::size_t>) { return {}; }
std::optional<QByteArray> decompressed(QByteArrayView, std::uint32_t) { return {}; }
#endif

} // namespace

bool canCompress()
{
#ifdef COROSCOPE_ZSTD
    return true;
#else
    return false;
#endif
}

QByteArray fileHeader()
{
    QByteArray bytes(fileHeaderSize, '\0');
    std::copy_n(magic, magicSize, bytes.data());
    qToLittleEndian(formatMajor, bytes.data() + 8);
    qToLittleEndian(formatMinor, bytes.data() + 10);
    return bytes;
}

std::optional<QString> whyNoRecording(QByteArrayView bytes)
{
    if (bytes.size() < magicSize || bytes.first(magicSize) != QByteArrayView(magic, magicSize))
        return bytes.isEmpty() ? Words::tr("It is empty.") : Words::tr("It is no recording of Coroscope's.");
    if (bytes.size() < fileHeaderSize)
        return Words::tr("It was cut within its first %1 bytes: nothing is left.").arg(fileHeaderSize);
    if (const auto major = qFromLittleEndian<std::uint16_t>(bytes.data() + 8);
        major < oldestMajor || major > formatMajor)
        return Words::tr(
                   "It has version %1 of the format; this Coroscope reads versions up to %2. A newer one "
                   "may read it.")
            .arg(major)
            .arg(formatMajor);
    return {};
}

QByteArray makeChunk(ChunkType type, QByteArrayView content, std::span<const std::size_t> seams)
{
    Q_ASSERT(content.size() <= qsizetype(maxChunk));
    const QByteArray smaller = compressed(content, seams);
    const QByteArrayView stored = smaller.isEmpty() ? content : QByteArrayView(smaller);
    QByteArray chunk(ChunkHeader::size, '\0');
    chunk[0] = char(type);
    chunk[1] = char(smaller.isEmpty() ? uncompressed : zstd);
    qToLittleEndian(std::uint32_t(stored.size()), chunk.data() + 4);
    qToLittleEndian(std::uint32_t(content.size()), chunk.data() + 8);
    qToLittleEndian(checksum(chunk, stored), chunk.data() + 12);
    return chunk.append(stored);
}

std::optional<ChunkHeader> readChunkHeader(QByteArrayView bytes)
{
    const auto codec = std::uint8_t(bytes[1]);
    const ChunkHeader header {.type = std::uint8_t(bytes[0]),
                              .isCompressed = codec == zstd,
                              .stored = qFromLittleEndian<std::uint32_t>(bytes.data() + 4),
                              .whole = qFromLittleEndian<std::uint32_t>(bytes.data() + 8),
                              .checksum = qFromLittleEndian<std::uint32_t>(bytes.data() + 12)};
    const bool isPossible = header.type != 0 && codec <= zstd && header.stored <= maxChunk
                            && header.whole <= maxChunk
                            && (header.isCompressed || header.stored == header.whole);
    return isPossible ? std::optional(header) : std::nullopt;
}

std::optional<QByteArray> openChunk(const ChunkHeader &header, QByteArrayView headerBytes,
                                    QByteArrayView stored)
{
    if (stored.size() != qsizetype(header.stored) || checksum(headerBytes, stored) != header.checksum)
        return {};
    if (!header.isCompressed)
        return stored.toByteArray();
    return decompressed(stored, header.whole);
}

} // namespace coroscope::io
