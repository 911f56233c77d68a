// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

#include <QDateTime>

#include <optional>

namespace coroscope::app {

// The values of options as people write them. None: they can't be read.

std::optional<int> readNumber(const QString &text, int least, int most);
/// "250000", "256k", "2M", "1.5M", "1G": bytes, k being 1024; at least 1.
std::optional<qint64> readBytes(const QString &text);
/// "30", "0.5", "2m": more than nothing, up to a day.
std::optional<std::chrono::milliseconds> readSeconds(const QString &text);
/// "1k:30": fewer than 1024 bytes a second for 30 s.
std::optional<download::LowSpeed> readLowSpeed(const QString &text);
/// "3:00" or "03:00", today or else tomorrow; "2026-11-25T03:00", with or without seconds and a zone. A time
/// that is over can't be read.
std::optional<QDateTime> readStart(const QString &text, const QDateTime &now);

} // namespace coroscope::app
