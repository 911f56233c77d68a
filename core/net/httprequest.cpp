// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httprequest.h"

#include <charconv>

namespace coroscope::net {

namespace {

std::optional<qint64> digits(QByteArrayView text)
{
    qint64 value = 0;
    const char *end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (text.isEmpty() || text.front() == '-' || result.ec != std::errc {} || result.ptr != end)
        return std::nullopt;
    return value;
}

} // namespace

std::optional<QByteArray> HttpRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

std::optional<HttpRequest> parseHttpRequest(QByteArrayView head)
{
    const QList<QByteArray> lines = head.toByteArray().split('\n');
    const QList<QByteArray> first = lines.value(0).trimmed().split(' ');
    if (first.size() != 3 || first[0].isEmpty() || !first[1].startsWith('/')
        || !first[2].startsWith("HTTP/1."))
        return std::nullopt;

    HttpRequest request;
    request.method = first[0];
    const qsizetype query = first[1].indexOf('?');
    request.path = QByteArray::fromPercentEncoding(query < 0 ? first[1] : first[1].first(query));
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QByteArray line = lines[i].trimmed();
        if (line.isEmpty())
            break;
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            return std::nullopt;
        request.headers.emplace_back(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    const QByteArray connection = request.header("connection").value_or(QByteArray()).toLower();
    request.keepAlive = first[2] == "HTTP/1.0" ? connection == "keep-alive" : connection != "close";
    return request;
}

RangeAnswer parseRange(QByteArrayView header, qint64 size)
{
    constexpr QByteArrayView unit = "bytes=";
    if (!header.startsWith(unit) || header.contains(','))
        return WholeBody {};
    const QByteArrayView range = header.sliced(unit.size()).trimmed();
    const qsizetype dash = range.indexOf('-');
    if (dash < 0)
        return WholeBody {};
    const QByteArrayView from = range.first(dash);
    const QByteArrayView to = range.sliced(dash + 1);

    if (from.isEmpty()) { // the last bytes
        const auto count = digits(to);
        if (!count)
            return WholeBody {};
        if (*count == 0 || size == 0)
            return Unsatisfiable {};
        return ByteRange {qMax<qint64>(0, size - *count), size - 1};
    }
    const auto first = digits(from);
    const auto last = to.isEmpty() ? std::optional(size - 1) : digits(to);
    if (!first || !last || (!to.isEmpty() && *last < *first))
        return WholeBody {};
    if (*first >= size)
        return Unsatisfiable {};
    return ByteRange {*first, qMin(*last, size - 1)};
}

std::optional<QByteArray> pathInsideFolder(const QByteArray &path)
{
    QList<QByteArray> kept;
    for (const QByteArray &segment : path.split('/')) {
        if (segment == ".." || segment.contains('\0') || segment.contains('\\'))
            return std::nullopt;
        if (!segment.isEmpty() && segment != ".")
            kept << segment;
    }
    return kept.join('/');
}

} // namespace coroscope::net
