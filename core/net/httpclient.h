// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/tlssettings.h"
#include "core/net/turn.h"

#include <QUrl>

#include <memory>

class QNetworkReply;

namespace coroscope::net {

/// Starts transfers; what they share is shared: connections that are kept alive, six of them a host, the
/// system's proxy. A handle: copies stand for the same client. Used on one loop's thread, which must outlive
/// the last copy's transfers.
class HttpClient
{
public:
    static constexpr int connectionsPerHost = 6; ///< QNetworkAccessManager's own limit

    HttpClient();

    /// Where to wait for a connection to the URL's host: the manager's own queue would count as silence.
    std::shared_ptr<Turnstile> turnstile(const QUrl &url) const;

    /// Starts a GET; no redirects, no cookies, no compression. To be handed to an HttpTransfer at once.
    /// Throws Exception if the settings can't be used.
    QNetworkReply *get(const QUrl &url, const TlsSettings &tls) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace coroscope::net
