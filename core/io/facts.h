// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <optional>

namespace coroscope::io {

/// What a recording says of the program that it shows.
struct Facts
{
    QString program; ///< its file's name, without the folder
    std::int64_t processId = 0;
    /// The clock's anchor: the time of day (UTC, since 1970) at the session's time 0.
    std::chrono::nanoseconds startedAt {};
    QString writer; ///< "Coroscope 0.1.0"
    QString qtVersion; ///< that it ran with
    QString system; ///< "Debian GNU/Linux 12 (bookworm), x86_64"
    QString compiler; ///< of the tracing in it
    QString loop; ///< "uv", where one is known

    /// Of this process; the session began `ago` before now.
    static Facts ofThisProcess(std::chrono::nanoseconds ago = {});
};

/// As the content of a chunk: a CBOR map.
QByteArray writeFacts(const Facts &facts);
/// What isn't there stays empty. Nothing if it is no CBOR map.
std::optional<Facts> readFacts(QByteArrayView content);

} // namespace coroscope::io
