// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/lengthhistogram.h"

namespace coroscope::model {

/// How long the slices of one lane are. Percentiles are right to 1 %; shortest and longest are exact.
struct SliceStatistics
{
    std::uint64_t count = 0;
    Time total {};
    Time shortest {};
    Time p50 {};
    Time p90 {};
    Time p99 {};
    Time longest {};
    LengthHistogram histogram; ///< bars() for a picture
};

} // namespace coroscope::model
