// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httpget.h"

#include <QByteArrayView>

namespace coroscope::net {

/// What a server says before a body: put together line by line, informational heads (1xx) before the final
/// one. Strict where a wrong reading would damage a file.
class HttpHead
{
public:
    static constexpr qsizetype most = 1024 * 1024; ///< bytes of all its lines

    /// One line with its end. A status line begins anew, an empty line ends.
    void add(QByteArrayView line);
    /// Forgets all but how much came so far: another answer to the same GET follows.
    void clear();

    bool isTooLong() const { return m_bytes > most; }
    /// The empty line came, and the status isn't an informational one.
    bool isOver() const { return m_isEnded && m_status >= 200; }

    int status() const { return m_status; } ///< 0: none that can be read
    QByteArray reason() const { return m_reason; }
    bool hasHeader(QByteArrayView name) const;
    /// Any case. Of several, "one, two".
    QByteArray header(QByteArrayView name) const;

    bool mayHaveBody() const;
    /// In some words, what makes the body's end unknowable: lengths that are none or contradict each other,
    /// a coding that nobody asked for. Empty: all is well.
    QString flaw() const;
    bool isChunked() const;
    /// Nothing if the server doesn't say; never negative. Ask flaw() first.
    std::optional<qint64> contentLength() const;
    /// Where a 3xx sends us, maybe relative; nothing if it isn't one, or one without a usable Location.
    std::optional<QUrl> redirect() const;

private:
    /// A header as a place in m_text: its name there, and right behind it its value.
    struct Header
    {
        qsizetype at = 0;
        qsizetype nameSize = 0;
        qsizetype valueSize = 0;
    };
    QByteArrayView nameOf(const Header &header) const;
    QByteArrayView valueOf(const Header &header) const;

    qsizetype m_bytes = 0;
    int m_status = 0;
    bool m_isEnded = false;
    QByteArray m_reason;
    QByteArray m_text;
    QList<Header> m_headers;
};

} // namespace coroscope::net
