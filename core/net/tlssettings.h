// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <QList>
#include <QSslConfiguration>
#include <QString>

#include <tuple>

namespace coroscope::net {

/// Whom to trust.
struct TlsSettings
{
    bool insecure = false; ///< certificates are not verified
    QString caFile {}; ///< PEM file of further authorities; empty: the system's alone

    /// Throws Exception if the file holds no certificate.
    QSslConfiguration configuration() const;
    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
    friend bool operator<(const TlsSettings &a, const TlsSettings &b)
    {
        return std::tie(a.insecure, a.caFile) < std::tie(b.insecure, b.caFile);
    }
};

/// What is wrong with a server's certificate.
Error tlsError(const QList<QSslError> &errors, const QString &where);

} // namespace coroscope::net
