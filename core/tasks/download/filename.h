// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace coroscope::download {

inline constexpr QLatin1StringView partSuffix(".part");

/// Of a queue's file that nobody names: see QueueStore.
inline constexpr QLatin1StringView queueFileName(".coroscope-queue");

/// Makes any text a name of one file: the last segment, without control characters, with "_" for what some
/// file system refuses, device names defused, short enough for ".part" to follow. Never a queue's own: who
/// could place one would say what is fetched next, and where to. Never empty: "index.html".
QString safeFileName(const QString &candidate);

/// The name for what a URL holds: chosen by the user, else by the server (a Content-Disposition header) where
/// it leaves anything safe, else the URL's last segment, percent-decoded once. Always safe.
QString fileNameFor(const QUrl &url, const QString &chosen, const QByteArray &contentDisposition = {});

/// The same for an answer to a request for `asked` that came from `url`. A hidden file is had only by its
/// own address or name: a server that could choose would choose ".profile".
QString fileNameFor(const QUrl &asked, const QUrl &url, const QString &chosen,
                    const QByteArray &contentDisposition);

/// "a.tar.gz", 2 → "a (2).tar.gz"; 0 → as it is. Stays short enough.
QString numberedFileName(const QString &name, int number);

/// The file name in a Content-Disposition header (filename* before filename), not yet safe; empty if none.
QString dispositionFileName(const QByteArray &header);

/// UTF-8 if it is that, else ISO 8859-1, which names in old headers and addresses are in.
QString textOfBytes(const QByteArray &bytes);

} // namespace coroscope::download
