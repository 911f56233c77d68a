// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/error.h"

#include <curl/curl.h>

namespace coroscope::net {

/// What libcurl knows of a transfer that failed, in our words, without where and httpStatus.
///
/// Kind::Certificate: the server's isn't trusted. Kind::Tls: the server speaks no TLS of ours. A connection
/// that is dropped in the TLS handshake is Kind::Lost like any other.
struct CurlFailure
{
    CURL *easy;
    CURLcode code;
    const char *text; ///< of the error buffer
    bool usesProxy;
    bool isInHead; ///< the head hadn't ended

    Error error() const;

private:
    Error connectError() const;
    Error certificateError() const;
    Error handshakeError() const;
    Error proxyError() const;
    Error receiveError() const;
};

/// A connection that broke: errno's number, or 0 where the server closed it.
Error lostConnection(long number);

} // namespace coroscope::net
