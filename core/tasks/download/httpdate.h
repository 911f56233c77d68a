// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace coroscope::download {

/// A date as HTTP has it, in UTC: "Sun, 06 Nov 1994 08:49:37 GMT" and the two old forms, "Sunday, 06-Nov-94
/// 08:49:37 GMT" and "Sun Nov  6 08:49:37 1994". A year of two digits is the one that lies no more than 50
/// years after `now`. The weekday's name isn't looked at. Nothing if it is no date.
std::optional<QDateTime> parseHttpDate(const QByteArray &text, const QDateTime &now);

} // namespace coroscope::download
