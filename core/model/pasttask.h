// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/moment.h"

namespace coroscope::model::past {

/// What `now` did at `time`; nothing if it hadn't been created.
std::optional<Standing> standing(const TraceStore &store, const Task &now, Time time);
/// `now` as it was at `time`, where it stood as `standing`. Sums read at most about `effort` slices and are
/// estimated beyond. waitsForNobody is not told.
Task task(const TraceStore &store, const Task &now, const Standing &standing, Time time,
          std::uint32_t effort);

} // namespace coroscope::model::past
