// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace coroscope::download {

/// Bytes of a file, both ends included.
struct ByteSpan
{
    qint64 first = 0;
    qint64 last = 0;
    qint64 length() const { return last - first + 1; }
    friend bool operator==(const ByteSpan &, const ByteSpan &) = default;
};

/// What a Content-Range header says.
struct ContentRange
{
    std::optional<ByteSpan> span {}; ///< none: "*", as a 416 has it
    std::optional<qint64> total {}; ///< none: "*", the server doesn't know
    friend bool operator==(const ContentRange &, const ContentRange &) = default;
};

/// Strict: "bytes 0-99/1000", "bytes 0-99/*" or "bytes */1000"; nothing for anything else, for numbers beyond
/// 64 bits and for a span that isn't inside its total.
std::optional<ContentRange> parseContentRange(const QByteArray &header);

} // namespace coroscope::download
