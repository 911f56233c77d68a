// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/tlssettings.h"

#include <QSslCertificate>
#include <QSslError>
#include <QSslSocket>

namespace coroscope::net {

QSslConfiguration TlsSettings::configuration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (insecure)
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!caFile.isEmpty()) {
        const QList<QSslCertificate> authorities = QSslCertificate::fromPath(caFile, QSsl::Pem);
        if (authorities.isEmpty()) {
            throw Exception({.kind = Error::Kind::Tls,
                             .what = QStringLiteral("no certificate in the file"),
                             .where = caFile,
                             .advice = QStringLiteral("Choose a PEM file of certificates")});
        }
        configuration.addCaCertificates(authorities);
    }
    return configuration;
}

Error tlsError(const QList<QSslError> &errors, const QString &where)
{
    Error error {.kind = Error::Kind::Tls,
                 .what = QStringLiteral("no trusted connection"),
                 .where = where,
                 .advice = QStringLiteral("If you trust the server, name its certificate as CA file")};
    for (const QSslError &cause : errors) {
        switch (cause.error()) {
        case QSslError::NoError:
            continue;
        case QSslError::SelfSignedCertificate:
        case QSslError::SelfSignedCertificateInChain:
            error.what = QStringLiteral("the certificate is self-signed");
            break;
        case QSslError::CertificateExpired:
            error.what = QStringLiteral("the certificate has expired");
            error.advice.clear();
            break;
        case QSslError::HostNameMismatch:
            error.what = QStringLiteral("the certificate is another host's");
            error.advice.clear();
            break;
        default:
            error.what = QStringLiteral("the certificate can't be trusted: %1").arg(cause.errorString());
            break;
        }
        break;
    }
    return error;
}

} // namespace coroscope::net
