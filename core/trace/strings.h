// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/trace/ids.h"

#include <QString>

namespace coroscope::trace {

/// Gives a text a number that fits into an event; equal texts get equal numbers. Any thread. Not for texts
/// that differ each time: the table is never emptied. While nothing is recorded, or when the table holds
/// 65,536 texts, it returns none.
StringId intern(QStringView text);
/// The text behind a number; empty for none.
QString stringOf(StringId id);

} // namespace coroscope::trace
