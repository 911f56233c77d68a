// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

namespace coroscope::download {

/// Sets what an option line of aria2's input format says, "out=name", on a request whose folder is the one
/// that a relative "dir=" is in. Understood: out, dir, checksum, header, referer, user-agent, continue,
/// allow-overwrite, max-download-limit, lowest-speed-limit, split, max-tries, timeout, http-user,
/// http-passwd.
struct OptionResult
{
    QString fault {}; ///< a sentence: what is wrong, what to do; empty: nothing is
    QString note {}; ///< what was understood otherwise than it is written; may be empty
};
OptionResult applyInputOption(const QString &line, const QString &baseFolder, Request &request);

} // namespace coroscope::download
