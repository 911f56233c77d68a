// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/tracestore.h"

#include <optional>

namespace coroscope::ui {

/// Which task made a slice happen, and when.
struct CauseArrow
{
    TaskId from;
    model::Time fromTime {};
    TaskId to;
    model::Time toTime {};
};

/// None where no task did: a timer, a reply, a socket.
std::optional<CauseArrow> causeArrow(const model::TraceStore &store, TaskId task, std::uint32_t slice);

} // namespace coroscope::ui
