// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/httpconnection.h"

#ifdef Q_OS_UNIX
#    include <sys/socket.h>
#endif

namespace coroscope::net {

namespace {
constexpr qsizetype longestHead = 64 * 1024;
}

HttpConnection::HttpConnection(QTcpSocket *socket)
    : m_socket(socket)
{
    socket->setReadBufferSize(longestHead);
    const auto wake = [this] { m_notifier.notify(trace::Cause::Socket); };
    QObject::connect(socket, &QTcpSocket::readyRead, &m_context, wake);
    QObject::connect(socket, &QTcpSocket::bytesWritten, &m_context, wake);
    QObject::connect(socket, &QTcpSocket::disconnected, &m_context, wake);
}

HttpConnection::~HttpConnection() { m_socket->disconnect(&m_context); }

QByteArray HttpConnection::takeHead()
{
    m_received += m_socket->readAll();
    constexpr QByteArrayView end = "\r\n\r\n";
    const qsizetype at = m_received.indexOf(end);
    if (at < 0)
        return {};
    const QByteArray head = m_received.first(at + end.size());
    m_received.remove(0, at + end.size());
    return head;
}

bool HttpConnection::isHeadTooLong() const { return m_received.size() > longestHead; }

void HttpConnection::reset()
{
#ifdef Q_OS_UNIX
    const linger hard {.l_onoff = 1, .l_linger = 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
#endif
    m_socket->abort();
}

} // namespace coroscope::net
