// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <optional>

namespace coroscope::download {

/// What a failed call of the system means. ENOSPC and EDQUOT: Kind::DiskFull, which says how many bytes are
/// missing where that is known (and more than none); all else: Kind::Disk, "what: reason", with advice.
net::Error diskError(int number, const QString &what, const QString &where,
                     std::optional<qint64> missing = {});

/// That there is no room; `isQuota`: for this user.
net::Error diskFullError(const QString &where, std::optional<qint64> missing = {}, bool isQuota = false);

} // namespace coroscope::download
