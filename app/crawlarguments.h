// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"
#include "core/tasks/spec.h"

namespace coroscope::app {

/// What `coroscope crawl` is to do: one spec.
std::variant<std::vector<tasks::TaskSpec>, BadUse> readCrawl(const Arguments &arguments);

} // namespace coroscope::app
