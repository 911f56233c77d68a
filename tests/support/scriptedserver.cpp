// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/scriptedserver.h"

#include "tests/support/tlsfiles.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QUrl>

#include <sys/socket.h>

namespace coroscope::test {

ScriptedServer::ScriptedServer(Script script, Call call, const TlsFiles *tls)
    : m_script(std::move(script))
    , m_call(call)
    , m_isTls(tls != nullptr)
{
    if (tls) {
        QFile key(tls->key());
        if (!key.open(QIODevice::ReadOnly))
            qFatal("no key for a TLS server: is openssl installed?");
        m_tls = QSslConfiguration::defaultConfiguration();
        m_tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
        m_tls.setLocalCertificateChain(QSslCertificate::fromPath(tls->certificate()));
    }
    if (!listen(QHostAddress::LocalHost))
        qFatal("no free port");
}

QUrl ScriptedServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                    .arg(m_isTls ? QStringLiteral("https") : QStringLiteral("http"))
                    .arg(serverPort())
                    .arg(path));
}

void ScriptedServer::incomingConnection(qintptr descriptor)
{
    ++m_connections;
    ++m_open;
    QTcpSocket *const socket = m_isTls ? new QSslSocket(this) : new QTcpSocket(this);
    socket->setSocketDescriptor(descriptor);
    auto received = std::make_shared<QByteArray>();
    connect(socket, &QTcpSocket::readyRead, this, [this, socket, received] {
        *received += socket->readAll();
        if (m_call == Call::OnHttpHead && !received->contains("\r\n\r\n"))
            return;
        const QByteArray request = std::exchange(*received, {});
        m_requests << request;
        m_script(*socket, request);
    });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        --m_open;
        socket->deleteLater();
    });
    if (auto *encrypted = qobject_cast<QSslSocket *>(socket)) {
        encrypted->setSslConfiguration(m_tls);
        encrypted->startServerEncryption();
    }
}

void reset(QTcpSocket &socket)
{
    socket.flush();
    const linger hard {.l_onoff = 1, .l_linger = 0};
    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    socket.abort();
}

} // namespace coroscope::test
