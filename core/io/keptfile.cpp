// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/io/keptfile.h"

#include <QDir>

#include <algorithm>

namespace coroscope::io {

namespace {
/// Small enough to be given up piece by piece, and not so many that open files become scarce.
constexpr std::int64_t leastSegment = 1 << 20;
constexpr std::int64_t part = 32; // of what is kept
} // namespace

KeptFile::KeptFile() = default;

QString KeptFile::folder() const { return QDir::tempPath(); }

bool KeptFile::start() { return addSegment() && QIODevice::open(WriteOnly | Unbuffered); }

bool KeptFile::addSegment()
{
    auto segment = std::make_unique<Segment>();
    segment->begin = m_end;
    segment->file.setFileTemplate(folder() + QStringLiteral("/coroscope-session-XXXXXX"));
    if (!segment->file.open()) {
        setErrorString(segment->file.errorString());
        return false;
    }
    QFile::remove(segment->file.fileName()); // it lives as long as it is open
    m_segments.push_back(std::move(segment));
    return true;
}

qint64 KeptFile::writeData(const char *data, qint64 size)
{
    const std::int64_t most = std::max(leastSegment, (m_end - begin()) / part);
    if (m_end - m_segments.back()->begin >= most && (!flush() || !addSegment()))
        return -1;
    QFile &file = m_segments.back()->file;
    const qint64 written = file.seek(m_end - m_segments.back()->begin) ? file.write(data, size) : -1;
    if (written != size)
        setErrorString(file.errorString());
    else
        m_end += size;
    return written;
}

QByteArray KeptFile::readAt(std::int64_t offset, std::int64_t most)
{
    const auto after = std::ranges::upper_bound(m_segments, offset, {},
                                                [](const auto &segment) { return segment->begin; });
    if (after == m_segments.begin() || offset >= m_end)
        return {};
    Segment &segment = **std::prev(after);
    const std::int64_t end = after == m_segments.end() ? m_end : (*after)->begin;
    const QByteArray bytes = segment.file.seek(offset - segment.begin)
                                 ? segment.file.read(std::min(most, end - offset))
                                 : QByteArray();
    if (bytes.isEmpty())
        setErrorString(segment.file.errorString());
    return bytes;
}

void KeptFile::dropBefore(std::int64_t offset)
{
    while (m_segments.size() > 1 && m_segments[1]->begin <= offset)
        m_segments.pop_front();
}

bool KeptFile::flush()
{
    QFile &file = m_segments.back()->file;
    const bool isFine = file.flush();
    if (!isFine)
        setErrorString(file.errorString());
    return isFine;
}

} // namespace coroscope::io
