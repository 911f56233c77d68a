// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace coroscope::io {

/// Why an export isn't whole.
struct ExportError
{
    QString what; ///< the system's words, without a full stop: "No space left on device"
    QString where; ///< the file's path; empty for another device
    QString advice; ///< one sentence; may be empty
    bool isCancelled = false; ///< nothing is wrong: who wanted it doesn't any more

    static ExportError cancelled();
    /// "No space left on device (/mnt/a.json). Choose another folder."
    QString text() const;
    friend bool operator==(const ExportError &, const ExportError &) = default;
};

} // namespace coroscope::io
