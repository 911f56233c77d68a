// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/chunkedbody.h"

#include <algorithm>

namespace coroscope::net {

namespace {

bool isHexDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

} // namespace

bool ChunkedBody::decode(QByteArrayView raw, QByteArray &body)
{
    while (!raw.isEmpty() && m_place != Place::End && m_place != Place::Wrong) {
        if (m_place == Place::Content) {
            const qsizetype count = qsizetype(std::min<qint64>(m_left, raw.size()));
            body.append(raw.first(count));
            raw = raw.sliced(count);
            m_left -= count;
            if (m_left == 0)
                m_place = Place::ContentEnd;
            continue;
        }
        if (!takeLine(raw)) {
            if (m_line.size() > (m_place == Place::ContentEnd ? 1 : mostOfALine))
                m_place = Place::Wrong;
            continue;
        }
        if (m_place == Place::Size) {
            m_place = !readSize() ? Place::Wrong : m_left > 0 ? Place::Content : Place::Trailer;
        } else if (m_place == Place::ContentEnd) {
            m_place = m_line.isEmpty() ? Place::Size : Place::Wrong;
        } else {
            m_trailer += m_line.size();
            m_place = m_line.isEmpty()             ? Place::End
                      : m_trailer > mostOfATrailer ? Place::Wrong
                                                   : Place::Trailer;
        }
        m_line.clear();
    }
    return m_place != Place::Wrong;
}

/// True when m_line is whole.
bool ChunkedBody::takeLine(QByteArrayView &raw)
{
    const qsizetype end = raw.indexOf('\n');
    m_line.append(raw.first(end < 0 ? raw.size() : end));
    raw = raw.sliced(end < 0 ? raw.size() : end + 1);
    if (end < 0)
        return false;
    if (m_line.endsWith('\r'))
        m_line.chop(1);
    return true;
}

bool ChunkedBody::readSize()
{
    const QByteArray digits = m_line.split(';').first().trimmed();
    constexpr qsizetype most = 15; // 2^60
    if (digits.isEmpty() || digits.size() > most || !std::ranges::all_of(digits, isHexDigit))
        return false;
    m_left = digits.toLongLong(nullptr, 16);
    return true;
}

} // namespace coroscope::net
