// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/contentrange.h"
#include "tests/fuzz/require.h"

using namespace coroscope::download;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto range = parseContentRange(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    if (!range)
        return 0;
    require(range->span || range->total, "something is known");
    if (range->span) {
        require(range->span->first >= 0 && range->span->length() > 0, "a span has bytes");
        require(!range->total || range->span->last < *range->total, "a span is inside its total");
    }
    const QByteArray span = range->span ? QByteArray::number(range->span->first) + '-'
                                              + QByteArray::number(range->span->last)
                                        : QByteArray("*");
    const QByteArray total = range->total ? QByteArray::number(*range->total) : QByteArray("*");
    require(parseContentRange("bytes " + span + '/' + total) == range, "what is written is read");
    return 0;
}
