// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace coroscope::test {

/// A key and a self-signed certificate for 127.0.0.1 and localhost, made by openssl when asked for.
class TlsFiles
{
public:
    TlsFiles();

    bool isValid() const;
    QString certificate() const; ///< PEM
    QString key() const; ///< PEM

private:
    QTemporaryDir m_folder;
};

} // namespace coroscope::test
