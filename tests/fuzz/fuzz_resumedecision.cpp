// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/contentrange.h"
#include "core/tasks/download/resumedecision.h"
#include "tests/fuzz/require.h"

#include <fuzzer/FuzzedDataProvider.h>

using namespace coroscope::download;

namespace {

/// Small numbers that meet, or any.
qint64 number(FuzzedDataProvider &input)
{
    return input.ConsumeBool() ? input.ConsumeIntegralInRange<qint64>(0, 8) : input.ConsumeIntegral<qint64>();
}

std::optional<qint64> maybeNumber(FuzzedDataProvider &input)
{
    return input.ConsumeBool() ? std::optional(number(input)) : std::nullopt;
}

QByteArray etag(FuzzedDataProvider &input)
{
    constexpr const char *known[] = {"", "\"a\"", "\"b\"", "W/\"a\"", "W/\"b\""};
    return input.ConsumeBool() ? QByteArray(input.PickValueInArray(known))
                               : QByteArray::fromStdString(input.ConsumeRandomLengthString(12));
}

Validator validator(FuzzedDataProvider &input)
{
    constexpr const char *dates[] = {"", "Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:37 GMT",
                                     "x"};
    return {.etag = etag(input), .lastModified = input.PickValueInArray(dates)};
}

QByteArray contentRange(FuzzedDataProvider &input)
{
    if (input.ConsumeBool())
        return QByteArray::fromStdString(input.ConsumeRandomLengthString(40));
    const QByteArray first = QByteArray::number(number(input));
    return "bytes " + first + '-' + QByteArray::number(number(input)) + '/'
           + QByteArray::number(number(input));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzedDataProvider input(data, size);
    Asked asked;
    asked.have = qMax<qint64>(0, number(input));
    asked.total = maybeNumber(input);
    asked.validator = validator(input);
    asked.trustsSize = input.ConsumeBool();
    asked.askedWithRange = input.ConsumeBool();
    asked.askedWithIfRange = input.ConsumeBool();
    asked.last = maybeNumber(input);
    Response response;
    constexpr int statuses[] = {200, 203, 204, 206, 304, 404, 416, 503};
    response.status = input.PickValueInArray(statuses);
    response.contentLength = maybeNumber(input);
    response.validator = validator(input);
    response.refusesRanges = input.ConsumeBool();
    response.contentRange = contentRange(input);
    response.contentType = QByteArray::fromStdString(input.ConsumeRandomLengthString(30));

    const Decision made = decide(asked, response);
    const bool etagsDiffer = !asked.validator.etag.isEmpty() && !response.validator.etag.isEmpty()
                             && asked.validator.etag != response.validator.etag;
    const auto range = parseContentRange(response.contentRange);
    if (made.action == Action::Append) {
        require(asked.askedWithRange && response.status == 206, "only a part that was asked for is appended");
        require(range && range->span && range->span->first == asked.have, "it begins where ours ends");
        require(!etagsDiffer || asked.trustsSize, "it is of the same version");
        require(!asked.total || !range->total || *asked.total == *range->total, "it is of the same size");
        require(!asked.last || range->span->last <= *asked.last, "it is no more than was asked for");
        require(made.length == range->span->length(), "it is as long as it says");
        const bool hasProof = asked.have == 0 || !asked.validator.isEmpty() || asked.trustsSize;
        require(hasProof, "there is something to compare by");
    }
    if (made.action == Action::Complete)
        require(range && range->total == asked.have && !etagsDiffer, "complete is what the server has");
    if (made.action == Action::Restart)
        require(response.status == 200 || response.status == 203, "a whole file begins anew");
    if (made.action == Action::AskAgainWithoutIfRange)
        require(asked.askedWithIfRange && isStrong(asked.validator.etag),
                "asked again once, for the same version");
    require(!ifRangeValue(asked.validator).startsWith("W/"), "a weak ETag is never sent");
    return 0;
}
