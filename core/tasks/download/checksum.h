// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

#include <variant>

namespace coroscope::download {

/// "sha-256=hex" as aria2 writes it, "md5:hex", a base64 digest as in RFC 3230, or hexadecimal digits alone,
/// whose number tells MD5, SHA-1 and SHA-2 apart. MD5, SHA-1, SHA-2 and SHA-3; names in any case, with or
/// without hyphens. Else a sentence that says what is wrong.
std::variant<Checksum, QString> parseChecksum(const QString &text);

/// "sha-256=hex": what parseChecksum() reads.
QString checksumText(const Checksum &checksum);

} // namespace coroscope::download
