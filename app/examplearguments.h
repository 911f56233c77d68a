// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"
#include "app/surroundings.h"
#include "core/tasks/spec.h"

namespace coroscope::app {

/// What `coroscope example ID` is to run: one spec.
std::variant<std::vector<tasks::TaskSpec>, BadUse> readExample(const Arguments &arguments,
                                                               const Surroundings &surroundings);

/// What `coroscope example` answers: a line an example, or a JSON object a line.
QString listOfExamples(bool asJson);

} // namespace coroscope::app
