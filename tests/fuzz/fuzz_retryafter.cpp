// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/httpdate.h"
#include "core/tasks/download/retrypolicy.h"
#include "tests/fuzz/require.h"

#include <QTimeZone>

using namespace coroscope;
using namespace coroscope::download;
using namespace std::chrono_literals;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const QDateTime now({2026, 3, 1}, {12, 0}, QTimeZone::utc());
    if (const auto date = parseHttpDate(text, now))
        require(date->isValid() && date->date().year() >= 1 && date->date().year() <= 9999, "a date is one");
    const auto wait = parseRetryAfter(text, now);
    if (!wait)
        return 0;
    require(*wait >= 0s && *wait <= std::chrono::years(10), "a wait has a limit");
    const net::Error error {.kind = net::Error::Kind::Http,
                            .what = {},
                            .where = {},
                            .advice = {},
                            .httpStatus = 503};
    const Options options;
    const auto plan = planRetry(options, {}, error, wait, 0.5);
    const auto *planned = std::get_if<RetryPlan>(&plan);
    require((planned != nullptr) == (*wait <= options.retryBudget), "the budget is kept");
    require(!planned || planned->wait == *wait, "the server's wish wins");
    return 0;
}
