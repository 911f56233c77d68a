// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

namespace coroscope::download {

/// Adds a request header, "Name: value", to a request. Basic and Bearer logins become its credentials, which
/// are never stored. Headers that the download itself needs can't be set. Returns a sentence that says what
/// is wrong, without the value; empty: nothing is.
QString addHeaderLine(const QString &line, Request &request);

} // namespace coroscope::download
