// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace coroscope::trace {

/// A function's name as a person would write it, from what the compiler calls it: without return type,
/// template arguments' list and the namespace of lambdas. "download(DownloadSpec)".
QString cleanFunctionName(const char *prettyFunction);
/// A type's name from its mangled one, shortened: "QCoroTimer awaiter".
QString cleanTypeName(const char *mangled);
/// All of it, template arguments too.
QString fullTypeName(const char *mangled);

} // namespace coroscope::trace
