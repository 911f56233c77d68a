// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/tasks/download/request.h"

namespace coroscope::test {

/// No field has its default, but for credentials.
inline download::Request fullRequest()
{
    using namespace std::chrono_literals;
    download::Request request;
    request.urls = {QUrl("https://host:8443/a%20b/%E4%B8%AD.iso?x=1&y=%2F#z"), QUrl("http://mirror/a.iso")};
    request.folder = QStringLiteral("/home/somebody/ä b");
    request.fileName = QStringLiteral("中.iso");
    request.checksum = download::Checksum {QCryptographicHash::Sha512, QByteArray("\0\x01\xfe\xff", 4)};
    request.headers = {{"Accept", "text/plain"}, {"X-Latin", "caf\xe9"}, {"X-Twice", "1"}, {"X-Twice", "2"}};
    request.referer = "https://host/page?\xe9";
    download::Options &options = request.options;
    options.ifExists = download::IfExists::OnlyIfNewer;
    options.resume = false;
    options.segments = 7;
    options.retries = 11;
    options.retryBudget = 77s;
    options.inactivity = 1234ms;
    options.lowSpeed = download::LowSpeed {5LL << 32, 17s};
    options.bytesPerSecond = 6LL << 32;
    options.access.tls.insecure = true;
    options.access.tls.caFile = QStringLiteral("/etc/ca.pem");
    options.access.proxy = QStringLiteral("socks5h://proxy:1080");
    options.access.netrcFile = QStringLiteral("/home/somebody/.netrc");
    options.access.cookiesFile = QStringLiteral("/home/somebody/cookies.txt");
    options.access.http2 = true;
    return request;
}

/// SECRET stands wherever nothing may be kept.
inline download::Request secretRequest()
{
    download::Request request;
    request.urls = {QUrl("https://SECRETuser:SECRETpassword@host:8443/a?b=c#d"),
                    QUrl("http://SECRET@mirror/a")};
    request.credentials = {.user = "SECRETu", .password = "SECRETp", .bearer = "SECRETb"};
    request.headers = {{"Authorization", "Basic SECRET"}, {"cookie", "a=SECRET"},
                       {"Proxy-Authorization", "SECRET"}, {"X-Api-Key", "SECRET"},
                       {"X-Auth-Token", "SECRET"},        {"X-Plain", "plain"}};
    request.referer = "https://SECRET:SECRET@host/page?at=a@b";
    request.options.access.proxy = QStringLiteral("socks5://SECRET:SECRET@proxy:1080");
    return request;
}

} // namespace coroscope::test
