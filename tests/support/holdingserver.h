// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/httpanswers.h"

#include <QPointer>
#include <QUrl>

namespace coroscope::test {

/// A server whose files stop after four of their ten bytes until they are let go on; each has an ETag.
class HoldingServer
{
public:
    static inline const QByteArray content = "0123456789";

    QUrl url(const QString &path) const { return m_server.url(path); }
    const QList<QByteArray> &requests() const { return m_server.requests(); }
    int openConnections() const { return m_server.openConnections(); }
    /// The paths of all requests, in order.
    QByteArrayList asked() const
    {
        QByteArrayList paths;
        for (const QByteArray &request : requests())
            paths << pathOf(request);
        return paths;
    }
    /// What is asked for from now on comes whole.
    void letGo() { m_holds = false; }
    /// The rest of what was asked for.
    void release(const QByteArray &path)
    {
        if (const QPointer<QTcpSocket> socket = m_held.take(path))
            socket->write(content.mid(4));
    }
    bool isHeld(const QByteArray &path) const { return m_held.contains(path); }

private:
    ScriptedServer m_server {[this](QTcpSocket &socket, const QByteArray &request) {
        const QByteArray bytes = answerTo(request, {.content = content});
        if (!m_holds) {
            socket.write(bytes);
            return;
        }
        m_held.insert(pathOf(request), &socket);
        socket.write(answer("200 OK\r\nContent-Length: 10\r\nETag: \"v1\"", content.first(4)));
    }};
    QHash<QByteArray, QPointer<QTcpSocket>> m_held;
    bool m_holds = true;
};

} // namespace coroscope::test
