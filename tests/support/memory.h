// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFile>

namespace coroscope::test {

#if defined(__has_feature)
#    if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#        define COROSCOPE_SANITIZED 1
#    endif
#endif
#ifdef COROSCOPE_SANITIZED
/// AddressSanitizer keeps freed memory for a while: 256 MB.
inline constexpr qint64 sanitizersMemory = 320'000'000;
#else
inline constexpr qint64 sanitizersMemory = 0;
#endif

/// A figure of this process's /proc/self/status, in bytes: "VmRSS:", "VmHWM:".
inline qint64 processMemory(const QByteArray &figure)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf(figure);
    return at < 0 ? 0 : text.sliced(at + figure.size()).simplified().split(' ').value(0).toLongLong() * 1024;
}

} // namespace coroscope::test
