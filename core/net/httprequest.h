// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <utility>
#include <variant>

namespace coroscope::net {

/// The head of an HTTP/1 request, as a server reads it.
struct HttpRequest
{
    QByteArray method;
    QByteArray path; ///< percent-decoded once, without the query; starts with "/"
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case, in order
    bool keepAlive = true;

    /// The first header of that (lower case) name.
    std::optional<QByteArray> header(QByteArrayView name) const;
};

/// `head` is everything up to and including the empty line. Nothing: not a request (answer 400).
std::optional<HttpRequest> parseHttpRequest(QByteArrayView head);

struct ByteRange
{
    qint64 first = 0;
    qint64 last = 0; ///< included
    friend bool operator==(const ByteRange &, const ByteRange &) = default;
};
struct WholeBody
{
    friend bool operator==(WholeBody, WholeBody) = default;
};
struct Unsatisfiable
{
    friend bool operator==(Unsatisfiable, Unsatisfiable) = default;
};
using RangeAnswer = std::variant<WholeBody, ByteRange, Unsatisfiable>;

/// What a Range header asks of a body of `size` bytes. Several ranges, other units and nonsense ask for
/// the whole body, as RFC 9110 lets a server choose.
RangeAnswer parseRange(QByteArrayView header, qint64 size);

/// The "/a/b" of a request as the segments of a path inside a folder; nothing if it would leave it.
std::optional<QByteArray> pathInsideFolder(const QByteArray &path);

} // namespace coroscope::net
