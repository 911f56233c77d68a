// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace coroscope::net {

/// Takes the chunks' frames away, strictly: libcurl's own reading takes "0x10" for the end and "5g" for 5.
class ChunkedBody
{
public:
    static constexpr qsizetype mostOfALine = 16 * 1024;
    static constexpr qsizetype mostOfATrailer = 1024 * 1024;

    /// Adds the content of what came to `body`. False if it is wrong; then it is for good.
    bool decode(QByteArrayView raw, QByteArray &body);
    /// The last chunk and the trailer's end came; what follows belongs to no body.
    bool isOver() const { return m_place == Place::End; }

private:
    enum class Place : std::uint8_t { Size, Content, ContentEnd, Trailer, End, Wrong };

    bool takeLine(QByteArrayView &raw);
    bool readSize();

    Place m_place = Place::Size;
    qint64 m_left = 0; ///< of this chunk's content
    qsizetype m_trailer = 0;
    QByteArray m_line; ///< without its end
};

} // namespace coroscope::net
