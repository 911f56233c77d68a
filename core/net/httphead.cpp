// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httphead.h"

#include "core/net/httpstatus.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::HttpHead)
};

bool isSameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

/// Digits alone: no sign, no blank inside, nothing behind.
std::optional<qint64> lengthIn(const QByteArray &text)
{
    const bool areDigits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 length = text.toLongLong(&fits);
    return areDigits && fits ? std::optional(length) : std::nullopt;
}

/// An address is ASCII. What is more is sent back byte for byte, whichever encoding that is.
QByteArray withoutRawBytes(QByteArrayView address)
{
    QByteArray encoded;
    for (const char c : address) {
        if (uchar(c) < 0x80)
            encoded += c;
        else
            encoded += '%' + QByteArray(1, c).toHex().toUpper();
    }
    return encoded;
}

} // namespace

void HttpHead::add(QByteArrayView line)
{
    m_bytes += line.size();
    if (line.startsWith("HTTP/")) {
        const QByteArray text = line.trimmed().toByteArray();
        const qsizetype blank = text.indexOf(' ');
        const QByteArray rest = blank < 0 ? QByteArray() : text.sliced(blank).trimmed();
        m_status = rest.left(3).toInt();
        m_reason = rest.sliced(std::min<qsizetype>(rest.size(), 3)).trimmed();
        m_headers.clear();
        m_text.clear();
        m_isEnded = false;
        return;
    }
    const QByteArrayView text = line.trimmed();
    if (text.isEmpty()) {
        m_isEnded = true;
    } else if ((line[0] == ' ' || line[0] == '\t') && !m_headers.isEmpty()) {
        m_text += ' ';
        m_text += text;
        m_headers.last().valueSize += 1 + text.size();
    } else if (const qsizetype colon = text.indexOf(':'); colon > 0) {
        constexpr qsizetype usualSize = 512; // of all, and of how many there are
        constexpr qsizetype usualCount = 16;
        m_text.reserve(std::max(usualSize, m_text.capacity()));
        m_headers.reserve(std::max(usualCount, m_headers.capacity()));
        const QByteArrayView name = text.first(colon).trimmed();
        const QByteArrayView value = text.sliced(colon + 1).trimmed();
        m_headers << Header {m_text.size(), name.size(), value.size()};
        m_text += name;
        m_text += value;
    }
}

QByteArrayView HttpHead::nameOf(const Header &header) const
{
    return QByteArrayView(m_text).sliced(header.at, header.nameSize);
}

QByteArrayView HttpHead::valueOf(const Header &header) const
{
    return QByteArrayView(m_text).sliced(header.at + header.nameSize, header.valueSize);
}

void HttpHead::clear()
{
    const qsizetype bytes = m_bytes;
    *this = HttpHead();
    m_bytes = bytes;
}

bool HttpHead::hasHeader(QByteArrayView name) const
{
    return std::ranges::any_of(m_headers,
                               [&](const Header &header) { return isSameName(nameOf(header), name); });
}

QByteArray HttpHead::header(QByteArrayView name) const
{
    QByteArray all;
    bool isFirst = true;
    for (const Header &header : m_headers) {
        if (!isSameName(nameOf(header), name))
            continue;
        if (!std::exchange(isFirst, false))
            all += ", ";
        all += valueOf(header);
    }
    return all;
}

bool HttpHead::isChunked() const
{
    return header("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) == 0;
}

bool HttpHead::mayHaveBody() const { return m_status >= 200 && m_status != 204 && m_status != 304; }

QString HttpHead::flaw() const
{
    const QByteArray coding = header("Transfer-Encoding");
    if (!coding.isEmpty() && !isChunked() && coding.compare("identity", Qt::CaseInsensitive) != 0)
        return Words::tr("the server uses a transfer coding that nobody asked for");
    if (!hasHeader("Content-Length"))
        return {};
    std::optional<qint64> known;
    for (const QByteArray &text : header("Content-Length").split(',')) {
        const auto length = lengthIn(text.trimmed());
        if (!length)
            return Words::tr("the server names an impossible length");
        if (known && *known != *length)
            return Words::tr("the server names two different lengths");
        known = length;
    }
    return {};
}

std::optional<qint64> HttpHead::contentLength() const
{
    if (!hasHeader("Content-Length") || isChunked())
        return std::nullopt;
    return lengthIn(header("Content-Length").split(',').first().trimmed());
}

std::optional<QUrl> HttpHead::redirect() const
{
    constexpr int multipleChoices = 300;
    if (!isRedirect(m_status) && m_status != multipleChoices)
        return std::nullopt;
    const auto first = std::ranges::find_if(m_headers, [this](const Header &header) {
        return isSameName(nameOf(header), "Location");
    });
    const QUrl location = first == m_headers.end() ? QUrl()
                                                   : QUrl::fromEncoded(withoutRawBytes(valueOf(*first)));
    if (location.isEmpty() || !location.isValid())
        return std::nullopt;
    return location;
}

} // namespace coroscope::net
