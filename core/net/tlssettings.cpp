// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/net/tlssettings.h"

#include <QCoreApplication>
#include <QSslCertificate>
#include <QSslError>
#include <QSslSocket>

namespace coroscope::net {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::net::TlsSettings)
};

} // namespace

QSslConfiguration TlsSettings::configuration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (insecure)
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!caFile.isEmpty()) {
        const QList<QSslCertificate> authorities = QSslCertificate::fromPath(caFile, QSsl::Pem);
        if (authorities.isEmpty()) {
            throw Exception({.kind = Error::Kind::Tls,
                             .what = Words::tr("no certificate in the file"),
                             .where = caFile,
                             .advice = Words::tr("Choose a PEM file of certificates")});
        }
        configuration.addCaCertificates(authorities);
    }
    return configuration;
}

Error tlsError(const QList<QSslError> &errors, const QString &where)
{
    Error error {.kind = Error::Kind::Tls,
                 .what = Words::tr("no trusted connection"),
                 .where = where,
                 .advice = Words::tr("If you trust the server, name its certificate as CA file")};
    for (const QSslError &cause : errors) {
        switch (cause.error()) {
        case QSslError::NoError:
            continue;
        case QSslError::SelfSignedCertificate:
        case QSslError::SelfSignedCertificateInChain:
            error.what = Words::tr("the certificate is self-signed");
            break;
        case QSslError::CertificateExpired:
            error.what = Words::tr("the certificate has expired");
            error.advice.clear();
            break;
        case QSslError::HostNameMismatch:
            error.what = Words::tr("the certificate is another host's");
            error.advice.clear();
            break;
        default:
            error.what = Words::tr("the certificate can't be trusted: %1").arg(cause.errorString());
            break;
        }
        break;
    }
    return error;
}

} // namespace coroscope::net
