// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace coroscope::app {

/// What may go to a terminal: of words that come from elsewhere, a "?" for each character that would move its
/// cursor, change its colors or turn the direction of writing around. Line breaks stay.
QString forTerminal(QString text);

/// "coroscope: …", on standard error.
void complain(const QString &message);

} // namespace coroscope::app
