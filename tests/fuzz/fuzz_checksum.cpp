// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/tasks/download/checksum.h"
#include "tests/fuzz/require.h"

using namespace coroscope::download;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto parsed = parseChecksum(
        QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size)));
    if (const auto *fault = std::get_if<QString>(&parsed)) {
        require(!fault->isEmpty() && fault->size() < 200, "a fault is a short sentence");
        return 0;
    }
    const auto &checksum = std::get<Checksum>(parsed);
    require(checksum.digest.size() == QCryptographicHash::hashLength(checksum.algorithm),
            "the digest has its length");
    const auto again = parseChecksum(checksumText(checksum));
    require(std::holds_alternative<Checksum>(again) && std::get<Checksum>(again) == checksum,
            "what is written is read");
    return 0;
}
