// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"
#include "core/io/exporters.h"

namespace coroscope::app {

/// What `coroscope trace` is to do.
struct TracePlan
{
    enum class What { Info, Stats, Export };
    enum class Output { Plain, Json, Csv };

    What what = What::Info;
    QString file; ///< the recording
    Output output = Output::Plain; ///< of Info and Stats
    std::optional<io::ExportFormat> format; ///< of Export; none: a picture of the window
    QString target; ///< of Export: a file; "-": standard output
};

/// `trace info|stats|export FILE …`
std::variant<TracePlan, BadUse> readTraceCommand(const Arguments &arguments);

/// "chrome, perfetto, csv, svg, png": what --format takes.
QString exportFormatList();

} // namespace coroscope::app
