// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httpget.h"

#include <curl/curl.h>

namespace coroscope::net {

/// The proxy of one GET.
struct CurlProxy
{
    QByteArray host {}; ///< empty: none
    int port = 0;
    curl_proxytype type = CURLPROXY_HTTP;
    Credentials credentials {};

    /// What the GET asks for, else the system's. Throws Exception if it can't be read.
    static CurlProxy of(const HttpGet &get);
};

} // namespace coroscope::net
