// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/tlsfiles.h"

#include <QFileInfo>
#include <QProcess>

namespace coroscope::test {

TlsFiles::TlsFiles()
{
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key(), "-out",
                   certificate(), "-subj", "/CN=localhost", "-addext",
                   "subjectAltName=IP:127.0.0.1,DNS:localhost"});
    openssl.waitForFinished();
}

bool TlsFiles::isValid() const { return QFileInfo(certificate()).size() > 0 && QFileInfo(key()).size() > 0; }

QString TlsFiles::certificate() const { return m_folder.filePath(QStringLiteral("certificate.pem")); }

QString TlsFiles::key() const { return m_folder.filePath(QStringLiteral("key.pem")); }

} // namespace coroscope::test
