// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/model/task.h"

#include <QString>

namespace coroscope::ui {

/// "611 B", "48.2 MB": powers of 1000, three digits or a little more.
QString formatBytes(double bytes);
/// "48.2 of 268.4 MB", "3 of 12"; without a total what is done alone.
QString formatProgress(const model::Progress &progress);
/// What is done of a known total, 0…1.
std::optional<double> fraction(const std::optional<model::Progress> &progress);
/// "63 %", "0.4 %", with a space that no line breaks at.
QString formatPercent(double part);

} // namespace coroscope::ui
