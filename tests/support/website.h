// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/httpanswers.h"

#include <QHash>

#include <algorithm>

namespace coroscope::test {

/// What a site answers, by path; everything else is 404.
using SiteMap = QHash<QByteArray, QByteArray>;

inline ScriptedServer::Script serves(const SiteMap &site)
{
    return [site](QTcpSocket &socket, const QByteArray &request) {
        const QByteArray path = pathOf(request);
        socket.write(site.contains(path) ? site[path] : answer("404 Not Found\r\nContent-Length: 0"));
    };
}

/// An answer with a page that has a title and links.
inline QByteArray html(const QByteArray &title, const QList<QByteArray> &links)
{
    QByteArray page = "<title>" + title + "</title>";
    for (const QByteArray &link : links)
        page += "<a href='" + link + "'>";
    return whole(page, "Content-Type: text/html");
}

/// Of all requests that came.
inline QList<QByteArray> sortedPaths(const ScriptedServer &server)
{
    QList<QByteArray> paths;
    for (const QByteArray &request : server.requests())
        paths << pathOf(request);
    std::ranges::sort(paths);
    return paths;
}

} // namespace coroscope::test
