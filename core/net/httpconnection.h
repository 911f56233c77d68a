// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/notifier.h"

#include <QObject>
#include <QTcpSocket>

#include <memory>

namespace coroscope::net {

/// A server's side of a connection, as a coroutine wants to see it. Destroying it closes the connection.
class HttpConnection
{
public:
    /// Takes the socket over.
    explicit HttpConnection(QTcpSocket *socket);
    ~HttpConnection();
    HttpConnection(const HttpConnection &) = delete;
    HttpConnection &operator=(const HttpConnection &) = delete;

    /// Awaited, it ends when bytes came or went, or the connection ended.
    auto activity() { return m_notifier.wait(trace::WaitKind::Socket, StringId {}); }

    bool isOpen() const { return m_socket->state() == QAbstractSocket::ConnectedState; }
    bool isClosed() const { return m_socket->state() == QAbstractSocket::UnconnectedState; }
    /// Takes the first request's head off what was received; empty: it isn't whole yet.
    QByteArray takeHead();
    bool isHeadTooLong() const;
    void write(const QByteArray &bytes) { m_socket->write(bytes); }
    qint64 unsent() const { return m_socket->bytesToWrite(); }
    /// Ends it the hard way, as a crash would.
    void reset();
    /// Ends it after what was written has gone out.
    void finish() { m_socket->disconnectFromHost(); }

private:
    struct Deleter
    {
        void operator()(QTcpSocket *socket) const { socket->deleteLater(); }
    };

    Notifier m_notifier;
    QByteArray m_received;
    QObject m_context;
    std::unique_ptr<QTcpSocket, Deleter> m_socket;
};

} // namespace coroscope::net
