// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/contentrange.h"

#include <charconv>
#include <limits>

namespace coroscope::download {

namespace {

std::optional<qint64> number(const QByteArray &digits)
{
    qint64 value = 0;
    const char *end = digits.constData() + digits.size();
    const auto [parsed, fault] = std::from_chars(digits.constData(), end, value);
    // from_chars takes a minus, too. The largest number would make a span's length overflow.
    const bool isNumber = fault == std::errc() && parsed == end && digits[0] != '-';
    return isNumber && value < std::numeric_limits<qint64>::max() ? std::optional(value) : std::nullopt;
}

std::optional<ByteSpan> spanOf(const QByteArray &text)
{
    const qsizetype hyphen = text.indexOf('-');
    if (hyphen < 0)
        return std::nullopt;
    const auto first = number(text.first(hyphen));
    const auto last = number(text.sliced(hyphen + 1));
    return first && last && *first <= *last ? std::optional(ByteSpan {*first, *last}) : std::nullopt;
}

} // namespace

std::optional<ContentRange> parseContentRange(const QByteArray &header)
{
    const QByteArray text = header.trimmed();
    const QByteArray unit = "bytes ";
    const qsizetype slash = text.indexOf('/');
    if (text.first(qMin(unit.size(), text.size())).toLower() != unit || slash < unit.size())
        return std::nullopt;
    const QByteArray spanText = text.sliced(unit.size(), slash - unit.size());
    const QByteArray totalText = text.sliced(slash + 1);

    ContentRange range;
    if (totalText != "*" && !(range.total = number(totalText)))
        return std::nullopt;
    if (spanText == "*")
        return range.total ? std::optional(range) : std::nullopt;
    range.span = spanOf(spanText);
    if (!range.span || (range.total && range.span->last >= *range.total))
        return std::nullopt;
    return range;
}

} // namespace coroscope::download
