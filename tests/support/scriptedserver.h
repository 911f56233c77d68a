// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace coroscope::test {

class TlsFiles;

/// A server on 127.0.0.1 that does what a test's script says, byte for byte, wrong or right. Lives on the
/// test's thread and works while that runs its event loop.
class ScriptedServer : public QTcpServer
{
    Q_OBJECT
public:
    /// Called when `received` ends a request ("\r\n\r\n" for HTTP) or, with AnyBytes, when bytes came.
    /// What it doesn't keep in mind is forgotten: the next call sees what came since.
    using Script = std::function<void(QTcpSocket &socket, const QByteArray &received)>;
    enum class Call : std::uint8_t { OnHttpHead, OnAnyBytes };

    explicit ScriptedServer(Script script, Call call = Call::OnHttpHead, const TlsFiles *tls = nullptr);

    /// "http://127.0.0.1:port" + path, https with TLS.
    QUrl url(const QString &path = QStringLiteral("/")) const;
    int connections() const { return m_connections; }
    int openConnections() const { return m_open; }
    const QList<QByteArray> &requests() const { return m_requests; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Script m_script;
    Call m_call;
    QSslConfiguration m_tls;
    bool m_isTls;
    int m_connections = 0;
    int m_open = 0;
    QList<QByteArray> m_requests;
};

/// Closes a connection so that the other side sees a reset instead of an end.
void reset(QTcpSocket &socket);

} // namespace coroscope::test
