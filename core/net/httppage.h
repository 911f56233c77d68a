// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/httpclient.h"
#include "core/net/httpget.h"

#include <QCoroTask>

#include <chrono>

namespace coroscope::net {

/// A response, whole and in memory.
struct HttpPage
{
    QUrl url {}; ///< where it came from in the end
    int status = 0;
    QByteArray contentType {};
    QByteArray body {};
    bool isCut = false; ///< there was more than the limit

    /// The body, decoded by its byte order mark or the charset of the Content-Type; else as UTF-8.
    QString text() const;
};

struct PageLimits
{
    enum class Excess : std::uint8_t { Fail, Cut };

    qint64 most = 64 * 1024 * 1024; ///< bytes of the body
    Excess excess = Excess::Fail; ///< what a longer one leads to
    std::chrono::nanoseconds inactivity = std::chrono::seconds(60); ///< without a byte
};

/// Fetches a page; follows redirects. Throws Exception if it can't be had whole; a page with an error status
/// is a page. Cancellable; resumed by the loop.
QCoro::Task<HttpPage> fetchPage(HttpClient client, HttpGet get, PageLimits limits = {});

/// Throws Exception if the status is one of an error.
void requireSuccess(const HttpPage &page);

} // namespace coroscope::net
