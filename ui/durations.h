// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/traceevent.h"

#include <QString>

namespace coroscope::ui {

/// A length of time for a person, three digits at most: "41 µs", "1.25 ms", "250 ms", "2.00 s", "1 m 05 s".
QString formatDuration(model::Time duration);
/// A moment of the session, exact enough to tell two that are `step` apart: "1.20 s", "13.450 ms", "2:05".
QString formatMoment(model::Time time, model::Time step);

} // namespace coroscope::ui
