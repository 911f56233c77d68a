// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/item.h"

namespace coroscope::app {

/// "3 of 40 · 12.4 of 80 MB · 8.1 MB/s · 9 s left · big.iso 45 %"; cut to `columns`.
QString progressOf(const std::vector<const download::Item *> &items, int columns);

} // namespace coroscope::app
