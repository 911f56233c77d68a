// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/savenotes.h"

#include "core/io/chunk.h"
#include "core/io/wholefile.h"

#include <QCoreApplication>
#include <QFile>

namespace coroscope::io {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::io::Recording)
};

/// A chunk as it stands in the file; empty at the end, and where it is cut or damaged.
QByteArray nextChunk(QFile &file)
{
    QByteArray chunk = file.read(ChunkHeader::size);
    if (chunk.size() < ChunkHeader::size)
        return {};
    const auto header = readChunkHeader(chunk);
    if (!header)
        return {};
    chunk += file.read(header->stored);
    const auto stored = QByteArrayView(chunk).sliced(ChunkHeader::size);
    return openChunk(*header, chunk, stored) ? chunk : QByteArray();
}

} // namespace

QByteArray ending(std::span<const model::Note> notes)
{
    QByteArray bytes;
    if (!notes.empty())
        bytes = makeChunk(ChunkType::Notes, writeNotes(notes));
    return bytes + makeChunk(ChunkType::End, {});
}

std::optional<QString> saveNotes(const QString &recording, std::span<const model::Note> notes,
                                 const QString &target)
{
    QFile file(recording);
    if (!file.open(QIODevice::ReadOnly))
        return Words::tr("%1 can't be read: %2.").arg(recording, file.errorString());
    const QByteArray head = file.read(fileHeaderSize);
    if (const auto why = whyNoRecording(head))
        return Words::tr("%1 can't be opened. %2").arg(recording, *why);
    WholeFile out(target);
    const auto fail = [&] { return Words::tr("%1 can't be written: %2.").arg(target, out.errorString()); };
    if (!out.open() || !out.write(head))
        return fail();
    while (true) {
        const QByteArray chunk = nextChunk(file);
        if (chunk.isEmpty())
            break;
        const auto type = ChunkType(std::uint8_t(chunk[0]));
        if (type == ChunkType::Notes || type == ChunkType::End)
            continue;
        if (!out.write(chunk))
            return fail();
    }
    const QByteArray end = ending(notes);
    if (!out.write(end) || !out.commit())
        return fail();
    return {};
}

} // namespace coroscope::io
