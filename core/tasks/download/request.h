// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httpget.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>

namespace coroscope::download {

/// What to do with a file that has the wanted name already.
enum class IfExists : std::uint8_t {
    Rename, ///< the new one becomes "name (1).ext"
    Skip,
    Overwrite, ///< once the new one is whole
    OnlyIfNewer, ///< overwrite if the server's copy is newer, else skip
};

struct Checksum
{
    QCryptographicHash::Algorithm algorithm = QCryptographicHash::Sha256;
    QByteArray digest; ///< raw bytes
    friend bool operator==(const Checksum &, const Checksum &) = default;
};

/// Give up a connection that brings fewer bytes than that for so long.
struct LowSpeed
{
    qint64 bytesPerSecond = 0;
    std::chrono::seconds duration {30};
    friend bool operator==(const LowSpeed &, const LowSpeed &) = default;
};

/// How one file is fetched. A value.
struct Options
{
    IfExists ifExists = IfExists::Rename;
    bool resume = true; ///< false: an unfinished part is begun anew
    int segments = 1; ///< connections for this file, 1 to 16, where the server proves that it can
    int retries = 4; ///< after the first try
    std::chrono::seconds retryBudget {15 * 60}; ///< a wait that leads past it fails at once
    std::chrono::milliseconds inactivity {60000}; ///< without a byte
    std::optional<LowSpeed> lowSpeed {};
    std::optional<qint64> bytesPerSecond {}; ///< at most, for this file
    net::HttpAccess access {}; ///< TLS, proxy, netrc, cookies; carries no secrets of its own
    friend bool operator==(const Options &, const Options &) = default;
};

/// One file that somebody wants. A value.
struct Request
{
    QList<QUrl> urls {}; ///< http or https, mirrors of one file, tried in turn; without user and password
    QString folder {}; ///< absolute; made if missing
    QString fileName {}; ///< chosen; empty: from the server or the URL
    std::optional<Checksum> checksum {};
    QList<net::HttpHeader> headers {}; ///< further request headers
    QByteArray referer {};
    net::Credentials credentials {}; ///< never stored, shown or traced
    Options options {};

    QUrl url() const { return urls.value(0); }
    friend bool operator==(const Request &, const Request &) = default;
};

} // namespace coroscope::download
